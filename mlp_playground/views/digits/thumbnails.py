"""Digits as small pictures side by side, one of which is chosen, with mouse or arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.data.dataset import Samples
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.outlines import paint_levels
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import font, theme_of

SIDE = 29.0
"""Pixels of a picture, about."""
STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
KEYS = (*STEPS, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Thumbnails(PointingView):
    """`chosen` carries the number of a digit among `samples`, of which `shown` are offered. The page turns with the one
    that is chosen, or with the wheel."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: Samples | None = None
        self._shown: tuple[int, ...] = ()
        self._answers: tuple[int, ...] = ()
        self._current = 0
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Test digits to choose from")
        self.setToolTip("Click a digit to follow it through the network; the arrow keys step on, the wheel turns pages")

    def sizeHint(self) -> QSize:
        return QSize(144, 144)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 40)

    def show_digits(self, samples: Samples, shown: tuple[int, ...], current: int) -> None:
        """Offer these of the samples; `current` is framed, and in view if it is one of them."""
        moved = current != self._current or shown != self._shown
        self._samples, self._shown, self._current = samples, shown, current
        if moved:
            self._page = self._place_of(current) // self._per_page
        self.update()

    def show_answers(self, answers: tuple[int, ...]) -> None:
        """What the network reads in each of the samples: where it is wrong, they are framed."""
        if answers != self._answers:
            self._answers = answers
            self.update()

    def step(self, by: int) -> None:
        """Choose the one so many places further on; after the last comes the first."""
        if not self._shown:
            return
        if self._current in self._shown:
            place = self._shown.index(self._current) + by
        else:  # the nearest in that direction
            place = self._place_of(self._current) + (by - 1 if by > 0 else by)
        self._choose(self._shown[place % len(self._shown)])

    @property
    def _columns(self) -> int:
        return max(int(self.width() // SIDE), 1)

    @property
    def _side(self) -> float:
        return self.width() / self._columns

    @property
    def _per_page(self) -> int:
        return max(int(self.height() // self._side), 1) * self._columns

    def _place_of(self, number: int) -> int:
        """Where it is among those that are offered, or else the next one is."""
        return next((place for place, each in enumerate(self._shown) if each >= number), 0)

    def _choose(self, number: int) -> None:
        if number != self._current:
            self.chosen.emit(number)

    def number_at(self, at: QPointF) -> int | None:
        """The digit that is there."""
        column, row = int(at.x() // self._side), int(at.y() // self._side)
        place = self._page * self._per_page + row * self._columns + column
        inside = 0 <= column < self._columns and 0 <= row < self._per_page // self._columns
        return self._shown[place] if inside and place < len(self._shown) else None

    def words_at(self, x: float, y: float) -> str:
        number = self.number_at(QPointF(x, y))
        if number is None or self._samples is None:
            return ""
        truth = int(self._samples.y[number])
        read = f", read as {self._answers[number]}" if number < len(self._answers) else ""
        return f"test digit {number + 1}: a {truth}{read}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.number_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._choose(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        last = max(len(self._shown) - 1, 0) // self._per_page
        page = min(max(self._page - (1 if event.angleDelta().y() > 0 else -1), 0), last)
        if page != self._page:
            self._page = page
            self.tell_again()
            self.update()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._shown:
            self._choose(self._shown[0 if key == Qt.Key.Key_Home else -1])
        elif key in KEYS:
            rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
            self.step(STEPS.get(key, rows.get(key, 0) * self._columns + pages.get(key, 0) * self._per_page))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, samples, side = theme_of(self.palette()), self._samples, self._side
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if samples is None:
                return
            if not self._shown:
                painter.setFont(font(9))
                painter.setPen(QColor(theme.muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "none is misread")
            first = self._page * self._per_page
            for place, number in enumerate(self._shown[first : first + self._per_page]):
                row, column = divmod(place, self._columns)
                tile = QRectF(column * side + 2, row * side + 2, side - 4, side - 4)
                paint_levels(painter, tile, ink(samples.X[:, number].reshape(28, 28)), theme.ink_scale, theme)
                wrong = number < len(self._answers) and self._answers[number] != samples.y[number]
                here = number == self._current
                painter.setBrush(Qt.BrushStyle.NoBrush)
                colour = theme.accent if here else theme.orange if wrong else theme.line
                painter.setPen(QPen(QColor(colour), 3 if here else 2 if wrong else 1))
                painter.drawRect(tile)
