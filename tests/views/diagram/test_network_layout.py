"""Where neurons stand: inside the diagram, never over each other, and found where they are drawn."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from mlp_playground.views.diagram.network_layout import (
    BIAS_REACH,
    CELL,
    FOOTER,
    HEADER,
    LEAST_CELL,
    LEAST_PITCH,
    LEAST_STACKED,
    LEAST_STEP,
    LINK_BEND,
    LINK_ROOM,
    MOST_DRAWN,
    MOST_LANES,
    REST,
    Column,
    Drag,
    Layout,
    Link,
    arrange,
    least_width,
    link_shape,
)

WIDTHS = st.integers(1, 1024) | st.integers(1, 20) | st.integers(MOST_DRAWN - 2, MOST_DRAWN + 2)
HIDDEN = st.lists(WIDTHS, max_size=10)
HEIGHTS = st.integers(280, 1600)
EXTRA = st.integers(0, 1200)
ENDS = st.sampled_from([("plane", 7, 1), ("plane", 7, 5), ("line", 1, 1), ("bits", 10, 1), ("pictures", 784, 10)])
Ends = tuple[str, int, int]


def arranged(hidden: list[int], height: int, extra: int, ends: Ends) -> tuple[float, Layout]:
    width = least_width(len(hidden)) + extra
    kind, first, last = ends
    return width, arrange(width, height, (first, *hidden, last), pictures=kind == "pictures")


def grown(cell: QRectF, by: float) -> QRectF:
    return cell.adjusted(-by, -by, by, by)


@given(HIDDEN, HEIGHTS, EXTRA, ENDS)
@example([64] * 10, 280, 0, ("bits", 10, 10))
@example([65] * 10, 280, 0, ("pictures", 784, 10))
@settings(max_examples=60)
def test_all_that_is_drawn_lies_inside_and_apart(hidden: list[int], height: int, extra: int, ends: Ends) -> None:
    width, layout = arranged(hidden, height, extra, ends)
    for column in layout.columns:
        assert 1 <= len(column.cells) <= column.total
        for cell in column.cells:
            assert cell.left() >= 0
            assert cell.right() <= width
            assert cell.top() >= HEADER
            assert cell.bottom() <= height - FOOTER + 0.01
            assert cell.width() == cell.height()
        sides = np.array([cell.getCoords() for cell in column.cells])
        left, top, right, bottom = (side[:, None] for side in sides.T)
        touching = (left < right.T + 1) & (right + 1 > left.T) & (top < bottom.T + 1) & (bottom + 1 > top.T)
        assert touching.sum() == len(sides), "neurons of a column are at least a pixel apart"
    for before, after in pairwise(layout.columns):
        assert after.x - before.x >= LEAST_PITCH - 0.01
        nearest = min(cell.left() for cell in after.cells) - max(cell.right() for cell in before.cells)
        assert nearest >= LINK_ROOM - 0.01 or (ends[0] == "pictures" and before is layout.columns[0] and nearest > 10)


@given(HIDDEN, HEIGHTS, EXTRA, ENDS)
@settings(max_examples=30)
def test_cells_are_never_unreadably_small_and_leave_room_for_the_words(
    hidden: list[int], height: int, extra: int, ends: Ends
) -> None:
    _, layout = arranged(hidden, height, extra, ends)
    for number, column in enumerate(layout.columns[1:-1], 1):
        least = LEAST_STACKED if column.is_partial and len(column.cells) > 1 else LEAST_CELL
        assert all(cell.width() >= least - 0.51 for cell in column.cells), number
        if column.is_partial:
            assert height - FOOTER - column.cells[-1].bottom() >= REST - 0.01


@given(st.integers(1, 200), HEIGHTS, st.integers(1, 10))
@settings(max_examples=60)
def test_up_to_64_neurons_are_all_drawn_in_lanes_and_more_are_a_stack(count: int, height: int, layers: int) -> None:
    _, layout = arranged([count] * layers, height, 0, ("plane", 7, 1))
    for column in layout.columns[1:-1]:
        assert column.total == count
        assert column.is_partial == (count > 64)
        assert len(column.cells) == count if count <= 64 else len(column.cells) < count
        lanes = sorted({cell.left() for cell in column.cells})
        assert len(lanes) <= (1 if column.is_partial else MOST_LANES)
        rows = [[cell.top() for cell in column.cells if cell.left() == lane] for lane in lanes]
        assert [cell.left() for cell in column.cells] == sorted(cell.left() for cell in column.cells)
        assert all(lane == rows[0][: len(lane)] and lane == sorted(lane) for lane in rows), "filled one by one"
        assert all(len(lane) == len(rows[0]) for lane in rows[:-1])
        assert (min(lanes) + max(lanes) + column.cells[0].width()) / 2 == pytest.approx(column.x)


@pytest.mark.parametrize(("height", "lanes"), [(1500, 1), (560, 2), (280, 3)])
def test_lanes_are_as_many_as_make_neurons_larger(height: int, lanes: int) -> None:
    column = arrange(900, height, (7, 32, 1), pictures=False).columns[1]
    assert len({cell.left() for cell in column.cells}) == lanes


@given(HIDDEN, HEIGHTS, ENDS)
@settings(max_examples=12)
def test_every_cell_is_hit_wherever_it_is_clicked(hidden: list[int], height: int, ends: Ends) -> None:
    _, layout = arranged(hidden, height, 0, ends)
    for number, column in enumerate(layout.columns):
        for index in range(0, len(column.cells), 1 + len(column.cells) // 9):
            cell = grown(column.cells[index], -0.5)
            for place in (cell.center(), cell.topLeft(), cell.bottomRight(), cell.topRight(), cell.bottomLeft()):
                assert layout.hit(place) == (number, index)
            assert layout.is_drawn((number, index))
        assert not layout.is_drawn((number, len(column.cells)))
        assert not layout.is_drawn((number, -1))
    assert not layout.is_drawn((len(layout.columns), 0))


@given(st.floats(0, 1500), st.floats(0, 900))
def test_between_the_cells_there_is_nothing(x: float, y: float) -> None:
    layout = arrange(700, 500, (7, 3, 2, 1), pictures=False)
    inside = [
        (number, index)
        for number, column in enumerate(layout.columns)
        for index, cell in enumerate(column.cells)
        if grown(cell, 2).contains(QPointF(x, y))
    ]
    assert layout.hit(QPointF(x, y)) == (inside[0] if inside else None)


def test_a_bias_is_hit_around_its_dot_at_the_lower_left_corner() -> None:
    layout = arrange(700, 500, (7, 3, 2, 1), pictures=False)
    for number, column in enumerate(layout.columns):
        for index, cell in enumerate(column.cells):
            wanted = (number, index) if number else None
            for x, y in ((0, 0), (-BIAS_REACH + 0.1, 0), (0, BIAS_REACH - 0.1), (-3.5, 3.5)):
                assert layout.hit_bias(cell.bottomLeft() + QPointF(x, y)) == wanted
            assert layout.hit_bias(cell.bottomLeft() + QPointF(-3.6, 3.6)) is None
            assert layout.hit_bias(cell.center()) is None
    small = arrange(700, 280, (7, 64, 1), pictures=False)
    assert small.columns[1].cells[0].width() < 14, "too small for a dot"
    assert small.hit_bias(small.columns[1].cells[5].bottomLeft()) is None


@given(HIDDEN.filter(bool), HEIGHTS, EXTRA, ENDS)
@settings(max_examples=60)
def test_grips_lie_below_their_neurons_inside_and_apart_and_are_hit(
    hidden: list[int], height: int, extra: int, ends: Ends
) -> None:
    width, layout = arranged(hidden, height, extra, ends)
    grips = [column.grip for column in layout.columns[1:-1]]
    for number, (column, grip) in enumerate(zip(layout.columns[1:-1], grips, strict=True), 1):
        assert QRectF(0, HEADER, width, height - HEADER - 28).contains(grown(grip, 3))
        assert grip.top() - column.bottom >= (REST if column.is_partial else 4)
        assert grip.center().x() == pytest.approx(column.x)
        for place in (grip.center(), grown(grip, 3).topLeft(), grown(grip, 3).bottomRight()):
            assert layout.hit_grip(place) == number
            assert layout.hit(place) is None
        assert layout.hit_grip(grown(grip, 5).topLeft()) is None
    assert not any(grown(one, 4).intersects(grown(other, 4)) for one, other in combinations(grips, 2))


def test_only_hidden_layers_have_a_grip_to_hit() -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    assert [layout.hit_grip(column.grip.center()) for column in layout.columns] == [None, 1, None]


def test_a_dragged_grip_follows_the_hand_while_there_is_room() -> None:
    columns = [arrange(700, 700, (7, n, 1), pictures=False).columns[1] for n in (3, 4, 5, 6)]
    for before, after in pairwise(columns):
        moved = after.grip.center().y() - before.grip.center().y()
        assert moved == pytest.approx(before.step, rel=0.1)
    assert arrange(700, 500, (7, 64, 1), pictures=False).columns[1].step == LEAST_STEP
    assert arrange(700, 500, (7, 1024, 1), pictures=False).columns[1].step == LEAST_STEP


@given(st.floats(-2000, 2000), st.floats(8, 40), st.integers(1, 1024))
def test_the_width_of_a_drag_is_the_nearest_number_of_steps(y: float, step: float, first: int) -> None:
    drag = Drag(1, 100.0, first, step)
    assert abs((drag.width(y) - first) * step - (y - 100)) <= step / 2 + 1e-9
    assert drag.width(100) == first


@given(st.integers(0, 10), EXTRA)
def test_columns_stand_evenly_and_in_order(layers: int, extra: int) -> None:
    _, layout = arranged([4] * layers, 500, extra, ("plane", 7, 1))
    steps = [right.x - left.x for left, right in pairwise(layout.columns)]
    assert len(layout.columns) == layers + 2
    assert max(steps) - min(steps) < 1e-6


def test_few_neurons_have_their_full_size_and_stand_in_the_middle() -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    cells = layout.columns[1].cells
    assert {cell.width() for cell in cells} == {CELL}
    middle = (cells[0].top() + cells[-1].bottom()) / 2
    assert middle == pytest.approx(HEADER + (500 - HEADER - FOOTER) / 2)


def test_a_digit_is_one_large_picture_for_all_pixels() -> None:
    column = arrange(700, 500, (784, 8, 10), pictures=True).columns[0]
    assert len(column.cells) == 1
    assert column.total == 784
    assert column.cells[0].width() > CELL


# -- the next cell to the left and to the right -----------------------------------------------------------------------


@given(HIDDEN, HEIGHTS, ENDS, st.data())
@settings(max_examples=30)
def test_what_stands_beside_a_cell_is_the_next_and_as_level_as_can_be(
    hidden: list[int], height: int, ends: Ends, data: st.DataObject
) -> None:
    _, layout = arranged(hidden, height, 0, ends)
    column = data.draw(st.integers(0, len(layout.columns) - 1))
    index = data.draw(st.integers(0, len(layout.columns[column].cells) - 1))
    here = layout.cell((column, index)).center()
    cells = {(n, i): c.center() for n, col in enumerate(layout.columns) for i, c in enumerate(col.cells)}
    for direction in (-1, 1):
        found = layout.beside((column, index), direction)
        there = [cell for cell, centre in cells.items() if (centre.x() - here.x()) * direction > 1]
        if not there:
            assert found == (column, index)
            continue
        away = (cells[found].x() - here.x()) * direction
        assert 0 < away <= min((cells[cell].x() - here.x()) * direction for cell in there) + 1
        level = [abs(cells[cell].y() - here.y()) for cell in there if abs(cells[cell].x() - cells[found].x()) < 1]
        assert abs(cells[found].y() - here.y()) == pytest.approx(min(level))


def test_lanes_of_one_layer_stand_beside_each_other() -> None:
    layout = arrange(700, 280, (7, 30, 1), pictures=False)
    lanes = sorted({cell.left() for cell in layout.columns[1].cells})
    assert len(lanes) == 3
    assert layout.beside((1, 2), 1) == (1, 12)
    assert layout.beside((1, 12), 1) == (1, 22)
    assert layout.beside((1, 22), 1) == (2, 0)
    assert layout.beside((1, 22), -1) == (1, 12)


# -- links ------------------------------------------------------------------------------------------------------------


def bezier(layout: Layout, link: Link) -> QPainterPath:
    """A link as Qt draws such a curve, with level handles."""
    (x0, y0), (x1, y1) = layout.link_ends(link)
    bend = LINK_BEND * (x1 - x0)
    path = QPainterPath(QPointF(x0, y0))
    path.cubicTo(QPointF(x0 + bend, y0), QPointF(x1 - bend, y1), QPointF(x1, y1))
    return path


def sampled(path: QPainterPath, count: int = 600) -> np.ndarray:
    """Points along a path, as its Bézier parameter goes from 0 to 1, (count, 2)."""
    ends = np.array([[path.elementAt(i).x, path.elementAt(i).y] for i in range(4)])
    t = np.linspace(0, 1, count)[:, None]
    points = (1 - t) ** 3 * ends[0] + 3 * (1 - t) ** 2 * t * ends[1] + 3 * (1 - t) * t**2 * ends[2] + t**3 * ends[3]
    return np.asarray(points)


def links_of(layout: Layout) -> list[Link]:
    return [
        (n, i, j)
        for n, (before, after) in enumerate(pairwise(layout.columns))
        for i in range(len(before.cells))
        for j in range(len(after.cells))
    ]


def test_the_samples_lie_on_the_curve_that_qt_draws() -> None:
    path = bezier(arrange(700, 500, (7, 3, 1), pictures=False), (0, 6, 0))
    points = sampled(path, 11)
    percents = [path.percentAtLength(path.length() * share) for share in (0.0, 0.31, 0.5, 1.0)]
    for percent in percents:
        there = path.pointAtPercent(percent)
        fine = sampled(path, 5000)
        assert np.hypot(*(fine - there.toTuple()).T).min() < 0.2
    assert points[0] == pytest.approx(path.pointAtPercent(0).toTuple())
    assert points[-1] == pytest.approx(path.pointAtPercent(1).toTuple())


@pytest.mark.parametrize("link", [(0, 6, 0), (0, 0, 2), (1, 1, 0)])
def test_the_shape_of_links_is_the_beziers(link: Link) -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    (x0, y0), (x1, y1) = layout.link_ends(link)
    points = sampled(bezier(layout, link), 4000)
    up, slope = link_shape((points[:, 0] - x0) / (x1 - x0))
    assert y0 + (y1 - y0) * up == pytest.approx(points[:, 1], abs=0.05)
    steps = np.diff(points, axis=0)
    steepness = slope * (y1 - y0) / (x1 - x0)
    assert steepness[1:-1] == pytest.approx((steps[1:, 1] / steps[1:, 0]), abs=0.06)


@pytest.mark.parametrize("counts", [(7, 3, 1), (7, 8, 8, 1), (10, 30, 1), (2, 64, 2)], ids=str)
@pytest.mark.parametrize("reach", [5.0, 12.0])
def test_the_nearest_link_is_the_nearest_of_all(counts: tuple[int, ...], reach: float) -> None:
    width = least_width(len(counts) - 2)
    layout = arrange(width, 400, counts, pictures=False)
    links = links_of(layout)
    curves = np.array([sampled(bezier(layout, link)) for link in links])  # (links, samples, 2)
    rng = np.random.default_rng(sum(counts))
    found = 0
    for x, y in rng.uniform((60, HEADER), (width - 40, 400 - FOOTER), (60, 2)).tolist():
        away = np.hypot(curves[..., 0] - x, curves[..., 1] - y).min(axis=1)
        got = layout.nearest_link(QPointF(x, y), links, reach)
        if away.min() > reach + 0.5:
            assert got is None
        elif away.min() < reach - 0.5:
            assert got is not None
            assert away[links.index(got)] <= away.min() + 0.5
            found += 1
    assert found >= 10, "the places were not all beside the links"


def test_only_the_links_that_are_asked_for_are_near() -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    (x0, y0), _ = layout.link_ends((0, 2, 1))
    place = QPointF(*sampled(bezier(layout, (0, 2, 1)), 21)[3])
    assert layout.nearest_link(place, links_of(layout), 5) == (0, 2, 1)
    assert layout.nearest_link(place, [(0, 0, 0)], 5) is None
    assert layout.nearest_link(place, [], 5) is None
    assert layout.nearest_link(QPointF(x0 - 4, y0), [(0, 2, 1)], 5) == (0, 2, 1), "beyond its end, within reach"
    assert layout.nearest_link(QPointF(x0 - 6, y0), [(0, 2, 1)], 5) is None


def test_a_link_goes_from_edge_to_edge() -> None:
    layout = arrange(700, 500, (7, 3, 1), pictures=False)
    sender, receiver = layout.columns[0].cells[6], layout.columns[1].cells[2]
    start, end = layout.link_ends((0, 6, 2))
    assert start == (sender.right() + 1, sender.center().y())
    assert end == (receiver.left() - 1, receiver.center().y())


def test_a_column_knows_its_lower_edge_whatever_its_lanes() -> None:
    cells = (QRectF(0, 0, 10, 10), QRectF(0, 20, 10, 10), QRectF(15, 0, 10, 10))
    column = Column(12, cells, 3)
    assert column.bottom == 30
    assert not column.is_partial
    assert Column(12, cells, 4).is_partial
