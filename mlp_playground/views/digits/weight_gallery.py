"""The gallery of what first-layer neurons look for: their weights as pictures, to point at and to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QToolTip

from mlp_playground.analysis.answers import NOBODY, LayerAnswers
from mlp_playground.analysis.weights import Order, Weights
from mlp_playground.data.dataset import Dataset
from mlp_playground.views.digits.feature_words import class_name, joined, neuron_words
from mlp_playground.views.digits.tiles import GAP, Grid, grid_for, paint_badge, paint_cross, paint_frame, paint_tile
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import Theme, theme_of

LEAST, LARGEST = 28 + GAP, 84.0
"""Pixels of a tile: a weight has one at least; what has no room then is scrolled to."""
EDGE = 2.0
"""Pixels around all tiles, where the frame of one at the edge has room."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What a gallery shows: the neurons' weights in an `order`, and what is known of whom they answer. `by_class`: the
    order is that of the classes that they answer."""

    weights: Weights
    order: Order
    data: Dataset
    answers: LayerAnswers | None = None
    own: bool = False
    by_class: bool = False

    @cached_property
    def badges(self) -> dict[int, str]:
        """What stands on tiles: in an order by class each class's name on its first one."""
        if self.answers is None or not self.by_class:
            return {}
        firsts = {int(self.answers.favourite[neuron]): neuron for neuron in reversed(self.order.tolist())}
        return {neuron: "–" if k == NOBODY else self.data.classes[k] for k, neuron in firsts.items()}

    def words(self, neuron: int) -> str:
        """What there is to say about a neuron."""
        norm = f"√Σ{'Δ' if self.weights.are_learned else ''}w² = {self.weights.norms[neuron]:.2f}"
        if self.weights.are_classes:
            return joined([f"Output for {class_name(self.data, neuron)}", norm])
        told = "" if self.answers is None else neuron_words(self.answers, neuron, self.data)
        return joined([f"Neuron {neuron + 1}", norm, told])


def paint_gallery(
    painter: QPainter,
    corner: QPointF,
    grid: Grid,
    shown: Shown,
    theme: Theme,
    *,
    selected: int | None = None,
    marked: tuple[int, ...] = (),
    seen: QRectF | None = None,
) -> None:
    """Paint the tiles of `grid`, those in `seen` at least; the `selected` neuron and those that are `marked` have a
    frame."""
    levels = shown.weights.own_levels if shown.own else shown.weights.levels
    for number, neuron in enumerate(shown.order.tolist()):
        place = grid.place(number, corner)
        if seen is not None and not place.intersects(seen):
            continue
        paint_tile(painter, place, levels[neuron], theme)
        if shown.answers is not None and shown.answers.dead[neuron]:
            paint_cross(painter, place, theme)
        if neuron in shown.badges:
            paint_badge(painter, place, shown.badges[neuron], theme)
        if neuron == selected:
            paint_frame(painter, place, theme.selection, 2)
        elif neuron in marked:
            paint_frame(painter, place, theme.text, 1)


class GalleryView(PointingView):
    """The tiles. `clicked` carries a neuron; with the focus here the arrow keys go from one to the next."""

    clicked = Signal(int)

    def __init__(self, largest: float = LARGEST) -> None:
        super().__init__()
        self._largest = largest
        self._shown: Shown | None = None
        self._selected: int | None = None
        self._marked: tuple[int, ...] = ()
        self._grid = Grid(1, LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("What first-layer neurons look for")

    @property
    def shown(self) -> Shown | None:
        """What is drawn."""
        return self._shown

    def show_weights(self, shown: Shown) -> None:
        """Draw these."""
        self._shown = shown
        self.update()
        self.tell_again()

    def show_selected(self, selected: int | None, marked: tuple[int, ...] = ()) -> None:
        """Frame these."""
        if (selected, marked) != (self._selected, self._marked):
            self._selected, self._marked = selected, marked
            self.update()

    def fit(self, room: QSize) -> int:
        """Find the tiles' size for so much room. Returns the height that they need."""
        count = 1 if self._shown is None else len(self._shown.order)
        width, height = room.width() - 2 * EDGE, room.height() - 2 * EDGE
        self._grid = grid_for(count, width, height, LEAST, self._largest)
        self.update()
        return round(self._grid.height(count) + 2 * EDGE)

    def place_of(self, neuron: int) -> QRectF:
        """Where a neuron's tile is."""
        assert self._shown is not None
        return self._grid.place(self._shown.order.tolist().index(neuron), QPointF(EDGE, EDGE))

    def neuron_at(self, x: float, y: float) -> int | None:
        """The neuron whose tile is at a place of the widget."""
        if self._shown is None:
            return None
        number = self._grid.number_at(x - EDGE, y - EDGE, len(self._shown.order))
        return None if number is None else int(self._shown.order[number])

    def words_at(self, x: float, y: float) -> str:
        neuron = self.neuron_at(x, y)
        return "" if neuron is None or self._shown is None else self._shown.words(neuron)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        neuron = self.neuron_at(*event.position().toTuple())
        if neuron is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(neuron)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._grid.columns
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        by = steps.get(Qt.Key(event.key()))
        if by is None or self._shown is None:
            super().keyPressEvent(event)
            return
        order = self._shown.order.tolist()
        here = order.index(self._selected) if self._selected in order else -by
        if 0 <= here + by < len(order):
            self.clicked.emit(order[here + by])

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_gallery(
                painter,
                QPointF(EDGE, EDGE),
                self._grid,
                self._shown,
                theme_of(self.palette()),
                selected=self._selected,
                marked=self._marked,
                seen=QRectF(event.rect()),
            )


class Gallery(QScrollArea):
    """The tiles, as large as there is room for; of very many not all are seen at once."""

    def __init__(self, largest: float = LARGEST) -> None:
        super().__init__()
        self.view = GalleryView(largest)
        self.setWidget(self.view)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_weights(self, shown: Shown) -> None:
        """Draw these."""
        before = self.view.shown
        self.view.show_weights(shown)
        if before is None or len(before.order) != len(shown.order):
            self._fit()

    def show_selected(self, selected: int | None, marked: tuple[int, ...] = ()) -> None:
        """Frame these."""
        self.view.show_selected(selected, marked)

    def reveal(self, neuron: int) -> None:
        """Scroll to a neuron."""
        place = self.view.place_of(neuron).center().toPoint()
        self.ensureVisible(place.x(), place.y(), 0, round(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.view.setMinimumHeight(self.view.fit(self.viewport().size()))
