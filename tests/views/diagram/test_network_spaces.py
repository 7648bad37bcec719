"""The diagram of networks in other spaces than the plane: curves, bits, several classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.diagram.network_layout import link_shape
from mlp_playground.views.diagram.network_picture import active_inputs, input_labels
from mlp_playground.views.diagram.network_view import NetworkView
from mlp_playground.views.theme import LIGHT, font
from tests.views.diagram.diagrams import cell, layout_of, pictured

Take = Callable[..., Snapshot]
LOOK = Look(resolution=32)
LEFT = Qt.MouseButton.LeftButton


def config(*hidden: int, activation: str = "tanh", digits: bool = False) -> ExperimentConfig:
    base = DIGITS_DEFAULT if digits else ExperimentConfig()
    return base.changed("network", hidden=hidden, activations=(activation,) * len(hidden))


ARMS, CURVE, BITS = (config(3).changed("data", name=name) for name in ("spiral3", "sine", "parity"))


@pytest.fixture
def view(diagram: NetworkView) -> NetworkView:
    return diagram


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
    with qtbot.assertNotEmitted(view.feature_toggled), qtbot.assertNotEmitted(view.pointed_at):
        for index in range(len(layout_of(view).columns[0].cells)):
            qtbot.mouseMove(view, cell(view, 0, index))
            qtbot.mouseClick(view, LEFT, pos=cell(view, 0, index))
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
    assert [each.splitlines()[0] for each in words] == ["Output orange", "Output blue", "Output green"]
    for single in (CURVE, BITS):
        view.show_snapshot(take(single, look=LOOK))
        assert view._words_at(QPointF(cell(view, 2, 0))).startswith("Output\nbias")


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
            (x0, y0), (x1, y1) = layout_of(view).link_ends((0, sender, 0))
            share = 0.25  # near the senders the links are still apart
            height = float(link_shape(np.array([share]))[0][0])
            colour = image.pixelColor(round(x0 + share * (x1 - x0)), round(y0 + height * (y1 - y0)))
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
