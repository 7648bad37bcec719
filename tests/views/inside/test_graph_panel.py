"""The graph on screen: every box is there and can be read, steps light them in order, and numbers can be checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.trace.check import check_gradient
from mlp_playground.analysis.trace.graph import Op
from mlp_playground.analysis.trace.steps import Phase, Step, steps_of
from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.graph_question import Followed, GraphQuestion, Which, Wish, follow
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.inside.graph_panel import GraphPanel
from mlp_playground.views.inside.graph_tables import meaning_of, tables_of, update_tables
from mlp_playground.views.inside.graph_update import entry_words, update_words
from mlp_playground.views.inside.graph_words import step_words
from mlp_playground.views.layers.graph_layout import lay_out
from mlp_playground.views.layers.graph_subject import subject_words

FIRST = ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "relu"))
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
Asked = tuple[GraphQuestion, Followed]
TABLE = OwnData(
    "t.csv",
    "regression",
    Samples(np.eye(4, 40, dtype=np.float32), np.linspace(-1, 1, 40, dtype=np.float32)),
    tuple("abcd"),
    (),
    (1.0,) * 4,
    (0.0,) * 4,
)
KINDS: list[tuple[Any, dict[str, Any]]] = [
    ("training", {"l2": 0.1, "dropout": 0.3, "clip_norm": 0.001}),
    ("training", {"optimizer": "adamw", "l2": 0.1, "l1": 0.1, "loss": "tanh-squared"}),
    ("network", {"hidden": (), "activations": ()}),
    ("network", {"hidden": (1,), "activations": ("sign",)}),
    ("network", {"hidden": (64, 64, 2), "activations": ("relu",) * 3}),
    ("", {"features": ("x2", "x1*x2", "sin(x1)")}),
    ("data", {"name": "sine"}),
    ("data", {"name": "spiral3"}),
    ("data", {"name": "parity"}),
    ("data", {"name": "own", "own": TABLE}),
    ("", dict(DIGITS_DEFAULT)),
]


@pytest.fixture
def ask(take: Callable[..., Snapshot]) -> Callable[..., Asked]:
    def asked(config: ExperimentConfig = FIRST, wish: Wish | None = None) -> Asked:
        question = GraphQuestion(take(config), wish or Wish(Which.SAMPLE, 3))
        return question, follow(question)

    return asked


@pytest.fixture
def panel(qtbot: QtBot) -> GraphPanel:
    widget = GraphPanel()
    qtbot.addWidget(widget)
    widget.resize(744, 260)
    widget.show()
    return widget


@pytest.mark.parametrize(("part", "values"), KINDS)
@pytest.mark.parametrize("which", [Which.SAMPLE, Which.MINIBATCH])
def test_every_kind_of_network_can_be_laid_out_told_and_gone_through(
    ask: Callable[..., Asked], panel: GraphPanel, part: Any, values: dict[str, Any], which: Which
) -> None:
    question, followed = ask(FIRST.changed(part, **values), Wish(which))
    trace, graph = followed.trace, followed.trace.graph
    layout = lay_out(trace, 744, 120)
    boxes = list(layout.boxes.values())
    for i, box in enumerate(boxes):
        assert layout.at(box.place.center()) is box
        assert not any(box.place.intersects(other.place) for other in boxes[i + 1 :])
    assert {box.step.name for box in boxes} == set(graph.by_name)
    assert sum(arrow.is_cached for arrow in layout.arrows) == sum(
        len(node.cached) for node in graph.way if node.op is not Op.PENALTY
    )
    panel.show_followed(question, followed)
    panel.grab()
    steps = steps_of(graph, learns=followed.step is not None)
    for step in steps:
        panel.player.go(1)
        assert panel.shown == step
        assert panel.reading.words.text()
        assert "Diverged" not in panel.reading.words.text()
    assert panel.minimumSizeHint().width() <= 744, "it must not widen the window"


def test_tables_tell_what_comes_in_and_what_goes_out(ask: Callable[..., Asked]) -> None:
    question, followed = ask(wish=Wish(Which.MINIBATCH))
    trace, step = followed.trace, followed.step
    assert step is not None
    W, A, U = tables_of(trace, Step(Phase.FORWARD, "U2"))
    assert (W.caption, A.caption, U.caption) == ("W₂", "A₁", "W₂·A₁")
    assert U.values == pytest.approx(W.values @ A.values)
    assert (W.check, A.check, U.check) == ("W2", "", "")
    arrives, A_T, by_W, W_T, by_A = tables_of(trace, Step(Phase.BACKWARD, "U2"))
    assert [m.caption for m in (A_T, by_W, W_T, by_A)] == ["A₁.T", "∂L/∂W₂", "W₂.T", "∂L/∂A₁"]
    assert by_W.values == pytest.approx(arrives.values @ A_T.values)
    assert by_A.values == pytest.approx(W_T.values @ arrives.values)
    assert by_W.check == "W2"
    arrives, local, passed = tables_of(trace, Step(Phase.BACKWARD, "A1"))
    assert passed.values == pytest.approx(arrives.values * local.values)
    assert local.caption == "f′(Z₁)"
    architecture = question.frame.architecture
    before, gradient, change, after = update_tables(architecture, step, "b2", "b₂", None)
    assert before.values[:, 0] == pytest.approx(Network(architecture, step.before).b[1])
    assert after.values[:, 0] == pytest.approx(Network(architecture, step.after).b[1])
    assert change.values == pytest.approx(after.values - before.values)
    assert gradient.values == pytest.approx(trace.gradients["b2"], rel=1e-4, abs=1e-6)


def test_words_have_the_formula_and_the_numbers(ask: Callable[..., Asked]) -> None:
    question, followed = ask(FIRST.changed("training", optimizer="momentum", l2=0.5, clip_norm=1e-3))
    trace = followed.trace
    assert "∂J/∂Z₁ = ∂J/∂A₁ ◦ f′(Z₁)" in step_words(trace, Step(Phase.BACKWARD, "A1"))
    assert "4×2 times 2×1 is 4×1" in step_words(trace, Step(Phase.FORWARD, "U1"))
    assert "∂J/∂Z₃ = (p − y)." in step_words(trace, Step(Phase.BACKWARD, "P"))
    words = update_words(question, followed, "W2")
    for part in ("v ← μ v + g", "η = 0.01.", "was cut to 0.001", "if this sample alone"):
        assert part in words, part
    step = followed.step
    assert step is not None
    told = entry_words(question.frame.architecture, step, "W1", (2, 1))
    i = 2 * 3 + 1
    for part in ("w [3, 2]", "with its penalty", "shortened", "v 0 → "):
        assert part in told, part
    assert step.after[i] != step.before[i]
    is_next = ask(wish=Wish(Which.MINIBATCH))
    assert "just what the run does in its next step" in update_words(*is_next, "b1")


def test_rows_have_the_names_of_the_data(ask: Callable[..., Asked]) -> None:
    def rows(asked: Asked, name: str) -> tuple[str, ...]:
        question, followed = asked
        meaning = meaning_of(question.snapshot.data, question.snapshot.config)
        return tables_of(followed.trace, Step(Phase.FORWARD, name), meaning)[-1].rows

    plane = ask(FIRST.changed(features=("x2", "x1*x2")))
    assert rows(plane, "Φ") == ("x₂", "x₁x₂")
    assert rows(plane, "P") == (), "there is one number"
    assert rows(ask(FIRST.changed("data", name="own", own=TABLE)), "x") == tuple("abcd")
    digits = ask(DIGITS_DEFAULT)
    assert rows(digits, "P") == rows(digits, "Z3") == tuple("0123456789")
    assert rows(digits, "Z1") == ()
    assert subject_words(*digits) == f"Training sample 4 ({digits[0].snapshot.data.train.y[3]})"
    assert subject_words(*ask(wish=Wish(Which.MINIBATCH))) == "The run's next minibatch, 10 samples"


def test_boxes_are_clicked_and_keys_go_through_the_steps(
    ask: Callable[..., Asked], panel: GraphPanel, qtbot: QtBot
) -> None:
    question, followed = ask()
    panel.show_followed(question, followed)
    held: list[bool] = []
    panel.held_changed.connect(held.append)
    assert panel.shown == Step(Phase.FORWARD, "x")
    layout = panel.view.canvas.layout_
    assert layout is not None
    place = layout.boxes[Step(Phase.BACKWARD, "A2")].place.center().toPoint()
    panel.view.horizontalScrollBar().setValue(0)
    qtbot.mouseClick(panel.view.canvas, LEFT, pos=place)
    assert panel.shown == Step(Phase.BACKWARD, "A2")
    assert panel.reading.words.text() == step_words(followed.trace, Step(Phase.BACKWARD, "A2"))
    assert [table.caption.text().split()[0] for table in panel.reading.tables if table.isVisible()] == [
        "∂L/∂A₂",
        "f′(Z₂)",
        "∂L/∂Z₂",
    ]
    assert not held, "to look at a box is no step"
    assert panel.view.canvas.tip(place) == "A₂, 3×1: activation, on the way back\nKept for the way back: Z₂"
    assert "Dashed" in panel.view.canvas.tip(QPoint(0, 0))
    panel.view.setFocus()
    qtbot.keyClick(panel.view, KEY.Key_Right)
    assert panel.shown == Step(Phase.BACKWARD, "Z2"), "it goes on from the box that is looked at"
    panel.player.go_to(0)
    held.clear()
    for _ in range(3):
        qtbot.keyClick(panel.view, KEY.Key_Right)
    qtbot.keyClick(panel.view, KEY.Key_Left)
    assert panel.player.position == 2
    assert panel.shown == Step(Phase.FORWARD, "U1")
    assert panel.player.count.text() == "forward 2/11"
    assert held == [True]
    qtbot.mouseClick(panel.player.reset, LEFT)
    assert held == [True, False]
    assert panel.player.count.text() == "27 steps"


def test_it_follows_the_neuron_that_is_selected_unless_somebody_steps(
    ask: Callable[..., Asked], panel: GraphPanel
) -> None:
    panel.look_at(1, 2)  # there is nothing yet
    panel.show_followed(*ask())
    for column, name in ((0, "x"), (1, "A1"), (2, "A2"), (3, "P")):
        panel.look_at(column, 0)
        assert panel.shown == Step(Phase.FORWARD, name)
    panel.look_at(1, 2)
    assert [table.numbers._entry for table in panel.reading.tables if table.isVisible()] == [(2, 0), (2, 0)]
    assert not panel.is_held
    panel.player.go(1)
    panel.look_at(3, 0)
    assert panel.shown == Step(Phase.FORWARD, "U2"), "the one after layer 1's answer"


def test_a_wide_graph_stays_where_it_was_scrolled_and_brings_each_step_into_view(
    ask: Callable[..., Asked], panel: GraphPanel, qtbot: QtBot
) -> None:
    asked = ask(FIRST.changed("network", hidden=(4,) * 6, activations=("softplus",) * 6))
    panel.show_followed(*asked)
    view, bar = panel.view, panel.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(bar.maximum())
    panel.show_followed(*asked)  # as with each moment of a run
    assert bar.value() == bar.maximum()
    for _ in panel.player.steps:
        panel.player.go(1)
        assert view.canvas.layout_ is not None
        assert panel.shown is not None
        place = view.canvas.layout_.box_of(panel.shown).place
        assert bar.value() <= place.left()
        assert place.right() <= bar.value() + view.viewport().width()


def test_it_plays_by_itself_until_it_is_stopped_hidden_or_done(
    ask: Callable[..., Asked], panel: GraphPanel, qtbot: QtBot
) -> None:
    player = panel.player
    panel.show_followed(*ask())
    player._timer.setInterval(1)
    qtbot.mouseClick(player.play, LEFT)
    assert player.position == 1
    qtbot.waitUntil(lambda: player.position == len(player.steps) and not player.is_playing)
    assert panel.shown == Step(Phase.UPDATE, "b3")
    qtbot.mouseClick(player.play, LEFT)  # from the start again
    assert player.is_playing
    qtbot.keyClick(panel.view, KEY.Key_Left)
    assert not player.is_playing
    qtbot.mouseClick(player.play, LEFT)
    panel.hide()
    assert not player.is_playing


def test_a_marked_number_is_checked_and_holds_the_moment(
    ask: Callable[..., Asked], panel: GraphPanel, qtbot: QtBot
) -> None:
    question, followed = ask()
    panel.show_followed(question, followed)
    wanted: list[tuple[object, ...]] = []
    held: list[bool] = []
    panel.check_wanted.connect(lambda *about: wanted.append(about))
    panel.held_changed.connect(held.append)
    assert not panel.reading.check.button.isEnabled()
    panel.view.chosen.emit(Step(Phase.BACKWARD, "U1"))
    table = next(each for each in panel.reading.tables if each.matrix is not None and each.matrix.check == "W1")
    qtbot.mouseClick(table.numbers.viewport(), LEFT, pos=table.numbers.place_of((1, 0)).center())
    assert held == [True]
    assert panel.reading.check.button.text() == "Check ∂L/∂W₁ [2, 1]"
    panel.reading.check.epsilon.selectAll()
    qtbot.keyClicks(panel.reading.check.epsilon, "2")
    assert "from 1e-12 to 1" in panel.reading.check.words.text()
    panel.reading.check.epsilon.selectAll()
    qtbot.keyClicks(panel.reading.check.epsilon, "0.001")
    qtbot.mouseClick(panel.reading.check.button, LEFT)
    assert wanted[-1] == (followed.trace, "W1", (1, 0), 0.001)
    qtbot.keyClick(table.numbers, KEY.Key_Return)
    assert wanted[-1] == wanted[-2]
    assert len(wanted) == 2, "the button with its new ε, and Enter"
    qtbot.mouseDClick(table.numbers.viewport(), LEFT, pos=table.numbers.place_of((2, 1)).center())
    assert wanted[-1][1:3] == ("W1", (1, 0)), "what a first click has marked"
    check = check_gradient(followed.trace, "W1", (1, 0), 0.001)
    panel.reading.show_check(followed.trace, check)
    assert f"{check.quotient:.7g}".replace("-", "−") in panel.reading.check.words.text()
    panel.reading.show_check(follow(question).trace, check_gradient(followed.trace, "W1", (0, 0)))
    assert f"{check.quotient:.7g}".replace("-", "−") in panel.reading.check.words.text(), "of other numbers: not shown"
    assert panel.player.position == 0
    qtbot.mouseClick(panel.player.reset, LEFT)
    assert held == [True, False], "the run is followed again"
    assert panel.shown == Step(Phase.FORWARD, "x")
    assert not panel.reading.check.button.isEnabled()
    assert not panel.player.reset.isEnabled()


def test_a_corner_is_told_where_the_check_meets_one(ask: Callable[..., Asked], panel: GraphPanel) -> None:
    question, followed = ask(FIRST.changed("network", activations=("relu", "relu")))
    z = float(followed.trace.values["Z1"][0, 0])
    check = check_gradient(followed.trace, "b1", (0, 0), min(2 * abs(z), 1.0))
    assert check.crossed
    panel.show_followed(question, followed)
    panel.reading.show_check(followed.trace, check)
    assert "neuron 1 of layer 1" in panel.reading.check.words.text()
    assert "f′(0) = 0" in panel.reading.check.words.toolTip()


def test_other_samples_are_wanted_by_number_chance_loss_and_name(
    ask: Callable[..., Asked], panel: GraphPanel, qtbot: QtBot
) -> None:
    chooser = panel.chooser
    wishes: list[Wish] = []
    chooser.wish_changed.connect(wishes.append)
    assert chooser.wish == Wish(Which.HARDEST), "the first graph has something to learn"
    panel.show_followed(*ask(wish=Wish(Which.SAMPLE, 0)))
    assert chooser.wish == Wish(Which.SAMPLE, 0)
    assert chooser.number.text() == "1 of 250"
    for button in (chooser.before, chooser.after, chooser.hardest, chooser.random):
        qtbot.mouseClick(button, LEFT)
    assert wishes[:3] == [Wish(Which.SAMPLE, 249), Wish(Which.SAMPLE, 0), Wish(Which.HARDEST)]
    assert wishes[3].which is Which.SAMPLE
    qtbot.keyClick(chooser.which, KEY.Key_N)
    assert wishes[-1].which is Which.MINIBATCH
    panel.show_followed(*ask(wish=wishes[-1]))
    assert chooser.number.text() == "10 samples"
    assert not chooser.after.isEnabled()


def test_an_update_marks_what_changes_most_and_a_reason_takes_the_graphs_place(
    ask: Callable[..., Asked], panel: GraphPanel
) -> None:
    question, followed = ask()
    panel.show_followed(question, followed)
    panel.view.chosen.emit(Step(Phase.UPDATE, "W2"))
    step = followed.step
    assert step is not None
    change = np.abs(update_tables(question.frame.architecture, step, "W2", "W₂", None)[2].values)
    row, column = np.unravel_index(change.argmax(), change.shape)
    assert panel.reading.check.button.text() == f"Check ∂L/∂W₂ [{row + 1}, {column + 1}]"
    assert panel.reading.check.words.text().startswith(f"w [{row + 1}, {column + 1}]")
    panel.show_reason("too many")
    assert panel.reason.isVisible()
    panel.show_followed(*ask(FIRST.changed("network", hidden=(2,), activations=("tanh",))))
    assert panel.view.isVisible()
    panel.show_followed(*ask(FIRST.changed("network", hidden=(), activations=())))
    assert panel.shown == Step(Phase.FORWARD, "x"), "there is no second layer any more"
