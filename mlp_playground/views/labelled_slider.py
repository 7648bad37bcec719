"""A slider with its name and its value, whose drag is one change."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.views.controls import Slider
from mlp_playground.views.parts import label

CHANGE_DELAY = 150
"""Milliseconds that a slider rests before the data are drawn anew, so that a drag is one change."""


class LabelledSlider(QWidget):
    """A slider with its name and its value in words above, which is written divided by `divisor`."""

    changed = Signal(int)

    def __init__(self, name: str, low: int, high: int, step: int, unit: str, tip: str, divisor: int = 1) -> None:
        super().__init__()
        self._unit, self._divisor = unit, divisor
        self.slider = Slider(low, high, low, step)
        self.slider.setToolTip(tip)
        self.slider.setAccessibleName(name)
        self._value = label("", 9)
        row = QHBoxLayout()
        row.addWidget(label(name, 9, muted=True))
        row.addStretch(1)
        row.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.slider)
        # a drag is one change: it counts when the handle has rested
        self._rest = QTimer(self, singleShot=True, interval=CHANGE_DELAY)
        self._rest.timeout.connect(lambda: self.changed.emit(self.slider.value()))
        self.slider.valueChanged.connect(self._on_moved)

    def _on_moved(self, value: int) -> None:
        self._write(value)
        self._rest.start()

    def forget(self) -> None:
        """Drop a change that was not told yet: it was meant for something else."""
        self._rest.stop()

    def show_value(self, value: int) -> None:
        """Show a value without telling anybody, unless the user is just moving the handle."""
        if self._rest.isActive() or self.slider.isSliderDown():
            return
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(blocked)
        self._write(value)

    def _write(self, value: int) -> None:
        shown = str(value) if self._divisor == 1 else f"{value / self._divisor:g}"
        self._value.setText(shown + self._unit)
