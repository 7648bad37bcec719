"""Sliders and choices in the program's look: drawn by us where the system's own would differ on every desktop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider, QStyle, QStyleOptionComboBox, QStylePainter

from mlp_playground.views.keys import PressedByKey, is_letter
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import RADIUS, SPACE, font, theme_of


class Slider(QSlider):
    """A thin line with a round handle. A click anywhere jumps there; the wheel turns it only while it has the focus,
    so that scrolling past changes nothing."""

    def __init__(self, low: int, high: int, value: int, step: int = 1) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(step * 5)
        self.setValue(value)
        self.setFixedHeight(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x, y = self.x_of(self.value()), self.height() / 2
            enabled = self.isEnabled()
            left, right = 6.0, self.width() - 6.0
            painter.setPen(QPen(QColor(theme.line), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            painter.setPen(
                QPen(QColor(theme.accent if enabled else theme.line), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            )
            painter.drawLine(QPointF(left, y), QPointF(x, y))
            painter.setPen(QPen(QColor(theme.background), 1.5))
            painter.setBrush(QColor(theme.accent if enabled else theme.line))
            radius = 7.5 if self.hasFocus() and enabled else 6.5
            painter.drawEllipse(QPointF(x, y), radius - 0.5, radius - 0.5)

    def x_of(self, value: int) -> float:
        """Where the handle stands for a value, in pixels."""
        span = max(self.maximum() - self.minimum(), 1)
        return 7 + (value - self.minimum()) / span * (self.width() - 14)

    def _value_at(self, x: float) -> int:
        span = self.maximum() - self.minimum()
        raw = self.minimum() + (x - 7) / max(self.width() - 14, 1) * span
        step = self.singleStep()
        return round(raw / step) * step

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):  # type: ignore[attr-defined]
            event.accept()  # its own ends, before the run's
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Choice(QComboBox):
    """A drop-down list in our look; each entry has its data and may explain itself in a tooltip."""

    def __init__(self, *entries: tuple[str, object, str]) -> None:
        super().__init__()
        for text, data, tip in entries:
            self.add(text, data, tip)
        self.setFont(font(10))
        self.setFixedHeight(28)
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def add(self, text: str, data: object, tip: str) -> None:
        """One more entry, at the end."""
        self.addItem(text, data)
        self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def show_data(self, data: object) -> None:
        """Choose the entry with this data without telling anybody; none of them: show nothing chosen."""
        index = next((i for i in range(self.count()) if self.itemData(i) == data), -1)
        if index != self.currentIndex():
            blocked = self.blockSignals(True)
            self.setCurrentIndex(index)
            self.blockSignals(blocked)

    def sizeHint(self) -> QSize:
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=40)
        return QSize(widest + SPACE + 22, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        with painting(QStylePainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            active = bool(option.state & QStyle.StateFlag.State_HasFocus)
            hovered = self.underMouse() and self.isEnabled()
            ring = theme.accent if active else theme.muted if hovered else theme.line
            painter.setPen(QPen(QColor(ring), 1))
            painter.setBrush(QColor(theme.surface if self.isEnabled() else theme.background))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            colour = QColor(theme.text if self.isEnabled() else theme.muted)
            painter.setPen(colour)
            painter.setFont(self.font())
            inner = self.rect().adjusted(SPACE, 0, -18, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, self.currentText())
            paint_chevron(painter, QPointF(self.width() - 12, self.height() / 2), QColor(theme.muted))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_letter(event):
            event.accept()  # R looks for ReLU here, and must not reset the run
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            # Space is play and pause everywhere; Enter and Alt+Down open the list
            event.ignore()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling over a panel must not change an experiment


class CheckBox(PressedByKey, QCheckBox):
    """A tick box in our look, with a frame that shows in the dark too."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(font(9))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(22 + self.fontMetrics().horizontalAdvance(self.text()) + 4, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(0.5, (self.height() - 15) / 2, 15, 15)
            lit = self.hasFocus() or self.underMouse() or self.isChecked()
            if self.isEnabled():
                frame = theme.accent if lit else theme.muted
                ground = theme.accent if self.isChecked() else theme.surface
            else:
                frame, ground = theme.line, theme.line if self.isChecked() else theme.background
            painter.setPen(QPen(QColor(frame), 1))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, 3, 3)
            if self.isChecked():
                painter.setPen(QPen(QColor(theme.on_accent), 1.8))
                x, y = box.left(), box.top()
                painter.drawPolyline(
                    [QPointF(x + 3.5, y + 7.5), QPointF(x + 6.5, y + 10.5), QPointF(x + 11.5, y + 4.5)]
                )
            painter.setPen(QColor(theme.text if self.isEnabled() else theme.muted))
            painter.setFont(self.font())
            painter.drawText(self.rect().adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())


def paint_chevron(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    """A small arrow that points down: here opens a list."""
    painter.setPen(QPen(colour, 1.5))
    x, y = centre.x(), centre.y()
    painter.drawPolyline([QPointF(x - 3.5, y - 1.8), QPointF(x, y + 1.8), QPointF(x + 3.5, y - 1.8)])
