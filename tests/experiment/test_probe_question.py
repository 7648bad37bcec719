"""What is probed of a run: its moment on screen, and the one that it began with."""

from __future__ import annotations

from mlp_playground.analysis.probe import probe
from mlp_playground.analysis.specimens import specimens
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.edits import add_neuron
from mlp_playground.experiment.probe_question import MOST_TEST, MOST_TRAIN, ProbeObserver, start_of
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network

LOOK = Look(resolution=16)


def _after(trainer: Trainer, steps: int) -> Snapshot:
    for _ in range(steps):
        trainer.step()
    return observe(trainer, LOOK)


def test_the_first_moment_of_such_a_network_is_compared_with() -> None:
    trainer = Trainer(ExperimentConfig(network=NetworkConfig(hidden=(4,), activations=("tanh",))))
    first, observer = _after(trainer, 0), ProbeObserver()
    assert observer.observe(first).then is None, "it is that moment itself"
    later = _after(trainer, 30)
    start = start_of(later)
    assert start is not None
    assert (start.steps, (start.theta == first.theta).all()) == (0, True)
    found = observer.observe(later)
    assert found.then is not None
    samples = specimens(later.data, later.config.features, MOST_TRAIN, MOST_TEST)
    alone = probe(Network(first.architecture, first.theta), samples)
    assert (found.then.layers, found.then.own) == (alone.layers, alone.own)
    assert found.now.layers[0] == found.then.layers[0]
    assert observer.observe(_after(trainer, 1)).then is found.then, "found out once"
    edit = add_neuron(trainer.config, 0)
    trainer.adopt(edit.config, edit.lineage)
    edited = _after(trainer, 5)
    start = start_of(edited)
    assert start is not None
    assert (start.steps, start.architecture) == (31, edited.architecture)
    trainer.adopt(trainer.config.changed("data", noise=0.3))
    other = _after(trainer, 5)
    assert start_of(other) is not None
    assert start_of(other).steps == 36  # type: ignore[union-attr]
