"""Draws all patterns of bits as a board, on which neighbours differ in one bit: parity makes a checkerboard of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.field import Field
from mlp_playground.analysis.grids import bit_patterns
from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Dataset
from mlp_playground.views.canvas.picture_frame import (
    Showing,
    map_of,
    number_below,
    number_beside,
    paint_colours,
    paint_frame,
    paint_marks,
    paint_rings,
    point_size,
    room,
)
from mlp_playground.views.canvas.plane_picture import answer_words
from mlp_playground.views.theme import Theme

LEAST_FIELD = 7.0
"""Pixels of a field's side below which marks in it can't be told apart."""
LEAST_NUMBER = 26.0
"""Pixels of a field's side below which its bits can't be written beside."""


class BitsPicture:
    """All patterns of bits: the first half of them along the board, the others down."""

    @staticmethod
    def place(area: QRectF, data: Dataset) -> QRectF:
        """Where in `area` the board stands: its fields are squares."""
        inner = room(area)
        _, rows, columns = bit_patterns(data.n_in).shape
        side = max(min(inner.width() / columns, inner.height() / rows), 1.0)
        return QRectF(round(inner.left()), round(inner.top()), round(side * columns), round(side * rows))

    @staticmethod
    def paint_map(
        painter: QPainter, place: QRectF, field: Field, _data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """What changes with every step: the colours."""
        paint_colours(painter, place, map_of(field, showing), theme, smooth=False, steps=showing.steps)

    @staticmethod
    def paint_overlay(
        painter: QPainter, place: QRectF, data: Dataset, theme: Theme, showing: Showing, _plane: Slice | None = None
    ) -> None:
        """What stays while training: which pattern belongs to which class, and the bits beside the board."""
        _, rows, columns = bit_patterns(data.n_in).shape
        side = place.width() / columns
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if side >= LEAST_FIELD:
            painter.setPen(QPen(QColor(theme.background), 1))
            left, top = place.left(), place.top()
            across = [QLineF(left, top + row * side, place.right(), top + row * side) for row in range(1, rows)]
            down = [QLineF(left + col * side, top, left + col * side, place.bottom()) for col in range(1, columns)]
            painter.drawLines(across + down)
            _paint_classes(painter, place, data, theme, showing)
        if showing.axes:
            paint_frame(painter, place, theme)
            _paint_bits(painter, place, data.n_in, side)
        painter.restore()

    @staticmethod
    def paint_top(
        painter: QPainter, place: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing
    ) -> None:
        """Rings around the patterns that the network gets wrong."""
        found, side = field.mistakes, place.width() / bit_patterns(data.n_in).shape[2]
        if found is None or not showing.mistakes or showing.focus is not None or side < LEAST_FIELD:
            return
        patterns = bit_patterns(data.n_in)
        wrong = np.isin(_numbers(patterns), _numbers(data.train.X[:, found.train] > 0))
        if showing.test_points:
            wrong |= np.isin(_numbers(patterns), _numbers(data.test.X[:, found.test] > 0))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_rings(painter, _middles(place, side, wrong), _mark_size(place, side), theme)
        painter.restore()

    @staticmethod
    def words(field: Field, data: Dataset, showing: Showing, across: float, down: float) -> str:
        """What lies at a share of the board's width and height."""
        patterns = bit_patterns(data.n_in)
        _, rows, columns = patterns.shape
        bits = patterns[:, min(int(down * rows), rows - 1), min(int(across * columns), columns - 1)]
        where = f"bits {''.join(map(str, bits))}   "
        return where + answer_words(field, data, showing, across, down)


def _paint_classes(painter: QPainter, place: QRectF, data: Dataset, theme: Theme, showing: Showing) -> None:
    """A mark in each field that the samples know: filled where it is trained, hollow where it is only tested."""
    patterns = bit_patterns(data.n_in)
    side = place.width() / patterns.shape[2]
    board = _numbers(patterns)
    trained = np.isin(board, _numbers(data.train.X > 0))
    tested = np.isin(board, _numbers(data.test.X > 0)) & ~trained
    odd = patterns.sum(axis=0) % 2
    size = _mark_size(place, side)
    for mark in (0, 1):
        for known, hollow in ((tested, True), (trained, False)):
            if hollow and not showing.test_points:
                continue
            places = _middles(place, side, known & (odd == mark))
            paint_marks(painter, mark, places, size, theme.class_colour(mark), theme, hollow=hollow)


def _mark_size(place: QRectF, side: float) -> float:
    return min(max(side / 3, 3.5), 1.6 * point_size(place))


def _middles(place: QRectF, side: float, chosen: np.ndarray) -> np.ndarray:
    """The middles (n, 2) of the chosen fields of the board."""
    row, column = np.nonzero(chosen)
    return np.stack([place.left() + (column + 0.5) * side, place.top() + (row + 0.5) * side], 1)


def _numbers(bits: np.ndarray) -> np.ndarray:
    """Patterns of bits (bits, …) as one number each (…): noise never turns a bit over, so their signs will do."""
    return np.asarray(np.tensordot(2 ** np.arange(len(bits)), bits.astype(np.int64), 1))


def _paint_bits(painter: QPainter, place: QRectF, bits: int, side: float) -> None:
    """Which bits stand where; the patterns themselves where there is room for them."""
    patterns = bit_patterns(bits)
    half = bits - bits // 2
    if side < LEAST_NUMBER or half > 3:
        number_below(painter, place, place.center().x(), f"bits 1–{half}")
        number_beside(painter, place, place.center().y() - 7, "bits")
        number_beside(painter, place, place.center().y() + 7, f"{half + 1}–{bits}")
        return
    for column in range(patterns.shape[2]):
        text = "".join(map(str, patterns[:half, 0, column]))
        number_below(painter, place, place.left() + (column + 0.5) * side, text)
    for row in range(patterns.shape[1]):
        text = "".join(map(str, patterns[half:, row, 0]))
        number_beside(painter, place, place.top() + (row + 0.5) * side, text)
