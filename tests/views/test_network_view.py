"""The diagram as a user meets it: what a click says, what hovering says, and that nothing hides anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views.network_layout import Layout, least_width
from mlp_playground.views.network_picture import active_inputs, input_labels
from mlp_playground.views.network_view import NetworkView
from mlp_playground.views.theme import DARK, LIGHT, font, palette

Take = Callable[..., Snapshot]
LOOK = Look(resolution=32)
LEFT = Qt.MouseButton.LeftButton


def config(*hidden: int, activation: str = "tanh", digits: bool = False) -> ExperimentConfig:
    base = DIGITS_DEFAULT if digits else ExperimentConfig()
    return base.changed("network", hidden=hidden, activations=(activation,) * len(hidden))


ARMS, CURVE, BITS = (config(3).changed("data", name=name) for name in ("spiral3", "sine", "parity"))


@pytest.fixture
def view(qtbot: QtBot) -> NetworkView:
    widget = NetworkView()
    qtbot.addWidget(widget)
    widget.resize(600, 480)
    widget.show()
    return widget


def layout_of(view: NetworkView) -> Layout:
    assert view._layout is not None
    return view._layout


def cell(view: NetworkView, column: int, index: int) -> QPoint:
    return layout_of(view).columns[column].cells[index].center().toPoint()


def pictured(view: NetworkView) -> QImage:
    return view.grab().toImage()


def buttons(view: NetworkView) -> list[QWidget]:
    return [w for c in view.layers for w in (c.minus, c.plus, c.cross, c.activation)] + list(view.inserts)


# -- what a click says ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_buttons_of_a_layer_say_which_layer(view: NetworkView, take: Take, qtbot: QtBot, layer: int) -> None:
    view.show_snapshot(take(config(2, 3, 4), look=LOOK))
    controls = view.layers[layer]
    for button, signal in (
        (controls.plus, view.neuron_added),
        (controls.minus, view.neuron_removed),
        (controls.cross, view.layer_removed),
    ):
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(button, LEFT)
        assert told.args == [layer]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_the_buttons_between_layers_say_which_gap(view: NetworkView, take: Take, qtbot: QtBot, position: int) -> None:
    view.show_snapshot(take(config(2, 3), look=LOOK))
    with qtbot.waitSignal(view.layer_inserted) as told:
        qtbot.mouseClick(view.inserts[position], LEFT)
    assert told.args == [position]


def test_a_layers_menu_offers_every_activation_and_says_layer_and_name(
    view: NetworkView, take: Take, qtbot: QtBot
) -> None:
    view.show_snapshot(take(config(2, 3), look=LOOK))
    menu = view.layers[1].activation.menu()
    assert len(menu.actions()) == len(ACTIVATIONS)
    for action, activation in zip(menu.actions(), ACTIVATIONS.values(), strict=True):
        assert activation.label in action.text()
        with qtbot.waitSignal(view.activation_chosen) as told:
            action.trigger()
        assert told.args == [1, activation.name]


@pytest.mark.parametrize("index", range(len(FEATURES)))
def test_a_click_on_a_feature_says_its_name(view: NetworkView, take: Take, qtbot: QtBot, index: int) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    with qtbot.waitSignal(view.feature_toggled) as told:
        qtbot.mouseClick(view, LEFT, pos=cell(view, 0, index))
    assert told.args == [tuple(FEATURES)[index]]


def test_other_clicks_say_nothing(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    with qtbot.assertNotEmitted(view.feature_toggled):
        qtbot.mouseClick(view, LEFT, pos=cell(view, 1, 0))  # a neuron
        qtbot.mouseClick(view, LEFT, pos=cell(view, 2, 0))  # the output
        qtbot.mouseClick(view, LEFT, pos=QPoint(2, view.height() - 2))  # nothing
        qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=cell(view, 0, 0))


def test_limits_switch_their_buttons_off(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(1024, 1), look=LOOK))
    assert not view.layers[0].plus.isEnabled()
    assert view.layers[1].plus.isEnabled()
    assert all(insert.isEnabled() for insert in view.inserts)
    view.show_snapshot(take(config(*[1] * 10), look=LOOK))
    assert not any(insert.isEnabled() for insert in view.inserts)


def test_the_last_neurons_minus_says_that_the_layer_goes(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(1, 2), look=LOOK))
    assert "layer" in view.layers[0].minus.toolTip()
    assert view.layers[0].minus.toolTip() != view.layers[1].minus.toolTip()


# -- hovering ---------------------------------------------------------------------------------------------------------


def test_hovering_says_column_and_index_and_none_on_leave(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2, 3), look=LOOK))
    for column, index in ((1, 1), (2, 2), (0, 4), (1, 0)):
        with qtbot.waitSignal(view.pointed_at) as told:
            qtbot.mouseMove(view, cell(view, column, index))
        assert told.args == [(column, index)]
    with qtbot.waitSignal(view.pointed_at) as told:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told.args == [None]


def test_moving_within_a_neuron_says_it_once(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    said: list[object] = []
    view.pointed_at.connect(said.append)
    for step in (0, 1, 2, -1):
        qtbot.mouseMove(view, cell(view, 1, 0) + QPoint(step, step))
    assert said == [(1, 0)]


def test_the_output_is_no_neuron_to_preview(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    qtbot.mouseMove(view, cell(view, 1, 0))
    with qtbot.waitSignal(view.pointed_at) as told:
        qtbot.mouseMove(view, cell(view, 2, 0))
    assert told.args == [None]


def test_when_the_neuron_under_the_mouse_goes_nothing_is_pointed_at(
    view: NetworkView, take: Take, qtbot: QtBot
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    qtbot.mouseMove(view, cell(view, 1, 2))
    with qtbot.waitSignal(view.pointed_at) as told:
        view.show_snapshot(take(config(2), look=LOOK))
    assert told.args == [None]


def test_pointing_lights_the_neuron_and_dims_other_links(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    before = pictured(view)
    qtbot.mouseMove(view, cell(view, 1, 1))
    assert pictured(view) != before
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert pictured(view) == before


def test_words_explain_what_is_under_the_mouse(view: NetworkView, take: Take) -> None:
    snapshot = take(config(2), theta=(1, 2, 0.25, 3, 4, -0.5, 5, 6, 1.5), look=LOOK)
    view.show_snapshot(snapshot)
    assert "bias +0.250" in view._words_at(QPointF(cell(view, 1, 0)))
    assert "Layer 1 · neuron 2 · bias −0.500" in view._words_at(QPointF(cell(view, 1, 1)))
    assert "Output · bias +1.500" in view._words_at(QPointF(cell(view, 2, 0)))
    assert "off" in view._words_at(QPointF(cell(view, 0, 0)))
    assert view._words_at(QPointF(cell(view, 0, 6))).endswith("switch it on.")
    assert view._words_at(QPointF(1, 1)) == ""


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
    assert view.count_label(0).text() == words
    assert view.count_label(0).toolTip() == words


def test_each_layer_shows_its_own_activation(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(2, 2).changed("network", activations=("relu", "sigmoid")), look=LOOK))
    assert [c.activation.text().split()[0] for c in view.layers] == [ACTIVATIONS["relu"].label, "sigmoid"]


def test_buttons_of_a_former_shape_are_gone(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2, 2, 2), look=LOOK))
    view.show_snapshot(take(config(2), look=LOOK))
    qtbot.waitUntil(lambda: len(view.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)) == 7)


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
        middle = layout_of(view).link(1, 0, 0).pointAtPercent(0.5).toPoint()
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


def test_while_training_links_rest_but_a_new_shape_shows_at_once(view: NetworkView, take: Take) -> None:
    running = replace(take(config(2), look=LOOK), state=RunState.RUNNING)
    view.show_snapshot(running)
    pictured(view)
    grown = replace(take(config(3), look=LOOK), state=RunState.RUNNING)
    view.show_snapshot(grown)
    fresh = NetworkView()
    fresh.resize(view.size())
    fresh.show_snapshot(grown)
    assert pictured(view) == pictured(fresh)
    fresh.deleteLater()


def test_when_a_run_pauses_its_links_are_the_last_ones(view: NetworkView, take: Take) -> None:
    first = replace(take(config(1), theta=(0, 0, 0, 4, 0), look=LOOK), state=RunState.RUNNING)
    last = take(config(1), theta=(0, 0, 0, -4, 0), look=LOOK)
    view.show_snapshot(first)
    pictured(view)
    view.show_snapshot(last)
    image = pictured(view)
    middle = layout_of(view).link(1, 0, 0).pointAtPercent(0.5).toPoint()
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


# -- other spaces -----------------------------------------------------------------------------------------------------

PATTERNS = "for all patterns of bits"


@pytest.mark.parametrize(
    ("config", "labels", "active"),
    [
        (config(2), tuple(feature.label for feature in FEATURES.values()), (0, 1)),
        (ARMS.changed(features=("x1^2", "x2")), tuple(feature.label for feature in FEATURES.values()), (1, 2)),
        (CURVE, ("x",), (0,)),
        (CURVE.changed(features=("x1", "x2", "x1*x2")), ("x",), (0,)),
        (BITS, ("bit 1", "bit 2", "bit 3", "bit 4"), (0, 1, 2, 3)),
        (BITS.changed("data", bits=10), tuple(f"bit {k}" for k in range(1, 11)), tuple(range(10))),
        (config(2, digits=True), (), (0,)),
    ],
    ids=["plane", "other features", "line", "line and features", "bits", "ten bits", "digits"],
)
def test_the_inputs_are_those_of_the_space(
    view: NetworkView, take: Take, config: ExperimentConfig, labels: tuple[str, ...], active: tuple[int, ...]
) -> None:
    snapshot = take(config, look=LOOK)
    assert input_labels(snapshot) == labels
    assert active_inputs(snapshot) == active
    view.show_snapshot(snapshot)
    assert len(layout_of(view).columns[0].cells) == max(len(labels), 1)
    assert len(layout_of(view).columns[-1].cells) == snapshot.architecture.widths[-1]


@pytest.mark.parametrize("config", [CURVE, BITS], ids=["line", "bits"])
def test_inputs_outside_the_plane_are_neither_clicked_nor_previewed(
    view: NetworkView, take: Take, qtbot: QtBot, config: ExperimentConfig
) -> None:
    view.show_snapshot(take(config, look=LOOK))
    before = pictured(view)
    with qtbot.assertNotEmitted(view.feature_toggled), qtbot.assertNotEmitted(view.pointed_at):
        for index in range(len(layout_of(view).columns[0].cells)):
            qtbot.mouseMove(view, cell(view, 0, index))
            qtbot.mouseClick(view, LEFT, pos=cell(view, 0, index))
            assert view.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert pictured(view) == before
    with qtbot.waitSignal(view.pointed_at) as told:
        qtbot.mouseMove(view, cell(view, 1, 2))
    assert told.args == [(1, 2)]


@pytest.mark.parametrize("config", [ARMS, CURVE, BITS.changed("data", bits=10)], ids=["plane", "line", "ten bits"])
def test_the_names_of_the_inputs_have_room(view: NetworkView, take: Take, config: ExperimentConfig) -> None:
    snapshot = take(config, look=LOOK)
    view.show_snapshot(snapshot)
    for label, box in zip(input_labels(snapshot), layout_of(view).columns[0].cells, strict=True):
        assert QFontMetrics(font(10)).horizontalAdvance(label) <= min(box.left() - 8, 50), label


def test_a_feature_under_the_mouse_is_forgotten_when_other_data_come(
    view: NetworkView, take: Take, qtbot: QtBot
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    qtbot.mouseMove(view, cell(view, 0, 1))
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(view.pointed_at) as told:
        view.show_snapshot(take(BITS, look=LOOK))
    assert told.args == [None]
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_network_of_the_same_shape_in_another_space_has_other_inputs(view: NetworkView, take: Take) -> None:
    plane, line = (config(3).changed("data", name=name).changed(features=("x1",)) for name in ("plane", "sine"))
    one, other = take(plane, look=LOOK), take(line, look=LOOK)
    assert one.architecture == other.architecture
    for snapshot, count in ((one, 7), (other, 1), (one, 7)):
        view.show_snapshot(snapshot)
        assert len(layout_of(view).columns[0].cells) == count
        assert not pictured(view).isNull()


@pytest.mark.parametrize(
    ("config", "words", "over"),
    [
        (ARMS, "x₂: how far up.\nClick to switch it off.", "over the plane"),
        (CURVE, "The number x: all that the network is told.", "along x"),
        (BITS, f"Bit 2, as −1 for 0 and 1 for 1. Its picture shows it {PATTERNS}.", PATTERNS),
    ],
    ids=["plane", "line", "bits"],
)
def test_words_explain_inputs_and_pictures_of_the_space(
    view: NetworkView, take: Take, config: ExperimentConfig, words: str, over: str
) -> None:
    view.show_snapshot(take(config, look=LOOK))
    last = min(1, len(layout_of(view).columns[0].cells) - 1)
    assert view._words_at(QPointF(cell(view, 0, last))) == words
    assert f"Its picture is its activation {over}: blue" in view._words_at(QPointF(cell(view, 1, 0)))


def test_outputs_of_classes_are_named_and_a_single_one_is_not(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(ARMS, look=LOOK))
    words = [view._words_at(QPointF(cell(view, 2, k))) for k in range(3)]
    assert [each.split(" · ")[0] for each in words] == ["Output orange", "Output blue", "Output green"]
    for single in (CURVE, BITS):
        view.show_snapshot(take(single, look=LOOK))
        assert view._words_at(QPointF(cell(view, 2, 0))).startswith("Output · bias")


def around(image: QImage, box: QRectF, across: float, down: float) -> QColor:
    """The colour at a share of a cell's width and height."""
    return image.pixelColor(round(box.left() + box.width() * across), round(box.top() + box.height() * down))


def test_an_inputs_picture_is_the_input_over_its_space(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(BITS, look=LOOK))
    image, boxes = pictured(view), layout_of(view).columns[0].cells
    # bit 1 is one in the right half, bit 2 in the middle; bits 3 and 4 likewise, from top to bottom
    blue = {0: (0.75, 0.5), 1: (0.5, 0.25), 2: (0.5, 0.75), 3: (0.25, 0.5)}
    orange = {0: (0.25, 0.5), 1: (0.13, 0.75), 2: (0.5, 0.25), 3: (0.75, 0.13)}
    for index, box in enumerate(boxes):
        one, zero = around(image, box, *blue[index]), around(image, box, *orange[index])
        assert one.blue() > one.red() + 60
        assert zero.red() > zero.blue() + 60
    view.show_snapshot(take(CURVE, look=LOOK))
    (box,) = layout_of(view).columns[0].cells
    shades = [around(pictured(view), box, share, 0.5).red() for share in (0.1, 0.5, 0.9)]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] > shades[2] + 100


def test_an_outputs_picture_has_the_colour_of_its_class_where_it_wins(view: NetworkView, take: Take) -> None:
    none = ARMS.changed("network", hidden=(), activations=())
    view.show_snapshot(take(none, theta=(-4, 0, 0, 0, 0, 0, 4, 0, 0), look=Look(64)))  # orange left, green right
    image, boxes = pictured(view), layout_of(view).columns[-1].cells
    neutral = QColor(LIGHT.neutral)
    for k, across in ((0, 0.15), (2, 0.85)):
        strong, faint = around(image, boxes[k], across, 0.5), around(image, boxes[k], 1 - across, 0.5)
        assert apart(strong, LIGHT.class_colour(k)) < 30
        assert apart(faint, neutral) < 30
    for across in (0.15, 0.85):
        assert apart(around(image, boxes[1], across, 0.5), neutral) < 30


def apart(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


def test_links_start_at_the_bit_that_they_come_from(view: NetworkView, take: Take) -> None:
    one = BITS.changed("network", hidden=(1,), activations=("tanh",))
    for bit in range(4):
        weights = [0.0] * 5
        weights[bit] = 5.0
        view.show_snapshot(take(one, theta=(*weights, 0, 0), look=LOOK))
        image = pictured(view)
        for sender in range(4):
            middle = layout_of(view).link(0, sender, 0).pointAtPercent(0.3).toPoint()
            colour = image.pixelColor(middle)
            assert (colour.blue() > colour.red() + 60) == (sender == bit)


@pytest.mark.parametrize("hidden", [(), (1,), (8, 8), (64,) * 3], ids=str)
@pytest.mark.parametrize("base", [ARMS, CURVE, BITS.changed("data", bits=10)], ids=["classes", "line", "bits"])
def test_every_shape_is_drawn_in_every_space(
    view: NetworkView, take: Take, base: ExperimentConfig, hidden: tuple[int, ...]
) -> None:
    view.show_snapshot(take(base.changed("network", hidden=hidden, activations=("relu",) * len(hidden)), look=LOOK))
    image = pictured(view)
    for number, column in enumerate(layout_of(view).columns):
        for neuron in column.cells:
            rim = {image.pixel(round(neuron.left()) + step, int(neuron.center().y())) for step in range(-2, 3)}
            assert len(rim) > 1, f"nothing is drawn at column {number}"


def test_numbers_beyond_all_measure_are_drawn_too(view: NetworkView, take: Take) -> None:
    snapshot = take(config(1), look=LOOK)
    theta = np.full_like(snapshot.theta, 3e38)
    view.show_snapshot(replace(snapshot, theta=theta))
    assert not pictured(view).isNull()


# -- room -------------------------------------------------------------------------------------------------------------


def at_1280_by_800(view: NetworkView) -> None:
    """The size that the diagram has in a window of 1280 × 800: what lies beside it is 156 and 512 pixels wide."""
    view.resize(max(590, view.minimumWidth()), 560)


def room_of(widget: QWidget) -> QRect:
    return widget.geometry()


@pytest.mark.parametrize("digits", [False, True], ids=["plane", "digits"])
@pytest.mark.parametrize("width", [1, 8, 64, 128, 1024])
@pytest.mark.parametrize("layers", [1, 2, 3, 4, 5, 6, 10])
def test_every_button_lies_inside_and_none_hides_another(
    view: NetworkView, take: Take, layers: int, width: int, digits: bool
) -> None:
    few = width == 1024 and layers > 2
    hidden = (*[1] * (layers - 2), 1024, 1) if few else (width,) * layers
    view.show_snapshot(take(config(*hidden, activation="sigmoid", digits=digits), look=Look(32, digits=4)))
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
