"""What stands beside figures of a network's pieces and spaces."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlp_playground.analysis.patterns import Patterns
from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.picture_frame import Showing, paint_marks
from mlp_playground.views.canvas.region_colours import slope_colours
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_legend import (
    Legend,
    Sample,
    answer_legend,
    line_sample,
    point_sample,
)
from mlp_playground.views.scale_numbers import EXCITES
from mlp_playground.views.theme import Theme

NEURON = "a neuron's sum is 0"
RISES = (("rises to the right", 0.0), ("rises upwards", 0.5), ("rises to the left", 1.0), ("rises downwards", 1.5))
"""Directions of a slope in half turns."""


def regions_legend(snapshot: Snapshot, showing: Showing) -> Legend:
    """Of the polygons: how many they are, and what they are filled with."""
    pieces = showing.pieces
    if pieces is None:
        return Legend()
    count = f"{grouped(len(pieces))} {'patterns' if isinstance(pieces, Patterns) else 'regions'}"
    counted = (count, line_sample("boundary", 1.0))
    if showing.filling == "lines":
        answer = answer_legend(snapshot, showing)
        return replace(answer, rows=(*answer.rows, counted))
    marks = class_rows(snapshot.data)
    if showing.filling == "pattern":
        return Legend(
            rows=(counted, ("one colour for each pattern", _nothing), ("of active neurons", _nothing), *marks)
        )
    slopes = tuple((text, _slope(cos(turn * pi), sin(turn * pi))) for text, turn in RISES)
    return Legend(rows=(counted, *slopes, ("flat", _slope(0.0, 0.0)), *marks))


def space_legend(scene: Scene) -> Legend:
    """Of a layer's space."""
    data, showing = scene.snapshot.data, scene.space_showing
    assert scene.space is not None, "somebody has looked at it"
    rows = [*class_rows(data), ("train", point_sample(data, hollow=False))]
    if showing.test_points:
        rows.append(("test", point_sample(data, hollow=True)))
    place = scene.space.places[min(round(showing.t), len(scene.space.places) - 1)]
    is_output = showing.walls and any(wall.neuron is None for wall in place.walls)
    if is_output or (showing.boundary and scene.space.boundary_pieces):
        rows.append(("undecided", line_sample("boundary", 2.0)))
    if showing.walls and any(wall.neuron is not None for wall in place.walls):
        rows.append((NEURON, line_sample("accent", 1.5, dashed=True)))
    return Legend(rows=tuple(rows), later=(NEURON,))  # in a film the picture must not move when it comes


def neurons_legend(scene: Scene) -> Legend:
    """Of neurons' weights, all on one scale."""
    look = scene.neurons
    assert look is not None, "somebody has looked at them"
    scale = look.film.scale if look.film is not None else look.weights.scale if look.weights is not None else 1.0
    return Legend(((1.0, f"+{scale:.2g} excites"), (0.0, "0"), (-1.0, f"−{scale:.2g} inhibits")), wash=0.0)


def graph_legend(_scene: Scene) -> Legend:
    """What its lines are."""
    solid, dashed = line_sample("text", 1.4), line_sample("text", 1.0, dashed=True)
    return Legend(rows=(("values, gradients", solid), ("kept for the way back", dashed)))


def journey_legend(scene: Scene) -> Legend:
    """Of a digit's journey: what its links are, and the one scale of all activations."""
    assert scene.journey is not None, "it was found out"
    largest = scene.journey[0].largest
    numbers = ((1.0, f"+{largest:.3g}"), (0.0, "0"), (-1.0, f"−{largest:.3g}")) if largest > 0 else EXCITES
    rows = (
        ("speaks for it", line_sample("blue", 4)),
        ("speaks against it", line_sample("orange", 4, dashed=True)),
        ("strongest neurons", _box),
    )
    return Legend(numbers, rows=rows, wash=0.0)


def _box(painter: QPainter, middle: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.text), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(middle.x() + 3, middle.y() - 5, 10, 10))


def class_rows(data: Dataset) -> tuple[tuple[str, Sample], ...]:
    """Each class's mark with its name; none for numbers to predict."""
    return tuple((name, _mark(k)) for k, name in enumerate(data.classes)) if data.task != "regression" else ()


def _mark(number: int) -> Sample:
    def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
        place = np.array([[middle.x() + 8, middle.y()]])
        paint_marks(painter, number, place, 9, theme.class_colour(number), theme, hollow=False)

    return paint


def _slope(w1: float, w2: float) -> Sample:
    def paint(painter: QPainter, middle: QPointF, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(int(slope_colours(np.array([[w1, w2]]), theme)[0])))
        painter.drawRect(QRectF(middle.x(), middle.y() - 5, 16, 10))

    return paint


def _nothing(_painter: QPainter, _middle: QPointF, _theme: Theme) -> None:
    """A line of words that goes on from the one above."""
