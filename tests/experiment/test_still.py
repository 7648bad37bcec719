"""A moment drawn finer is the same moment."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.experiment import still
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.still import refined
from mlp_playground.experiment.trainer import Trainer


def test_a_picture_is_drawn_finer_from_the_snapshot_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(still, "RESOLUTION", 128)
    for name in ("circle", "sine"):
        trainer = Trainer(ExperimentConfig().changed("data", name=name))
        trainer.run_epoch()
        coarse, fine = refined(observe(trainer, Look(resolution=64))), observe(trainer, Look(resolution=128))
        assert coarse.field is not None
        assert fine.field is not None
        assert np.array_equal(coarse.field.answer.levels(), fine.field.answer.levels())
        assert (coarse.theta == fine.theta).all()
    monkeypatch.setattr(still, "MOST_WORK", 64 * 64 * trainer.material.architecture.n_parameters)
    less = refined(fine).field
    assert less is not None
    assert less.answer.levels().shape[-1] == 64, "of a very large network"
    digits = observe(Trainer(DIGITS_DEFAULT), Look(digits=4))
    assert refined(digits) is digits


def test_what_is_compared_is_compared_as_finely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(still, "RESOLUTION", 128)
    trainer = Trainer(ExperimentConfig())
    first = trainer.frame()
    trainer.run_epoch()
    coarse, fine = (observe(trainer, Look(resolution=n, compare=first)) for n in (64, 128))
    found, expected = refined(coarse).field, fine.field
    assert found is not None
    assert expected is not None
    assert found.difference is not None
    assert expected.difference is not None
    assert np.array_equal(found.difference.map.values, expected.difference.map.values)


def test_fold_lines_are_found_again_where_they_were_wanted() -> None:
    trainer = Trainer(ExperimentConfig().changed("network", hidden=(1,), activations=("relu",)))
    plain, folded = (refined(observe(trainer, Look(resolution=64, folds=wanted))).field for wanted in (False, True))
    assert plain is not None
    assert folded is not None
    assert plain.folds is None
    assert folded.folds is not None
    assert len(folded.folds) == 1
