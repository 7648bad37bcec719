"""An experiment with the user's own data: as a value, as matrices, and as a run that is looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlp_playground.analysis.slice import column_slice, pca_slice
from mlp_playground.data.dataset import Samples
from mlp_playground.data.drawing import add_points, brush, clear, erase
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.build import dataset, material
from mlp_playground.experiment.config import CLASSIFY, REGRESS, DataConfig, ExperimentConfig, parse
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer


def drawn(classes: int = 2) -> OwnData:
    rng = np.random.default_rng(0)
    own = clear(classes)
    for label in range(classes):
        own = add_points(own, brush(rng, (3 * label - 3, (-1) ** label * 2), 0.6, 20), label)
    return own


def table(task: str = "binary") -> OwnData:
    rng = np.random.default_rng(1)
    X = rng.uniform(-5, 5, (4, 60)).astype(np.float32)
    y = (X[0] + X[3] > 0).astype(np.int64) if task == "binary" else np.tanh(X[1] / 5).astype(np.float32)
    classes = ("no", "yes") if task == "binary" else ()
    return OwnData("t.csv", task, Samples(X, y), tuple("abcd"), classes, (1.0,) * 4, (0.0,) * 4)  # type: ignore[arg-type]


def config(own: OwnData, **data: Any) -> ExperimentConfig:
    return ExperimentConfig(data=DataConfig(name="own", own=own, **data))


# -- the value --------------------------------------------------------------------------------------------------------


def test_it_is_the_same_experiment_with_the_same_content() -> None:
    assert config(drawn()) == config(drawn())
    assert hash(config(drawn())) == hash(config(drawn()))
    assert config(drawn()) != config(drawn(3))


def test_a_change_keeps_the_data_themselves() -> None:
    own = drawn()
    first = config(own)
    for changed in (first.changed(seed=3), first.changed("data", noise=0.2), first.changed("network", hidden=(2,))):
        assert changed.data.own is own
    assert first.changed("data", own=drawn(3)).data.own == drawn(3)


def test_other_data_keep_them_to_come_back_to() -> None:
    own = drawn()
    away = config(own).changed("data", name="circle")
    assert (away.data.own, away.data.space) == (own, "plane")
    assert dataset(away.data).label == "circle"
    assert away.changed("data", name="own") == config(own)


@pytest.mark.parametrize("data", [{"name": "own"}, {"name": "own", "own": None}, {"own": 3}, {"own": "drawn"}])
def test_own_data_must_be_there_and_be_own_data(data: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match=r"^data own: .* must be samples of your own, drawn or read from a table$"):
        parse({"data": data})
    with pytest.raises(InvalidValue, match="data own"):
        config(drawn()).changed("data", own=None)


def test_plain_data_describe_them() -> None:
    own = drawn()
    content = config(own).model_dump(mode="json")
    description = content["data"].pop("own")
    assert description == own.description()
    with pytest.raises(InvalidValue, match=r"^data own: 'dict' .* samples of your own"):
        parse({"data": {"name": "own", "own": description}})
    content["data"]["own"] = OwnData.from_description(description, own.samples.X.copy(), own.samples.y.copy())
    assert parse(content) == config(own)


@pytest.mark.parametrize(
    ("own", "space", "problem"),
    [(drawn(), "plane", CLASSIFY), (table(), "table", CLASSIFY), (table("regression"), "table", REGRESS)],
    ids=["drawn", "table", "numbers"],
)
def test_data_say_where_their_samples_live_and_what_is_asked(own: OwnData, space: str, problem: str) -> None:
    data = config(own).data
    assert (data.space, data.problem, data.task, data.is_digits) == (space, problem, own.task, False)


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5, 0.95])
@pytest.mark.parametrize("n", [4, 7, 40])
def test_the_training_samples_are_counted_as_the_data_are_cut(n: int, share: float) -> None:
    whole = table("regression")
    few = replace(whole, samples=Samples(whole.samples.X[:, :n], whole.samples.y[:n]))
    data = config(few, test_share=share).data
    assert data.n_train == len(dataset(data).train)


def test_of_nothing_nothing_is_for_training() -> None:
    assert config(clear()).data.n_train == 0
    assert config(clear()).changed("data", name="xor").data.n_train == 250


# -- matrices ---------------------------------------------------------------------------------------------------------


def test_points_in_the_plane_are_told_as_features() -> None:
    built = material(config(drawn(3)).changed(features=("x1", "x1*x2", "sin(x2)")))
    X = built.data.train.X
    assert built.architecture.widths == (3, 1, 3)
    assert built.X_train[1] == pytest.approx(X[0] * X[1])


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_the_network_hears_all_columns_of_a_table_whatever_features_are_chosen(task: str) -> None:
    built, other = (material(config(table(task)).changed(features=names)) for names in (("x1",), ("x2", "x1^2")))
    assert built.architecture.widths == (4, 1, 1)
    assert (built.X_train[:-1] == built.data.train.X).all()
    assert built.X.tobytes() == other.X.tobytes()
    assert (np.concatenate([built.data.train.y, built.data.test.y]) == built.Y).all()


def test_they_are_taken_whole_and_split_by_share_and_seed() -> None:
    one, other, third = (
        dataset(config(drawn(), samples=samples, test_share=0.25, seed=seed).data)
        for samples, seed in ((10, 0), (500, 0), (500, 1))
    )
    assert (len(one.train), len(one.test)) == (30, 10)
    assert one.test.X.tobytes() == other.test.X.tobytes() != third.test.X.tobytes()


def test_noise_reaches_them() -> None:
    still, noisy = (dataset(config(drawn(), noise=noise).data) for noise in (0, 0.5))
    assert 1 < np.abs(still.train.X - noisy.train.X).max() <= 2.5


@pytest.mark.parametrize("own", [clear(), add_points(None, np.zeros((2, 9)), 1)], ids=["nothing", "one class"])
def test_what_can_not_be_trained_with_is_refused_and_the_run_stays(own: OwnData) -> None:
    trainer = Trainer(config(drawn()))
    trainer.run_epoch()
    before = trainer.network.theta.copy()
    with pytest.raises(InvalidValue, match=r"^own data: .* (at least 4|two classes or more)"):
        trainer.adopt(config(own))
    assert trainer.config == config(drawn())
    assert (trainer.network.theta == before).all()


def test_a_drawing_is_learned() -> None:
    trainer = Trainer(config(drawn(3)).changed("network", hidden=(6,)))
    for _ in range(60):
        trainer.run_epoch()
    assert trainer.measure().test_accuracy == 1


def test_a_drawing_goes_on_while_the_run_does() -> None:
    own = drawn()
    trainer = Trainer(config(own))
    for step in range(3):
        trainer.run_epoch()
        own = erase(add_points(own, np.full((2, 1), 4.0 + step / 4), 1), (-3, 2), 0.1 * step)
        trainer.adopt(config(own))
        assert trainer.config.data.own is own
        assert len(trainer.material.data.train) + len(trainer.material.data.test) == len(own.samples)
        assert (trainer.epoch, trainer.history.table()[0].tolist()) == (step + 1, list(range(step + 2)))


def test_another_table_with_other_columns_begins_a_new_run_and_more_rows_of_the_same_do_not() -> None:
    first = table()
    trainer = Trainer(config(first))
    trainer.run_epoch()
    learned = trainer.network.theta.copy()
    rows = Samples(first.samples.X[:, 5:], first.samples.y[5:])
    trainer.adopt(config(replace(first, samples=rows, factor=tuple(2 * f for f in first.factor))))
    assert (trainer.epoch, trainer.network.theta.tobytes()) == (1, learned.tobytes())
    trainer.adopt(config(replace(first, inputs=tuple(f"{name}′" for name in first.inputs))))
    assert (trainer.epoch, trainer.step_count) == (0, 0)
    assert trainer.network.theta.tobytes() == Trainer(trainer.config).network.theta.tobytes()


# -- pictures ---------------------------------------------------------------------------------------------------------


def test_a_table_is_seen_through_its_principal_components_or_two_columns() -> None:
    trainer = Trainer(config(table()).changed("network", hidden=(3,)))
    data = trainer.material.data
    for look, plane in ((None, pca_slice(data)), ((2, 0), column_slice(data, 2, 0)), ((2, 9), pca_slice(data))):
        field = observe(trainer, Look(64, (0, 1), slice=look)).field
        assert field is not None
        assert field.slice is plane
        assert field.space == "table"
        assert field.answer.levels().shape == (64, 64)
        assert field.focus is not None


def test_points_in_the_plane_need_no_slice() -> None:
    field = observe(Trainer(config(drawn())), Look(32, slice=(0, 1))).field
    assert field is not None
    assert (field.space, field.slice) == ("plane", None)
