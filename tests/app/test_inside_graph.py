"""The graph panel in the window: live until somebody steps through it, and then of one moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import numpy as np
import pytest

from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.app import inside_graph
from mlp_playground.app.inside_graph import InsideGraph
from mlp_playground.data.example import Example
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.graph_question import Followed, Which, Wish, follow

FIRST = ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "relu"))


@pytest.fixture
def opened(use: Callable[..., Any]) -> tuple[Any, InsideGraph]:
    user = use(FIRST)
    user.click(user.window.drawer.buttons["graph"])
    user.until(lambda: "graph" in user.window.drawer.makers)
    graph = user.window.drawer.makers["graph"]
    assert isinstance(graph, InsideGraph)
    user.until(lambda: graph.panel.followed is not None)
    return user, graph


def shown(graph: InsideGraph) -> Followed:
    assert graph.panel.followed is not None
    return graph.panel.followed


def is_of(graph: InsideGraph, theta: np.ndarray, user: Any) -> bool:
    """Whether what is on screen are the weights of that moment."""
    rows, columns = user.latest.architecture.shapes[0]
    W = theta[: rows * columns].reshape(rows, columns)[:, :-1]
    return np.array_equal(shown(graph).trace.values["W1"], W)


def test_it_is_live_until_somebody_steps_and_then_stays(opened: tuple[Any, InsideGraph]) -> None:
    user, graph = opened
    panel = graph.panel
    user.play(50)
    user.pause()
    user.until(lambda: is_of(graph, user.latest.theta, user))
    assert "live" in user.window.drawer.docks["graph"].heading.words.text()
    panel.view.stepped.emit(1)
    panel.view.stepped.emit(1)
    held = user.latest.theta
    assert not panel.newest.isEnabled()
    user.play(50)
    user.pause()
    assert is_of(graph, held, user)
    assert "held while you look" in user.window.drawer.docks["graph"].heading.words.text()
    panel.chooser.after.click()  # another sample of the same moment
    user.until(lambda: shown(graph).samples is not None and shown(graph).samples[0] == panel.chooser.wish.number)
    assert is_of(graph, held, user)
    user.window.controller.add_neuron(1)
    user.settled()
    assert is_of(graph, held, user), "also while the network is edited"
    user.until(panel.newest.isEnabled)
    user.click(panel.newest)
    user.until(lambda: is_of(graph, user.latest.theta, user))
    assert panel.player.position == 2, "one stays where one is"
    user.until(lambda: not panel.newest.isEnabled())
    user.window.controller.set_bias(len(user.latest.architecture.shapes) - 1, 0, 0.5)
    user.until(panel.newest.isEnabled)
    user.click(panel.player.reset)
    user.click(user.window.transport.step)
    user.settled()
    user.until(lambda: is_of(graph, user.latest.theta, user))


def test_the_next_minibatch_is_what_the_run_does_next_also_where_it_is_looked_back(
    opened: tuple[Any, InsideGraph],
) -> None:
    user, graph = opened
    user.play(30)
    user.pause()
    graph.panel.chooser._want(Wish(Which.MINIBATCH))
    user.until(lambda: shown(graph).is_next and is_of(graph, user.latest.theta, user))
    step = shown(graph).step
    assert step is not None
    user.click(user.window.transport.step)
    user.settled()
    assert np.array_equal(step.after, user.latest.theta)
    past = user.latest.past.frames[3]
    user.window.time_machine.go_to(past)
    user.until(lambda: is_of(graph, past.theta, user))
    assert shown(graph).is_next


def test_a_gradient_is_checked_by_a_worker(opened: tuple[Any, InsideGraph]) -> None:
    user, graph = opened
    panel = graph.panel
    panel.view.chosen.emit(Step(Phase.UPDATE, "W1"))
    user.click(panel.reading.check.button)
    user.until(lambda: "measured" in panel.reading.check.words.text())
    assert "e−" in panel.reading.check.words.text()
    assert panel.is_held


def test_the_point_looked_at_is_followed(opened: tuple[Any, InsideGraph]) -> None:
    user, graph = opened
    inspected = user.window.inspected
    graph.panel.chooser._want(Wish(Which.EXAMPLE))
    for x in ([1.5, -2.0], [-0.5, 3.0]):
        inspected.point_at(Example(np.array(x, np.float32), None, "where the mouse is"))
        # a real mouse over the canvas may point elsewhere meanwhile
        user.until(lambda: shown(graph).samples is None and np.array_equal(place(graph), inspected.example.x))
    graph.panel.view.stepped.emit(1)
    held = place(graph)
    inspected.point_at(Example(np.array([9.0, 9.0], np.float32), 1.0, "another"))
    user.qtbot.wait(60)
    assert np.array_equal(place(graph), held), "stepped through: it stays"


def place(graph: InsideGraph) -> np.ndarray:
    """The sample on screen."""
    return shown(graph).trace.values["x"][:, 0]


def test_any_data_and_network_and_too_much_of_them(opened: tuple[Any, InsideGraph]) -> None:
    user, graph = opened
    for name in ("sine", "parity", "spiral5", "mnist"):
        user.window.controller.choose_data(name)
        user.settled()
        user.until(lambda: graph._shown is user.latest)
        assert graph.panel.view.isVisible()
    graph.panel.chooser._want(Wish(Which.MINIBATCH))
    user.window.controller.set_training(batch_size=0)
    user.until(graph.panel.reason.isVisible)
    assert "smaller" in graph.panel.reason.text()
    graph.panel.chooser._want(Wish(Which.SAMPLE))
    user.until(graph.panel.view.isVisible)
    user.click(user.window.drawer.buttons["graph"])
    before = graph._shown
    user.click(user.window.transport.step)
    user.settled()
    user.qtbot.wait(60)
    assert graph._shown is before, "nobody looks"
    assert not user.window.viewing.look.whole


def test_a_first_answer_that_takes_long_is_announced(use: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Event()
    monkeypatch.setattr(inside_graph, "follow", lambda question: answer.wait(10) and follow(question))
    monkeypatch.setattr(inside_graph, "PATIENCE", 20)
    user = use(FIRST)
    user.window.drawer.toggle("graph")
    panel = user.window.drawer.makers["graph"].panel
    user.until(lambda: panel.reason.isVisible() and "largest loss" in panel.reason.text())
    answer.set()
    user.until(lambda: panel.followed is not None and not panel.reason.isVisible())
