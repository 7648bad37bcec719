"""The data side: cards, and sliders of which a drag is one change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from mlp_playground.data.mnist import load_sample
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import DIGITS_DEFAULT, MNIST, MNIST_FULL, DataConfig
from mlp_playground.views.data_panel import CHANGE_DELAY, COLUMNS, DataPanel, LabelledSlider
from mlp_playground.views.theme import font

LEFT = Qt.MouseButton.LeftButton
CLASSES = ("xor", "circle", "spiral", "gaussian", "moons", "checkerboard", "rings")
NUMBERS = ("plane", "hills")


@pytest.fixture
def panel(qtbot: QtBot) -> DataPanel:
    widget = DataPanel()
    qtbot.addWidget(widget)
    widget.resize(190, 560)
    widget.show_data(DataConfig())
    widget.show()
    return widget


def shown(panel: DataPanel) -> set[str]:
    return {name for name, card in panel.cards.items() if card.isVisible()}


def chosen(panel: DataPanel) -> list[str]:
    return [name for name, card in panel.cards.items() if card.isChecked()]


@pytest.mark.parametrize("name", [*CLASSES[1:], MNIST])
def test_a_click_on_a_card_says_its_name(panel: DataPanel, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(panel.data_chosen) as told:
        qtbot.mouseClick(panel.cards[name], LEFT)
    assert told.args == [name]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_click_on_a_regression_card_says_its_name(panel: DataPanel, qtbot: QtBot, name: str) -> None:
    panel.show_data(DataConfig(name="hills" if name == "plane" else "plane"))
    with qtbot.waitSignal(panel.data_chosen) as told:
        qtbot.mouseClick(panel.cards[name], LEFT)
    assert told.args == [name]


def test_the_full_mnist_is_asked_for_first(panel: DataPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.full_mnist_wanted), qtbot.assertNotEmitted(panel.data_chosen):
        qtbot.mouseClick(panel.cards[MNIST_FULL], LEFT)


@pytest.mark.parametrize("name", [*TOYS, MNIST, MNIST_FULL])
def test_cards_follow_the_problem_and_one_is_chosen(panel: DataPanel, name: str) -> None:
    panel.show_data(DataConfig(name=name))
    assert chosen(panel) == [name]
    assert shown(panel) == set(NUMBERS if name in NUMBERS else (*CLASSES, MNIST, MNIST_FULL))
    panel.show_data(DataConfig())
    assert chosen(panel) == ["xor"]
    assert shown(panel) == {*CLASSES, MNIST, MNIST_FULL}


def test_the_cards_stand_inside_and_apart(panel: DataPanel) -> None:
    cards = [card for card in panel.cards.values() if card.isVisible()]
    for index, card in enumerate(cards):
        assert panel.rect().contains(card.geometry())
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[index + 1 :])
    assert len(cards) == 9


@pytest.mark.parametrize("name", [*TOYS, MNIST, MNIST_FULL])
def test_a_cards_name_fits_even_when_chosen(panel: DataPanel, name: str) -> None:
    card = panel.cards[name]
    assert QFontMetrics(font(8.5, bold=True)).horizontalAdvance(card.accessibleName()) <= card.width()


def test_cards_fill_rows_and_stay_in_their_columns(panel: DataPanel) -> None:
    places = [panel.cards[name].pos() for name in (*CLASSES, MNIST, MNIST_FULL)]
    first = [place.x() for place in places[:COLUMNS]]
    assert [place.x() for place in places] == first * 3
    panel.show_data(DataConfig(name="plane"))
    panel.layout().activate()
    assert [panel.cards[name].x() for name in NUMBERS] == first[:2]


def test_every_card_has_a_picture_of_its_own(panel: DataPanel) -> None:
    pictures = {name: card.grab().toImage() for name, card in panel.cards.items()}
    for name, picture in pictures.items():
        assert sum(picture == other for other in pictures.values()) == 1, name


def test_showing_data_says_nothing(panel: DataPanel, qtbot: QtBot) -> None:
    signals = (panel.data_chosen, panel.noise_changed, panel.samples_changed, panel.test_share_changed)
    said: list[object] = []
    for signal in signals:
        signal.connect(said.append)
    panel.show_data(DataConfig(name="spiral", noise=0.25, samples=300, test_share=0.3))
    qtbot.wait(CHANGE_DELAY + 50)
    assert said == []
    assert (panel.noise.slider.value(), panel.samples.slider.value(), panel.test_share.slider.value()) == (25, 300, 30)


@pytest.mark.parametrize(
    ("name", "x", "expected"), [("noise", 1000, 0.5), ("samples", 1000, 1000), ("test_share", -9, 0.1)]
)
def test_sliders_say_shares_and_counts(panel: DataPanel, qtbot: QtBot, name: str, x: int, expected: float) -> None:
    slider = getattr(panel, name).slider
    with qtbot.waitSignal(getattr(panel, f"{name}_changed")) as told:
        qtbot.mousePress(slider, LEFT, pos=QPoint(40, 10))
        qtbot.mouseMove(slider, QPoint(x, 10))
        qtbot.mouseRelease(slider, LEFT, pos=QPoint(x, 10))
    assert told.args == [pytest.approx(expected)]


def test_a_drag_is_one_change(panel: DataPanel, qtbot: QtBot) -> None:
    said: list[float] = []
    panel.noise_changed.connect(said.append)
    slider = panel.noise.slider
    qtbot.mousePress(slider, LEFT, pos=QPoint(10, 10))
    for x in range(10, 150, 7):
        qtbot.mouseMove(slider, QPoint(x, 10))
        assert said == []
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(150, 10))
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(CHANGE_DELAY + 50)
    assert said == [slider.value() / 100]


def test_new_points_are_one_click(panel: DataPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.new_points_wanted):
        qtbot.mouseClick(panel.new_points, LEFT)


def test_digits_can_not_be_drawn_anew(panel: DataPanel, qtbot: QtBot) -> None:
    controls = (panel.noise, panel.samples, panel.test_share, panel.new_points)
    panel.show_data(DIGITS_DEFAULT.data)
    assert all(control.isHidden() for control in controls)
    panel.show_dataset(load_sample())
    assert panel._counts.text() == "4\u202f000 digits to learn from, 1\u202f000 to test on."
    panel.show_data(DataConfig())
    assert not any(control.isHidden() for control in controls)
    assert panel._counts.isHidden()


def test_a_change_on_its_way_does_not_reach_other_data(panel: DataPanel, qtbot: QtBot) -> None:
    panel.show_data(DataConfig())
    panel.noise.slider.setValue(30)
    panel.show_data(DataConfig(name="circle"))
    with qtbot.assertNotEmitted(panel.noise_changed, wait=2 * CHANGE_DELAY):
        pass
    assert panel.noise.slider.value() == 0


def test_a_value_beyond_the_slider_is_told_as_it_is(panel: DataPanel) -> None:
    panel.show_data(DataConfig(samples=10_000, noise=0.03))
    assert panel.samples._value.text() == "10000"
    assert panel.noise._value.text() == "3 %"


@pytest.fixture
def labelled(qtbot: QtBot) -> Callable[[], LabelledSlider]:
    def made() -> LabelledSlider:
        widget = LabelledSlider("Noise", 0, 50, 5, " %", "")
        qtbot.addWidget(widget)
        widget.resize(160, 40)
        widget.show()
        return widget

    return made


def test_what_is_shown_does_not_pull_the_handle_from_the_users_hand(
    labelled: Callable[[], LabelledSlider], qtbot: QtBot
) -> None:
    widget = labelled()
    qtbot.mousePress(widget.slider, LEFT, pos=QPoint(80, 10))
    held = widget.slider.value()
    qtbot.wait(CHANGE_DELAY + 50)
    widget.show_value(0)
    assert widget.slider.value() == held > 0
    qtbot.mouseRelease(widget.slider, LEFT, pos=QPoint(80, 10))
    widget.show_value(0)
    assert widget.slider.value() == 0


def test_a_key_is_a_change_too(labelled: Callable[[], LabelledSlider], qtbot: QtBot) -> None:
    widget = labelled()
    with qtbot.waitSignal(widget.changed) as told:
        qtbot.keyClick(widget.slider, Qt.Key.Key_Right)
        qtbot.keyClick(widget.slider, Qt.Key.Key_Right)
    assert told.args == [10]
    assert widget._value.text() == "10 %"
