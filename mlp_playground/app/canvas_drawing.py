"""The canvas as a sheet to draw data on: when the mouse draws there, with which tool, and what a dab does."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mlp_playground.app.controller import Controller
from mlp_playground.app.drawing import Drawing
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.data.own import OwnData
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.stroke import Dab
from mlp_playground.views.data.data_panel import DataPanel

ERASER = 1 / 12
"""The least reach of the eraser, in half widths of what is shown: with a brush for single points it would be hard to
hit any."""


class CanvasDrawing(QObject):
    """Connects `canvas` and the tools of `panel` with `drawing`."""

    def __init__(
        self,
        canvas: FieldCanvas,
        panel: DataPanel,
        drawing: Drawing,
        controller: Controller,
        clock: FrameClock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas, self._panel, self._drawing, self._clock = canvas, panel, drawing, clock
        canvas.dabbed.connect(self._on_dab)
        panel.edit_wanted.connect(self._take_over)
        panel.tools.brush.slider.valueChanged.connect(self._let_draw)
        panel.tools.eraser.toggled.connect(self._let_draw)
        controller.config_changed.connect(self._let_draw)
        controller.draft_changed.connect(self._show_draft)
        self._let_draw()

    def _let_draw(self) -> None:
        """The mouse draws where there is something to draw on, with the brush or the eraser that is chosen."""
        tools, drawn = self._panel.tools, self._drawing.drawn
        can_draw = drawn is not None and drawn.space == "plane" and drawn.task != "regression"
        least = ERASER if tools.eraser.isChecked() else 0.0
        self._canvas.let_draw(tools.spread if can_draw else None, least)

    def _show_draft(self, draft: OwnData | None) -> None:
        """A drawing that nothing can be learned from yet: the picture shows it, the run keeps its data."""
        self._canvas.show_draft(None if draft is None else draft.samples)
        self._panel.show_draft(draft is not None)
        self._let_draw()

    def _take_over(self) -> None:
        """The points on screen become the user's own, to draw on."""
        latest = self._clock.latest
        if latest is not None and latest.data.space == "plane":
            self._drawing.take_over(latest.data)

    def _on_dab(self, dab: Dab) -> None:
        """A dab of the brush, or of the eraser."""
        tools, at = self._panel.tools, (dab.x1, dab.x2)
        if dab.erases or tools.eraser.isChecked():
            self._drawing.erase(at, max(tools.spread, ERASER * dab.within.half_width), dab.gesture)
        else:
            label = tools.right if dab.right else tools.left
            self._drawing.dab(at, label, tools.spread, dab.gesture, dab.within)
