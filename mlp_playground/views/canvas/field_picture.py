"""Which picture belongs to which kind of data: the same for the screen, PNG and SVG."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from mlp_playground.analysis.field import Field
from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Dataset, Space
from mlp_playground.views.canvas.bits_picture import BitsPicture
from mlp_playground.views.canvas.fold_lines import paint_fold_key, paint_folds
from mlp_playground.views.canvas.line_picture import LinePicture
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.canvas.plane_picture import PlanePicture
from mlp_playground.views.canvas.region_picture import paint_regions
from mlp_playground.views.theme import Theme


class FieldPicture(Protocol):
    """Draws the network's answers over one kind of space."""

    def place(self, area: QRectF, data: Dataset, /) -> QRectF:
        """Where in `area` the picture stands, with room for its axes."""

    def paint_map(
        self, painter: QPainter, place: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing, /
    ) -> None:
        """What changes with every step."""

    def paint_overlay(
        self,
        painter: QPainter,
        place: QRectF,
        data: Dataset,
        theme: Theme,
        showing: Showing,
        plane: Slice | None = None,
        /,
    ) -> None:
        """What stays while training: samples and axes, for a table those of `plane`."""

    def paint_top(
        self, painter: QPainter, place: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing, /
    ) -> None:
        """What changes with every step and lies over the samples."""

    def words(self, field: Field, data: Dataset, showing: Showing, across: float, down: float, /) -> str:
        """What lies at a share of the picture's width and height, in words."""


PICTURES: dict[Space, FieldPicture] = {
    "plane": PlanePicture(),
    "line": LinePicture(),
    "bits": BitsPicture(),
    "table": PlanePicture(),
}


def paint_field(painter: QPainter, area: QRectF, field: Field, data: Dataset, theme: Theme, showing: Showing) -> None:
    """Paint the whole picture into `area`."""
    picture = PICTURES[field.space]
    place = picture.place(area, data)
    picture.paint_map(painter, place, field, data, theme, showing)
    paint_regions(painter, place, showing.extent or field.extent, field, data, theme, showing)
    paint_folds(painter, place, showing.extent or field.extent, field, theme, showing)
    picture.paint_overlay(painter, place, data, theme, showing, field.slice)
    picture.paint_top(painter, place, field, data, theme, showing)
    paint_fold_key(painter, place, field, theme, showing)
