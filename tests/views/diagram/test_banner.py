"""The line that speaks to the learner: it comes, says all of its words, and goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.views.diagram.banner import Banner
from mlp_playground.views.diagram.network_layout import FOOTER
from mlp_playground.views.theme import DARK, LIGHT, palette

LONG = (
    "In epoch 3 the weights grew beyond what a computer can hold. The learning rate of 10 is probably too large. " * 2
)


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    banner = Banner(window)
    banner.parent_for_python = window  # type: ignore[attr-defined]
    window.show()
    return banner


def window_of(banner: Banner) -> QWidget:
    return banner.parentWidget()


def test_it_is_silent_at_first(banner: Banner) -> None:
    assert banner.isHidden()
    assert banner.text == ""


@pytest.mark.parametrize("text", ["Press play.", LONG])
@pytest.mark.parametrize("width", [300, 600, 1500])
def test_it_shows_all_of_its_words_inside_of_its_parent(banner: Banner, text: str, width: int) -> None:
    window_of(banner).resize(width, 400)
    banner.show_text(text)
    assert banner.isVisible()
    assert banner.text == text
    assert window_of(banner).rect().contains(banner.geometry())
    banner.layout().activate()
    needed = banner._text.heightForWidth(banner._text.width())
    assert banner._text.height() >= needed


def test_it_keeps_to_the_lower_edge_when_the_parent_grows(banner: Banner) -> None:
    banner.show_text("Press play.")
    window_of(banner).resize(900, 700)
    banner.place()
    assert 0 < 700 - FOOTER - banner.geometry().bottom() < 20, "above the menus of the activations"
    assert abs(banner.geometry().center().x() - 450) <= 1


def test_nothing_to_say_hides_it(banner: Banner) -> None:
    banner.show_text("Press play.")
    banner.show_text("")
    assert banner.isHidden()


def test_its_cross_hides_it_and_says_so(banner: Banner, qtbot: QtBot) -> None:
    banner.show_text("Press play.")
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)
    assert banner.isHidden()
    banner.show_text("Something else.")
    assert banner.isVisible()


def test_a_warning_looks_different(banner: Banner) -> None:
    banner.show_text("Same words.")
    calm = banner.grab().toImage()
    banner.show_text("Same words.", warns=True)
    assert banner.grab().toImage() != calm
    banner.show_text("Same words.")
    assert banner.grab().toImage() == calm


def test_a_warning_can_be_read_after_a_change_of_theme(banner: Banner) -> None:
    window_of(banner).setPalette(palette(LIGHT))
    banner.show_text("Same words.", warns=True)
    window_of(banner).setPalette(palette(DARK))
    banner.show_text("Same words.", warns=True)  # as the window does with every snapshot
    image = banner.grab().toImage()
    ground = QColor(DARK.warning)
    brightest = max(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))
    assert image.pixelColor(8, image.height() // 2) == ground
    assert brightest > QColor(DARK.warning_text).lightness() - 40, "the words are drawn in the dark theme's colour"
