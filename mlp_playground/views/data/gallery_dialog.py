"""The gallery: examples as cards to choose from, with mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mlp_playground.experiment.gallery import GALLERY, Example
from mlp_playground.resources import resource
from mlp_playground.views.parts import label
from mlp_playground.views.theme import DARK, LIGHT, RADIUS, SPACE, Theme, font, theme_of

PICTURE = 144
"""The side of a card's picture in pixels."""
LEAST_CARD = 344
"""Pixels of a card's width, its share of the gaps included, below which there is one column less."""
HINT = "Each opens untrained: press play and see it happen."
SIZE = QSize(1136, 712)
"""Three columns; with its frame it fits on a screen of 1280 × 800."""
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
EXAMPLES = tuple(GALLERY.values())

Index = QModelIndex | QPersistentModelIndex


def picture_name(example: Example, theme: Theme) -> str:
    """Where an example's picture lies among the shipped files."""
    return f"gallery/{example.name}-{theme.name}.png"


class GalleryModel(QAbstractListModel):
    """The examples' titles as Qt's views read them, and their words for screen readers."""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(EXAMPLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        example = EXAMPLES[index.row()]
        texts = {
            int(Qt.ItemDataRole.DisplayRole): example.title,
            int(Qt.ItemDataRole.AccessibleDescriptionRole): example.words,
        }
        return texts.get(role)


class CardPainter(QStyledItemDelegate):
    """Paints an example as a card: its picture, and beside it its title and words. The view's current one is framed."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        # looked up now: a file that is missing should be told once, and not by every painting
        names = [picture_name(example, theme) for example in EXAMPLES for theme in (LIGHT, DARK)]
        self._files = {name: str(resource(name)) for name in names}
        self._pictures: dict[str, QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        example, theme = EXAMPLES[index.row()], theme_of(option.palette)
        card = _card(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        lit = bool(option.state & QStyle.StateFlag.State_MouseOver)
        _paint_frame(painter, QRectF(card), theme, chosen=self._view.currentIndex() == index, lit=lit)
        place = QRectF(card.left() + SPACE, card.top() + SPACE, PICTURE, PICTURE)
        rounded = QPainterPath()
        rounded.addRoundedRect(place, RADIUS / 2, RADIUS / 2)
        painter.setClipPath(rounded)
        picture = self._picture(example, theme)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.setClipping(False)
        below = _text_place(card)
        painter.setPen(QColor(theme.text))
        painter.setFont(_title_font())
        title = painter.drawText(below, WRAPPED, example.title)
        painter.setFont(_words_font())
        painter.setPen(QColor(theme.muted))
        painter.drawText(below.adjusted(0, title.height() + SPACE // 2, 0, 0), WRAPPED, example.words)
        painter.restore()

    def _picture(self, example: Example, theme: Theme) -> QPixmap:
        name = picture_name(example, theme)
        if name not in self._pictures:
            self._pictures[name] = QPixmap(self._files[name])
        return self._pictures[name]

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self._view.gridSize()


def _paint_frame(painter: QPainter, card: QRectF, theme: Theme, *, chosen: bool, lit: bool) -> None:
    width = 2 if chosen else 1
    painter.setPen(QPen(QColor(theme.accent if chosen else theme.muted if lit else theme.line), width))
    painter.setBrush(QColor(theme.surface))
    inset = width / 2
    painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


def _card(cell: QRect) -> QRect:
    """The card within its cell of the grid, half a gap from each side."""
    return cell.adjusted(SPACE // 2, SPACE // 2, -SPACE // 2, -SPACE // 2)


def _text_place(card: QRect) -> QRect:
    """What the picture leaves for title and words."""
    return card.adjusted(PICTURE + SPACE * 5 // 2, SPACE, -SPACE * 3 // 2, -SPACE)


def _title_font() -> QFont:
    return font(10.5, bold=True)


def _words_font() -> QFont:
    return font(9)


def cell_height(width: int) -> int:
    """The height at which every card's texts and picture fit into a cell of that width."""
    card = _card(QRect(0, 0, width, 10_000))
    place, above = _text_place(card), 10_000 - _text_place(card).height()
    titles, words = QFontMetrics(_title_font()), QFontMetrics(_words_font())
    texts = (
        titles.boundingRect(place, WRAPPED, each.title).height()
        + SPACE // 2
        + words.boundingRect(place, WRAPPED, each.words).height()
        for each in EXAMPLES
    )
    return above + max(PICTURE, *texts)


class CardList(QListView):
    """The cards in as many columns as there is room for. Arrows, Home, End and letters go from card to card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(GalleryModel(self))
        self.setItemDelegate(CardPainter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)  # the current card is the chosen one: always one
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)  # the card under the mouse is lit
        self.setAccessibleName("Examples")

    @property
    def example(self) -> Example:
        """The one that is chosen."""
        return EXAMPLES[self.currentIndex().row()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        # the bar's room is kept free whether it is there or not: else cards could grow, need it, shrink, and so on
        width = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        cell = width // max(width // LEAST_CARD, 1)
        self.setGridSize(QSize(cell, cell_height(cell)))
        super().resizeEvent(event)


class Watch(QLabel):
    """What to look at in an example and what to try, with room for the longest of these texts: so nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font())
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place, metrics = QRect(0, 0, self.width(), 10_000), QFontMetrics(self.font())
        self.setFixedHeight(max(metrics.boundingRect(place, WRAPPED, each.watch).height() for each in EXAMPLES))


class GalleryDialog(QDialog):
    """`chosen` carries the Example that is to be opened. Raises FileNotFoundError where a picture is missing."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Examples")
        self.setMinimumSize(LEAST_CARD + 6 * SPACE, LEAST_CARD + 6 * SPACE)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.95))
        self.cards = CardList()
        self._watch = Watch()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self.open_button = self.buttons.button(QDialogButtonBox.StandardButton.Open)
        self.open_button.setDefault(True)
        self._when = label("", 9, muted=True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._watch)
        texts.addWidget(self._when)
        footer = QHBoxLayout()
        footer.setContentsMargins(SPACE // 2, SPACE // 2, 0, 0)  # stands below the first card's edge
        footer.setSpacing(3 * SPACE)
        footer.addLayout(texts, 1)
        footer.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * SPACE,) * 4)
        column.setSpacing(SPACE)
        hint = label(HINT, muted=True)
        hint.setContentsMargins(SPACE // 2, 0, 0, 0)
        column.addWidget(hint)
        column.addWidget(self.cards, 1)
        column.addLayout(footer)
        self.cards.selectionModel().currentChanged.connect(self._show_watch)
        self.cards.setCurrentIndex(self.cards.model().index(0, 0))
        # Enter presses Open, the default button; `activated` would be a single click on some desktops
        self.cards.doubleClicked.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.cards.setFocus()

    @property
    def told(self) -> tuple[str, str]:
        """What the dialog says of the chosen card: what to watch, and when."""
        return self._watch.text(), self._when.text()

    def accept(self) -> None:
        """Open the chosen example."""
        super().accept()
        self.chosen.emit(self.cards.example)

    def _show_watch(self) -> None:
        self._watch.setText(self.cards.example.watch)
        self._when.setText(f"The card tells how it is after {self.cards.example.epochs} epochs.")
