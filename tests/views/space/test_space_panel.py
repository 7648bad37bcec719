"""The space panel: the mouse turns, picks and zooms, keys and film go through the stages, words say what is seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.space.cloud import cloud_of
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Space, observe_space
from mlp_playground.analysis.space.stages import Order, collapsed
from mlp_playground.data import toy
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.canvas.navigated_view import ZOOM
from mlp_playground.views.space.bend_film import paced, unpaced
from mlp_playground.views.space.camera import Turn
from mlp_playground.views.space.space_panel import SpacePanel
from mlp_playground.views.space.space_picture import point_places
from mlp_playground.views.space.space_words import matrix_words, seen_words, stage_title, stage_words, wall_words

LEFT = Qt.MouseButton.LeftButton
XOR = toy.make("xor", 30, 0, 0.5, 0)


def network(hidden: tuple[int, ...], n_in: int = 2, head: str = "binary") -> Network:
    shape = Architecture((n_in, *hidden, 1), ("relu",) * len(hidden), head)
    return Network(shape, np.random.default_rng(1).normal(0, 0.8, shape.n_parameters))


def space_of(hidden: tuple[int, ...], wish: SpaceWish | None = None) -> Space:
    return observe_space(network(hidden), cloud_of(XOR), wish)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[SpacePanel]:
    shown = SpacePanel()
    qtbot.addWidget(shown)
    shown.resize(500, 520)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.show_space(space_of((3, 5)))
    QApplication.processEvents()
    yield shown
    shown.hide()


def at(panel: SpacePanel, point: int, space: Space) -> QPoint:
    x, y, _ = point_places(QRectF(panel.view.rect()), space, panel.view.showing)[point]
    return QPointF(x, y).toPoint()


def test_a_click_picks_the_nearest_point_and_that_is_told(panel: SpacePanel, qtbot: QtBot) -> None:
    space, told, clicks = space_of((3, 5)), [], []
    panel.point_told.connect(lambda *about: told.append(about))
    panel.view.clicked.connect(lambda: clicks.append(panel.view.showing.picked))
    size = panel.view.size()
    qtbot.mouseClick(panel.view, LEFT, pos=at(panel, 7, space))
    picked = panel.view.showing.picked
    assert picked is not None
    assert space.places[0].points[:, picked] == pytest.approx(space.places[0].points[:, 7], abs=0.3)
    assert told[-1][1:] == (picked, 0)
    QApplication.processEvents()
    assert panel.view.size() == size, "the picture stays as it is"
    panel.step(1)
    assert told[-1][1:] == (picked, 1)
    panel.step(-1)
    panel.show_space(other := space_of((3, 5)))
    assert panel.view.showing.picked == picked, "the same point, while the network learns"
    assert told[-1] == (other, picked, 0)
    qtbot.mouseClick(panel.view, LEFT, pos=QPoint(3, 3))
    assert panel.view.showing.picked is None
    assert told[-1][1] is None
    qtbot.mouseClick(panel.view, LEFT, pos=at(panel, 7, space))
    assert panel.view.showing.picked == picked
    assert clicks == [picked, picked], "a click beside all points picks none"
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert panel.view.showing.picked is None
    said = []
    panel.pointed_at.connect(said.append)
    qtbot.mouseMove(panel.view, at(panel, 7, space))
    assert said[-1].startswith("training point · ")
    assert wall_words(2, 4).startswith("here the sum of neuron 5 of layer 2 is 0")
    assert wall_words(3, None) == "here the network is undecided"
    lines = {
        panel.view.words_at(x, y) for x in range(0, panel.view.width(), 11) for y in range(0, panel.view.height(), 11)
    }
    assert {
        f"here the sum of neuron {k} of layer 1 is 0; its arrow points to where it is positive" for k in (1, 2, 3)
    } <= lines


def test_the_mouse_moves_a_plane_and_turns_what_is_deep(panel: SpacePanel, qtbot: QtBot) -> None:
    def drag(modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Turn:
        qtbot.mousePress(panel.view, LEFT, modifier, QPoint(100, 100))
        qtbot.mouseMove(panel.view, QPoint(120, 110))
        qtbot.mouseMove(panel.view, QPoint(140, 120))
        qtbot.mouseRelease(panel.view, LEFT, modifier, QPoint(140, 120))
        return panel.view.showing.turn

    home = Turn()
    moved = drag()
    assert (moved.yaw, moved.pitch) == (home.yaw, home.pitch)
    assert moved.pan[0] == pytest.approx(2 * moved.pan[1])
    assert moved.pan[0] > 0
    qtbot.mouseDClick(panel.view, LEFT, pos=QPoint(100, 100))
    assert panel.view.showing.turn == home
    panel.bar.slider.setValue(300)
    turned = drag()
    assert (turned.yaw, turned.pitch) == (home.yaw + 20, home.pitch + 10)
    assert turned.pan == (0, 0)
    assert drag(Qt.KeyboardModifier.ShiftModifier).pan != (0, 0)
    assert panel.view.showing.picked is None, "a drag is no click"


def test_the_wheel_zooms_about_the_mouse(panel: SpacePanel) -> None:
    space = space_of((3, 5))
    before = at(panel, 3, space)
    assert panel.view.go_home.isHidden()
    where = QPointF(before)
    up = QWheelEvent(
        where,
        panel.view.mapToGlobal(where),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel.view, up)
    assert panel.view.showing.turn.zoom == pytest.approx(ZOOM**2)
    assert (at(panel, 3, space) - before).manhattanLength() <= 2
    panel.view.go_home.click()
    assert panel.view.showing.turn == Turn()
    QTest.keyClick(panel.view, Qt.Key.Key_Plus)
    assert panel.view.showing.turn == Turn(zoom=panel.view.showing.turn.zoom)
    assert panel.view.showing.turn.zoom > 1
    QTest.keyClick(panel.view, Qt.Key.Key_Home)
    assert panel.view.go_home.isHidden()


def test_keys_and_film_go_through_the_stages(panel: SpacePanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = []
    panel.title_changed.connect(lambda title, _words: titles.append(title))
    panel.view.setFocus()
    for expected in (1, 2, 3, 2):
        qtbot.keyClick(panel.view, Qt.Key.Key_Right if expected != 2 or not titles[1:] else Qt.Key.Key_Left)
        assert panel.view.showing.t == expected
    assert titles == ["Layer 1 · linear step", "Layer 1 · bias", "Layer 1 · ReLU", "Layer 1 · bias"]
    panel.bar.slider.setValue(250)
    assert panel.view.showing.t == 2.5
    slider, stages = panel.bar.slider, panel.bar.slider.maximum() // 100
    for stage, by, t in ((4, 1, 4), (4, -1, 4), (1, 8, None)):
        x = round(7 + (slider.width() - 14) * stage / stages) + by
        qtbot.mouseClick(slider, LEFT, pos=QPoint(x, 10))
        assert (panel.view.showing.t == t) if t is not None else (1 < panel.view.showing.t < 1.5)
    qtbot.mouseClick(panel.bar, LEFT, pos=QPoint(panel.bar.width() - 3, panel.bar.height() - 5))
    assert panel.view.showing.t == stages, "a name is a place to go to"
    panel.bar.slider.setValue(250)
    panel.view.setFocus()
    now = [0.0]
    monkeypatch.setattr("mlp_playground.views.space.bend_film.perf_counter", lambda: now[0])
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel.film.is_running
    moments = []
    panel.view.showing_changed.connect(lambda showing: moments.append(showing.t))
    for _ in range(200):
        now[0] += 0.05
        panel.film._on_frame()
    assert moments[0] == pytest.approx(2.5, abs=0.12), "from where the slider stood"
    assert (np.diff(moments) >= 0).all()
    assert max(np.diff(moments)) < 0.12
    assert moments[-1] == len(space_of((3, 5)).places) - 1
    assert not panel.film.is_running
    qtbot.mouseClick(panel.play, LEFT)
    assert panel.film.is_running
    now[0] += 0.1
    panel.film._on_frame()
    assert panel.view.showing.t == 0, "and from the beginning again"
    panel.hide()
    assert not panel.film.is_running


def test_the_film_rests_at_each_stage_and_takes_up_where_it_stood() -> None:
    assert paced(0.2) == 0
    assert paced(1) == 1
    for way in (0.0, 0.1, 0.5, 0.93):
        assert paced(unpaced(way)) == pytest.approx(way, abs=1e-6)


def test_choices_say_what_is_wanted(panel: SpacePanel) -> None:
    wishes: list[SpaceWish] = []
    panel.wish_changed.connect(wishes.append)
    choices = panel.choices

    def choose(choice: object, data: object) -> None:
        choice.setCurrentIndex(next(i for i in range(choice.count()) if choice.itemData(i) == data))  # type: ignore[attr-defined]
        choice.activated.emit(choice.currentIndex())  # type: ignore[attr-defined]

    assert not choices.drawn.isEnabled(), "two numbers are drawn as they are"
    panel.bar.slider.setValue(600)  # five neurons
    assert [choices.drawn.itemText(i) for i in range(choices.drawn.count())] == [
        "flat",
        "3-D",
        "to answer",
        "2 neurons",
        "3 neurons",
    ]
    assert choices.drawn.currentText() == "to answer"
    choose(choices.drawn, 3)
    assert wishes[-1] == SpaceWish(directions=3, answer=False)
    choose(choices.drawn, -2)
    assert wishes[-1].neurons == ((2, (0, 1)),)
    assert [choice.isHidden() for choice in choices.neurons] == [False, False, True]
    choose(choices.neurons[0], 4)
    assert wishes[-1].neurons == ((2, (4, 1)),)
    choose(choices.neurons[1], 4)
    assert wishes[-1].neurons == ((2, (4, 0)),), "two axes need two different numbers"
    panel.bar.slider.setValue(300)  # three neurons: as they are, or two of them
    assert [choices.drawn.itemText(i) for i in range(choices.drawn.count())] == ["as it is", "2 neurons"]
    assert choices.neurons[0].isHidden()
    panel.bar.slider.setValue(600)
    assert choices.drawn.currentText() == "2 neurons"
    choose(choices.order, Order.NO_ACTIVATION)
    assert wishes[-1].order is Order.NO_ACTIVATION
    assert len(wishes) == 5


def test_words() -> None:
    space = space_of((3, 5))
    assert [stage_title(place.stage, 3) for place in space.places] == [
        "Input",
        *(f"Layer {layer} · {step}" for layer in (1, 2) for step in ("linear step", "bias", "ReLU")),
        *(f"Output · {step}" for step in ("linear step", "bias", "answer")),
    ]
    assert all(stage_words(space, s) for s in range(len(space.places)))
    told = [stage_words(space, s).partition(": ")[2] for s in (1, 7)]
    assert told[0].startswith("space is turned, stretched and sheared"), "2 to 3"
    assert told[1].startswith("space is turned, stretched and flattened"), "5 to 1"
    for s in (4, 6):
        share = f"{space.places[s].projection.share * 100:.0f}\u202f%"
        assert seen_words(space.places[s]) == f"these two directions show {share} of the spread"
    assert stage_words(space, 6).endswith("To the right: the direction in which the output looks.")
    assert seen_words(space.places[3]) == "all of this space, 3 numbers for each point"
    chosen = space_of((3, 5), SpaceWish(neurons=((2, (1, 4)),)))
    assert seen_words(chosen.places[6]).startswith("these two numbers show ")
    many = space_of((40,))
    assert stage_words(many, 0).endswith("Lines of 16 of 40 neurons.")
    W, b = collapsed(network((3, 5)))
    assert matrix_words(W, b) == f"W = [{W[0, 0]:.2f}  {W[0, 1]:.2f}], b = [{b[0]:.2f}]".replace("-", "−")
    assert matrix_words(np.zeros((10, 784)), np.zeros(10)) == "one matrix of 10 × 784 numbers"


def test_other_orders_are_explained(panel: SpacePanel) -> None:
    none = space_of((3, 5), SpaceWish(Order.NO_ACTIVATION))
    panel.show_space(none)
    assert none.collapsed is not None
    assert matrix_words(*none.collapsed) in panel.words.text()
    assert none.right is not None
    assert f"{none.right * 100:.0f}\u202f%" in panel.words.text()
    panel.show_space(space_of((3, 5), SpaceWish(Order.ACTIVATION_FIRST)))
    assert "x₁ = 0" in panel.words.text()
    curve = toy.make("sine", 30, 0, 0.5, 0)
    panel.bar.slider.setValue(900)
    ends_earlier = observe_space(network((4,), 1, "regression"), cloud_of(curve))
    panel.show_space(ends_earlier)
    assert panel.words.text() == stage_words(ends_earlier, 5)
    assert panel.boxes["boundary"].isHidden()
    assert panel.view.showing.t == 5, "the way ends earlier"


def test_the_marks_have_the_classes_names(panel: SpacePanel) -> None:
    X = np.linspace(0, 1, 9 * 20, dtype=np.float32).reshape(9, 20)
    parts = Samples(X, np.arange(20) % 4), Samples(X, np.arange(20) % 4)
    digits = Dataset("made", "classes", *parts, ("zero", "one", "two", "three"), "pictures", (3, 3))
    shape = Architecture((9, 5, 4), ("relu",), "classes")
    net = Network(shape, np.random.default_rng(0).normal(size=shape.n_parameters))
    marks = panel.marks.grab().toImage()
    panel.show_space(observe_space(net, cloud_of(digits)))
    QApplication.processEvents()
    assert panel.marks.grab().toImage() != marks
    assert panel.marks.toolTip() == "zero\none\ntwo\nthree"
