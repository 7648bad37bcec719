"""The curves of a run on screen: loss or accuracy over epochs, train and test."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.chart import line_pens, thinned
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import flat_button
from mlp_playground.views.theme import SPACE, font, theme_of


class Key(QWidget):
    """Which line is which: a name beside a piece of each line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(116, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setFont(font(9))
            for index, (name, pen) in enumerate(zip(("train", "test"), line_pens(theme), strict=True)):
                left = index * 60
                painter.setPen(pen)
                painter.drawLine(left, 9, left + 16, 9)
                painter.setPen(QColor(theme.muted))
                painter.drawText(QRectF(left + 21, 0, 40, 18), Qt.AlignmentFlag.AlignVCenter, name)


class Curves(QWidget):
    """Draws `snapshot.curves`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self.loss = flat_button("Loss", "Mean loss on the data, without the regularization's part", checkable=True)
        self.accuracy = flat_button("Accuracy", "Share of right answers", checkable=True)
        self.log = flat_button("log", "Logarithmic axis: shows what happens once the loss is small", checkable=True)
        for button in (self.loss, self.accuracy):
            button.setAutoExclusive(True)
            button.toggled.connect(self._redraw)
        self.loss.setChecked(True)
        self.log.toggled.connect(self._redraw)
        self._plot = pg.PlotWidget()
        self._plot.setMinimumHeight(90)
        self._plot.setAccessibleName("Curves of loss and accuracy")
        item = self._plot.getPlotItem()
        item.setMenuEnabled(False)
        # a window of its own otherwise, which outlives the chart
        item.ctrlMenu.setParent(self._plot, item.ctrlMenu.windowFlags())
        item.hideButtons()
        item.getViewBox().setMouseEnabled(False, False)
        item.setLabel("bottom", "epoch")
        for name in ("left", "bottom"):
            item.getAxis(name).enableAutoSIPrefix(False)  # "loss (×0.001)" helps nobody
        item.layout.setContentsMargins(0, 8, 2 * SPACE, 0)
        # the room for the numbers stays the same whatever they are, so that the plot does not jump
        item.getAxis("left").setWidth(56)
        self._lines = tuple(self._plot.plot([], []) for _ in range(2))
        self.marker = pg.InfiniteLine(angle=90)
        self.marker.setVisible(False)
        self._plot.addItem(self.marker)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE, 0, SPACE, 0)
        row.setSpacing(2)
        for widget in (self.loss, self.accuracy, self.log):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(Key())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._plot)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(400, 190)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        theme = theme_of(self.palette())
        self._plot.setBackground(theme.background)
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setTickFont(font(8))
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setStyle(tickLength=-4)
        for name in ("left", "bottom"):
            self._plot.getAxis(name).label.setFont(font(8.5))
        for line, pen in zip(self._lines, line_pens(theme), strict=True):
            line.setPen(pen)
        self.marker.setPen(pg.mkPen(theme.accent, width=1.5))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the whole run's curves, with a line at the moment that is looked at if it is a past one."""
        self.marker.setVisible(snapshot.at is not None)
        if snapshot.at is not None:
            self.marker.setValue(snapshot.at.progress)
        has_accuracy = snapshot.metrics.train_accuracy is not None
        if not has_accuracy and self.accuracy.isChecked():
            self.loss.setChecked(True)
        self.accuracy.setEnabled(has_accuracy)
        why = "" if has_accuracy else ": not for numbers, where no answer is simply right or wrong"
        self.accuracy.setToolTip(f"Share of right answers{why}")
        before, self._snapshot = self._snapshot, snapshot
        if before is None or not np.array_equal(before.curves, snapshot.curves, equal_nan=True):
            self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        self._redraw()  # what came while it was hidden
        super().showEvent(event)

    def _redraw(self) -> None:
        if self._snapshot is None or not self.isVisible():
            return
        epochs, *rows = self._snapshot.curves
        as_loss = self.loss.isChecked()
        logarithmic = as_loss and self.log.isChecked()
        self.log.setEnabled(as_loss)
        shown = rows[:2] if as_loss else [100 * row for row in rows[2:]]
        for line, values in zip(self._lines, shown, strict=True):
            line.setData(*thinned(epochs, np.maximum(values, 1e-9) if logarithmic else values))
        item = self._plot.getPlotItem()
        item.setLogMode(False, logarithmic)
        item.setLabel("left", "loss" if as_loss else "right, %")
        self._set_ranges(epochs, np.concatenate(shown), as_loss=as_loss, logarithmic=logarithmic)

    def _set_ranges(self, epochs: np.ndarray, values: np.ndarray, *, as_loss: bool, logarithmic: bool) -> None:
        last = max(float(epochs[-1]), 10.0) if len(epochs) else 10.0
        self._plot.setXRange(0, last, padding=0.02)
        finite = values[np.isfinite(values)]
        if not as_loss:
            lowest = float(finite.min()) if len(finite) else 0.0
            self._plot.setYRange(min(50.0, lowest // 10 * 10), 100, padding=0.04)
        elif logarithmic:
            powers = np.log10(np.maximum(finite, 1e-9)) if len(finite) else np.zeros(1)
            self._plot.setYRange(np.floor(powers.min()), max(np.ceil(powers.max()), np.floor(powers.min()) + 1))
        else:
            self._plot.setYRange(0, max(float(finite.max()) if len(finite) else 1.0, 1e-3), padding=0.04)
