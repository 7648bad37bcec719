"""The way from input to answer as a slider: each step has its place, with its name below."""

from __future__ import annotations

from itertools import groupby, pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlp_playground.analysis.space.stages import Kind, Stage
from mlp_playground.views.controls import Slider
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import font, theme_of

FINE, CLOSE = 100, 8
"""Places of the slider from one stage to the next, and how many of them are as good as the stage."""
TOP, ROW = 2, 15
SIGNS = {Kind.PLANE: "x", Kind.INPUT: "in", Kind.LINEAR: "W", Kind.BIAS: "b", Kind.FOLD: "f", Kind.ANSWER: "p"}
"""What a step is called where there is no room for a word."""


class StageSlider(Slider):
    """Arrow keys go from stage to stage, the mouse anywhere between."""

    def __init__(self) -> None:
        super().__init__(0, 1, 0)
        self.setAccessibleName("The way from input to answer")
        self.setToolTip("Move the data through the network, step by step (← and → go from step to step)")

    def _value_at(self, x: float) -> int:
        """Close to a stage the mouse means the stage."""
        value = super()._value_at(x)
        stage = round(value / FINE) * FINE
        return stage if abs(value - stage) <= CLOSE else value

    def step(self, by: int) -> None:
        """To the next stage (+1) or the one before (−1)."""
        value = self.value()
        self.setValue((value // FINE + 1 if by > 0 else -(-value // FINE) - 1) * FINE)

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and event.key() == Qt.Key.Key_End:  # type: ignore[attr-defined]
            event.ignore()  # the run's end: beside a slider through the run it would be taken for that
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self.step(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self.step(-1)
        else:
            super().keyPressEvent(event)


class StageBar(QWidget):
    """The slider with the stages' names. `moved` carries the moment t that the user chose: stages are whole numbers."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._stages: tuple[Stage, ...] = ()
        self.slider = StageSlider()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, TOP, 0, 0)
        column.addWidget(self.slider)
        column.addStretch(1)
        self.setFixedHeight(TOP + self.slider.height() + 2 * ROW)
        self.slider.valueChanged.connect(lambda value: self.moved.emit(value / FINE))

    def show_stages(self, stages: tuple[Stage, ...]) -> None:
        """Offer these; the moment stays where it is, as far as the way goes."""
        if stages != self._stages:
            self._stages = stages
            self.slider.setRange(0, max(len(stages) - 1, 1) * FINE)
            self.update()

    def show_moment(self, t: float) -> None:
        """Stand at a moment, without telling anybody."""
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(t * FINE))
        self.slider.blockSignals(blocked)
        self.slider.update()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a name goes there."""
        places = [abs(self._x(s) - event.position().x()) for s in range(len(self._stages))]
        if places:
            self.slider.setValue(places.index(min(places)) * FINE)

    def _x(self, s: int) -> float:
        return 7 + s / max(len(self._stages) - 1, 1) * (self.width() - 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setFont(font(8))
            now = round(self.slider.value() / FINE)
            names = self._names(QFontMetricsF(painter.font()))
            top = TOP + self.slider.height()
            for s, name in enumerate(names):
                painter.setPen(QColor(theme.text if s == now else theme.muted))
                _text(painter, self._x(s), top, name, self.width())
            last = self._stages[-1].layer if self._stages else 0
            for layer, group in groupby(range(len(self._stages)), key=lambda s: self._stages[s].layer):
                members = list(group)
                lit = now in members
                painter.setPen(QColor(theme.text if lit else theme.muted))
                middle = (self._x(members[0]) + self._x(members[-1])) / 2
                if layer > 0:
                    name = "output" if layer == last else f"layer {layer}"
                    _text(painter, middle, top + ROW, name, self.width())
                    painter.setPen(QPen(QColor(theme.line), 1))
                    x = round((self._x(members[0]) + self._x(members[0] - 1)) / 2) + 0.5
                    painter.drawLine(round(x), top + 2, round(x), top + 2 * ROW - 2)

    def _names(self, metrics: QFontMetricsF) -> list[str]:
        """The steps' names, or signs where they would not fit beside each other."""
        words = [stage.name for stage in self._stages]
        signs = [SIGNS[stage.kind] for stage in self._stages]
        fitting = (each for each in (words, signs) if self._fit(each, metrics))
        return next(fitting, [""] * len(words))

    def _fit(self, names: list[str], metrics: QFontMetricsF) -> bool:
        boxes = [_box(self._x(s), 0, name, self.width(), metrics) for s, name in enumerate(names)]
        return all(one.right() + 2 <= other.left() for one, other in pairwise(boxes))


def _box(x: float, y: float, text: str, width: float, metrics: QFontMetricsF) -> QRectF:
    """Where a text stands: centred at x, as far as it stays within the widget."""
    wide = metrics.horizontalAdvance(text) + 2
    return QRectF(min(max(x - wide / 2, 0.0), width - wide), y, wide, ROW)


def _text(painter: QPainter, x: float, y: float, text: str, width: float) -> None:
    box = _box(x, y, text, width, QFontMetricsF(painter.font()))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
