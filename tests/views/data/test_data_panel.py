"""The data side: cards, and sliders of which a drag is one change."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from mlp_playground.data.mnist import load_sample
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import DIGITS_DEFAULT, MNIST, MNIST_FULL, OWN, DataConfig
from mlp_playground.views.data.data_panel import CARD, COLUMNS, DataPanel
from mlp_playground.views.labelled_slider import CHANGE_DELAY
from mlp_playground.views.theme import LIGHT, font

LEFT = Qt.MouseButton.LeftButton
CLASSES = (
    *("xor", "circle", "gaussian", "spiral", "spiral3", "spiral5", "moons", "checkerboard", "rings", "parity"),
    *(MNIST, MNIST_FULL, OWN),
)
"""In the order of their cards."""
NUMBERS = ("plane", "hills", "sine", "step", "chirp", OWN)
OPTIONS = {"spiral": {"turns"}, "spiral3": {"turns"}, "spiral5": {"turns"}, "parity": {"bits"}}
"""The sliders that count for some data only."""


@pytest.fixture
def panel(qtbot: QtBot) -> DataPanel:
    widget = DataPanel()
    qtbot.addWidget(widget)
    widget.resize(190, 640)
    widget.show_data(DataConfig())
    widget.show()
    return widget


def shown(panel: DataPanel) -> set[str]:
    return {name for name, card in panel.cards.items() if card.isVisible()}


def chosen(panel: DataPanel) -> list[str]:
    return [name for name, card in panel.cards.items() if card.isChecked()]


@pytest.mark.parametrize("name", CLASSES[1:-2])
def test_a_click_on_a_card_says_its_name(panel: DataPanel, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(panel.data_chosen) as told:
        qtbot.mouseClick(panel.cards[name], LEFT)
    assert told.args == [name]


@pytest.mark.parametrize("name", NUMBERS[:-1])
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
    assert shown(panel) == set(NUMBERS if name in NUMBERS else CLASSES)
    panel.show_data(DataConfig())
    assert chosen(panel) == ["xor"]
    assert shown(panel) == set(CLASSES)


@pytest.mark.parametrize(("name", "count"), [("xor", 13), ("parity", 13), ("sine", 6)])
def test_the_cards_stand_inside_and_apart(panel: DataPanel, name: str, count: int) -> None:
    panel.show_data(DataConfig(name=name))
    panel.layout().activate()
    cards = [card for card in panel.cards.values() if card.isVisible()]
    for index, card in enumerate(cards):
        assert panel.rect().contains(card.geometry())
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[index + 1 :])
    assert len(cards) == count


@pytest.mark.parametrize("name", [*TOYS, MNIST, MNIST_FULL])
def test_a_cards_name_fits_even_when_chosen(panel: DataPanel, name: str) -> None:
    card = panel.cards[name]
    assert QFontMetrics(font(8.5, bold=True)).horizontalAdvance(card.accessibleName()) <= card.width()


def test_cards_fill_rows_and_stay_in_their_columns(panel: DataPanel) -> None:
    places = [panel.cards[name].pos() for name in CLASSES]
    first = [place.x() for place in places[:COLUMNS]]
    assert [place.x() for place in places] == first * 4 + first[:1]
    panel.show_data(DataConfig(name="plane"))
    panel.layout().activate()
    assert [panel.cards[name].x() for name in NUMBERS] == first * 2


def test_every_card_has_a_picture_of_its_own(panel: DataPanel) -> None:
    pictures = {name: card.grab().toImage() for name, card in panel.cards.items()}
    for name, picture in pictures.items():
        assert sum(picture == other for other in pictures.values()) == 1, name


def sample_of(panel: DataPanel, name: str) -> QImage:
    """A card's picture within its frame: 40 × 40 pixels."""
    card = panel.cards[name]
    return card.grab(QRect((card.width() - CARD) // 2 + 4, 2 + 4, 40, 40)).toImage()


def coloured(image: QImage) -> list[tuple[int, int, QColor]]:
    """Where a picture has a strong colour, and which."""
    pixels = [(x, y, image.pixelColor(x, y)) for x in range(40) for y in range(40)]
    return [(x, y, colour) for x, y, colour in pixels if colour.saturation() > 120]


def test_paritys_card_is_a_checkerboard(panel: DataPanel) -> None:
    image = sample_of(panel, "parity")
    for row, column in product(range(4), repeat=2):
        colour = image.pixelColor(10 * column + 5, 10 * row + 5)
        assert (colour.blue() > colour.red()) == ((row + column) % 2 == 1)


@pytest.mark.parametrize(("name", "arms"), [("spiral", 2), ("spiral3", 3), ("spiral5", 5)])
def test_a_spirals_card_has_an_arm_in_each_classs_colour(panel: DataPanel, name: str, arms: int) -> None:
    found = {colour.name() for _, _, colour in coloured(sample_of(panel, name))}
    assert [LIGHT.class_colour(k).name() in found for k in range(6)] == [k < arms for k in range(6)]


@pytest.mark.parametrize(("name", "left_is_up"), [("sine", True), ("step", False)])
def test_a_curves_card_shows_the_curve(panel: DataPanel, name: str, left_is_up: bool) -> None:
    panel.show_data(DataConfig(name=name))
    points = coloured(sample_of(panel, name))
    for half, is_up in ((range(4, 17), left_is_up), (range(23, 36), not left_is_up)):
        here = [(y, colour) for x, y, colour in points if x in half]
        assert len(here) > 10
        assert all((y < 20) == is_up for y, _ in here)
        assert all((colour.blue() > colour.red()) == is_up for _, colour in here)


def test_showing_data_says_nothing(panel: DataPanel, qtbot: QtBot) -> None:
    sliders = (panel.noise, panel.samples, panel.test_share, panel.turns, panel.bits)
    signals = (panel.noise_changed, panel.samples_changed, panel.test_share_changed, panel.turns_changed)
    said: list[object] = []
    for signal in (panel.data_chosen, *signals, panel.bits_changed):
        signal.connect(said.append)
    panel.show_data(DataConfig(name="spiral", noise=0.25, samples=300, test_share=0.3, turns=2.5, bits=7))
    qtbot.wait(CHANGE_DELAY + 50)
    assert said == []
    assert [each.slider.value() for each in sliders] == [25, 300, 30, 250, 7]
    assert [each._value.text() for each in sliders] == ["25 %", "300", "30 %", "2.5", "7"]


@pytest.mark.parametrize(
    ("data", "name", "x", "expected"),
    [
        ("xor", "noise", 1000, 0.5),
        ("xor", "samples", 1000, 1000),
        ("xor", "test_share", -9, 0.1),
        ("spiral", "turns", 1000, 3.0),
        ("spiral3", "turns", -9, 0.5),
        ("parity", "bits", 1000, 10),
        ("parity", "bits", -9, 2),
    ],
)
def test_sliders_say_shares_and_counts(
    panel: DataPanel, qtbot: QtBot, data: str, name: str, x: int, expected: float
) -> None:
    panel.show_data(DataConfig(name=data))
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


@pytest.mark.parametrize(
    ("data", "name", "steps"),
    [("spiral5", "turns", [2.0, 2.25, 2.5]), ("parity", "bits", [5, 6, 7])],
)
def test_turns_and_bits_are_told_once_when_the_handle_has_rested(
    panel: DataPanel, qtbot: QtBot, data: str, name: str, steps: list[float]
) -> None:
    panel.show_data(DataConfig(name=data))
    labelled = getattr(panel, name)
    said: list[float] = []
    getattr(panel, f"{name}_changed").connect(said.append)
    for step in steps:
        qtbot.keyClick(labelled.slider, Qt.Key.Key_Right)
        assert labelled._value.text() == f"{step:g}"
    assert said == []
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(CHANGE_DELAY + 50)
    assert said == [steps[-1]]
    assert type(said[0]) is type(steps[-1])


@pytest.mark.parametrize("name", [*TOYS, MNIST, MNIST_FULL])
def test_sliders_for_some_data_are_there_for_these_alone(panel: DataPanel, name: str) -> None:
    panel.show_data(DataConfig(name=name))
    there = {option for option in ("turns", "bits") if getattr(panel, option).isVisible()}
    assert there == OPTIONS.get(name, set())
    panel.show_data(DataConfig())
    assert not panel.turns.isVisible()
    assert not panel.bits.isVisible()


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


def test_digits_can_be_straightened_and_points_not(panel: DataPanel, qtbot: QtBot) -> None:
    assert panel.deskew.isHidden()
    panel.show_data(DIGITS_DEFAULT.data)
    assert panel.deskew.isVisible()
    for wanted in (True, False):
        with qtbot.waitSignal(panel.deskew_toggled) as told:
            qtbot.mouseClick(panel.deskew, LEFT)
        assert told.args == [wanted]
    with qtbot.assertNotEmitted(panel.deskew_toggled):
        panel.show_data(DIGITS_DEFAULT.changed("data", deskew=True).data)
    assert panel.deskew.isChecked()
    panel.show_data(DataConfig())
    assert panel.deskew.isHidden()


@pytest.mark.parametrize(
    ("data", "name", "value", "usual"),
    [("xor", "noise", 30, 0), ("spiral", "turns", 300, 175), ("parity", "bits", 9, 4)],
)
def test_a_change_on_its_way_does_not_reach_other_data(
    panel: DataPanel, qtbot: QtBot, data: str, name: str, value: int, usual: int
) -> None:
    panel.show_data(DataConfig(name=data))
    slider = getattr(panel, name).slider
    slider.setValue(value)
    panel.show_data(DataConfig(name="spiral3"))
    with qtbot.assertNotEmitted(getattr(panel, f"{name}_changed"), wait=2 * CHANGE_DELAY):
        pass
    assert slider.value() == usual


def test_a_value_beyond_the_slider_is_told_as_it_is(panel: DataPanel) -> None:
    panel.show_data(DataConfig(name="spiral", samples=10_000, noise=0.03, turns=1.83))
    assert panel.samples._value.text() == "10000"
    assert panel.noise._value.text() == "3 %"
    assert panel.turns._value.text() == "1.83"
