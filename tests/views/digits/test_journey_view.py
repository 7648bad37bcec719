"""The journey's picture: where things stand for any network, what is told and clicked, what the links are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.digit_journey import Journey, Wish, journey
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.digits import journey_view
from mlp_playground.views.digits.journey_layout import journey_place
from mlp_playground.views.digits.journey_links import MOST_LINKS, links_of
from mlp_playground.views.digits.journey_picture import signed
from mlp_playground.views.digits.journey_view import JourneyView

LEFT = Qt.MouseButton.LeftButton
NAMES = tuple("0123456789")
NETWORKS = ((), (1,), (12, 9), (128, 64), (64,) * 8)


def made(hidden: tuple[int, ...], wish: Wish | None = None) -> Journey:
    shape = Architecture((784, *hidden, 10), ("relu",) * len(hidden), "classes")
    rng = np.random.default_rng(3)
    network = Network(shape, rng.normal(0, 0.2, shape.n_parameters).astype(np.float32))
    return journey(network, rng.uniform(0, 1, (28, 28)).astype(np.float32), wish)


@pytest.fixture
def view(qtbot: QtBot) -> JourneyView:
    widget = JourneyView(QWidget())
    qtbot.addWidget(widget)
    widget.resize(490, 320)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.mark.parametrize("hidden", NETWORKS, ids=str)
@pytest.mark.parametrize("size", [(360, 280), (490, 310), (760, 640)], ids=str)
@pytest.mark.parametrize("has_source", [True, False])
def test_nothing_lies_over_anything_else_or_beside_the_area(
    hidden: tuple[int, ...], size: tuple[int, int], has_source: bool
) -> None:
    area = QRectF(0, 0, *size)
    place = journey_place(area, hidden, 10, has_source=has_source)
    boxes = [place.seen, place.speaks, place.goal, place.sum, *place.bars]
    if has_source:
        boxes.append(place.source)
    for layer in place.layers:
        boxes += [layer.grid, layer.below, *layer.tiles]
        cells = [layer.cell(neuron) for neuron in range(layer.width)]
        assert all(layer.grid.adjusted(-0.1, -0.1, 0.1, 0.1).contains(cell) for cell in cells)
        assert [layer.neuron_at(cell.center()) for cell in cells] == list(range(layer.width))
    assert all(area.adjusted(-0.1, -0.1, 0.1, 0.1).contains(box) for box in boxes)
    narrow = [box.adjusted(0.1, 0.1, -0.1, -0.1) for box in boxes if box not in [each.below for each in place.layers]]
    assert not any(a.intersects(b) for a, b in combinations(narrow, 2))


@pytest.mark.parametrize("hidden", NETWORKS, ids=str)
def test_every_network_is_drawn(view: JourneyView, hidden: tuple[int, ...]) -> None:
    view.show_journey(None, NAMES, None)
    blank = view.grab().toImage()
    view.show_journey(made(hidden), NAMES, 3)
    assert view.grab().toImage() != blank


def test_links_carry_what_the_evidence_says_and_end_at_its_class() -> None:
    seen = made((12, 9), Wish(4))
    place = journey_place(QRectF(0, 0, 700, 500), (12, 9), 10, has_source=False)
    first, between, last = links_of(place, seen)
    assert [link.value for link in first] == pytest.approx(
        [seen.evidence.shares[1][neuron] for neuron in seen.strongest[0]]
    )
    assert all(link.end.y() == place.bars[4].center().y() for link in last)
    assert [link.value for link in last] == pytest.approx(
        [seen.evidence.shares[2][neuron] for neuron in seen.strongest[1]]
    )
    sizes = [abs(link.value) for link in between]
    block = seen.evidence.links[1][np.ix_(seen.strongest[1], seen.strongest[0])]
    assert sizes == pytest.approx(sorted(np.abs(block).ravel())[::-1][: len(sizes)])
    assert len(sizes) == MOST_LINKS
    weak = seen.strongest[1][-1]
    _, hovered, _ = links_of(place, seen, (1, weak))
    mine = [link.value for link in hovered if (1, weak) in link.ends]
    row = [float(seen.evidence.links[1][weak, each]) for each in seen.strongest[0]]
    assert sorted(mine) == pytest.approx(sorted(row)), "of the neuron under the mouse all are drawn"
    ((whole,),) = links_of(journey_place(QRectF(0, 0, 700, 500), (), 10, has_source=False), made(()))
    assert whole.value == pytest.approx(made(()).logits.max())


def test_under_the_mouse_are_a_neurons_numbers_and_a_click_tells_which(view: JourneyView, qtbot: QtBot) -> None:
    seen = made((12, 9))
    view.show_journey(seen, NAMES, None)
    layer = view.place.layers[1]
    neuron = seen.strongest[1][0]
    share = float(seen.evidence.shares[2][neuron])
    for at in (layer.tiles[0].center().toPoint(), layer.cell(neuron).center().toPoint()):
        with qtbot.waitSignal(view.pointed_at) as told:
            qtbot.mouseMove(view, at)
        a = f"{seen.activations[1][neuron]:.3g}"
        words = f"Layer 2 · neuron {neuron + 1}: answers {a}, adds {signed(share)} for {seen.answer}"
        assert told.args == [words.replace("-", "−")]
        with qtbot.waitSignal(view.neuron_clicked) as clicked:
            qtbot.mouseClick(view, LEFT, pos=at)
        assert clicked.args == [1, neuron]
        qtbot.mouseMove(view, QPoint(1, 1))


def test_a_click_on_a_bar_asks_for_that_class(view: JourneyView, qtbot: QtBot) -> None:
    view.show_journey(made((12,)), NAMES, None)
    with qtbot.waitSignal(view.class_clicked) as clicked:
        qtbot.mouseClick(view, LEFT, pos=view.place.bars[6].center().toPoint())
    assert clicked.args == [6]


def test_without_a_digit_it_says_what_to_do_and_nothing_can_be_clicked(view: JourneyView, qtbot: QtBot) -> None:
    view.show_journey(None, NAMES, None)
    with qtbot.assertNotEmitted(view.neuron_clicked), qtbot.assertNotEmitted(view.class_clicked):
        for x in range(10, 480, 30):
            qtbot.mouseClick(view, LEFT, pos=QPoint(x, 100))


def test_a_neuron_that_the_mouse_is_on_in_the_diagram_is_marked(view: JourneyView) -> None:
    seen = made((12, 9))
    view.show_journey(seen, NAMES, None)
    before = view.grab().toImage()
    view.show_focus((0, seen.strongest[0][1]))
    assert view.grab().toImage() != before
    view.show_focus(None)
    assert view.grab().toImage() == before
    view.show_focus((7, 500))
    assert not view.grab().isNull(), "of another network"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.234, "+1.23"), (-12.34, "−12.3"), (0.001, "0.00"), (123.4, "+123"), (1e7, "+huge"), (0.0, "0.00")],
)
def test_shares_are_written_with_their_sign(value: float, text: str) -> None:
    assert signed(value) == text


@pytest.mark.parametrize("size", [3e38, np.inf, np.nan])
def test_a_network_that_diverged_is_drawn_without_a_complaint(view: JourneyView, size: float) -> None:
    shape = Architecture((784, 12, 10), ("relu",), "classes")
    theta = np.full(shape.n_parameters, size, np.float32)
    theta[::3] *= -1
    seen = journey(Network(shape, theta), np.ones((28, 28), np.float32), Wish(against=True))
    view.show_journey(seen, NAMES, 3)
    assert not view.grab().isNull()


def test_a_stroke_on_the_pad_paints_no_journey(
    view: JourneyView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.show_journey(made((12, 9)), NAMES, None)
    QApplication.processEvents()
    painted: list[object] = []
    monkeypatch.setattr(journey_view, "paint_journey", lambda *values: painted.append(values))
    view._source.update()
    QApplication.processEvents()
    assert painted == [], "what lies below a pad that changes 125 times a second is blank"
    view.update()
    qtbot.waitUntil(lambda: bool(painted))
