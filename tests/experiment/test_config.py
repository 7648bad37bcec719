"""The experiment as a value: what it refuses and in which words, and that nothing changes it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.build import dataset
from mlp_playground.experiment.config import (
    CLASSIFY,
    DATA_NAMES,
    DIGITS_DEFAULT,
    OWN,
    REGRESS,
    DataConfig,
    ExperimentConfig,
    NetworkConfig,
    TrainingConfig,
    parse,
)

NAN, INF = math.nan, math.inf
WRONG: list[tuple[str, str, Any, str]] = [
    # part, field, value, what would be allowed
    ("data", "name", "cube", "one of " + ", ".join(DATA_NAMES)),
    ("data", "name", 3, "a valid string"),
    ("data", "noise", -0.1, "greater than or equal to 0"),
    ("data", "noise", 0.51, "less than or equal to 0.5"),
    ("data", "noise", NAN, "a finite number"),
    ("data", "noise", INF, "a finite number"),
    ("data", "noise", "much", "a valid number"),
    ("data", "samples", 9, "greater than or equal to 10"),
    ("data", "samples", 10_001, "less than or equal to 10000"),
    ("data", "samples", 20.5, "a valid integer"),
    ("data", "test_share", 0.04, "greater than or equal to 0.05"),
    ("data", "test_share", 0.96, "less than or equal to 0.95"),
    ("data", "test_share", NAN, "a finite number"),
    ("data", "turns", 0.4, "greater than or equal to 0.5"),
    ("data", "turns", 3.1, "less than or equal to 3"),
    ("data", "turns", NAN, "a finite number"),
    ("data", "bits", 1, "greater than or equal to 2"),
    ("data", "bits", 11, "less than or equal to 10"),
    ("data", "bits", 2.5, "a valid integer"),
    ("data", "seed", -1, "greater than or equal to 0"),
    ("data", "seed", 2**32, "less than or equal to 4294967295"),
    ("data", "folder", 7, "a valid string"),
    ("network", "hidden", 4, "a list"),
    ("network", "hidden", [1] * 11, "a list of at most 10"),
    ("network", "activations", ["tanh2"], "one of tanh, relu, leaky-relu, elu"),
    ("network", "activations", [None], "a valid string"),
    ("network", "initializer", "ones", "one of auto, he, he-uniform, xavier"),
    ("training", "optimizer", "magic", "one of adam, sgd"),
    ("training", "learning_rate", 0, "greater than 0"),
    ("training", "learning_rate", 1001, "less than or equal to 1000"),
    ("training", "learning_rate", NAN, "a finite number"),
    ("training", "batch_size", -1, "greater than or equal to 0"),
    ("training", "batch_size", 60_001, "less than or equal to 60000"),
    ("training", "l1", -1, "greater than or equal to 0"),
    ("training", "l1", NAN, "a finite number"),
    ("training", "l2", 101, "less than or equal to 100"),
    ("", "seed", -1, "greater than or equal to 0"),
    ("", "seed", 2**32, "less than or equal to 4294967295"),
    ("", "seed", None, "a valid integer"),
    ("", "features", [], "a list of at least 1"),
    ("", "features", "x1", "a list"),
    ("", "features", ["x1", "x3"], "one of x1, x2, x1^2, x2^2, x1*x2, sin(x1), sin(x2)"),
    ("", "data", "xor", "named values"),
    ("", "network", [3], "named values"),
    ("", "training", None, "named values"),
    ("", "colour", "red", "left out: there is no such field"),
    ("data", "colour", "red", "left out: there is no such field"),
]


@pytest.mark.parametrize(("part", "field", "value", "allowed"), WRONG)
def test_a_wrong_value_is_refused_in_one_sentence(part: str, field: str, value: Any, allowed: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse({part: {field: value}} if part else {field: value})
    error = caught.value
    place = " ".join(filter(None, (part, field))).replace("_", " ")
    assert error.field in (place, f"{place} 1", f"{place} 2")  # a wrong item adds its number
    assert error.allowed.startswith(allowed)
    assert str(error).startswith(f"{error.field}: ")
    assert f" is not allowed; it must be {allowed}" in str(error)


def test_a_message_shows_the_value() -> None:
    with pytest.raises(InvalidValue, match=r"^training learning rate: -2 is not allowed; it must be greater than 0$"):
        parse({"training": {"learning_rate": -2}})


def test_a_wrong_width_is_named_by_its_place() -> None:
    with pytest.raises(
        InvalidValue, match=r"network hidden 2: 0 is not allowed; it must be greater than or equal to 1"
    ):
        parse({"network": {"hidden": [3, 0], "activations": ["relu", "relu"]}})


@pytest.mark.parametrize("hidden", [[], [2, 2]])
def test_each_hidden_layer_has_one_activation(hidden: list[int]) -> None:
    message = rf"activations: .* one name for each hidden layer: {len(hidden)}, not 1"
    with pytest.raises(InvalidValue, match=message):
        parse({"network": {"hidden": hidden, "activations": ["relu"]}})


@pytest.mark.parametrize("content", [None, 3, "xor", [], [{}], {1: 2}])
def test_what_is_no_experiment_at_all_is_refused(content: object) -> None:
    with pytest.raises(InvalidValue, match="is not allowed"):
        parse(content)


@pytest.mark.parametrize("value", ["x" * 100_000, 10**5000, [[1] * 9999]], ids=["text", "number", "lists"])
def test_a_long_wrong_value_does_not_fill_the_message(value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse({"seed": value})
    assert len(str(caught.value)) < 250


def test_nothing_given_is_the_default_experiment() -> None:
    assert parse({}) == ExperimentConfig()


@pytest.mark.parametrize("config", [ExperimentConfig(), DIGITS_DEFAULT], ids=["default", "digits"])
def test_an_experiment_survives_being_written_as_plain_data(config: ExperimentConfig) -> None:
    assert parse(config.model_dump(mode="json")) == config


@pytest.mark.parametrize("name", [name for name in DATA_NAMES if name != OWN])
def test_digits_are_told_from_points(name: str) -> None:
    assert DataConfig(name=name).is_digits == name.startswith("mnist")


CURVES = ("sine", "step", "chirp")
SPACES = {**dict.fromkeys(CURVES, "line"), "parity": "bits", "mnist": "pictures", "mnist-full": "pictures"}


@pytest.mark.parametrize("name", [name for name in DATA_NAMES if name != OWN])
def test_data_say_where_their_samples_live_and_what_is_asked(name: str) -> None:
    data = DataConfig(name=name)
    assert data.space == SPACES.get(name, "plane")
    assert data.problem == (REGRESS if name in ("plane", "hills", *CURVES) else CLASSIFY)


@pytest.mark.parametrize("kind", [ExperimentConfig, DataConfig, NetworkConfig, TrainingConfig])
def test_nothing_changes_a_value(kind: type[Any]) -> None:
    value = kind()
    for field in kind.model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(value, field, 1)
    assert value == kind()
    assert hash(value) == hash(kind())


def test_changed_gives_a_checked_copy() -> None:
    first = ExperimentConfig()
    second = first.changed("training", l2=0.5).changed(seed=3)
    assert (second.training.l2, second.seed) == (0.5, 3)
    assert (first.training.l2, first.seed) == (0, 0)
    with pytest.raises(InvalidValue, match="training l2"):
        first.changed("training", l2=-1)
    with pytest.raises(InvalidValue, match="one name for each"):
        first.changed("network", hidden=(3, 3))


@pytest.mark.parametrize("clicked", [["x2", "x1", "x1*x2"], ["x1*x2", "x1", "x2", "x1"]])
def test_features_have_one_order_however_they_were_clicked(clicked: list[str]) -> None:
    assert parse({"features": clicked}).features == ("x1", "x2", "x1*x2")


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["xor", "relu", "x1"])
)
NAMES = st.one_of(
    st.sampled_from(
        ["data", "network", "training", "features", "seed", "name", "noise", "hidden", "activations", "l1"]
    ),
    st.text(max_size=5),
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)
PLACES = [
    (part, field)
    for part, fields in ExperimentConfig().model_dump(mode="json").items()
    for field in ("", *(fields if isinstance(fields, dict) else ()))
]


def is_parsed_or_refused(content: object) -> bool:
    try:
        return isinstance(parse(content), ExperimentConfig)
    except InvalidValue as error:
        return " is not allowed; it must be " in str(error)


@settings(max_examples=200)
@given(JSON)
def test_any_plain_data_is_an_experiment_or_refused(content: object) -> None:
    assert is_parsed_or_refused(content)


@settings(max_examples=200)
@given(st.sampled_from(PLACES), JSON)
def test_any_value_in_any_place_is_taken_or_refused(place: tuple[str, str], value: object) -> None:
    content: dict[str, Any] = ExperimentConfig().model_dump(mode="json")
    part, field = place
    (content[part] if field else content)[field or part] = value
    assert is_parsed_or_refused(content)


@pytest.mark.parametrize(
    ("name", "task", "problem"),
    [("xor", "binary", "classify"), ("hills", "regression", "regress"), ("mnist", "classes", "classify")],
)
def test_data_know_what_there_is_to_learn(name: str, task: str, problem: str) -> None:
    data = DataConfig(name=name)
    assert (data.task, data.problem) == (task, problem)


@pytest.mark.parametrize("samples", [10, 11, 13, 250, 999])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.45, 0.5, 0.95])
def test_the_training_points_are_counted_as_the_data_are_cut(samples: int, share: float) -> None:
    data = DataConfig(name="plane", samples=samples, test_share=share)  # of classes, one point would not do
    assert data.n_train == len(dataset(data).train)


def test_only_their_files_say_how_many_digits_there_are() -> None:
    assert DIGITS_DEFAULT.data.n_train is None
