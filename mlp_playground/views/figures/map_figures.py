"""All layers as figures: probed, and mapped. Loaded when one is wanted, as no picture at the start needs it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_legend import Legend, ring_sample
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.piece_legends import class_rows
from mlp_playground.views.layers.map_picture import MapShowing, paint_map
from mlp_playground.views.layers.map_tiles import BELOW, tiles
from mlp_playground.views.layers.map_words import are_too_many
from mlp_playground.views.layers.probe_picture import ProbeShowing, paint_probe

WRONG = "wrong answer"


def paint_probes(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """How well a straight cut does at each layer."""
    assert scene.probed is not None, "it was found out"
    paint_probe(painter, area, scene.probed, options.theme, ProbeShowing())


def paint_maps(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """The samples as each layer has them."""
    assert scene.layer_map is not None, "it was found out"
    probe = None if scene.probed is None else scene.probed.now
    paint_map(painter, area, scene.layer_map, probe, options.theme, MapShowing())


def fit_maps(size: QSizeF, scene: Scene) -> QSizeF:
    """What all maps with their captions take."""
    places = tiles(QRectF(QPointF(), size), len(scene.snapshot.architecture.widths))
    return QSizeF(max(place.right() for place in places), max(place.bottom() for place in places) + BELOW)


def maps_legend(scene: Scene) -> Legend:
    """The classes' marks, and what a ring is where there are any."""
    assert scene.layer_map is not None, "it was found out"
    data, wrong = scene.snapshot.data, scene.layer_map.answers.wrong
    if wrong is None:
        return Legend()
    rings = ((WRONG, ring_sample),) if wrong.any() and not are_too_many(wrong) else ()
    return Legend(rows=class_rows(data) + rings, later=(WRONG,))
