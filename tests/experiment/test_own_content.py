"""The user's own data in files and texts: they come back to the bit, and what doesn't fit together is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import own_content
from mlp_playground.experiment.archive import Archive, pack
from mlp_playground.experiment.own_content import (
    MOST_LISTED,
    arrays,
    described,
    from_arrays,
    from_lists,
    listed,
)


def points(n: int = 6) -> OwnData:
    rng = np.random.default_rng(0)
    # column by column in memory, as data sets are
    X = np.ascontiguousarray(rng.normal(size=(n, 2)).astype(np.float32)).T
    return OwnData("drawn by hand: größer", "binary", Samples(X, rng.integers(2, size=n)))


def table(n: int = 5) -> OwnData:
    rng = np.random.default_rng(1)
    samples = Samples(rng.normal(size=(3, n)).astype(np.float32), rng.normal(size=n).astype(np.float32))
    # NumPy's numbers, which come back from JSON as Python's
    return OwnData("prices.csv", "regression", samples, ("a", "b", "c"), (), tuple(rng.random(3)), (0.0, -1.0, 1e-7))


DATA = [points(), points(0), table(), table(0)]
IDS = ["points", "no points", "a table", "an empty table"]


def through_a_file(own: OwnData, content: dict[str, Any] | None = None) -> OwnData:
    packed = pack({"a": json.dumps(described(own) if content is None else content)}, arrays(own))
    archive = Archive(packed, "x.mlp")
    return from_arrays(json.loads(archive.text("a", 10_000)), archive.array)


def same(one: OwnData, other: OwnData) -> bool:
    X, y = one.samples.X, one.samples.y
    bits = X.tobytes() == other.samples.X.tobytes() and y.tobytes() == other.samples.y.tobytes()
    return bits and y.dtype == other.samples.y.dtype and one.description() == other.description()


@pytest.mark.parametrize("own", DATA, ids=IDS)
def test_a_file_gives_them_back_to_the_bit(own: OwnData) -> None:
    assert same(through_a_file(own), own)


@pytest.mark.parametrize("own", DATA, ids=IDS)
def test_a_text_gives_them_back_to_the_bit(own: OwnData) -> None:
    assert same(from_lists(json.loads(json.dumps(listed(own), allow_nan=False))), own)


FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)


@settings(max_examples=50)
@given(st.lists(st.tuples(FLOATS, FLOATS, st.integers(0, 1)), max_size=20))
def test_any_points_come_back_to_the_bit(rows: list[tuple[float, float, int]]) -> None:
    X = np.array([row[:2] for row in rows], np.float32).reshape(-1, 2).T
    own = OwnData("", "binary", Samples(X, np.array([row[2] for row in rows], np.int64)))
    assert same(through_a_file(own), own)
    assert same(from_lists(json.loads(json.dumps(listed(own)))), own)


def test_a_file_has_them_as_arrays_and_a_text_a_list_for_each_sample() -> None:
    own = points()
    assert set(described(own)) == {*own.description(), "digest"}
    assert described(own)["digest"] == own.digest
    assert {name: array.shape for name, array in arrays(own).items()} == {"data/X": (2, 6), "data/y": (6,)}
    content = listed(own)
    assert content["X"][3] == own.samples.X[:, 3].tolist()
    assert content["y"] == own.samples.y.tolist()


def test_samples_of_another_file_are_refused() -> None:
    other = described(points()) | {"digest": "0" * 64}
    with pytest.raises(InvalidValue, match=r"^own data digest: '000"):
        through_a_file(points(), other)


@pytest.mark.parametrize(
    "change",
    [
        {"task": "guess"},
        {"task": "regression"},
        {"task": None},
        {"source": 5},
        {"inputs": ["a"]},
        {"inputs": "ab"},
        {"inputs": [1, 2]},
        {"classes": []},
        {"classes": None},
        {"factor": [1.0]},
        {"factor": ["1", "1"]},
        {"factor": [10**400, 1]},
        {"offset": {"a": 1}},
        {"more": 1},
        {"digest": None},
    ],
)
def test_a_description_that_does_not_fit_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match=r"^own data"):
        through_a_file(points(), {**described(points()), **change})
    if "digest" not in change:
        with pytest.raises(InvalidValue, match=r"^own data"):
            from_lists({**listed(points()), **change})


@pytest.mark.parametrize("content", [None, [], {}, 5, "text", {"digest": "a"}, {"X": [], "y": []}])
def test_what_describes_nothing_is_refused(content: object) -> None:
    with pytest.raises(InvalidValue, match=r"^own data"):
        from_arrays(content, lambda *_: np.zeros((2, 0), np.float32))
    with pytest.raises(InvalidValue, match=r"^own data"):
        from_lists(content)


@pytest.mark.parametrize("name", ["digest", "source", "task", "inputs", "factor"])
def test_what_is_missing_is_refused(name: str) -> None:
    content = {field: value for field, value in described(points()).items() if field != name}
    with pytest.raises(InvalidValue, match=r"^own data"):
        through_a_file(points(), content)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.zeros((2, 6)), np.zeros(6, np.int64)),
        (np.zeros((2, 6), np.float32), np.zeros(6)),
        (np.zeros((2, 6), np.float32), np.full(6, 2)),
        (np.zeros((2, 6), np.float32), np.full(6, -1)),
        (np.zeros((2, 6), np.float32), np.zeros(5, np.int64)),
        (np.zeros((3, 6), np.float32), np.zeros(6, np.int64)),
        (np.zeros(2, np.float32), np.zeros(6, np.int64)),
        (np.full((2, 6), np.nan, np.float32), np.zeros(6, np.int64)),
    ],
)
def test_samples_that_do_not_fit_are_refused(X: np.ndarray, y: np.ndarray) -> None:
    made = {"data/X": X, "data/y": y}
    with pytest.raises(InvalidValue, match=r"^(own data|samples)"):
        from_arrays(described(points()), lambda name, _: made[name])


@pytest.mark.parametrize(
    "change",
    [
        {"X": None},
        {"X": [[1, 2]]},
        {"X": [[1, 2]] * 5 + [[1]]},
        {"X": [[1, 2, 3]] * 6},
        {"X": [["1", "2"]] * 6},
        {"X": [[True, False]] * 6},
        {"X": [[1, None]] * 6},
        {"X": [[1, 1e39]] * 6},
        {"X": [[1, 10**400]] * 6},
        {"X": {"a": 1}},
        {"X": []},
        {"y": [0.5] * 6},
        {"y": [[0]] * 6},
        {"y": [1e300] * 6},
        {"y": [2] * 6},
        {"y": "010101"},
        {"y": [0] * 7},
    ],
)
def test_lists_that_do_not_fit_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match=r"^(own data|samples)"):
        from_lists({**listed(points()), **change})


def test_more_than_a_text_can_have_is_refused_with_the_way_out() -> None:
    most = MOST_LISTED // 3
    assert same(from_lists(listed(points(most))), points(most))
    with pytest.raises(InvalidValue, match=r"'1,002 numbers' .* at most 1,000 numbers .* save a file instead"):
        listed(points(most + 1))
    content = listed(points(most))
    with pytest.raises(InvalidValue, match="at most 1,000 numbers"):
        from_lists({**content, "X": content["X"] * 2, "y": content["y"] * 2})


def test_more_than_a_file_could_give_back_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_content, "MOST", 11)
    with pytest.raises(InvalidValue, match="'12 numbers' is not allowed; it must be at most 11 numbers"):
        described(points())
    with pytest.raises(InvalidValue, match=r"data/X\.npy"):
        Archive(pack({}, arrays(points(1000))), "x").array("data/X", own_content.MOST)
