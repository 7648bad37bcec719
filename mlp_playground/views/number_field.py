"""A small field that opens over the diagram to type one number into."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from mlp_playground.errors import InvalidValue
from mlp_playground.views.theme import font

LARGEST = 1000.0
"""Weights and biases beyond this are typing errors: no network learns such."""
_SIGNS = str.maketrans({**dict.fromkeys("−–‐‑", "-"), ",": ".", "_": "?"})
"""What may stand for a minus and for the point. `_` is no part of a number, whatever Python thinks of 1_000."""
_PASSING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Why the focus goes for a while only: to another window, to the field's own menu, to the menu bar by Alt."""


def parse_number(text: str, low: float = -LARGEST, high: float = LARGEST, *, whole: bool = False) -> float:
    """A number as somebody types it: with a comma or a point, with any minus. Raises InvalidValue."""
    allowed = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}".replace("-", "−")
    try:
        value = float(text.strip().translate(_SIGNS))
    except ValueError:
        raise InvalidValue("number", text, allowed) from None
    if not isfinite(value) or not low <= value <= high or (whole and value != int(value)):
        raise InvalidValue("number", text, allowed)
    return value


class NumberField(QLineEdit):
    """Hidden until `ask`. Enter or a click elsewhere takes the number, Escape leaves all as it was.

    What is no number is said at once and never taken.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setFont(font(10))
        self.setFixedSize(88, 28)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._take: Callable[[float], object] | None = None
        self._watched: QWindow | None = None
        self._bounds, self._whole, self._first = (-LARGEST, LARGEST), False, ""
        self.returnPressed.connect(self._on_enter)
        self.hide()

    def ask(
        self,
        place: QPoint,
        name: str,
        value: float,
        take: Callable[[float], object],
        bounds: tuple[float, float] = (-LARGEST, LARGEST),
        *,
        whole: bool = False,
    ) -> None:
        """Open around `place` with `value`; `take` gets the number that the user typed, if it is another one."""
        self.close_field()
        self._take, self._bounds, self._whole = take, bounds, whole
        self._first = (str(int(value)) if whole else f"{value:.4g}").replace("-", "−")
        self.setAccessibleName(name)
        self.setToolTip(f"{name}\nEnter takes it, Escape leaves it as it was.")
        room = self._over.rect()
        self.move(
            min(max(place.x() - self.width() // 2, 0), max(room.width() - self.width(), 0)),
            min(max(place.y() - self.height() // 2, 0), max(room.height() - self.height(), 0)),
        )
        self.setText(self._first)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watched = self.window().windowHandle()
        if self._watched is not None:
            self._watched.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a number."""
        return self._take is not None

    def close_field(self) -> None:
        """Close and change nothing."""
        self._take = None
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        if self.isVisible():
            had_focus = self.hasFocus()
            self.hide()
            if had_focus:
                self._over.setFocus(Qt.FocusReason.PopupFocusReason)

    def finish(self) -> None:
        """Close and take the number, if it is another one; what is no number can't be meant."""
        take = self._take
        try:
            value = self._typed()
        except InvalidValue:
            take = None
        self.close_field()
        if take is not None and self.text() != self._first:
            take(value)

    def _typed(self) -> float:
        return parse_number(self.text(), *self._bounds, whole=self._whole)

    def _on_enter(self) -> None:
        try:
            if self.text() != self._first:
                self._typed()
        except InvalidValue as error:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), f"Type {error.allowed}.", self)
            self.selectAll()
            return
        self.finish()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while somebody types, no key is a shortcut
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # most buttons take no focus from the field: the number is taken before they act, as its neuron may go
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            place = self.mapFromGlobal(event.globalPosition().toPoint())
            if self.is_open and not self.rect().contains(place):
                self.finish()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_field()
        else:
            super().keyPressEvent(event)
        event.accept()  # a line edit passes on what it has no use for, and Enter in any case

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_open and event.reason() not in _PASSING:
            self.finish()
