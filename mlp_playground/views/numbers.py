"""Numbers to choose from a list or to type in: shown as a learner would write them, also those that no list has."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from mlp_playground.errors import InvalidValue
from mlp_playground.views.controls import Choice
from mlp_playground.views.theme import font


def number(value: float) -> str:
    """A rate as a learner would write it."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if value >= 1e-6 else f"{value:g}"


class NumberChoice(Choice):
    """A list of numbers in the order of `rank`; `text` writes them."""

    def __init__(
        self,
        *values: float,
        text: Callable[[float], str] = number,
        rank: Callable[[float], float] = lambda value: value,
    ) -> None:
        super().__init__(*((text(value), value, "") for value in values))
        self._text, self._rank = text, rank

    def show_number(self, value: float) -> None:
        """Show a number without telling anybody; one that the list lacks joins it in its place."""
        numbers = [self.itemData(i) for i in range(self.count())]
        if value not in numbers:
            place = sum(self._rank(other) < self._rank(value) for other in numbers)
            blocked = self.blockSignals(True)
            self.insertItem(place, self._text(value), value)
            self.blockSignals(blocked)
            self.updateGeometry()
        self.show_data(value)


class NumberField(QLineEdit):
    """A number to type in. It counts with Enter or when the field is left; one that is not allowed never does.

    `read` is int or float, and `check` raises InvalidValue for what is not allowed. `entered` carries another number
    than the one shown. While a wrong one is being typed, `complaint` says what it must be.
    """

    entered = Signal(object)
    complaint_changed = Signal()

    def __init__(self, read: type[int] | type[float], check: Callable[[float], object]) -> None:
        super().__init__()
        self._read, self._check = read, check
        self._shown: float = 0
        self.complaint = ""
        self.setFont(font(10))
        self.setFixedHeight(28)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)

    def show_number(self, value: float) -> None:
        """Show a number without telling anybody, unless another one is just being typed."""
        if value != self._shown or not self.isModified():
            self._shown = value
            self.forget()

    def forget(self) -> None:
        """Drop what was typed and not told yet."""
        self.setText(number(self._shown))
        self._complain("")

    def finish(self) -> None:
        """Tell what was typed if it is allowed, else drop it."""
        if not self.isModified():
            return
        value = self._value()
        self.forget()
        if value is not None and value != self._shown:
            self.entered.emit(value)

    def _value(self) -> float | None:
        """What is typed; None and a complaint if it is not allowed."""
        try:
            value = self._number()
            self._check(value)
        except InvalidValue as error:
            self._complain(f"It must be {error.allowed}.")
            return None
        self._complain("")
        return value

    def _number(self) -> float:
        try:
            return self._read(self.text())
        except ValueError:
            allowed = "a whole number" if self._read is int else "a number such as 0.5"
            raise InvalidValue(self.accessibleName(), self.text(), allowed) from None

    def _complain(self, words: str) -> None:
        if words == self.complaint:
            return
        self.complaint = words
        self.setProperty("wrong", bool(words))
        self.style().polish(self)  # a style sheet looks at a property only when it is told to
        self.complaint_changed.emit()

    def _on_edited(self) -> None:
        self._value()

    def _on_return(self) -> None:
        if self._value() is not None:
            self.finish()
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu of copy and paste
            self.finish()
