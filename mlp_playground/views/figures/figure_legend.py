"""What stands beside a figure: what its colours, marks and lines mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.runs import Run
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.legends import (
    BESIDE,
    LINE,
    MARK,
    SURE,
    TEXT,
    paint_classes,
    paint_scale,
    paint_sureness,
)
from mlp_playground.views.canvas.output_words import output_words
from mlp_playground.views.canvas.picture_frame import WASH, Showing, paint_marks, paint_rings
from mlp_playground.views.chart import line_pens
from mlp_playground.views.run_looks import paint_run_sample
from mlp_playground.views.scale_numbers import EXCITES, Numbers, answer_numbers
from mlp_playground.views.theme import SPACE, Theme, font

SCALE = 130.0
"""Pixels of the scale's bar."""
SAMPLE = 22.0
"""Pixels of a piece of line or a mark, and what parts it from its words."""
WIDEST = 190.0
"""Pixels of the longest words; a longer class's name is cut."""

Sample = Callable[[QPainter, QPointF, Theme], None]
"""Paints a line's or a mark's sample, given the middle of its left edge."""


@dataclass(frozen=True)
class Legend:
    """A scale's numbers, the classes' names, and rows of a sample with its words; any of them may be missing. For rows
    that may come `later` there is room. `wash` is how much of the background is in the scale's colours."""

    scale: Numbers = ()
    shapes: bool = False
    steps: bool = False
    classes: tuple[str, ...] = ()
    rows: tuple[tuple[str, Sample], ...] = ()
    later: tuple[str, ...] = ()
    wash: float = WASH

    @property
    def width(self) -> float:
        """Pixels from left to right; none for an empty legend."""
        metrics = QFontMetricsF(font(9))
        words = [(float(BESIDE + MARK * self.shapes), text) for _, text in self.scale]
        words += [(TEXT, name) for name in self.classes] + [(SAMPLE, text) for text, _ in self.rows]
        words += [(SAMPLE, text) for text in self.later]
        widest = max((left + metrics.horizontalAdvance(text) for left, text in words), default=0.0)
        return min(widest, WIDEST) + 2 if words else 0.0

    def paint(self, painter: QPainter, corner: QPointF, theme: Theme) -> None:
        """Draw it, from its upper left corner down."""
        top = corner.y()
        if self.scale:
            place = QRectF(corner.x(), top, self.width, SCALE)
            words = self._cut(tuple(text for _, text in self.scale), BESIDE + MARK)
            numbers = tuple((value, text) for (value, _), text in zip(self.scale, words, strict=True))
            paint_scale(painter, place, numbers, theme, shapes=self.shapes, steps=self.steps, wash=self.wash)
            top += SCALE + 2 * SPACE
        if self.classes:
            height = len(self.classes) * LINE
            place = QRectF(corner.x(), top, self.width, height)
            paint_classes(painter, place, self._cut(self.classes, TEXT), theme)
            paint_sureness(
                painter, QRectF(place.left(), place.bottom(), 68, SURE), 1 / len(self.classes), theme, steps=self.steps
            )
            top += height + SURE + SPACE
        for text, sample in self.rows:
            sample(painter, QPointF(corner.x(), top + LINE / 2), theme)
            painter.setFont(font(9))
            painter.setPen(QColor(theme.muted))
            beside = QRectF(corner.x() + SAMPLE, top, self.width - SAMPLE, LINE)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, *self._cut((text,), SAMPLE))
            top += LINE

    @staticmethod
    def _cut(texts: tuple[str, ...], left: float) -> tuple[str, ...]:
        metrics = QFontMetricsF(font(9))
        return tuple(metrics.elidedText(text, Qt.TextElideMode.ElideRight, WIDEST - left) for text in texts)


def answer_legend(snapshot: Snapshot, showing: Showing) -> Legend:
    """Of the network's answer over its data's space."""
    data = snapshot.data
    rows = [("train", point_sample(data, hollow=False))]
    if showing.test_points:
        rows.append(("test", point_sample(data, hollow=True)))
    if showing.mistakes and snapshot.field is not None and snapshot.field.mistakes is not None:
        rows.append(("wrong answer", ring_sample))
    if snapshot.field is not None and snapshot.field.difference is not None:
        if showing.boundary and data.space in ("plane", "table") and data.task != "regression":
            rows += [
                ("undecided", line_sample("boundary", 2.4)),
                ("undecided then", line_sample("boundary", 2.4, dashed=True)),
            ]
        names = data.classes if data.task == "classes" else ()
        numbers = output_words(snapshot, steps=showing.steps).scale
        return Legend(numbers, steps=showing.steps, classes=names, rows=tuple(rows))
    rows += _curve_rows(snapshot, showing)
    if showing.boundary and data.task != "regression" and data.space in ("plane", "table"):
        rows.append(("undecided", line_sample("boundary", 2.4)))
    if data.task == "classes":
        return Legend(steps=showing.steps, classes=data.classes, rows=tuple(rows))
    if data.space == "line":
        rows.append(("prediction", line_sample("boundary", 2.4)))
    numbers = answer_numbers(data, steps=showing.steps)
    if data.task == "regression":
        return Legend(numbers, shapes=True, steps=showing.steps, rows=tuple(rows))
    orange, blue = data.classes
    named = ((1.0, f"100 % {blue}"), *numbers[1:-1], (-1.0, f"100 % {orange}"))
    return Legend(named, shapes=True, steps=showing.steps, rows=tuple(rows))


def _curve_rows(snapshot: Snapshot, showing: Showing) -> list[tuple[str, Sample]]:
    """What the network makes a curve of, as far as it is drawn."""
    field, rows = snapshot.field, list[tuple[str, Sample]]()
    if field is not None and field.parts is not None and showing.shares:
        signs = (("share, weight above 0", field.parts.weights > 0), ("share, below 0", field.parts.weights <= 0))
        samples = (line_sample("blue", 1.6), line_sample("orange", 1.6, dashed=True))
        rows += [(words, sample) for (words, is_there), sample in zip(signs, samples, strict=True) if is_there.any()]
    if field is not None and field.parts is not None and showing.kinks:
        layers = sorted({kink.cell[0] for kink in field.parts.kinks})
        rows += [(f"kink, layer {layer + 1}", _kink(layer)) for layer in layers]
    return rows


def _kink(layer: int) -> Sample:
    def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.background), 1.2))
        painter.setBrush(QColor(theme.layers[layer % len(theme.layers)]))
        painter.drawEllipse(middle + QPointF(8, 0), 3.5, 3.5)

    return paint


def digits_legend(_snapshot: Snapshot, _showing: Showing) -> Legend:
    """Of what the first layer looks for."""
    return Legend(EXCITES, wash=0.0)


def curves_legend(runs: Sequence[Run]) -> Legend:
    """Of curves of train and test, and of each kept run beside the present one."""

    def part(number: int) -> Sample:
        def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
            pen = line_pens(theme)[number]
            pen.setCosmetic(False)
            painter.setPen(pen)
            painter.drawLine(middle, middle + QPointF(16, 0))

        return paint

    def kept(style: int) -> Sample:
        return lambda painter, middle, theme: paint_run_sample(painter, middle, style, theme)

    return Legend(rows=(("train", part(0)), ("test", part(1)), *((run.title, kept(run.style)) for run in runs)))


def network_legend(snapshot: Snapshot, _showing: Showing) -> Legend:
    """Of the diagram."""
    more, less = ("above 0", "below 0") if snapshot.theta_change is None else ("is larger", "is smaller")
    rows = (
        (f"weight {more}", line_sample("blue", 3)),
        (f"weight {less}", line_sample("orange", 3)),
        (f"bias {more}", _dot("blue")),
        (f"bias {less}", _dot("orange")),
    )
    return Legend(((1.0, "+"), (0.0, "0"), (-1.0, "−")), rows=rows, wash=0.0)


def point_sample(data: Dataset, *, hollow: bool) -> Sample:
    """A point of no certain class; `hollow` as test points are."""

    def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
        place, colour = np.array([[middle.x() + 8, middle.y()]]), QColor(theme.muted)
        mark = 2 if data.task == "classes" else 1
        paint_marks(painter, mark, place, 9, colour, theme, hollow=hollow)

    return paint


def ring_sample(painter: QPainter, middle: QPointF, theme: Theme) -> None:
    """A ring around what is answered wrongly."""
    paint_rings(painter, np.array([[middle.x() + 8, middle.y()]]), 7, theme)


def line_sample(colour: str, width: float, *, dashed: bool = False) -> Sample:
    """A piece of line in the theme's `colour`, by its name, `width` pixels thick."""

    def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
        pen = QPen(QColor(getattr(theme, colour)), width)
        if dashed:
            pen.setDashPattern([2, 1.2])
        painter.setPen(pen)
        painter.drawLine(middle, middle + QPointF(16, 0))

    return paint


def _dot(colour: str) -> Sample:
    def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, colour)))
        painter.drawEllipse(middle + QPointF(8, 0), 4, 4)

    return paint
