"""The regions in numbers: how many there are beside how many there could be, and what the network does in one."""

from __future__ import annotations

from math import pi

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.analysis.bound import bound, cuts
from mlp_playground.analysis.pieces import Pieces, Question
from mlp_playground.analysis.regions import Regions
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas import region_words as words
from mlp_playground.views.canvas.region_colours import FILLINGS, slope_colours
from mlp_playground.views.controls import Choice
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import NamedNumber, captioned, label
from mlp_playground.views.theme import SPACE, theme_of

WHEEL = 28
"""Pixels across of the slopes' legend."""
STEPS, RINGS = 24, 4
"""In so many directions and steepnesses the legend is divided."""
LEAST = 88
"""Pixels of height: as many as the curves need, in whose place it stands. What has no room is scrolled to."""
ASK = "Click a region in the picture (Ctrl+click where the mouse draws): its formula, corners and active neurons"

CLOSER = "Slopes and formulas need exact regions: zoom in until fewer are in view"


class SlopeWheel(QWidget):
    """The colour of every slope: its direction is that from the middle, its steepness the distance."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(WHEEL, WHEEL)
        self.setToolTip(FILLINGS["slope"].words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            sixteenths = 360 * 16 // STEPS
            angles = 2 * pi * np.arange(STEPS) / STEPS
            for ring in range(RINGS, 0, -1):
                inset = (WHEEL - WHEEL * ring / RINGS) / 2
                place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
                colours = slope_colours(ring / RINGS * np.stack([np.cos(angles), np.sin(angles)], axis=1), theme)
                for step, colour in enumerate(colours.tolist()):
                    painter.setBrush(QColor(colour))
                    painter.drawPie(place, step * sixteenths - sixteenths // 2, sixteenths)


class RegionsPanel(QWidget):
    """Shows Pieces in numbers. `filling_chosen` carries what the regions are to be filled with, by its name in
    FILLINGS."""

    filling_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = NamedNumber(
            "regions in view", "Polygons in each of which the network is one formula (an affine map)"
        )
        self.most = NamedNumber("at most", words.BOUND_TIP)
        self.sides = NamedNumber(
            "boundary pieces",
            "Straight pieces of the boundary in view, counted exactly.\n"
            "Around a circle one layer of n ReLU neurons gives an even number of them, at most 2n",
        )
        self.filling = Choice(*((each.label, each.name, each.words) for each in FILLINGS.values()))
        self.filling.setToolTip("What the regions are filled with")
        self.filling.activated.connect(lambda _index: self.filling_chosen.emit(self.filling.currentData()))
        self.wheel = SlopeWheel()
        self.formula, self.text = label("", 9, muted=True), label("", 9)
        self.formula.setToolTip(words.BOUND_TIP)
        self.reason = label("", 10, muted=True)
        self._lay_out()
        self.show_filling("lines")

    def _lay_out(self) -> None:
        for text in (self.formula, self.text, self.reason):
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.formula.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        for figure in (self.count, self.most, self.sides):
            row.addWidget(figure)
        row.addStretch(1)
        row.addWidget(self.wheel, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(captioned("Filled by", self.filling))
        details = QScrollArea()
        details.setMinimumHeight(2 * SPACE)
        details.setWidgetResizable(True)
        details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        details.setWidget(self.text)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row)
        column.addWidget(self.formula)
        column.addWidget(details, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self.reason)
        around = QVBoxLayout(self)
        around.setContentsMargins(SPACE, 0, SPACE, 0)
        around.addWidget(self._pages)
        self.setMinimumHeight(LEAST)

    def sizeHint(self) -> QSize:
        return QSize(400, 190)

    def show_filling(self, name: str) -> None:
        """Choose what the regions are filled with without telling anybody."""
        self.filling.show_data(name)
        self.wheel.setVisible(name == "slope")

    def show_reason(self, reason: str) -> None:
        """Why there are no regions."""
        self.reason.setText(f"{reason}." if reason else "")
        self._pages.setCurrentWidget(self.reason)

    def show_pieces(
        self, snapshot: Snapshot, about: Question, found: Pieces, picked: tuple[float, float] | None
    ) -> None:
        """Write down what was `found` about a network like that of `snapshot`, and of the region around `picked`."""
        layers = cuts(about.architecture, about.dimensions)
        self.most.show_text(words.large(bound(layers)))
        exact = isinstance(found, Regions)
        if isinstance(found, Regions):
            self.count.show_text(grouped(len(found)))
            self.sides.show_text(grouped(found.boundary.straight))
            self.formula.setText(words.bound_formula(layers))
            self.text.setText(_told(snapshot, found, picked))
        else:
            self.count.show_text(f"≥ {grouped(len(found))}")
            self.formula.setText(words.grid_words(found))
            self.text.setText(CLOSER)
        self.sides.setVisible(exact and snapshot.data.task != "regression")
        self._pages.setCurrentIndex(0)


def _told(snapshot: Snapshot, found: Regions, picked: tuple[float, float] | None) -> str:
    """What there is to say about the region that a point lies in."""
    r = None if picked is None else found.at(*picked)
    if r is None:
        return ASK
    axes, data = words.plane_axes(snapshot), snapshot.data
    first, *others = words.formulas(found, r, data, axes)
    meaning = words.meaning(data)
    lines = [f"{first}   ({meaning})" if meaning and not others else first, *others]
    if others:
        lines.append(meaning)
    lines.append(" · ".join(words.active_words(found, r, snapshot)) or "no hidden layer")
    return "\n".join([*lines, words.slope_words(found, r), words.corner_words(found, r, axes)])
