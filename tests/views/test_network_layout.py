"""Where neurons stand: inside the diagram, never over each other, and found where they are drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from mlp_playground.views.network_layout import (
    CELL,
    FOOTER,
    HEADER,
    LEAST_CELL,
    LEAST_PICTURE,
    LEAST_PITCH,
    REST,
    Layout,
    arrange,
    least_width,
)

HIDDEN = st.lists(st.integers(1, 1024), max_size=10)
HEIGHTS = st.integers(280, 1600)
EXTRA = st.integers(0, 1200)


def arranged(hidden: list[int], height: int, extra: int, pictures: bool) -> tuple[float, Layout]:
    width = least_width(len(hidden)) + extra
    counts = (784 if pictures else 7, *hidden, 10 if pictures else 1)
    return width, arrange(width, height, counts, pictures=pictures)


@given(HIDDEN, HEIGHTS, EXTRA, st.booleans())
@settings(max_examples=150, deadline=None)
def test_all_that_is_drawn_lies_inside_and_apart(hidden: list[int], height: int, extra: int, pictures: bool) -> None:
    width, layout = arranged(hidden, height, extra, pictures)
    for column in layout.columns:
        assert 1 <= len(column.cells) <= column.total
        for cell in column.cells:
            assert cell.left() >= 0
            assert cell.right() <= width
            assert cell.top() >= HEADER
            assert cell.bottom() <= height - FOOTER + 0.01
            assert cell.width() == cell.height()
        for above, below in pairwise(column.cells):
            assert below.top() > above.bottom(), "neurons do not touch"
    for left, right in pairwise(layout.columns):
        assert right.x - left.x >= LEAST_PITCH - 0.01
        assert right.cells[0].left() > left.cells[0].right()


@given(HIDDEN, HEIGHTS, EXTRA, st.booleans())
@settings(max_examples=12, deadline=None)
def test_a_click_in_a_cells_middle_finds_it(hidden: list[int], height: int, extra: int, pictures: bool) -> None:
    _, layout = arranged(hidden, height, extra, pictures)
    for number, column in enumerate(layout.columns):
        for index, cell in enumerate(column.cells):
            assert layout.hit(cell.center()) == (number, index)


@given(HIDDEN, HEIGHTS, EXTRA, st.booleans())
@settings(max_examples=60, deadline=None)
def test_cells_are_never_unreadably_small_and_leave_room_for_the_words(
    hidden: list[int], height: int, extra: int, pictures: bool
) -> None:
    _, layout = arranged(hidden, height, extra, pictures)
    for number, column in enumerate(layout.columns):
        least = LEAST_PICTURE if pictures and number else LEAST_CELL
        assert all(cell.width() >= least - 0.51 for cell in column.cells), number
        if number and column.is_partial:
            assert height - FOOTER - column.cells[-1].bottom() >= REST - 0.01


@given(st.integers(0, 10), EXTRA)
def test_columns_stand_evenly_and_in_order(layers: int, extra: int) -> None:
    _, layout = arranged([4] * layers, 500, extra, False)
    steps = [right.x - left.x for left, right in pairwise(layout.columns)]
    assert len(layout.columns) == layers + 2
    assert max(steps) - min(steps) < 1e-6


@given(st.floats(0, 1500), st.floats(0, 900))
def test_between_the_cells_there_is_nothing(x: float, y: float) -> None:
    layout = arrange(700, 500, (7, 3, 2, 1), pictures=False)
    inside = [
        (number, index)
        for number, column in enumerate(layout.columns)
        for index, cell in enumerate(column.cells)
        if cell.adjusted(-2, -2, 2, 2).contains(QPointF(x, y))
    ]
    assert layout.hit(QPointF(x, y)) == (inside[0] if inside else None)


def test_few_neurons_have_their_full_size_and_stand_in_the_middle() -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    cells = layout.columns[1].cells
    assert {cell.width() for cell in cells} == {CELL}
    middle = (cells[0].top() + cells[-1].bottom()) / 2
    assert middle == pytest.approx(HEADER + (500 - HEADER - FOOTER) / 2)


def test_more_neurons_than_fit_are_drawn_in_part() -> None:
    column = arrange(700, 500, (7, 1024, 1), pictures=False).columns[1]
    assert column.is_partial
    assert 20 < len(column.cells) < 1024
    assert not arrange(700, 500, (7, 8, 1), pictures=False).columns[1].is_partial


def test_a_digit_is_one_large_picture_for_all_pixels() -> None:
    column = arrange(700, 500, (784, 8, 10), pictures=True).columns[0]
    assert len(column.cells) == 1
    assert column.total == 784
    assert column.cells[0].width() > CELL


def test_a_link_goes_from_edge_to_edge_and_is_made_once() -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    path = layout.link(0, 6, 2)
    sender, receiver = layout.columns[0].cells[6], layout.columns[1].cells[2]
    start, end = path.pointAtPercent(0), path.pointAtPercent(1)
    assert (start.x(), start.y()) == pytest.approx((sender.right() + 1, sender.center().y()))
    assert (end.x(), end.y()) == pytest.approx((receiver.left() - 1, receiver.center().y()))
    assert layout.link(0, 6, 2) is path
    assert QRectF(sender.right(), 0, receiver.left() - sender.right(), 500).contains(path.boundingRect())
