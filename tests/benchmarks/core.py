"""What the core does at once: many networks in lockstep, and a whole picture of the plane."""

from __future__ import annotations

from time import perf_counter

from mlp_playground.analysis.field import observe_field
from mlp_playground.experiment.lockstep import Lockstep
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network
from tests.benchmarks.contenders import ROUNDS, epochs_per_second, ours
from tests.benchmarks.peers import spiral
from tests.benchmarks.report import spread, table

NETWORKS = 64
PICTURES = 100


def report() -> None:
    """Two tables."""
    lockstep()
    print()
    planes()


def lockstep() -> None:
    """Network-epochs a second, together and one at a time; both train only."""
    config = spiral((8, 8, 8), 10)
    stack = Lockstep([config.changed(seed=seed) for seed in range(NETWORKS)])

    def together(epochs: int) -> None:
        for _ in range(epochs):
            stack.run_epoch()

    one, all_of_them = epochs_per_second([ours(config, losses=False), together])
    assert one
    assert all_of_them
    many = all_of_them.times(NETWORKS)
    table(
        f"{NETWORKS} networks 8-8-8 in lockstep, spiral, batch 10, one thread, {ROUNDS} rounds",
        ("", "network-epochs/s", "ratio"),
        (("one at a time", one, "1.0"), ("in lockstep", many, f"{many.median / one.median:.1f}")),
        "Training alone, for both.",
    )


def planes() -> None:
    """Milliseconds for the picture of a network: its answer, its boundary and every neuron's map."""
    rows: list[tuple[object, ...]] = []
    for activation in ("tanh", "relu"):
        config = spiral((8, 8, 8), 10).changed("network", activations=(activation,) * 3)
        network = Trainer(config).network
        rows.append((activation, spread([1000 * picture(network, config.features) for _ in range(PICTURES)], 1)))
    head = ("activation", f"ms, median of {PICTURES} (least–most)")
    table("256 × 256 points of the plane through 8-8-8, with every neuron's map, one thread", head, rows)


def picture(network: Network, features: tuple[str, ...]) -> float:
    """Seconds for one look at the plane, a neuron of the last layer in focus."""
    began = perf_counter()
    observe_field(network, "plane", features, 256, (2, 0))
    return perf_counter() - began
