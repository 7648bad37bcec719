"""One neuron at a glance: its picture, its mean answer to each class, and the nine digits that excite it most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent

from mlp_playground.analysis.excitement import MOST, Excited
from mlp_playground.analysis.field import Levels
from mlp_playground.data.dataset import Dataset
from mlp_playground.views.diagram.network_picture import ink, paint_bars
from mlp_playground.views.digits.feature_words import digit_words, profile_words, short
from mlp_playground.views.digits.tiles import GAP, paint_frame, paint_tile
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import SPACE, Theme, font, theme_of

LINE = 16.0
"""Pixels of a line of text."""
MEANS = "mean answer"
WIDEST_DIGIT = 84.0
COLUMNS = 9, 5, 3
DIGITS_SHARE = 0.45
"""Of a card's height, for its digits."""


@dataclass(frozen=True, eq=False)
class Card:
    """What is told of a neuron: its name, two lines of whom it answers, its `picture` in colour levels (None where its
    weights are none), and what excites it."""

    name: str
    words: tuple[str, str]
    picture: Levels | None
    excited: Excited
    data: Dataset


def text(painter: QPainter, place: QRectF, words: str, letters: QFont, colour: str, *, centred: bool = False) -> None:
    """A line of text, cut where its room ends."""
    painter.setFont(letters)
    painter.setPen(QColor(colour))
    along = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    words = QFontMetricsF(letters).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, along | Qt.AlignmentFlag.AlignVCenter, words)


def _digits_grid(area: QRectF) -> tuple[int, float]:
    """In how many columns the digits stand, and their side: as large as less than half of the height allows."""
    sizes = {columns: min((area.width() + GAP) / columns - GAP, WIDEST_DIGIT) for columns in COLUMNS}
    fitting = [n for n in COLUMNS if -(-MOST // n) * (sizes[n] + LINE) <= area.height() * DIGITS_SHARE]
    columns = max(fitting or COLUMNS[:1], key=lambda n: sizes[n])
    return columns, sizes[columns]


class CardPlaces:
    """Where the parts of a card are in an area."""

    def __init__(self, area: QRectF, card: Card) -> None:
        count = min(MOST, len(card.excited.index))
        columns, digit = _digits_grid(area)
        rows = -(-MOST // columns)
        top = area.bottom() - rows * (digit + LINE)
        self.title = QRectF(area.left(), area.top(), area.width(), LINE + 2)
        self.words = QRectF(area.left(), self.title.bottom() - 2, area.width(), LINE)
        self.caption = QRectF(area.left(), top - LINE, area.width(), LINE)
        steps = [(k % columns * (digit + GAP), k // columns * (digit + LINE)) for k in range(count)]
        self.digits = [QRectF(area.left() + right, top + down, digit, digit) for right, down in steps]
        upper = QRectF(area.left(), self.words.bottom() + LINE + 4, area.width(), 0)
        upper.setBottom(self.caption.top() - 4)
        side = max(min(upper.height(), upper.width() * 0.45), 0.0)
        self.picture = QRectF(upper.left(), upper.top(), side, side) if card.picture is not None else None
        left = upper.left() if self.picture is None else self.picture.right() + SPACE
        self.bars_caption = QRectF(left, upper.top(), upper.right() - left, LINE)
        height = max(min(upper.height(), 150.0) - 2 * LINE, 1.0)
        self.bars = QRectF(left, self.bars_caption.bottom(), upper.right() - left, height)

    def bar(self, k: int, count: int) -> QRectF:
        """A class's part of the bars, with its name below."""
        width = self.bars.width() / count
        return QRectF(self.bars.left() + k * width, self.bars.top(), width, self.bars.height() + LINE)


def paint_card(painter: QPainter, area: QRectF, card: Card, theme: Theme) -> None:
    """Paint all of it."""
    places = CardPlaces(area, card)
    text(painter, places.title, card.name, font(10, bold=True), theme.text)
    for line, words in enumerate(card.words):
        text(painter, places.words.translated(0, line * LINE), words, font(8.5), theme.muted)
    if places.picture is not None and card.picture is not None:
        paint_tile(painter, places.picture, card.picture, theme)
    if len(card.excited.means):
        _paint_means(painter, places, card, theme)
    text(painter, places.caption, "excite it most, with its answer to each", font(8.5), theme.muted)
    shape = card.data.image_shape
    assert shape is not None, "there are pictures"
    for place, index, a in zip(places.digits, card.excited.index.tolist(), card.excited.a.tolist(), strict=True):
        paint_tile(painter, place, ink(card.data.test.X[:, index].reshape(shape)), theme, ink=True)
        paint_frame(painter, place, theme.line, 1)
        below = QRectF(place.left() - GAP / 2, place.bottom() + 1, place.width() + GAP, LINE)
        text(painter, below, short(a), font(8), theme.muted, centred=True)


def _paint_means(painter: QPainter, places: CardPlaces, card: Card, theme: Theme) -> None:
    means = np.nan_to_num(card.excited.means)
    largest = max(float(np.abs(means).max()), 1e-6)
    text(painter, places.bars_caption, f"{MEANS} (≤ {short(largest)})", font(8.5), theme.muted)
    paint_bars(painter, places.bars, means / largest, theme)
    for k, name in enumerate(card.data.classes):
        place = places.bar(k, len(means))
        text(painter, place.adjusted(0, place.height() - LINE, 0, 0), name, font(8.5), theme.muted, centred=True)


class NeuronCard(PointingView):
    """Draws a card. `sample_clicked` carries the number of a test sample."""

    sample_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self.setAccessibleName("The selected neuron")

    def sizeHint(self) -> QSize:
        return QSize(260, 200)

    @property
    def card(self) -> Card | None:
        """What is drawn."""
        return self._card

    def show_card(self, card: Card | None) -> None:
        """Draw this one, or nothing."""
        self._card = card
        self.update()
        self.tell_again()

    def words_at(self, x: float, y: float) -> str:
        card = self._card
        if card is None:
            return ""
        places = CardPlaces(QRectF(self.rect()), card)
        for k in range(len(card.excited.means)):
            if places.bar(k, len(card.excited.means)).contains(x, y):
                return profile_words(card.excited.means, k, card.data)
        digit, excited = self._digit_at(x, y), card.excited
        if digit is None:
            return ""
        numbers = float(excited.z[digit]), float(excited.a[digit])
        return digit_words(card.data, int(excited.index[digit]), *numbers)

    def _digit_at(self, x: float, y: float) -> int | None:
        if self._card is None:
            return None
        places = CardPlaces(QRectF(self.rect()), self._card)
        return next(
            (k for k, place in enumerate(places.digits) if place.adjusted(0, 0, GAP, LINE).contains(x, y)), None
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        k = self._digit_at(*event.position().toTuple())
        if k is not None and self._card is not None and event.button() == Qt.MouseButton.LeftButton:
            self.sample_clicked.emit(int(self._card.excited.index[k]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._card is not None:
            with painting(QPainter(self)) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint_card(painter, QRectF(self.rect()), self._card, theme_of(self.palette()))
