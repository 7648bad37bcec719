"""Fold lines: on each the neuron's own sum is 0, to its left it is active; straight in the first layer."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.folds import Fold, fold_lines, why_no_folds
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.experiment.build import first_parameters
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.still import refined
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Architecture, Network

BENT = ExperimentConfig().changed("network", hidden=(5, 4, 3), activations=("relu", "leaky-relu", "relu"))
CLOSE = Extent((0.5, -1.0), 0.7)


def network_of(config: ExperimentConfig, **changes: object) -> Network:
    architecture = Architecture((2, *config.network.hidden, 1), config.network.activations, "binary", **changes)  # type: ignore[arg-type]
    theta = first_parameters(config, architecture)
    theta[:] += np.random.default_rng(5).normal(0, 0.2, len(theta)).astype(np.float32)
    return Network(architecture, theta)


def sums(network: Network, fold: Fold, X: np.ndarray) -> np.ndarray:
    """What the neuron hears at the points X (n, 2), in float64 and by hand."""
    slopes = {"relu": 0.0, "leaky-relu": 0.01}
    A = np.vstack([X.T, np.ones(len(X))])
    layer, neuron = fold.cell
    for block, name in zip(network.blocks[:layer], network.architecture.activations, strict=False):
        Z = block.astype(float) @ A
        A = np.vstack([np.where(Z > 0, Z, slopes[name] * Z), np.ones(len(X))])
    return np.asarray(network.blocks[layer][neuron].astype(float) @ A)


@pytest.mark.parametrize("extent", [HOME, CLOSE], ids=["home", "close"])
def test_on_its_line_a_neurons_sum_is_0_and_to_the_left_it_is_active(extent: Extent) -> None:
    network = network_of(BENT)
    folds = fold_lines(network, ("x1", "x2"), None, extent, fine=True)
    assert [fold.cell for fold in folds] == [(layer, k) for layer, width in enumerate((5, 4, 3)) for k in range(width)]
    step = 0.01 * extent.half_width
    seen = 0
    for fold in folds:
        for line in fold.lines:
            along = np.diff(line, axis=0)
            long = np.hypot(*along.T) > step / 10
            along, middles = along[long], ((line[1:] + line[:-1]) / 2)[long]
            left = step * np.stack([-along[:, 1], along[:, 0]], 1) / np.hypot(*along.T)[:, None]
            there, right = sums(network, fold, middles + left), sums(network, fold, middles - left)
            assert (there > right).all()
            assert ((there > 0) & (right < 0)).mean() > 0.97, "all but at sharp corners"
            seen += len(middles)
    assert seen > 500


def test_in_the_first_layer_lines_are_straight_and_reach_from_edge_to_edge() -> None:
    network = network_of(BENT)
    for fold in fold_lines(network, ("x1", "x2"), None, HOME)[:5]:
        w1, w2, b = network.blocks[0][fold.cell[1]].astype(float)
        for line in fold.lines:
            assert line @ [w1, w2] + b == pytest.approx(0, abs=1e-4)
            assert np.abs(line[[0, -1]]).max(axis=1) == pytest.approx([6.0, 6.0])


def test_a_neuron_that_is_off_or_bends_smoothly_has_none() -> None:
    network = network_of(BENT, off=((1, 2),))
    cells = [fold.cell for fold in fold_lines(network, ("x1", "x2"), None, HOME)]
    assert (1, 2) not in cells
    assert len(cells) == 11
    smooth = BENT.changed("network", activations=("tanh", "relu", "linear"))
    assert {layer for layer, _ in (fold.cell for fold in fold_lines(network_of(smooth), ("x1", "x2"), None, HOME))} == {
        1
    }


def test_a_network_that_diverged_has_no_lines() -> None:
    network = network_of(BENT)
    network.theta[:] = np.inf
    with np.errstate(invalid="ignore"):
        assert all(fold.lines == () for fold in fold_lines(network, ("x1", "x2"), None, HOME))


def test_a_snapshot_has_them_where_somebody_looks_and_a_still_finer_ones() -> None:
    trainer = Trainer(BENT)
    assert observe(trainer, Look(32)).field.folds is None  # type: ignore[union-attr]
    moment = observe(trainer, Look(32, folds=True, extent=CLOSE))
    assert moment.field is not None
    assert len(moment.field.folds or ()) == 12
    assert all(CLOSE.zoomed(0.999).contains(line.T).all() for fold in moment.field.folds or () for line in fold.lines)
    assert len(refined(moment, CLOSE).field.folds or ()) == 12  # type: ignore[union-attr]
    tanh = observe(Trainer(BENT.changed("network", activations=("tanh",) * 3)), Look(32, folds=True))
    assert tanh.field is not None
    assert tanh.field.folds is None


def test_why_there_are_none_is_said() -> None:
    trainer = Trainer(BENT)
    data, architecture = trainer.material.data, trainer.material.architecture
    assert why_no_folds(data, architecture) == ""
    assert "at most 128" in why_no_folds(data, Architecture((2, 65, 64, 1), ("relu", "relu"), "binary"))
    assert "ReLU" in why_no_folds(data, Architecture((2, 3, 1), ("tanh",), "binary"))
    for name, words in (("sine", ""), ("parity", "plane")):
        other = Trainer(BENT.changed("data", name=name)).material
        assert words in why_no_folds(other.data, other.architecture)
    assert why_no_folds(other.data, other.architecture)


def test_features_bend_the_first_layers_lines_too() -> None:
    network = Network(Architecture((2, 1, 1), ("relu",), "binary"), np.array([1, 1, -4, 1, 0], np.float32))
    (fold,) = fold_lines(network, ("x1^2", "x2^2"), None, HOME, fine=True)
    (circle,) = fold.lines
    assert np.hypot(*circle.T) == pytest.approx(2.0, abs=0.02)
