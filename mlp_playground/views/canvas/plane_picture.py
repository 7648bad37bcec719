"""Draws the plane with the network's answer, its boundary and the points."""

from __future__ import annotations

from math import ceil, isfinite, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.analysis.field import ClassMap, Difference, Field, Map
from mlp_playground.analysis.slice import Slice, home_of, slice_of
from mlp_playground.data.dataset import Dataset, Samples, Scale
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.numerals import percent
from mlp_playground.views.canvas.picture_frame import (
    POINT,
    Showing,
    has_boundary,
    has_exact_boundary,
    map_of,
    paint_colours,
    paint_label,
    paint_marks,
    paint_points,
    paint_rings,
    point_size,
    square,
)
from mlp_playground.views.canvas.plane_axes import PLANE, axes_of, left_room, paint_axes
from mlp_playground.views.polyline import polyline, thinned
from mlp_playground.views.scale_numbers import own_number
from mlp_playground.views.theme import Theme, font

NO_NUMBER = "no answer: its numbers are too large"
NOTE = 21.0
"""Pixels from a picture's upper edge to the lower one of a note in it."""
PIXELS = 400
"""As many places across a picture are told apart in words."""
SMALLEST = 0.4
"""What is left of a point's size from very far away."""


class PlanePicture:
    """Points in the plane, or a table's samples beside the plane that is laid through them: a picture of the extent
    that is shown, or of the home. The map may still be that of another extent, which then stands where it belongs."""

    @staticmethod
    def place(area: QRectF, data: Dataset) -> QRectF:
        """Where in `area` the picture stands."""
        return square(area.adjusted(left_room(data), 0, 0, 0))

    @staticmethod
    def paint_map(
        painter: QPainter, place: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """What changes with every step: the colours and, over an answer of classes, the boundary."""
        extent = _extent(showing, data, field.slice)
        painter.save()
        painter.setClipRect(place)
        if extent != field.extent:
            painter.fillRect(place, QColor(theme.neutral))
        there = rect_of(place, extent, field.extent)
        paint_colours(painter, there, map_of(field, showing), theme, smooth=True, steps=showing.steps)
        if has_boundary(showing, data) and not has_exact_boundary(field, showing):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if field.difference is not None:
                _paint_boundary(painter, place, extent, field.difference.boundary, theme, dashed=True)
            _paint_boundary(painter, place, extent, field.boundary, theme)
        painter.restore()

    @staticmethod
    def paint_overlay(
        painter: QPainter, place: QRectF, data: Dataset, theme: Theme, showing: Showing, plane: Slice | None = None
    ) -> None:
        """What stays while training: the points and the axes, for a table those of `plane`."""
        plane = plane or slice_of(data)
        extent = _extent(showing, data, plane)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        for samples, hollow in ((data.test, True), (data.train, False)):
            if hollow and not showing.test_points:
                continue
            places = _places(place, extent, samples, plane)
            paint_points(painter, data, samples, theme, places, _size(place, extent, data, plane), hollow=hollow)
        painter.setClipping(False)
        if showing.axes:
            axes = axes_of(data) if plane is None else plane.axes
            paint_axes(painter, place, extent, axes, left_room(data), theme)
        if showing.axes and plane is not None:
            _paint_note(painter, place, _note(plane, data), theme)
        painter.restore()

    @staticmethod
    def paint_top(
        painter: QPainter, place: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """Rings around the samples that the network gets wrong."""
        found = field.mistakes
        if found is None or not showing.mistakes or showing.focus is not None:
            return
        extent = _extent(showing, data, field.slice)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        for samples, wrong in ((data.test, found.test), (data.train, found.train)):
            if samples is data.test and not showing.test_points:
                continue
            X = samples.X[:, wrong]
            places = on_screen(place, extent, X.astype(float) if field.slice is None else field.slice.project(X))
            size = _size(place, extent, data, field.slice)
            paint_rings(painter, places[_is_near(place, places)], size, theme)
        painter.restore()

    @staticmethod
    def words(field: Field, data: Dataset, showing: Showing, across: float, down: float) -> str:
        """What lies at a share of the picture's width and height."""
        extent = _extent(showing, data, field.slice)
        x1, x2 = extent.point(across, down)
        axes = axes_of(data) if field.slice is None else field.slice.axes
        step = 2 * extent.half_width / PIXELS
        where = "".join(f"{scale.name} = {_place(scale, x, step)}   " for scale, x in zip(axes, (x1, x2), strict=True))
        across, down = field.extent.shares(x1, x2)
        there = 0 <= across <= 1 and 0 <= down <= 1  # else the network's answer is still to come
        return where + (answer_words(field, data, showing, across, down) if there else "")


def _extent(showing: Showing, data: Dataset, plane: Slice | None) -> Extent:
    """The part of the plane that is shown."""
    return showing.extent or home_of(data, plane)


def paint_draft(painter: QPainter, place: QRectF, samples: Samples, theme: Theme, extent: Extent = HOME) -> None:
    """A drawing that nothing can be learned from yet, on empty ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(place, QColor(theme.neutral))
    painter.setClipRect(place)
    places = _places(place, extent, samples)
    for k in np.unique(samples.y):
        colour = theme.class_colour(int(k))
        paint_marks(painter, int(k), places[samples.y == k], point_size(place), colour, theme, hollow=False)
    painter.setClipping(False)
    paint_axes(painter, place, extent, PLANE, 0.0, theme)
    painter.restore()


def _places(place: QRectF, extent: Extent, samples: Samples, plane: Slice | None = None) -> np.ndarray:
    """Where samples are in the square `place`, in pixels (N, 2), those outside left out of sight; of a table as its
    `plane` shows them."""
    return on_screen(place, extent, samples.X.astype(float) if plane is None else plane.project(samples.X))


def on_screen(place: QRectF, extent: Extent, X: np.ndarray) -> np.ndarray:
    """Where points X (2, N) of the plane lie in pixels (N, 2), if the square `place` shows `extent`."""
    across, down = extent.shares(*X)
    return np.stack([place.left() + across * place.width(), place.top() + down * place.height()], 1)


def _size(place: QRectF, extent: Extent, data: Dataset, plane: Slice | None) -> float:
    """How large a point is: from far away smaller, so that they do not become one blot."""
    return point_size(place) * max(min(home_of(data, plane).half_width / extent.half_width, 1.0), SMALLEST)


def _is_near(place: QRectF, places: np.ndarray) -> np.ndarray:
    """Which of `places` (N, 2) are in the picture: hundreds of shapes out of sight cost as much as those in sight."""
    away = np.abs(places - np.array(place.center().toTuple()))
    return np.asarray((away <= place.width() / 2 + POINT).all(axis=1))


def answer_words(field: Field, data: Dataset, showing: Showing, across: float, down: float) -> str:
    """The answer (or the focused neuron's value) at a share of the picture's width and height."""
    if isinstance(showing.focus, ClassMap):
        cell = _cell(showing.focus.winner, across, down)
        p, k = float(showing.focus.share[cell]), int(showing.focus.winner[cell])
        return f"{percent(p, 0)} {data.classes[k]}" if isfinite(p) else NO_NUMBER
    if showing.focus is not None:
        return number_words("value", value_at(showing.focus, across, down), 3)
    if field.difference is not None:
        return _difference_words(field.difference, data, across, down)
    if isinstance(field.answer, ClassMap):
        cell = _cell(field.answer.winner, across, down)
        likely, p = int(field.answer.winner[cell]), float(field.answer.share[cell])
    else:
        value = value_at(field.answer, across, down)
        if data.task == "regression":
            if data.target is not None and isfinite(value):
                return f"{data.target.name} {own_number(data.target.back(value))}"
            return number_words("prediction", value, 2)
        p = (value + 1) / 2
        likely = int(p >= 0.5)
        p = p if likely else 1 - p
    return f"{percent(p, 0)} {data.classes[likely]}" if isfinite(p) else NO_NUMBER


def _difference_words(found: Difference, data: Dataset, across: float, down: float) -> str:
    value = value_at(found.map, across, down)
    if data.target is not None and isfinite(value):
        return f"difference {own_number(data.target.back(value) - data.target.back(0.0))}"
    if data.task == "regression" or not isfinite(value):
        return number_words("difference", value, 2)
    points = round(value / found.map.scale * 100)
    share = f"{points:+d}\u202f%".replace("-", "−") if points else "0\u202f%"
    return f"{share} {data.classes[1]}" if data.task == "binary" else f"{share} surer"


def number_words(name: str, value: float, digits: int) -> str:
    """A number with its name, also where a network that diverged has none."""
    number = f"{value:+.{digits}f}".replace("-", "−")  # not in names, which may have hyphens
    return f"{name} {number}" if isfinite(value) else f"{name} too large for a number"


def value_at(shown: Map, across: float, down: float) -> float:
    """The map's value at a share of its width and height."""
    return float(shown.values[_cell(shown.values, across, down)])


def _cell(values: np.ndarray, across: float, down: float) -> tuple[int, int]:
    rows, columns = values.shape
    return min(int(down * rows), rows - 1), min(int(across * columns), columns - 1)


def to_screen(place: QRectF, extent: Extent, x1: float, x2: float) -> QPointF:
    """Where the plane's point (x1, x2) lies in the square `place`, which shows `extent`."""
    across, down = extent.shares(x1, x2)
    return QPointF(place.left() + across * place.width(), place.top() + down * place.height())


def rect_of(place: QRectF, extent: Extent, part: Extent) -> QRectF:
    """Where the square `part` of the plane lies, if `place` shows `extent`."""
    (x1, x2), half = part.centre, part.half_width
    top_left = to_screen(place, extent, x1 - half, x2 + half)
    return place if part == extent else QRectF(top_left, to_screen(place, extent, x1 + half, x2 - half))


def boundary_pen(place: QRectF, theme: Theme) -> QPen:
    """What the boundary is drawn with."""
    width = max(1.6, place.width() / 240)
    pen = QPen(QColor(theme.boundary), width)
    # round corners take as long as the line itself, and can't be seen in a thin one
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin if width < 2.5 else Qt.PenJoinStyle.RoundJoin)
    return pen


def _paint_boundary(
    painter: QPainter,
    place: QRectF,
    extent: Extent,
    lines: tuple[NDArray[np.float64], ...],
    theme: Theme,
    *,
    dashed: bool = False,
) -> None:
    pen = boundary_pen(place, theme)
    if dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    for line in lines:
        # the points lie about a pixel apart, and a line costs by its points
        painter.drawPolyline(polyline(thinned(on_screen(place, extent, line.T))))


def _place(scale: Scale, value: float, step: float) -> str:
    """A number of the plane, in the user's own units if they have any, so exact that a `step` changes it."""
    own, decimals = scale.back(value), ceil(-log10(step / abs(scale.factor)))
    return (f"{own:.{max(decimals, 0)}f}" if abs(decimals) < 8 else f"{own:.4g}").replace("-", "−")


def _note(plane: Slice, data: Dataset) -> str:
    """What the reader does not see of the table."""
    if plane.kind == "columns":
        return f"2 of {data.n_in} columns; the others stay at their mean"
    return f"{data.n_in} columns, seen where they vary most: {percent(sum(plane.shares), 0)}"


def _paint_note(painter: QPainter, place: QRectF, text: str, theme: Theme) -> None:
    """A line of text within the picture, at its top."""
    painter.setFont(font(8))
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(place.width() - 16, 0))
    box = QRectF(place.left() + 4, place.top() + 4, metrics.horizontalAdvance(text) + 8, NOTE - 4)
    paint_label(painter, box, text, theme)
