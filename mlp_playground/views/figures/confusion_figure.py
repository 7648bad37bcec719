"""Judged answers as a figure: which classes are taken for which, or numbers over those that were true."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from mlp_playground.analysis.confusion import Confusion
from mlp_playground.views.canvas.confusion_picture import grid_of, paint_confusion
from mlp_playground.views.canvas.residual_picture import paint_residuals
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions


def paint_judged(painter: QPainter, area: QRectF, scene: Scene, options: FigureOptions) -> None:
    """Paint what was found out about the scene's answers."""
    found, data = scene.judged, scene.snapshot.data
    assert found is not None, "it was found out"
    if isinstance(found, Confusion):
        paint_confusion(painter, area, found, data.classes, options.theme)
    else:
        paint_residuals(painter, area, found, "y" if data.target is None else data.target.name, options.theme)


def size_of_cells(size: QSizeF, scene: Scene) -> QSizeF | None:
    """What the cells with their names and rates take of a size; None where there are none."""
    if not isinstance(scene.judged, Confusion):
        return None
    grid = grid_of(QRectF(QPointF(), size), scene.snapshot.data.classes)
    last = grid.cell(grid.k - grid.tight, grid.k)
    return QSizeF(last.right(), last.bottom())
