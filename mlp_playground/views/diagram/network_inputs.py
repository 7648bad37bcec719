"""Keeps the first column of the diagram as one picture: it stays while a network learns, and is painted every frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.diagram.network_layout import Column
from mlp_playground.views.diagram.network_picture import Pointing, paint_inputs, prepare
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import Theme

BESIDE = 64.0
"""Pixels to the right of the column that the words below it may need."""


class KeptInputs:
    """Paints as `paint_inputs` does, and anew only if something of it has changed. `digit` (n_pixels,) is the one to be
    shown of pictures, None for the first."""

    def __init__(self) -> None:
        self._shown: tuple[object, ...] = ()
        self._picture = QPixmap()
        self.digit: NDArray[np.float32] | None = None

    def paint(self, painter: QPainter, column: Column, snapshot: Snapshot, theme: Theme, pointing: Pointing) -> None:
        """The inputs' pictures and names."""
        device = painter.device()
        lit = pointing.cell if pointing.cell is not None and pointing.cell[0] == 0 else None
        plane = snapshot.field.slice if snapshot.field is not None else None
        height, ratio = device.height(), device.devicePixelRatioF()
        digit = None if self.digit is None else self.digit.tobytes()
        shown = (column, snapshot.config.features, snapshot.data, plane, theme, lit, height, ratio, digit)
        if shown != self._shown:
            width = max(cell.right() for cell in column.cells) + BESIDE
            self._shown, self._picture = shown, QPixmap(round(width * ratio), round(height * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            with painting(QPainter(self._picture)) as own:
                prepare(own)
                paint_inputs(own, column, snapshot, theme, pointing, self.digit)
        painter.drawPixmap(0, 0, self._picture)
