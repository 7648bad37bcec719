"""The curves of a run on screen, and of those kept beside it: what is drawn is chosen above the chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.experiment.runs import Runs
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.chart import line_pens
from mlp_playground.views.keys import FlatButton
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import flat_button
from mlp_playground.views.run_curves import CurveShowing, RunCurves, now_of
from mlp_playground.views.theme import SPACE, font, theme_of
from mlp_playground.views.training.curve_chart import CurveChart
from mlp_playground.views.training.run_list import RunList

LIST = 224
"""Pixels of the list of runs, where there is room for it and a chart beside it."""


class PartButton(FlatButton):
    """Shows or hides the lines of a part of the data, with a piece of them beside its name."""

    def __init__(self, name: str, part: int) -> None:
        super().__init__()
        self._part = part
        self.setText(f"     {name}")
        self.setFont(font(9))
        self.setCheckable(True)
        self.setChecked(True)
        self.setProperty("role", "flat")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(f"Show or hide the lines of the {name} samples, of all runs")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(QPainter(self)) as painter:
            painter.setOpacity(1.0 if self.isChecked() else 0.4)
            painter.setPen(line_pens(theme_of(self.palette()))[self._part])
            left = QPointF(SPACE / 2 + 1, self.height() / 2 + 0.5)
            painter.drawLine(left, left + QPointF(14, 0))


class Curves(QWidget):
    """Draws `snapshot.curves` and those of the kept runs that are to be seen.

    `keep_wanted`: the present run is to be kept as it is; `list_toggled` whether the list of runs is open.
    """

    keep_wanted = Signal()
    list_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self.runs = Runs()
        self.chart, self.list = CurveChart(), RunList()
        self._make_buttons()
        self.list.setFixedWidth(LIST)
        self.list.hide()
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self.chart, 1)
        below.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._row())
        column.addLayout(below, 1)

    def _make_buttons(self) -> None:
        self.loss = flat_button("Loss", "Mean loss on the data, without the regularization's part", checkable=True)
        self.accuracy = flat_button("Accuracy", "Share of right answers", checkable=True)
        self.log = flat_button("log", "Logarithmic axis: shows what happens once the loss is small", checkable=True)
        self.seconds = flat_button("seconds", "", checkable=True)
        self.parts = PartButton("train", 0), PartButton("test", 1)
        self.keep = flat_button("Keep", "Keep this run as it is now, to compare others with it or to come back (K)")
        self.keep.clicked.connect(self.keep_wanted)
        self.runs_button = flat_button("Runs", "The runs that are kept: compare, name, hide, restore", checkable=True)
        self.runs_button.toggled.connect(self._on_list)
        self._choices = {
            "accuracy": self.accuracy, "log": self.log, "seconds": self.seconds, "list": self.runs_button
        }  # fmt: skip
        for button in (self.loss, self.accuracy):
            button.setAutoExclusive(True)
        self.loss.setChecked(True)
        for each in (self.loss, self.accuracy, self.log, self.seconds):
            each.toggled.connect(self._redraw)
        for part in self.parts:
            part.clicked.connect(self._on_part)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE // 2, 0, SPACE // 2, 0)
        row.setSpacing(0)
        for widget in (self.loss, self.accuracy, self.log, self.seconds):
            row.addWidget(widget)
        row.addSpacing(SPACE // 2)
        for part in self.parts:
            row.addWidget(part)
        row.addStretch(1)
        for widget in (self.keep, self.runs_button):
            row.addWidget(widget)
        return row

    def sizeHint(self) -> QSize:
        return QSize(400, 190)

    def remembered(self) -> dict[str, bool]:
        """What a file keeps of how curves are looked at."""
        return {f"curves_{name}": button.isChecked() for name, button in self._choices.items()}

    def show_again(self, view: Mapping[str, object]) -> None:
        """Look at them as a file remembers; what it doesn't stays as it is."""
        for name, button in self._choices.items():
            is_wanted = bool(view.get(f"curves_{name}", button.isChecked()))
            if name == "accuracy" and not is_wanted:
                self.loss.setChecked(True)  # Qt lets none of two exclusive ones be unchecked
            else:
                button.setChecked(is_wanted)

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the whole run's curves, with a line at the moment that is looked at if it is a past one."""
        self._show_choices(snapshot)
        before, self._snapshot = self._snapshot, snapshot
        self._show_list()
        if before is None or before.at is not snapshot.at or not _is_same(before, snapshot):
            self._redraw()

    def show_runs(self, runs: Runs) -> None:
        """Show these runs beside the present one."""
        if runs != self.runs:
            self.runs = runs
            self.runs_button.setText(f"Runs {len(runs.kept)}" if runs.kept else "Runs")
            self._show_list()
            self._redraw()

    @property
    def visible_runs(self) -> list[RunCurves]:
        """What is drawn, the present run first."""
        present = [] if self._snapshot is None else [RunCurves.of_snapshot(self._snapshot)]
        return present + [RunCurves.of_run(run) for run in self.runs.kept if run.seen]

    @property
    def showing(self) -> CurveShowing:
        """How it is drawn."""
        as_loss = self.loss.isChecked()
        parts = tuple(k for k, part in enumerate(self.parts) if part.isChecked())
        logarithmic = as_loss and self.log.isChecked()
        return CurveShowing(not as_loss, logarithmic, self.seconds.isChecked(), parts, self.chart.showing.zoom)

    def showEvent(self, event: QShowEvent) -> None:
        self._redraw()  # what came while it was hidden
        super().showEvent(event)

    def _show_choices(self, snapshot: Snapshot) -> None:
        has_accuracy = snapshot.metrics.train_accuracy is not None
        if not has_accuracy and self.accuracy.isChecked():
            self.loss.setChecked(True)
        self.accuracy.setEnabled(has_accuracy)
        why = "" if has_accuracy else ": not for numbers, where no answer is simply right or wrong"
        self.accuracy.setToolTip(f"Share of right answers{why}")
        counted = len(snapshot.seconds) == 0 or bool(np.isfinite(snapshot.seconds).all())
        why = "" if counted else ". The file of this run is from a program that did not count them"
        self.seconds.setToolTip(f"Over the seconds spent learning, without pauses, in place of epochs{why}")

    def _on_part(self) -> None:
        """One of the two stays: an empty chart says nothing."""
        if not any(part.isChecked() for part in self.parts):
            other = self.parts[0] if self.sender() is self.parts[1] else self.parts[1]
            other.setChecked(True)
        self._redraw()

    def _on_list(self, is_open: bool) -> None:
        self.list.setVisible(is_open)
        self._show_list()
        self.list_toggled.emit(is_open)

    def _show_list(self) -> None:
        if self._snapshot is not None and self.list.isVisible():
            self.list.show_runs(self.runs, self._snapshot.config)

    def _redraw(self) -> None:
        if self._snapshot is None or not self.isVisible():
            return
        showing = self.showing
        if showing.seconds != self.chart.showing.seconds:
            showing = replace(showing, zoom=None)  # it was of another axis
        self.log.setEnabled(not showing.accuracy)
        self.chart.show_runs(self.visible_runs, showing, now_of(self._snapshot, showing))


def _is_same(one: Snapshot, other: Snapshot) -> bool:
    return one.seconds.tobytes() == other.seconds.tobytes() and np.array_equal(one.curves, other.curves, equal_nan=True)
