"""What the reader can have drawn over the map or leave out: a check box for each, where the data have such a thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlp_playground.data.dataset import Dataset
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.controls import CheckBox
from mlp_playground.views.theme import SPACE


@dataclass(frozen=True)
class Option:
    """A box's words, and which data it is for."""

    label: str
    tip: str
    fits: Callable[[Dataset], bool]


def _has_classes(data: Dataset) -> bool:
    return data.task != "regression"


def _is_line(data: Dataset) -> bool:
    return data.space == "line"


def _is_flat(data: Dataset) -> bool:
    return data.space in ("plane", "table")


def _is_drawn(data: Dataset) -> bool:
    return data.space != "pictures"


OPTIONS: dict[str, Option] = {
    "boundary": Option(
        "boundary",
        "Show where the network is undecided: both classes equally likely",
        lambda data: _is_flat(data) and _has_classes(data),
    ),
    "steps": Option("in steps", "Draw bands instead of a smooth map: of a probability, each is 10 % wide", _is_drawn),
    "mistakes": Option(
        "mistakes",
        "Draw a ring around each point that the network gets wrong",
        lambda data: _is_drawn(data) and _has_classes(data),
    ),
    "folds": Option(
        "fold lines",
        "Show where each neuron bends the plane: the line on which what it hears adds up to 0, with ticks on the side "
        "on which it is active. A click on a line selects its neuron",
        _is_flat,
    ),
    "shares": Option(
        "shares",
        "Show what each neuron of the last hidden layer adds to the prediction, its value times its weight: blue for a "
        "weight above 0, orange and dashed for one below. b is the bias; the sum of all is the curve",
        _is_line,
    ),
    "kinks": Option(
        "kinks", "Mark where a neuron of any layer begins or ends to be active: there it can bend the curve", _is_line
    ),
    "test_points": Option(
        "test points",
        "Show the points that were kept away from training: hollow, with a light line",
        _is_drawn,
    ),
    "regions": Option(
        "regions",
        "Draw the polygons in each of which the network is one formula, w₁ x₁ + w₂ x₂ + b",
        _is_drawn,
    ),
}
"""By the name that `Showing`, and a file, have for it."""


class CanvasOptions(QWidget):
    """The boxes. `changed` comes when the reader, or a file, has switched one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for name, option in OPTIONS.items():
            box = self._boxes[name] = CheckBox(option.label)
            box.setToolTip(option.tip)
            box.setChecked(getattr(Showing(), name))
            box.toggled.connect(self.changed)
            column.addWidget(box)

    def box(self, name: str) -> CheckBox:
        """The box of a field of Showing."""
        return self._boxes[name]

    def show_data(self, data: Dataset) -> None:
        """Offer what these data have."""
        for name, option in OPTIONS.items():
            self._boxes[name].setVisible(option.fits(data))

    def allow(self, name: str, why_not: str) -> None:
        """Let a box be switched; with a reason `why_not` it can't be, and says so."""
        box, words = self._boxes[name], why_not or OPTIONS[name].tip
        if box.toolTip() != words:
            box.setEnabled(not why_not)
            box.setToolTip(words)

    def applied(self, showing: Showing) -> Showing:
        """`showing` with what the boxes say."""
        states: dict[str, bool] = {name: box.isChecked() for name, box in self._boxes.items()}
        return replace(showing, **states)  # type: ignore[arg-type]
