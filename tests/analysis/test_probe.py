"""Linear probes against scikit-learn's own classifiers and scores, layer by layer."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression

from mlp_playground.analysis.linear_fit import STRENGTH
from mlp_playground.analysis.probe import Score, probe
from mlp_playground.analysis.specimens import Specimens, seen_by_layers, specimens
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.probe_question import told_as
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network


def _config(name: str, *hidden: int, activation: str = "tanh") -> ExperimentConfig:
    network = NetworkConfig(hidden=hidden, activations=(activation,) * len(hidden))
    return ExperimentConfig(network=network).changed("data", name=name)


def _samples(trainer: Trainer, most: int = 2000) -> Specimens:
    return specimens(trainer.material.data, told_as(trainer.config), most, most)


@pytest.mark.parametrize("name", ["circle", "spiral3", "parity"])
def test_each_layers_accuracy_is_that_of_scikit_learn(name: str) -> None:
    trainer = Trainer(_config(name, 5, 4))
    for _ in range(300):
        trainer.step()
    samples = _samples(trainer)
    found, n = probe(trainer.network, samples), samples.n_train
    A = trainer.material.X[:-1].astype(np.float64)
    layers = [A]
    for l, (W, b) in enumerate(zip(trainer.network.W, trainer.network.b, strict=True)):
        A = W @ A + b[:, None]
        A = np.tanh(A) if l < 2 else A
        layers.append(A)
    y = np.concatenate([trainer.material.data.train.y, trainer.material.data.test.y])
    times = 2 if len(trainer.material.data.classes) == 2 else 1
    for mine, A in zip(found.layers, layers, strict=True):
        X = ((A - A[:, :n].mean(axis=1)[:, None]) / np.sqrt(A[:, :n].var(axis=1).mean())).T
        theirs = LogisticRegression(C=times / (STRENGTH * n), tol=1e-8, max_iter=5000).fit(X[:n], y[:n])
        # a sample that lies on the cut may fall to either side
        assert mine.train == pytest.approx(theirs.score(X[:n], y[:n]), abs=0.009)
        assert mine.test == pytest.approx(theirs.score(X[n:], y[n:]), abs=0.009)
    metrics = trainer.measure()
    assert found.own == Score(pytest.approx(metrics.train_accuracy), pytest.approx(metrics.test_accuracy))
    assert found.layers[-1].train >= found.own.train - 0.07, "the output has such a cut itself"
    most = np.bincount(y[:n]).argmax()
    assert found.guess == Score(pytest.approx(np.mean(y[:n] == most)), pytest.approx(np.mean(y[n:] == most)))
    assert found.is_share


def test_numbers_to_predict_have_their_r_squared() -> None:
    trainer = Trainer(_config("sine", 6))
    for _ in range(200):
        trainer.step()
    samples = _samples(trainer)
    found, n = probe(trainer.network, samples), samples.n_train
    for mine, A in zip(found.layers, seen_by_layers(trainer.network, samples), strict=True):
        X = A.T.astype(np.float64)
        theirs = LinearRegression().fit(X[:n], samples.y[:n])
        assert mine.train == pytest.approx(theirs.score(X[:n], samples.y[:n]), abs=2e-3)
        assert mine.test == pytest.approx(theirs.score(X[n:], samples.y[n:]), abs=5e-3)
    assert found.guess.train == pytest.approx(0, abs=1e-6)
    for mine, part in ((found.own.train, slice(n)), (found.own.test, slice(n, None))):
        y, errors = samples.y[part], (samples.y - trainer.network.predict(samples.X1)[0])[part]
        assert mine == pytest.approx(1 - np.square(errors).sum() / np.square(y - y.mean()).sum(), rel=1e-3)
    assert not found.is_share


def test_depth_makes_digits_separable_when_trained_and_less_so_before() -> None:
    trainer = Trainer(DIGITS_DEFAULT.changed("network", hidden=(32, 16), activations=("relu", "relu")))
    samples = _samples(trainer, 800)
    before = probe(trainer.network, samples)
    while trainer.epoch < 8:
        trainer.step()
    after = probe(trainer.network, samples)
    assert after.layers[0] == before.layers[0]
    assert before.layers[2].test < before.layers[1].test - 0.05 < before.layers[0].test
    assert after.layers[2].test > after.layers[0].test + 0.03
    assert after.guess.test == pytest.approx(0.1, abs=0.04)


def test_there_is_an_answer_for_every_network() -> None:
    for config in (_config("plane"), _config("xor", 1, activation="relu"), _config("spiral3", 64, 64)):
        trainer = Trainer(config)
        for size in (0.0, 1.0, 1e30, np.nan):  # all dead, as it begins, and diverged
            network = Network(trainer.material.architecture, (trainer.network.theta * size).astype(np.float32))
            found = probe(network, _samples(trainer))
            assert len(found.layers) == len(config.network.hidden) + 2
            scores = [s for score in found.layers for s in (score.train, score.test)]
            assert np.isfinite(scores).all()
    one = Trainer(_config("sine", 2).changed("data", samples=12, test_share=0.05))
    assert np.isnan(probe(one.network, _samples(one)).layers[1].test), (
        "one number has no spread that could be explained"
    )
