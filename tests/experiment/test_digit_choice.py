"""Which digit is followed, and what a file keeps of that."""

from __future__ import annotations

import json

import numpy as np
import pytest

from mlp_playground.data.mnist import load_sample
from mlp_playground.data.pen import PenStroke
from mlp_playground.experiment.digit_choice import DRAW, MANY, MORPH, PICK, DigitChoice
from mlp_playground.experiment.digit_look import Drawn, Given, Mixed

STROKES = (PenStroke(((0.25, 0.5, 0.045), (0.75, 0.5, 0.045))), PenStroke(((0.5, 0.5, 0.1),), erases=True))
CHOICE = DigitChoice(MORPH, STROKES, 17, True, 5, 0.125)


def test_each_mode_has_its_digit() -> None:
    data = load_sample()
    test = data.test
    assert DigitChoice(MANY, STROKES, 3).source(data) is None
    drawn, picked = DigitChoice(DRAW, STROKES).source(data), DigitChoice(PICK, STROKES, 3).source(data)
    assert isinstance(drawn, Drawn)
    assert drawn.strokes == STROKES
    assert isinstance(picked, Given)
    assert np.array_equal(picked.x, test.X[:, 3])
    assert picked.truth == test.y[3]
    last = DigitChoice(PICK, picked=10**6).source(data)
    assert isinstance(last, Given)
    assert np.array_equal(last.x, test.X[:, -1]), "where there are fewer"


@pytest.mark.parametrize(
    ("strokes", "mixes_picked", "begins_drawn"), [(STROKES, False, True), (STROKES, True, False), ((), False, False)]
)
def test_a_morph_begins_with_what_was_looked_at_before_or_with_a_test_digit_where_nothing_is_drawn(
    strokes: tuple[PenStroke, ...], mixes_picked: bool, begins_drawn: bool
) -> None:
    data = load_sample()
    mixed = DigitChoice(MORPH, strokes, 3, mixes_picked, 9, 0.25).source(data)
    assert isinstance(mixed, Mixed)
    assert isinstance(mixed.a, Drawn) == begins_drawn
    assert np.array_equal(mixed.b.x, data.test.X[:, 9])
    assert mixed.t == 0.25


def test_it_comes_back_from_plain_values() -> None:
    kept = json.loads(json.dumps(CHOICE.kept()))
    assert DigitChoice().after(kept) == CHOICE
    assert CHOICE.after({}) == CHOICE
    assert CHOICE.after({"picked": 2, "way": 1}) == DigitChoice(MORPH, STROKES, 2, True, 5, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "x"}, {"mode": 3}, {"strokes": 7}, {"picked": -1}, {"picked": True}, {"picked": 1.5},
        {"mixes_picked": 1}, {"end": None}, {"way": 2.0}, {"way": float("nan")}, {"way": "half"},
    ],
    ids=str,
)  # fmt: skip
def test_what_can_not_be_changes_nothing(wrong: dict[str, object]) -> None:
    assert CHOICE.after(wrong) == CHOICE  # type: ignore[arg-type]
