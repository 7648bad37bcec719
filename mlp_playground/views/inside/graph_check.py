"""A gradient on the spot against what the loss does: one entry, one small number ε, both answers side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from mlp_playground.analysis.trace.check import EPSILON, LEAST, MOST, Check
from mlp_playground.errors import InvalidValue
from mlp_playground.views.inside.matrix import Entry, number
from mlp_playground.views.numbers import NumberField
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE, font

ASK = "Click a number of W, b or x, or of its gradient, to check it by a finite difference."


def _check_epsilon(value: float) -> None:
    if not LEAST <= value <= MOST:
        raise InvalidValue("ε", value, f"a number from {LEAST:g} to {MOST:g}")


class GraphCheck(QWidget):
    """`wanted` carries the value's name, the entry and ε."""

    wanted = Signal(str, tuple, float)

    def __init__(self) -> None:
        super().__init__()
        self._about: tuple[str, Entry] | None = None
        self.epsilon_value, self._told = EPSILON, (ASK, "")
        self.button = QPushButton("Check")
        self.button.setFont(font(9))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space goes on to play and pause
        self.button.setToolTip(
            "Change this one number by ±ε, run forward twice in float64, and compare with the backpropagated gradient "
            "(Enter or a double click in the table)"
        )
        self.epsilon = NumberField(float, _check_epsilon)
        self.epsilon.setAccessibleName("ε")
        self.epsilon.setFixedSize(76, 24)
        self.epsilon.setToolTip(
            "How far the number is moved to either side. A larger ε sees the curve bend (the error grows with ε²), "
            "a smaller one the rounding of 16 digits (it grows with 1/ε)."
        )
        self.epsilon.show_number(EPSILON)
        self.words = label(ASK, 8.5, muted=True)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setMinimumHeight(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for part in (self.button, label("ε", 9), self.epsilon):
            row.addWidget(part)
        row.addWidget(self.words, 1)
        self.button.clicked.connect(self._on_clicked)
        self.epsilon.entered.connect(self._on_epsilon)
        self.epsilon.complaint_changed.connect(self._show_words)
        self.offer("", None, "")

    def offer(self, name: str, entry: Entry | None, sign: str) -> None:
        """Offer to check an entry of the value `name`, whose gradient is called `sign`; None: there is none."""
        self._about = None if entry is None or not name else (name, entry)
        self.button.setEnabled(self._about is not None)
        text = "Check" if self._about is None or entry is None else f"Check {sign} [{entry[0] + 1}, {entry[1] + 1}]"
        self.button.setText(text)

    def tell(self, words: str, tip: str = "") -> None:
        """Say something beside the button."""
        self._told = words, tip
        self._show_words()

    def _show_words(self) -> None:
        """What is wrong with a typed ε comes first."""
        words, tip = self._told
        self.words.setText(self.epsilon.complaint or words)
        self.words.setToolTip(tip)

    def show_check(self, check: Check) -> None:
        """Both answers, and how far they are apart."""
        self.tell(check_words(check), check_tip(check))

    def _on_clicked(self) -> None:
        before = self.epsilon_value
        self.epsilon.finish()  # another ε asks by itself
        if self._about is not None and self.epsilon_value == before:
            self.wanted.emit(*self._about, before)

    def _on_epsilon(self, value: float) -> None:
        self.epsilon_value = value
        self.epsilon.show_number(value)
        if self._about is not None:
            self.wanted.emit(*self._about, value)


def check_words(check: Check) -> str:
    """The two answers, their difference, and what a corner does to them."""
    both = f"backpropagated {exact(check.backpropagated)}   measured {exact(check.quotient)}"
    apart = f"difference {short(check.difference)}   relative error {short(check.relative)}"
    return f"{both}   {apart}\n{_corner_words(check)}" if check.crossed else f"{both}\n{apart}"


def _corner_words(check: Check) -> str:
    layer, neuron = check.crossed[0]
    more = f" and {len(check.crossed) - 1} more" if len(check.crossed) > 1 else ""
    slopes = f"left of it the slope is {number(check.left)}, right of it {number(check.right)}"
    return f"Within ±ε neuron {neuron + 1} of layer {layer}{more} crosses the activation's corner: {slopes}."


def check_tip(check: Check) -> str:
    """How the measured one came about, with all digits."""
    lines = [
        f"(loss(θ+ε) − loss(θ−ε)) / 2ε with θ = {check.value:.9g}, ε = {check.epsilon:g}",
        f"= ({check.above:.15g} − {check.below:.15g}) / {2 * check.epsilon:g} = {check.quotient:.12g}",
        f"backpropagated {check.backpropagated:.12g}",
        "relative error: the difference as a share of the larger of the two",
    ]
    if check.crossed:
        lines.append("At a corner there is no one slope. Backpropagation takes that of one side: for ReLU f′(0) = 0.")
    return "\n".join(lines).replace("-", "−")


def exact(value: float) -> str:
    """A number with seven digits."""
    return f"{value:.7g}".replace("-", "−")


def short(value: float) -> str:
    """How large a difference is."""
    return f"{value:.1e}".replace("-", "−") if value else "0"
