"""The diagram as a picture: every shape is drawn, in its colours, and nothing hides anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.snapshot import Look, RunState, Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views import theme
from mlp_playground.views.diagram import network_diagram, network_links, network_picture
from mlp_playground.views.diagram.network_layout import least_width
from mlp_playground.views.diagram.network_view import NetworkView
from mlp_playground.views.theme import DARK, LIGHT, palette
from tests.views.diagram.diagrams import buttons, cell, config, layout_of, middle_of_link, pictured

Take = Callable[..., Snapshot]
LOOK = Look(resolution=32)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> NetworkView:
    widget = NetworkView()
    qtbot.addWidget(widget)
    widget.resize(600, 480)
    widget.show()
    return widget


# -- shapes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [(), (1,), (8, 8, 8), (64,), (1024,), (2,) * 10, (1024, 1, 64)], ids=str)
@pytest.mark.parametrize("digits", [False, True], ids=["plane", "digits"])
def test_every_shape_is_drawn(view: NetworkView, take: Take, hidden: tuple[int, ...], digits: bool) -> None:
    view.show_snapshot(take(config(*hidden, digits=digits), look=LOOK))
    assert len(view.layers) == len(hidden)
    assert len(view.inserts) == len(hidden) + 1
    assert view.minimumWidth() == round(least_width(len(hidden)))
    view.resize(max(600, view.minimumWidth()), 480)
    image = pictured(view)
    for number, column in enumerate(layout_of(view).columns):
        for neuron in column.cells:
            rim = {image.pixel(round(neuron.left()) + step, int(neuron.center().y())) for step in range(-2, 3)}
            assert len(rim) > 1, f"nothing is drawn at column {number}"


@pytest.mark.parametrize(("width", "words"), [(1, "1 neuron"), (2, "2 neurons"), (1024, "1024 neurons")])
def test_a_layer_says_how_many_neurons_it_has(view: NetworkView, take: Take, width: int, words: str) -> None:
    view.show_snapshot(take(config(width), look=LOOK))
    assert view.layers[0].count.text() == words
    assert view.layers[0].count.toolTip().startswith(f"{words}: click")


def test_each_layer_shows_its_own_activation(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(2, 2).changed("network", activations=("relu", "sigmoid")), look=LOOK))
    assert [c.activation.text().split()[0] for c in view.layers] == [ACTIVATIONS["relu"].label, "sigmoid"]


def test_buttons_of_a_former_shape_are_gone(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2, 2, 2), look=LOOK))
    view.show_snapshot(take(config(2), look=LOOK))
    qtbot.waitUntil(lambda: len(view.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)) == 8)


def drawn(image: QImage, place: QPoint) -> QColor:
    return image.pixelColor(place)


def test_a_neurons_picture_is_what_it_computes(view: NetworkView, take: Take) -> None:
    # neuron 1 is tanh(4 x₁), neuron 2 tanh(−4 x₁)
    view.show_snapshot(take(config(2), theta=(4, 0, 0, -4, 0, 0, 1, 1, 0), look=Look(64)))
    image = pictured(view)
    for index, sign in ((0, 1), (1, -1)):
        box = layout_of(view).columns[1].cells[index]
        right = drawn(image, QPoint(round(box.right() - box.width() / 4), round(box.center().y())))
        left = drawn(image, QPoint(round(box.left() + box.width() / 4), round(box.center().y())))
        assert (right.blue() > right.red()) == (sign > 0)
        assert (left.blue() > left.red()) == (sign < 0)


def test_a_links_colour_is_its_weights_sign_and_its_width_the_amount(view: NetworkView, take: Take) -> None:
    def link_pixels(weight: float) -> list[QColor]:
        view.show_snapshot(take(config(1), theta=(0, 0, 0, weight, 0), look=LOOK))
        image = pictured(view)
        middle = middle_of_link(view, (1, 0, 0))
        column = [image.pixelColor(middle + QPoint(0, step)) for step in range(-5, 6)]
        return [c for c in column if abs(c.red() - c.blue()) > 60]

    strong, weak, negative = link_pixels(4.0), link_pixels(0.6), link_pixels(-4.0)
    assert len(strong) > len(weak)
    assert all(c.blue() > c.red() for c in strong)
    assert negative
    assert all(c.red() > c.blue() for c in negative)


def test_features_that_are_off_are_faint(view: NetworkView, take: Take) -> None:
    def ink(image: QImage, index: int) -> int:
        box = layout_of(view).columns[0].cells[index].toRect()
        pixels = [
            image.pixelColor(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())
        ]
        return sum(abs(c.red() - c.blue()) for c in pixels)

    view.show_snapshot(take(config(1), look=LOOK))
    off = ink(pictured(view), 4)
    view.show_snapshot(take(config(1).changed(features=("x1", "x1*x2")), look=LOOK))
    assert ink(pictured(view), 4) > 2 * off > 0


def test_while_training_links_rest_but_a_new_shape_shows_at_once(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    running = replace(take(config(2), look=LOOK), state=RunState.RUNNING)
    view.show_snapshot(running)
    pictured(view)
    grown = replace(take(config(3), look=LOOK), state=RunState.RUNNING)
    view.show_snapshot(grown)
    fresh = NetworkView()
    qtbot.addWidget(fresh)
    fresh.resize(view.size())
    fresh.show_snapshot(grown)
    part = view._diagram()  # without the buttons, one of which may be under the mouse
    assert pictured(view).copy(part) == pictured(fresh).copy(part)


def test_when_a_run_pauses_its_links_are_the_last_ones(view: NetworkView, take: Take) -> None:
    first = replace(take(config(1), theta=(0, 0, 0, 4, 0), look=LOOK), state=RunState.RUNNING)
    last = take(config(1), theta=(0, 0, 0, -4, 0), look=LOOK)
    view.show_snapshot(first)
    pictured(view)
    view.show_snapshot(last)
    image = pictured(view)
    middle = middle_of_link(view, (1, 0, 0))
    assert image.pixelColor(middle).red() > image.pixelColor(middle).blue() + 60


def test_the_theme_can_change_under_way(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    view.setPalette(palette(LIGHT))
    light = pictured(view)
    view.setPalette(palette(DARK))
    assert pictured(view) != light
    view.setPalette(palette(LIGHT))
    assert pictured(view) == light


def test_digits_have_no_features_to_click_or_to_preview(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(4, digits=True), look=Look(digits=4)))
    with qtbot.assertNotEmitted(view.feature_toggled), qtbot.assertNotEmitted(view.pointed_at):
        qtbot.mouseMove(view, cell(view, 0, 0))
        qtbot.mouseClick(view, LEFT, pos=cell(view, 0, 0))
    assert len(layout_of(view).columns[2].cells) == 10
    assert "Output 7" in view._words_at(QPointF(cell(view, 2, 7)))


def test_numbers_beyond_all_measure_are_drawn_too(view: NetworkView, take: Take) -> None:
    snapshot = take(config(1), look=LOOK)
    theta = np.full_like(snapshot.theta, 3e38)
    view.show_snapshot(replace(snapshot, theta=theta))
    assert not pictured(view).isNull()


# -- marks and selection ----------------------------------------------------------------------------------------------


def marked(view: NetworkView, take: Take, **marks: tuple[tuple[int, int], ...]) -> QImage:
    theta = np.linspace(-2, 2, 3 * 3 + 4).tolist()
    view.show_snapshot(take(config(3).changed("network", **marks), theta=theta, look=LOOK))
    return pictured(view)


def changed(one: QImage, other: QImage) -> QRect:
    """The smallest rectangle outside which two pictures are the same."""
    first, second = (np.array(i.convertToFormat(QImage.Format.Format_RGB32).constBits()).reshape(-1, i.width(), 4)
                     for i in (one, other))  # fmt: skip
    rows, columns = np.nonzero((first != second).any(axis=-1))
    if not len(rows):
        return QRect()
    corner = QPoint(int(columns.min()), int(rows.min()))
    return QRect(corner, QPoint(int(columns.max()), int(rows.max())))


@pytest.mark.parametrize("column", [1, 2])
def test_a_frozen_neuron_has_a_padlock_at_its_upper_right_corner(view: NetworkView, take: Take, column: int) -> None:
    plain, frozen = marked(view, take), marked(view, take, frozen=((column - 1, 0),))
    where = changed(plain, frozen)
    box = layout_of(view).columns[column].cells[0]
    assert not where.isEmpty()
    assert where.contains(box.topRight().toPoint())
    assert where.width() < 16 > where.height()


def test_a_neuron_that_is_off_is_faded_and_crossed_out_with_its_outgoing_links(view: NetworkView, take: Take) -> None:
    plain, off = marked(view, take), marked(view, take, off=((0, 1),))
    where = changed(plain, off)
    columns = layout_of(view).columns
    assert where.left() >= columns[1].cells[1].left() - 3, "what lies before it does not hear of it"

    def vivid(image: QImage, place: QPoint) -> int:
        colour = image.pixelColor(place)
        return max(colour.red(), colour.green(), colour.blue()) - min(colour.red(), colour.green(), colour.blue())

    box = columns[1].cells[1]
    beside = QPointF(box.left() + box.width() * 0.3, box.top() + box.height() * 0.3).toPoint()
    assert vivid(off, beside) < vivid(plain, beside)
    assert off.pixelColor(box.center().toPoint()) != off.pixelColor(beside), "crossed out"


def test_only_the_selected_neuron_has_the_frame_of_the_selection(view: NetworkView, take: Take) -> None:
    view.setPalette(palette(LIGHT))
    plain = marked(view, take)
    view.select((1, 2))
    where = changed(plain, pictured(view))
    box = layout_of(view).columns[1].cells[2].adjusted(-8, -8, 8, 8).toAlignedRect()
    assert box.contains(where)
    edge = layout_of(view).columns[1].cells[2]
    assert pictured(view).pixelColor(round(edge.center().x()), round(edge.top()) - 3) == QColor(LIGHT.selection)
    view.select(None)
    assert pictured(view) == plain


def test_the_grip_shows_only_near_its_column(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(3, 2), look=LOOK))
    plain = pictured(view)
    column = layout_of(view).columns[1]
    qtbot.mouseMove(view, QPoint(round(column.x) + 25, round(column.bottom) + 30))
    where = changed(plain, pictured(view))
    assert where.adjusted(-2, -2, 2, 2).contains(column.grip.toRect())
    assert where.height() <= 7
    qtbot.mouseMove(view, QPoint(round(column.x) + 50, round(column.bottom) + 30))
    assert pictured(view) == plain


def test_a_stack_says_how_many_neurons_are_drawn(view: NetworkView, take: Take) -> None:
    """Two stacks of silent neurons differ in the words below them and in the count above, and nowhere else."""
    pictures = []
    for width in (65, 130):
        view.show_snapshot(take(config(width), theta=[0.0] * (width * 4 + 1), look=LOOK))
        pictures.append(pictured(view).copy(view._diagram()))
    column = layout_of(view).columns[1]
    assert column.is_partial
    below = QRect(round(column.x) - 60, round(column.bottom) + 5, 120, 16).translated(0, -view._diagram().top())
    where = changed(*pictures)
    assert not where.isEmpty()
    assert below.contains(where)


# -- links ------------------------------------------------------------------------------------------------------------


def test_of_very_many_links_the_strongest_are_drawn(
    view: NetworkView, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_links, "MOST_LINKS", 5)
    theta = np.arange(3 * 3 + 3 * 4 + 4, dtype=float) / 10 * np.resize([1, -1], 25)
    snapshot = take(config(3, 3), theta=theta.tolist(), look=LOOK)
    view.show_snapshot(snapshot)
    pictured(view)
    assert view._inks is not None
    W = [theta[:9].reshape(3, 3)[:, :2], theta[9:21].reshape(3, 4)[:, :3], theta[21:].reshape(1, 4)[:, :3]]
    weights = {(c, j, i): w for c, layer in enumerate(W) for (i, j), w in np.ndenumerate(layer)}
    wanted = sorted(weights, key=lambda link: abs(weights[link]))[-5:]
    drawn_ones = dict(zip(view._inks[-1].links, view._inks[-1].inks.tolist(), strict=True))
    assert sorted(drawn_ones) == sorted(wanted)
    assert all((ink > 0) == (weights[link] > 0) for link, ink in drawn_ones.items())


def test_a_link_grows_with_its_weight_and_never_stops(view: NetworkView, take: Take) -> None:
    widths, inks = [], []
    for weight in (0.001, 0.01, 0.5, 1.0, 2.0, 5.0, 20.0):
        view.show_snapshot(take(config(1), theta=(0, 0, 0, weight, 0), look=LOOK))
        pictured(view)
        assert view._inks is not None
        group = view._inks[-1]
        at = group.links.index((1, 0, 0))
        widths.append(group.widths[at])
        inks.append(group.inks[at])
    assert widths == sorted(widths)
    assert inks == sorted(inks)
    assert 0 < inks[0] < inks[-1] <= 1
    assert widths[0] == widths[1] == 1.0, "a hairline at least"
    assert widths[-1] == pytest.approx(network_links.THICKEST, abs=0.01)
    assert widths[4] == pytest.approx(network_links.THICKEST * (1 - np.exp(-1)))


def test_of_pixels_a_neuron_hears_one_link_without_a_sign(view: NetworkView, take: Take) -> None:
    snapshot = take(config(3, digits=True), look=Look(digits=2))
    theta = snapshot.theta.copy()
    theta[785 : 785 * 2 - 1] = 0  # the second neuron's weights
    view.show_snapshot(replace(snapshot, theta=theta))
    pictured(view)
    assert view._inks is not None
    grey, signed = view._inks
    assert grey.links == [(0, 0, 0), (0, 0, 2)]
    assert grey.colours[0] == grey.colours[1]
    assert {column for column, _, _ in signed.links} == {1}


def test_a_weight_of_zero_is_a_grey_hairline_that_can_be_edited(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.setPalette(palette(LIGHT))
    view.show_snapshot(take(config(2), theta=(1, 1, 0, 1, 1, 0, 0, -1, 0), look=LOOK))
    image = pictured(view)
    assert view._inks is not None
    grey, signed = view._inks
    assert grey.links == [(1, 0, 0)]
    assert (1, 0, 0) not in signed.links
    place = middle_of_link(view, (1, 0, 0))
    inked = [image.pixelColor(place + QPoint(0, step)) for step in range(-2, 3)]
    assert any(colour != QColor(LIGHT.background) for colour in inked)
    assert all(max(c.getRgb()[:3]) - min(c.getRgb()[:3]) < 30 for c in inked), "neither blue nor orange"
    assert view._link_at(QPointF(place)) == (1, 0, 0)


def test_another_resolution_of_the_screen_draws_the_links_anew(
    view: NetworkView, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    pictured(view)
    assert [link.devicePixelRatioF() for link in view._links or ()] == [1.0]
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0, raising=False)
    pictured(view)
    (links,) = view._links or ()
    assert links.devicePixelRatioF() == 2.0
    assert links.deviceIndependentSize().toTuple() == view.size().toTuple()


def test_an_error_while_painting_is_told_and_does_not_end_the_program(
    view: NetworkView, take: Take, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        np.concatenate([])  # raised in compiled code: what took Python 3.11 down with it

    view.show_snapshot(take(config(2), look=LOOK))
    with monkeypatch.context() as patch, qtbot.captureExceptions() as told:
        patch.setattr(network_diagram, "link_inks", broken)
        view.resize(620, 480)
        qtbot.waitUntil(lambda: bool(told))  # painted by the event loop, as in the program
    assert told
    assert all(kind is ValueError for kind, _, _ in told)
    assert not pictured(view).isNull()


# -- room -------------------------------------------------------------------------------------------------------------


def at_1280_by_800(view: NetworkView) -> None:
    """The size that the diagram has in a window of 1280 × 800: what lies beside it is 156 and 512 pixels wide."""
    view.setUpdatesEnabled(False)  # where things stand is all that is asked
    view.resize(max(590, view.minimumWidth()), 560)


def room_of(widget: QWidget) -> QRect:
    return widget.geometry()


@pytest.mark.parametrize("digits", [False, True], ids=["plane", "digits"])
@pytest.mark.parametrize("width", [1, 64, 1024])
@pytest.mark.parametrize("layers", [1, 2, 4, 6, 10])
def test_every_button_lies_inside_and_none_hides_another(
    view: NetworkView, take: Take, layers: int, width: int, digits: bool
) -> None:
    few = width == 1024 and layers > 2
    hidden = (*[1] * (layers - 2), 1024, 1) if few else (width,) * layers
    view.show_snapshot(take(config(*hidden, activation="leaky-relu", digits=digits), look=Look(32, digits=4)))
    at_1280_by_800(view)
    everything = buttons(view)
    for button in everything:
        assert view.rect().contains(room_of(button)), button.toolTip()
        assert button.size().width() >= 16
    for index, one in enumerate(everything):
        for other in everything[index + 1 :]:
            both = room_of(one).intersected(room_of(other))
            assert both.isEmpty(), f"{one.toolTip()} and {other.toolTip()} overlap by {both}"


@pytest.mark.parametrize("hidden", [(1,), (8,) * 6, (128,) * 10, (1024, 2, 1024)], ids=str)
def test_every_button_can_be_hit_at_its_middle(view: NetworkView, take: Take, hidden: tuple[int, ...]) -> None:
    view.show_snapshot(take(config(*hidden), look=LOOK))
    at_1280_by_800(view)
    for button in buttons(view):
        hit = view.childAt(room_of(button).center())
        assert hit is button, f"{button.toolTip()} is under {hit}"


@pytest.mark.parametrize("hidden", [(1,), (8,) * 6, (64,) * 10, (1024,), (1024, 1024)], ids=str)
def test_no_button_covers_a_neuron_and_counts_are_whole(view: NetworkView, take: Take, hidden: tuple[int, ...]) -> None:
    view.show_snapshot(take(config(*hidden), look=LOOK))
    at_1280_by_800(view)
    for column in layout_of(view).columns:
        for neuron in column.cells:
            for button in buttons(view):
                assert not neuron.toRect().intersects(room_of(button))
    for controls in view.layers:
        needed = controls.count.fontMetrics().horizontalAdvance(controls.count.text())
        assert needed <= controls.count.width()


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("hidden", [(1,), (64,) * 4, (70,) * 10, (65, 300, 8)], ids=str)
@pytest.mark.parametrize("height", [280, 560])
def test_grips_are_clear_of_the_activations_and_of_every_button(
    view: NetworkView,
    take: Take,
    monkeypatch: pytest.MonkeyPatch,
    hidden: tuple[int, ...],
    height: int,
    scale: float,
) -> None:
    monkeypatch.setattr(theme, "_user_scale", lambda: scale)
    view.show_snapshot(take(config(*hidden, activation="leaky-relu"), look=LOOK))
    at_1280_by_800(view)
    view.resize(view.width(), height)
    for number, column in enumerate(layout_of(view).columns[1:-1], 1):
        grip = column.grip
        assert view.rect().contains(grip.toAlignedRect())
        assert layout_of(view).hit_grip(grip.center()) == number
        assert not any(room_of(button).intersects(grip.toAlignedRect()) for button in buttons(view))
        assert view.childAt(grip.center().toPoint()) is None


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activations_name_is_cut_off_rather_than_another_button(view: NetworkView, take: Take, name: str) -> None:
    view.show_snapshot(take(config(*[2] * 10, activation=name), look=LOOK))
    at_1280_by_800(view)
    label = ACTIVATIONS[name].label
    for controls in view.layers:
        text = controls.activation.text()
        assert text.removesuffix(" ▼") == label or (text.endswith("…") and label.startswith(text[:4]))
        assert controls.activation.fontMetrics().horizontalAdvance(text) <= controls.activation.width()
    for one, other in pairwise(view.layers):
        assert not room_of(one.activation).intersects(room_of(other.activation))
    view.setMinimumWidth(0)
    view.resize(1800, 480)
    assert view.layers[0].activation.text() == f"{label} ▼", "with room it is whole again"


def test_a_digit_is_painted_without_the_neurons(
    view: NetworkView, take: Take, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = take(config(3, 2, digits=True), look=Look(digits=2))
    view.show_snapshot(snapshot)
    QApplication.processEvents()
    painted: list[str] = []
    for name in ("_paint_hidden", "_paint_outputs"):
        monkeypatch.setattr(network_picture, name, lambda *_values, name=name: painted.append(name))
    pixels = view._inputs
    before = pixels._shown
    view.show_digit(snapshot.data.train.X[:, 7])
    qtbot.waitUntil(lambda: pixels._shown != before)
    assert painted == [], "a hand that draws brings sixty a second"
    view.show_snapshot(snapshot)
    qtbot.waitUntil(lambda: painted == ["_paint_hidden"] * 2 + ["_paint_outputs"])
