"""The axes of a plane: round numbers in the units of a table, and names wherever there is room for them."""

from __future__ import annotations

from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from mlp_playground.data import toy
from mlp_playground.data.dataset import Dataset, Scale
from mlp_playground.data.drawing import add_points
from mlp_playground.data.extent import HOME
from mlp_playground.data.own import make
from mlp_playground.views.canvas.plane_axes import NAME_ROOM, PLANE, Axes, axes_of, left_room, paint_axes, ticks
from mlp_playground.views.theme import LIGHT

PLACE = QRectF(60, 10, 400, 400)


pytestmark = pytest.mark.usefixtures("qapp")


def texts(axes: Axes, room: float = NAME_ROOM, place: QRectF = PLACE) -> list[str]:
    """All texts that are written around the picture."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(500, 450))
    painter = QPainter(generator)
    paint_axes(painter, place, HOME, axes, room, LIGHT)
    painter.end()
    svg = bytes(buffer.data().data()).decode("utf-8")
    return [part.partition("</text>")[0].rpartition(">")[2] for part in svg.split("<text ")[1:]]


def scaled(low: float, high: float, name: str = "n") -> Scale:
    """A column whose numbers from `low` to `high` fill −5…5."""
    factor = 10 / (high - low)
    return Scale(name, factor, -factor * (low + high) / 2)


def test_the_planes_own_numbers() -> None:
    assert ticks(Scale("x₁"), 0.0, 6.0) == tuple((float(v), str(v).replace("-", "−")) for v in range(-6, 7, 2))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (1990, 2020, ["1990", "2000", "2010", "2020"]),
        (4.3, 7.9, ["4", "5", "6", "7", "8"]),
        (-0.02, 0.03, ["−0.02", "−0.01", "0.00", "0.01", "0.02", "0.03"]),
        (1e6, 5e6, ["1000000", "2000000", "3000000", "4000000", "5000000"]),
    ],
)
def test_a_tables_numbers_are_round_and_stand_where_they_are(low: float, high: float, expected: list[str]) -> None:
    scale = scaled(low, high)
    found = ticks(scale, 0.0, 6.0)
    assert [text for _, text in found] == expected
    for place, text in found:
        assert scale.back(place) == pytest.approx(float(text.replace("−", "-")), abs=1e-9 * (high - low))


def test_an_axis_may_run_backwards() -> None:
    assert [round(place, 6) for place, _ in ticks(Scale("n", -1.0), 0.0, 6.0)] == [6, 4, 2, 0, -2, -4, -6]


NUMBERS = st.floats(allow_nan=False, allow_infinity=False).filter(bool)


@settings(max_examples=300)
@given(NUMBERS, st.floats(allow_nan=False, allow_infinity=False))
def test_any_scale_has_a_few_numbers_or_none(factor: float, offset: float) -> None:
    found = ticks(Scale("n", factor, offset), 0.0, 6.0)
    assert len(found) <= 13
    assert all(isfinite(place) for place, _ in found)


def test_points_drawn_have_the_same_axes_as_toy_problems() -> None:
    rng = np.random.default_rng(0)
    drawn = make(add_points(add_points(None, rng.normal(size=(2, 9)), 0), rng.normal(size=(2, 9)), 1), 0, 0.5, 0)
    xor = toy.make("xor", 20, 0, 0.5, 0)
    assert axes_of(drawn) == axes_of(xor) == PLANE
    assert left_room(drawn) == left_room(xor) == 0
    assert texts(PLANE, 0.0) == ["x₁", "−6", "−4", "−2", "0", "2", "4", "x₂", "−6", "−4", "−2", "0", "2", "4"]


def test_a_table_has_its_names_and_room_for_them() -> None:
    xor = toy.make("xor", 20, 0, 0.5, 0)
    named = Dataset("t", "binary", xor.train, xor.test, xor.classes, inputs=(scaled(0, 1, "length"), Scale("w")))
    assert [scale.name for scale in axes_of(named)] == ["length", "w"]
    assert left_room(named) > 0


def test_names_and_numbers_of_a_table_are_written() -> None:
    found = texts((scaled(0, 100, "petal length (cm)"), scaled(1990, 2020, "year of the harvest")))
    assert {"petal length (cm)", "year of the harvest", "1990", "2020", "0", "20", "40"} <= set(found)
    assert "100" not in found, "the name stands there"


def test_long_names_are_cut() -> None:
    found = texts((scaled(0, 100, "length " * 30), scaled(0, 100, "width " * 30)))
    cut = [text for text in found if text.endswith("…")]
    assert len(cut) == 2
    assert all(len(text) < 100 for text in cut)


def test_numbers_too_long_for_their_place_stand_within_the_picture_or_are_left_out() -> None:
    axes = scaled(1e9, 5e9, "a"), scaled(1e9, 5e9, "b")
    assert texts(axes).count("2000000000") == 2, "below there is room, and beside they stand within"
    assert texts(axes, place=QRectF(60, 10, 200, 200)).count("2000000000") == 1, "below there is none"
    assert "20000" in texts((scaled(0, 1, "a"), scaled(10_000, 50_000, "b")))


@pytest.mark.parametrize("side", [1, 16, 60])
def test_any_room_will_do(side: int) -> None:
    texts((scaled(0, 100, "petal length (cm)"), scaled(1990, 2020, "year")), place=QRectF(0, 0, side, side))
