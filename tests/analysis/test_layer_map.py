"""Maps of layers against scikit-learn's PCA, and that nothing flips from one moment to the next."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from mlp_playground.analysis.layer_map import answers_of, map_layers, on_sheet
from mlp_playground.analysis.specimens import seen_by_layers, specimens
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig, TrainingConfig
from mlp_playground.experiment.probe_question import told_as
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network


def _trainer(name: str, *hidden: int, loss: str = "auto") -> Trainer:
    network = NetworkConfig(hidden=hidden, activations=("tanh",) * len(hidden))
    config = ExperimentConfig(network=network, training=TrainingConfig(loss=loss, batch_size=5))
    return Trainer(config.changed("data", name=name, samples=100))


def _together(u: np.ndarray, v: np.ndarray) -> float:
    """How far points (2, N) are from lying as others do, at best turned or mirrored, as a share of their spread."""
    u, v = (w - w.mean(axis=1)[:, None] for w in (u, v))
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    return float(1 - np.linalg.svd(u @ v.T, compute_uv=False).sum())


@pytest.mark.parametrize("digits", [False, True])
def test_it_is_the_pca_of_scikit_learn(digits: bool) -> None:
    trainer = Trainer(DIGITS_DEFAULT.changed("network", hidden=(12, 7))) if digits else _trainer("spiral3", 9, 5)
    for _ in range(50):
        trainer.step()
    samples = specimens(trainer.material.data, told_as(trainer.config), 0 if digits else 60, 300)
    found = map_layers(trainer.network, samples)
    seen = seen_by_layers(trainer.network, samples)
    for l, (A, sheet) in enumerate(zip(seen, found.sheets, strict=True)):
        assert sheet.projection is not None
        assert sheet.width == len(A)
        assert np.abs(sheet.points).max() == pytest.approx(1)
        if len(A) > 2:
            theirs = PCA(2).fit(A.T.astype(np.float64))
            assert sheet.projection.share == pytest.approx(theirs.explained_variance_ratio_.sum(), abs=1e-6)
            assert _together(sheet.points, theirs.transform(A.T.astype(np.float64)).T) < 1e-6
        else:
            assert (l, sheet.projection.share) == (0, 1.0)
            np.testing.assert_allclose(sheet.points, on_sheet(A.astype(np.float64)), atol=1e-9)


def test_nothing_flips_from_moment_to_moment_or_from_layer_to_layer() -> None:
    trainer = _trainer("circle", 8, 8)
    for _ in range(100):
        trainer.step()
    samples = specimens(trainer.material.data, ("x1", "x2"), 50, 50)
    before = map_layers(trainer.network, samples)
    mirrored = Network(trainer.material.architecture, trainer.network.theta * (1 + 1e-4))
    for gently in (False, True):
        after = map_layers(mirrored, samples, before, gently=gently)
        assert after.sheets[0] is before.sheets[0], "the inputs stay"
        for one, other in zip(before.sheets, after.sheets, strict=True):
            np.testing.assert_allclose(one.points, other.points, atol=0.02)
    for one, other in zip(before.sheets[:2], before.sheets[1:3], strict=True):
        u, v = (w.points - w.points.mean(axis=1)[:, None] for w in (one, other))
        product = v @ u.T  # the best turn leaves a symmetric one, without negative eigenvalues
        np.testing.assert_allclose(product, product.T, atol=1e-9)
        assert np.linalg.eigvalsh(product).min() > -1e-9
    other = specimens(trainer.material.data, ("x1", "x2"), 50, 49)
    assert map_layers(mirrored, other, before).sheets[0] is not before.sheets[0], "other samples begin anew"


@pytest.mark.parametrize(("name", "loss"), [("xor", "auto"), ("xor", "tanh-squared"), ("spiral3", "auto")])
def test_answers_are_the_classes_with_their_probabilities(name: str, loss: str) -> None:
    trainer = _trainer(name, 4, loss=loss)
    samples = specimens(trainer.material.data, ("x1", "x2"), 20, 20)
    Z = trainer.network.predict(samples.X1)
    found = map_layers(trainer.network, samples).answers
    assert found.sure is not None
    assert found.wrong is not None
    for k, z in enumerate(Z.T.astype(float)):
        if name == "spiral3":
            p = np.exp(z) / np.exp(z).sum()
        else:
            high = (np.tanh(z[0]) + 1) / 2 if loss != "auto" else 1 / (1 + np.exp(-z[0]))
            p = np.array([1 - high, high])
        assert (found.said[k], found.sure[k]) == (p.argmax(), pytest.approx(p.max(), abs=1e-5))
        assert found.wrong[k] == (p.argmax() != samples.y[k])


def test_every_network_has_maps() -> None:
    for trainer in (_trainer("sine"), _trainer("xor", 1), _trainer("parity", 3, 2)):
        for size in (0.0, 1.0, 1e30, np.nan):
            network = Network(trainer.material.architecture, (trainer.network.theta * size).astype(np.float32))
            samples = specimens(trainer.material.data, told_as(trainer.config), 30, 30)
            found = map_layers(network, samples)
            again = map_layers(network, samples, found, gently=True)
            for sheet in (*found.sheets, *again.sheets):
                assert np.isfinite(sheet.points).all()
                assert np.abs(sheet.points).max() <= 1 + 1e-9
                assert 0 <= sheet.projection.share <= 1
    sine = _trainer("sine", 2)
    samples = specimens(sine.material.data, (), 10, 10)
    Z = sine.network.predict(samples.X1)
    answers = answers_of(sine.network, Z, samples)
    assert (answers.sure, answers.wrong) == (None, None)
    np.testing.assert_array_equal(answers.said, Z[0])
