"""The examples as cards: with mouse and keys, in any width, light and dark."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.gallery import GALLERY, Example
from mlp_playground.resources import resource
from mlp_playground.views.data import gallery_dialog as module
from mlp_playground.views.data.gallery_dialog import PICTURE, SIZE, CardList, GalleryDialog, cell_height, picture_name
from mlp_playground.views.theme import DARK, LIGHT, SPACE, Theme, palette

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
SMOOTH = Qt.TransformationMode.SmoothTransformation
EXAMPLES = list(GALLERY.values())
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture
def dialog(qtbot: QtBot) -> GalleryDialog:
    widget = GalleryDialog()
    qtbot.addWidget(widget)
    widget.resize(SIZE)  # three columns
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def opened(dialog: GalleryDialog) -> list[Example]:
    """What the dialog has asked to open."""
    examples: list[Example] = []
    dialog.chosen.connect(examples.append)
    return examples


def place(dialog: GalleryDialog, row: int) -> QRect:
    cards = dialog.cards
    return cards.visualRect(cards.model().index(row, 0))


def click(qtbot: QtBot, dialog: GalleryDialog, row: int, *, twice: bool = False) -> None:
    view, at = dialog.cards.viewport(), place(dialog, row).center()
    qtbot.mouseClick(view, LEFT, pos=at)
    if twice:
        qtbot.mouseDClick(view, LEFT, pos=at)


def pixels(picture: QImage) -> np.ndarray:
    """Red, green and blue (rows, columns, 3)."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows, columns = picture.height(), picture.width()
    return np.frombuffer(picture.constBits(), np.uint8).reshape(rows, columns, 4)[:, :, 2::-1].astype(int)


def seen(dialog: GalleryDialog) -> np.ndarray:
    """What the cards look like (rows, columns, 3)."""
    return pixels(dialog.cards.viewport().grab().toImage())


def test_each_example_has_a_card_that_a_screen_reader_can_read(dialog: GalleryDialog) -> None:
    model = dialog.cards.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [each.title for each in EXAMPLES]
    words = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) for row in range(model.rowCount())]
    assert words == [each.words for each in EXAMPLES]


def test_it_opens_no_larger_than_the_screen(qtbot: QtBot) -> None:
    dialog = GalleryDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize()
    assert dialog.width() == min(SIZE.width(), round(0.95 * room.width()))
    assert dialog.height() == min(SIZE.height(), round(0.95 * room.height()))


def test_the_card_of_all_of_mnist_says_that_it_needs_files() -> None:
    assert "needs MNIST's four files" in GALLERY["mnist-full"].words


def test_the_first_card_is_chosen_and_what_to_watch_is_told(dialog: GalleryDialog) -> None:
    assert dialog.cards.example is EXAMPLES[0]
    watch, when = dialog.told
    assert watch == EXAMPLES[0].watch
    assert f"after {EXAMPLES[0].epochs} epochs" in when


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Key.Key_Right], 1),
        ([Key.Key_Right, Key.Key_Left], 0),
        ([Key.Key_Down], 3),
        ([Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Up], 4),
        ([Key.Key_End], len(EXAMPLES) - 1),
        ([Key.Key_End, Key.Key_Home], 0),
    ],
)
def test_keys_go_from_card_to_card_and_enter_opens(
    dialog: GalleryDialog, opened: list[Example], qtbot: QtBot, keys: list[Qt.Key], row: int
) -> None:
    assert dialog.focusWidget() is dialog.cards
    for key in keys:
        qtbot.keyClick(dialog.cards, key)
    assert dialog.cards.example is EXAMPLES[row]
    assert dialog.told[0] == EXAMPLES[row].watch
    assert dialog.cards.viewport().rect().contains(place(dialog, row))
    qtbot.keyClick(dialog.cards, Key.Key_Return)
    assert opened == [EXAMPLES[row]]
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.isHidden()


def test_a_click_chooses_and_open_opens(dialog: GalleryDialog, opened: list[Example], qtbot: QtBot) -> None:
    click(qtbot, dialog, 4)
    assert opened == []
    assert dialog.cards.example is EXAMPLES[4]
    qtbot.mouseClick(dialog.open_button, LEFT)
    assert opened == [EXAMPLES[4]]
    assert dialog.isHidden()


def test_a_double_click_opens_once(dialog: GalleryDialog, opened: list[Example], qtbot: QtBot) -> None:
    click(qtbot, dialog, 2, twice=True)
    assert opened == [EXAMPLES[2]]
    assert dialog.isHidden()


def test_a_click_between_the_cards_leaves_the_chosen_one(
    dialog: GalleryDialog, opened: list[Example], qtbot: QtBot
) -> None:
    click(qtbot, dialog, 1)
    dialog.resize(1136, 3000)
    last = place(dialog, len(EXAMPLES) - 1)
    for press in (qtbot.mouseClick, qtbot.mouseDClick):
        press(dialog.cards.viewport(), LEFT, pos=last.bottomLeft() + QPoint(5, 50))
    assert dialog.cards.example is EXAMPLES[1]
    assert opened == []


@pytest.mark.parametrize("by", ["escape", "cancel"])
def test_cancelled_it_opens_nothing(dialog: GalleryDialog, opened: list[Example], qtbot: QtBot, by: str) -> None:
    if by == "escape":
        qtbot.keyClick(dialog.cards, Key.Key_Escape)
    else:
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel), LEFT)
    assert opened == []
    assert dialog.isHidden()


@pytest.mark.parametrize(("width", "columns"), [(400, 1), (740, 2), (1136, 3), (1880, 5)])
def test_there_are_as_many_columns_as_there_is_room_for(dialog: GalleryDialog, width: int, columns: int) -> None:
    dialog.resize(width, 700)
    places = [place(dialog, row) for row in range(len(EXAMPLES))]
    assert len({each.left() for each in places}) == columns
    assert all(each.left() >= 0 and each.right() < dialog.cards.viewport().width() for each in places)
    for row, each in enumerate(places):
        assert not any(each.intersects(other) for other in places[row + 1 :])


@pytest.mark.parametrize("width", [344, 366, 500])
def test_no_text_is_cut_off_in_a_cell_of_the_height_that_is_told(qtbot: QtBot, width: int) -> None:
    cards = CardList()
    qtbot.addWidget(cards)
    enough = cell_height(width)
    assert enough >= PICTURE + 3 * SPACE
    for row in range(len(EXAMPLES)):
        assert ink(cards, row, width, enough) == ink(cards, row, width, enough + 400) > 500
    # and it is no higher than the fullest card needs, unless that is the picture
    cut = [ink(cards, row, width, enough - 10) < ink(cards, row, width, enough) for row in range(len(EXAMPLES))]
    assert any(cut) or enough == PICTURE + 3 * SPACE


def ink(cards: CardList, row: int, width: int, height: int) -> int:
    """How many pixels of a card's text are painted."""
    canvas = QImage(width, height, QImage.Format.Format_RGB32)
    canvas.fill(QColor(LIGHT.surface))
    option = QStyleOptionViewItem()
    option.rect, option.palette = QRect(0, 0, width, height), palette(LIGHT)
    painter = QPainter(canvas)
    # as in a list, where the next card is painted over what leaves this one
    painter.setClipRect(option.rect.adjusted(0, 0, 0, -SPACE // 2 - 1))
    cards.itemDelegate().paint(painter, option, cards.model().index(row, 0))
    painter.end()
    text = pixels(canvas)[SPACE : height - SPACE // 2 - 2, PICTURE + 2 * SPACE : width - SPACE]
    return int(np.count_nonzero((text < 200).all(axis=2)))


def test_what_is_told_is_not_cut_off_and_moves_no_card(dialog: GalleryDialog, qtbot: QtBot) -> None:
    for width in (1136, 600):
        dialog.resize(width, 700)
        qtbot.wait(1)
        heights = set()
        for row in range(len(EXAMPLES)):
            dialog.cards.setCurrentIndex(dialog.cards.model().index(row, 0))
            qtbot.wait(1)
            heights.add(dialog.cards.height())
            assert all(text.heightForWidth(text.width()) <= text.height() for text in dialog.findChildren(QLabel))
        assert len(heights) == 1


def test_the_chosen_card_is_framed(dialog: GalleryDialog, qtbot: QtBot) -> None:
    accent = np.array(QColor(LIGHT.accent).getRgb()[:3])
    dialog.setPalette(palette(LIGHT))

    def framed(row: int) -> bool:
        each = place(dialog, row)
        edge = seen(dialog)[each.center().y(), each.left() : each.left() + SPACE]
        return bool((np.abs(edge - accent).sum(axis=1) < 30).any())

    assert [framed(row) for row in range(3)] == [True, False, False]
    qtbot.keyClick(dialog.cards, Key.Key_Right)
    assert [framed(row) for row in range(3)] == [False, True, False]


@THEMES
def test_pictures_and_cards_follow_the_theme(dialog: GalleryDialog, theme: Theme) -> None:
    for each in (LIGHT, DARK, theme):
        dialog.setPalette(palette(each))
        shown = seen(dialog)
    for row in range(6):
        card = place(dialog, row).adjusted(SPACE // 2, SPACE // 2, 0, 0)
        ground = shown[card.top() + SPACE // 2, card.left() + SPACE // 2]
        np.testing.assert_allclose(ground, QColor(theme.surface).getRgb()[:3], atol=1)
        picture = shown[card.top() + SPACE :, card.left() + SPACE :][:PICTURE, :PICTURE]
        file = QImage(str(resource(picture_name(EXAMPLES[row], theme))))
        assert np.abs(picture - pixels(file.scaled(PICTURE, PICTURE, mode=SMOOTH))).mean() < 12


def test_a_missing_picture_is_told_at_once(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    def lost(name: str) -> None:
        raise FileNotFoundError(name)

    monkeypatch.setattr(module, "resource", lost)
    with pytest.raises(FileNotFoundError, match="gallery/xor-one"):
        GalleryDialog()
    gc.collect()
