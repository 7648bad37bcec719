"""The data side: which points, how many, how noisy; and the handwritten digits."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QVBoxLayout, QWidget

from mlp_playground.analysis.field import SHADES, Levels
from mlp_playground.analysis.grids import bit_patterns
from mlp_playground.data import mnist, toy
from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.config import MNIST, MNIST_FULL, OWN, REGRESS, DataConfig
from mlp_playground.numerals import grouped
from mlp_playground.views.controls import CheckBox
from mlp_playground.views.data.draw_tools import DrawTools
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.keys import PressedByKey
from mlp_playground.views.labelled_slider import LabelledSlider
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import label
from mlp_playground.views.theme import RADIUS, SPACE, Theme, font, theme_of, tinted

TO_CLASSIFY = (
    *("xor", "circle", "gaussian", "spiral", "spiral3", "spiral5", "moons", "checkerboard", "rings", "parity"),
    *(MNIST, MNIST_FULL, OWN),
)
TO_PREDICT = ("plane", "hills", "sine", "step", "chirp", OWN)
"""The cards of each kind of problem."""
SCROLL_BAR = 10
"""Pixels for a scroll bar, which a small screen needs when all tools are there."""
COLUMNS, CARD, GAP = 3, 48, 2
"""Cards in a row, the side of a card's picture in pixels, and the room between cards."""


@lru_cache(maxsize=16)
def _sample(name: str) -> Dataset:
    """A few points (or digits) of a data set for its card."""
    return mnist.load_sample() if name == MNIST else toy.make(name, 300, 0.02, 0.05, 3)


def _board(bits: int) -> Levels:
    """Parity of all patterns of bits as levels of classes."""
    classes: Levels = (bit_patterns(bits).sum(axis=0) % 2 * SHADES + SHADES - 6).astype(np.uint8)
    return classes


def _places(sample: Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the training samples are, as shares of the card's picture from the left and from below."""
    X = sample.train.X.astype(np.float64)
    if sample.space == "line":
        return X[0] / toy.LINE_END, (sample.train.y.astype(np.float64) + 1.2) / 2.4
    across, up = (X / toy.HALF_WIDTH + 1) / 2
    return across, up


class DataCard(PressedByKey, QAbstractButton):
    """A data set as a small picture with its name; the chosen one has a frame."""

    def __init__(self, name: str, title: str, words: str) -> None:
        super().__init__()
        self.name, self._title = name, title
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolTip(words)
        self.setAccessibleName(title)
        self.setFixedSize(CARD + 8, CARD + 22)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF((self.width() - CARD) / 2, 2, CARD, CARD)
            lit = self.underMouse() or self.hasFocus()
            thick = 2.4 if self.isChecked() else 1.0
            colour = theme.accent if self.isChecked() else theme.muted if lit else theme.line
            painter.setPen(QPen(QColor(colour), thick))
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            self._paint_sample(painter, frame.adjusted(4, 4, -4, -4))
            painter.setFont(font(8.5, bold=self.isChecked()))
            painter.setPen(QColor(theme.text if self.isChecked() else theme.muted))
            below = QRectF(0, frame.bottom() + 2, self.width(), 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._title)

    def _paint_sample(self, painter: QPainter, place: QRectF) -> None:
        theme = theme_of(self.palette())
        if self.name == OWN:
            _paint_pencil(painter, place, theme)
            return
        sample = _sample(MNIST if self.name == MNIST_FULL else self.name)
        if sample.image_shape is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            n = 1 if self.name == MNIST else 2
            side = place.width() / n
            for i in range(n * n):
                digit = sample.test.X[:, i + 4].reshape(sample.image_shape)
                at = QRectF(place.left() + i % n * side, place.top() + i // n * side, side, side)
                painter.drawImage(at, tinted(ink(digit), theme.ink_scale))
            return
        if sample.space == "bits":
            painter.drawImage(place, theme.class_image(_board(sample.n_in)))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        across, up = _places(sample)
        for x, y, value in zip(across.tolist(), up.tolist(), sample.train.y.tolist(), strict=True):
            is_number = sample.task == "regression"
            painter.setBrush(theme.colour(value) if is_number else theme.class_colour(value))
            dot = QPointF(place.left() + x * place.width(), place.bottom() - y * place.height())
            if value < 0 or (value == 0 and not is_number):
                painter.drawRect(QRectF(dot.x() - 1.3, dot.y() - 1.3, 2.6, 2.6))
            else:
                painter.drawEllipse(dot, 1.5, 1.5)


def _paint_pencil(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """A pencil that leaves points behind: data of one's own."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, number in ((0.16, 0.84, 0), (0.12, 0.56, 0), (0.4, 0.88, 1), (0.66, 0.84, 1)):
        painter.setBrush(theme.class_colour(number))
        painter.drawEllipse(QPointF(place.left() + x * place.width(), place.top() + y * place.height()), 2.2, 2.2)
    painter.translate(place.center() + QPointF(2, -3))
    painter.rotate(45)
    side = place.width() * 0.13
    painter.setBrush(QColor(theme.muted))
    painter.drawRect(QRectF(-side, -side * 3.2, 2 * side, side * 4.6))
    painter.setBrush(QColor(theme.text))
    painter.drawPolygon([QPointF(-side, side * 1.7), QPointF(side, side * 1.7), QPointF(0, side * 3.4)])
    painter.restore()


class DataPanel(QWidget):
    """Cards for the data sets and sliders for how they are drawn."""

    data_chosen = Signal(str)
    full_mnist_wanted = Signal()
    noise_changed = Signal(float)
    samples_changed = Signal(int)
    test_share_changed = Signal(float)
    turns_changed = Signal(float)
    bits_changed = Signal(int)
    new_points_wanted = Signal()
    deskew_toggled = Signal(bool)
    own_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, DataCard] = {}
        for each in toy.TOYS.values():
            self.cards[each.name] = DataCard(each.name, each.label, each.words)
        digits = "5,000 real handwritten digits, 28 × 28 pixels: always there, no download."
        self.cards[MNIST] = DataCard(MNIST, "MNIST", digits)
        full = "All 70,000 handwritten digits, from a folder of yours or downloaded once."
        self.cards[MNIST_FULL] = DataCard(MNIST_FULL, "full MNIST", full)
        own = "Your own points: draw them in the picture. A table (CSV) is opened with File, Open."
        self.cards[OWN] = DataCard(OWN, "my own", own)
        self.tools = DrawTools()
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        for index in range(COLUMNS):
            self._grid.setColumnStretch(index, 1)  # two cards stand where the first two of nine do
        self.noise = LabelledSlider("Noise", 0, 50, 5, " %", "How far the points stray, or classes mix")
        self.samples = LabelledSlider("Points", 50, 1000, 50, "", "How many points, train and test together")
        self.test_share = LabelledSlider(
            "Test share",
            10,
            90,
            5,
            " %",
            "How much is kept away from training, to see what the network makes of new points",
        )
        self.turns = LabelledSlider("Turns", 50, 300, 25, "", "How often each arm of the spiral goes around", 100)
        self.bits = LabelledSlider("Bits", 2, 10, 1, "", "How many bits are counted: n bits have 2ⁿ patterns")
        self.deskew = CheckBox("Deskew digits")
        self.deskew.setToolTip(
            "Sets slanted handwriting upright by sliding the rows of each picture sideways, so that the network need "
            "not learn every slant. Training starts again."
        )
        self._counts = label("", 9, muted=True)
        self._counts.setWordWrap(True)
        self._data: DataConfig | None = None
        self._drafts = False
        self.new_points = QPushButton("New points")
        self.new_points.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new_points.setToolTip("Draw other points of the same kind (Ctrl+Shift+N)")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(self._grid)
        self.edit_points = QPushButton("Draw on these points")
        self.edit_points.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edit_points.setToolTip("Take these points over as your own, to add some or take some away")
        self._sliders = (self.turns, self.bits, self.noise, self.samples, self.test_share)
        buttons = (self.new_points, self.edit_points, self.deskew, self._counts)
        for widget in (self.tools, *self._sliders, *buttons):
            column.addWidget(widget)
        column.addStretch(1)
        self._place_cards(TO_CLASSIFY)
        self._connect()

    def _connect(self) -> None:
        for name, card in self.cards.items():
            if name == MNIST_FULL:
                card.clicked.connect(self.full_mnist_wanted)
            elif name == OWN:
                card.clicked.connect(self.own_wanted)
            else:
                card.clicked.connect(lambda _=False, name=name: self.data_chosen.emit(name))
        self.noise.changed.connect(lambda value: self.noise_changed.emit(value / 100))
        self.samples.changed.connect(self.samples_changed)
        self.test_share.changed.connect(lambda value: self.test_share_changed.emit(value / 100))
        self.turns.changed.connect(lambda value: self.turns_changed.emit(value / 100))
        self.bits.changed.connect(self.bits_changed)
        self.edit_points.clicked.connect(self.edit_wanted)
        self.new_points.clicked.connect(self.new_points_wanted)
        self.deskew.clicked.connect(self.deskew_toggled)

    def _place_cards(self, names: tuple[str, ...]) -> None:
        for name, card in self.cards.items():
            self._grid.removeWidget(card)
            card.setParent(self)
            card.setVisible(name in names)
        for index, name in enumerate(names):
            self._grid.addWidget(self.cards[name], index // COLUMNS, index % COLUMNS)

    def show_data(self, data: DataConfig) -> None:
        """Show which data are in use. Cards follow the problem: classes, or numbers to predict."""
        wanted = TO_PREDICT if data.problem == REGRESS else TO_CLASSIFY
        if any(self.cards[name].isHidden() for name in wanted):
            self._place_cards(wanted)
        self.cards[OWN if self._drafts else data.name].setChecked(True)
        if self._data is not None and self._data.name != data.name:
            for slider in self._sliders:
                slider.forget()
        self._data = data
        self.noise.show_value(round(data.noise * 100))
        self.samples.show_value(data.samples)
        self.test_share.show_value(round(data.test_share * 100))
        self.turns.show_value(round(data.turns * 100))
        self.bits.show_value(data.bits)
        is_own, is_toy = data.name == OWN, data.name in toy.TOYS
        self.noise.setVisible((is_toy or is_own) and not self._drafts)
        self.test_share.setVisible((is_toy or is_own) and not self._drafts)
        for widget in (self.samples, self.new_points):
            widget.setVisible(is_toy and not self._drafts)
        classes = data.space == "plane" and data.problem != REGRESS
        self.edit_points.setVisible(is_toy and classes and not self._drafts)
        self.tools.setVisible(self._drafts or (is_own and classes))
        options = toy.TOYS[data.name].options if is_toy and not self._drafts else ()
        self.turns.setVisible("turns" in options)
        self.bits.setVisible("bits" in options)
        self.deskew.setChecked(data.deskew)  # `clicked` is the user's alone, so this tells nobody
        self.deskew.setVisible(data.is_digits)
        self._counts.setVisible(data.is_digits)

    def show_draft(self, drafts: bool) -> None:
        """Whether there is a drawing that nothing can be learned from yet, in place of the data."""
        self._drafts = drafts
        if self._data is not None:
            self.show_data(self._data)

    def show_dataset(self, data: Dataset) -> None:
        """Say how many digits there are: they were written once, with nothing to draw anew."""
        train, test = (grouped(len(part)) for part in (data.train, data.test))
        self._counts.setText(f"{train} digits to learn from, {test} to test on.")

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * (CARD + 8 + GAP) - GAP + 2 * SPACE + SCROLL_BAR, 440)
