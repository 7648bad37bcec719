"""Which samples are wrong: against the answers of each sample by itself."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer


@pytest.mark.parametrize("name", ["xor", "spiral3"])
def test_mistakes_are_what_the_accuracy_counts(name: str) -> None:
    config = ExperimentConfig()
    trainer = Trainer(config.changed("data", name=name))
    snapshot = observe(trainer, Look(resolution=32))
    found = snapshot.field and snapshot.field.mistakes
    assert found is not None
    for samples, wrong in ((snapshot.data.train, found.train), (snapshot.data.test, found.test)):
        X = np.concatenate([samples.X[:2], np.ones((1, len(samples)), np.float32)])
        answers = []
        for x in X.T:
            z = trainer.network.predict(x[:, None].copy())[:, 0]
            answers.append(int(z[0] > 0) if len(z) == 1 else int(np.argmax(z)))
        assert wrong.tolist() == [a != y for a, y in zip(answers, samples.y.tolist(), strict=True)]
        assert wrong.any()
    assert found.train.mean() == pytest.approx(1 - (snapshot.metrics.train_accuracy or 0))
    assert found.test.mean() == pytest.approx(1 - (snapshot.metrics.test_accuracy or 0))


def test_numbers_to_predict_are_neither_right_nor_wrong() -> None:
    snapshot = observe(Trainer(ExperimentConfig().changed("data", name="sine")), Look())
    assert snapshot.field is not None
    assert snapshot.field.mistakes is None
