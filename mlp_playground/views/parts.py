"""Small parts that several panels share: headings, captioned controls, round buttons, numbers with names."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mlp_playground.views.keys import FlatButton, PressedByKey
from mlp_playground.views.painting import painting
from mlp_playground.views.signs import paint_sign
from mlp_playground.views.theme import SPACE, font, theme_of


class Steady(QLabel):
    """A text that changes while training. It has the room of the widest so far: a label that asks for other room with
    every number has the whole window laid out and half of it painted."""

    def setText(self, text: str) -> None:
        super().setText(text)
        hint = self.sizeHint()  # with the room that a style sheet adds around the text
        self.setFixedSize(max(hint.width(), self.minimumWidth()), max(hint.height(), self.minimumHeight()))

    def reserve(self, text: str) -> None:
        """Have room for that text."""
        before = self.text()
        self.setText(text)
        super().setText(before)


def number_label(text: str, widest: str, size: float = 10, *, bold: bool = False) -> Steady:
    """A number that changes while training, with room for the `widest` that is usual."""
    result = Steady()
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setFont(font(size, bold))
    result.reserve(widest)
    result.setText(text)
    return result


def label(text: str = "", size: float = 10, *, bold: bool = False, muted: bool = False) -> QLabel:
    """A text in the program's type; a muted one is for captions and units."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may look like markup
    result.setFont(font(size, bold))
    if muted:
        result.setProperty("role", "muted")
    return result


def captioned(caption: str, control: QWidget) -> QWidget:
    """A control with its caption above."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    name = label(caption, 8.5, muted=True)
    name.setBuddy(control)
    column.addWidget(name)
    column.addWidget(control)
    control.setAccessibleName(caption)
    return box


def flat_button(text: str, tip: str, *, checkable: bool = False, made: FlatButton | None = None) -> FlatButton:
    """A small text button without a border: a plain one, or the one that was `made`, dressed like it."""
    button = made or FlatButton()
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setText(text)
    button.setToolTip(tip)
    button.setFont(font(9))
    button.setCheckable(checkable)
    button.setProperty("role", "flat")
    return button


class Heading(QWidget):
    """A panel's name, what it shows in a few words, and room for its buttons at the right."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, 12, bold=True)
        self.words = label(words, 9, muted=True)
        # a long text must not set the panel's least width; it is cut where the panel ends
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout()
        self._row.setSpacing(SPACE)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        self._column.setSpacing(0)
        self._column.addLayout(self._row)
        self._column.addWidget(self.words)

    def put_words_beside(self, beside: bool) -> None:
        """The words beside the name, or below it."""
        if beside:
            self._row.insertWidget(1, self.words, 1000)  # all the room that the stretch beside it would take
        else:
            self._column.addWidget(self.words)

    def add(self, widget: QWidget) -> None:
        """Put a button at the right of the name."""
        self._row.addWidget(widget)


class RoundButton(PressedByKey, QAbstractButton):
    """A round button with one of the transport's signs, drawn so that it is the same on every system."""

    def __init__(self, sign: str, tip: str, diameter: int, *, filled: bool = False, flat: bool = False) -> None:
        super().__init__()
        self._sign, self._filled, self._flat = sign, filled, flat
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFixedSize(diameter, diameter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_sign(self, sign: str, tip: str) -> None:
        """Change what the button shows and says."""
        if (sign, tip) != (self._sign, self.toolTip()):
            self._sign = sign
            self.setToolTip(tip)
            self.setAccessibleName(tip)
            self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            lit = self.underMouse() and self.isEnabled()
            fill = QColor(theme.accent if self._filled else theme.raised if lit else theme.surface)
            if self._filled and (lit or self.isDown()):
                fill = fill.lighter(115) if theme.name == "light" else fill.darker(110)
            ring = QColor(theme.accent if self.hasFocus() else theme.muted if lit else theme.line)
            painter.setBrush(fill)
            painter.setPen(QPen(ring, 2 if self.hasFocus() else 1))
            if not self._flat or lit or self.hasFocus():
                painter.drawEllipse(disc)
            painter.setPen(Qt.PenStyle.NoPen)
            colour = QColor(theme.on_accent if self._filled else theme.muted if self._flat and not lit else theme.text)
            if not self.isEnabled():
                colour.setAlpha(90)
            paint_sign(painter, self._sign, disc.center(), self.width() / 2, colour)


class NamedNumber(QWidget):
    """One number with its name above; the name stays, the number changes, and the `widest` has room."""

    def __init__(self, name: str, tip: str, widest: str = "< 0.0001") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._name = label(name, 8.5, muted=True)
        self._value = number_label("–", widest, 12, bold=True)
        column.addWidget(self._name)
        column.addWidget(self._value, 0, Qt.AlignmentFlag.AlignLeft)
        self.setToolTip(tip)

    def show_text(self, text: str) -> None:
        """Show a number."""
        self._value.setText(text)

    @property
    def value_label(self) -> QLabel:
        """The number's own widget."""
        return self._value
