"""The regions in the real window: live beside training, gone with what they were of, and told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from mlp_playground.analysis.patterns import Patterns
from mlp_playground.analysis.pieces import Pieces, Question
from mlp_playground.analysis.regions import Regions, regions
from mlp_playground.app.remembered import remembered, show_again, showing_of
from mlp_playground.data.extent import Extent
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.nn.network import Network
from mlp_playground.views.canvas.plane_picture import to_screen
from mlp_playground.views.canvas.regions_panel import ASK
from tests.app.conftest import User

RELU = ExperimentConfig().changed("network", hidden=(8, 8), activations=("relu", "relu"))


@pytest.fixture
def relu(use: Callable[..., User]) -> User:
    """A user before a network of ReLU neurons, with the box checked."""
    user = use(RELU)
    user.click(user.window.output.options.box("regions"))
    user.until(lambda: shown(user) is not None)
    return user


def shown(user: User) -> Pieces | None:
    """What is drawn."""
    return user.window.output.canvas.showing.pieces


def is_of_now(user: User) -> bool:
    """Whether what is drawn are the regions of the moment on screen."""
    found, latest = shown(user), user.latest
    if not isinstance(found, Regions) or latest.field is None or found.extent != latest.field.extent:
        return False
    exact = regions(Network(latest.architecture, latest.theta), extent=found.extent)
    return len(exact) == len(found) and bool((exact.corners == found.corners).all())


def test_they_follow_the_run_the_view_and_the_network(relu: User) -> None:
    user = relu
    assert is_of_now(user)
    before = shown(user)
    answers: list[object] = []
    user.window.regions.shown.connect(answers.append)
    user.play(200)
    user.until(lambda: len(answers) > 5)
    user.pause()
    user.until(lambda: is_of_now(user))
    assert shown(user) is not before
    user.window.output.canvas.look_at(Extent((1.0, 1.0), 2.0))
    user.until(lambda: is_of_now(user) and shown(user).extent.half_width == 2.0)  # type: ignore[union-attr]
    user.window.controller.add_neuron(0)
    user.until(lambda: is_of_now(user) and shown(user).patterns.shape[1] == 17)  # type: ignore[union-attr]
    user.click(user.window.output.options.box("regions"))
    assert isinstance(shown(user), Regions), "the panel still tells of them"
    user.window.curves_dock.raise_()
    user.until(lambda: shown(user) is None)
    user.play(20)
    user.pause()
    assert shown(user) is None, "nobody looks"
    user.click(user.window.output.options.box("regions"))
    user.window.curves_dock.raise_()
    user.until(lambda: is_of_now(user))
    user.window.spaces.dock.raise_()
    user.until(lambda: shown(user) is None)
    user.window.output_dock.raise_()
    user.until(lambda: is_of_now(user))


def test_where_there_are_none_the_box_says_why(relu: User) -> None:
    user, box = relu, relu.window.output.options.box("regions")
    controller = user.window.controller
    tip = box.toolTip()
    controller.set_activation("tanh")
    user.settled()
    assert (box.isEnabled(), shown(user)) == (False, None)
    assert box.toolTip().startswith("tanh bends smoothly")
    controller.set_activation("leaky-relu")
    user.settled()
    user.until(lambda: is_of_now(user))
    assert (box.isEnabled(), box.isChecked(), box.toolTip()) == (True, True, tip)
    controller.toggle_feature("x1^2")
    user.settled()
    assert not box.isEnabled()
    assert "x₁² bends the plane" in box.toolTip()
    assert shown(user) is None
    user.window.files.begin(DIGITS_DEFAULT)
    user.settled()
    user.until(lambda: user.latest.digits is not None)
    assert not box.isVisible(), "digits have no plane that could be cut"


def test_too_many_are_counted(relu: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(shown(relu), Regions)
    monkeypatch.setattr("mlp_playground.experiment.region_question.Question", partial(Question, most=20))
    relu.play()
    relu.until(lambda: isinstance(shown(relu), Patterns))
    counted = shown(relu)
    assert counted is not None
    assert len(counted) == len(np.unique(counted.numbers)) > 20  # type: ignore[union-attr]


def test_a_click_picks_a_region_and_the_panel_and_the_diagram_tell_of_it(relu: User) -> None:
    user, canvas, views = relu, relu.window.output.canvas, relu.window.regions
    resting: list[frozenset[tuple[int, int]]] = []
    views.resting_changed.connect(resting.append)
    user.until(lambda: views.panel.count.isVisible() and not views.panel.visibleRegion().isEmpty())
    found = shown(user)
    assert isinstance(found, Regions)
    assert views.panel.count.value_label.text() == str(len(found))
    middle = canvas.place().center().toPoint() + QPoint(20, 10)
    before = canvas.grab().toImage()
    user.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert canvas.showing.picked is not None
    r = found.at(*canvas.showing.picked)
    assert r is not None
    flat = [(1 + i // 8, i % 8) for i in range(16) if not found.patterns[r, i]]
    assert resting[-1] == frozenset(flat)
    assert views.panel.text.text().startswith("z = ")
    assert canvas.grab().toImage() != before
    user.play(20)
    user.pause()
    assert canvas.showing.picked is not None, "the region around the same point"
    user.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert canvas.showing.picked is None
    assert resting[-1] == frozenset()
    assert views.panel.text.text() == ASK
    user.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert canvas.showing.picked is not None
    user.window.output.options.box("folds").setChecked(True)
    user.until(lambda: user.latest.field is not None and user.latest.field.folds)
    picked, field = canvas.showing.picked, user.latest.field
    assert field is not None
    assert field.folds is not None
    middle_of_line = field.folds[0].lines[0].mean(axis=0).tolist()
    line = to_screen(canvas.place(), canvas.extent, *middle_of_line).toPoint()
    user.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=line)
    assert canvas.showing.picked == picked, "a click on a fold line is the line's"
    user.window.controller.choose_data("circle")
    user.until(lambda: is_of_now(user) and canvas.showing.picked is None)
    assert resting[-1] == frozenset()


def test_the_panel_asks_by_itself_and_says_why_not(use: Callable[..., User]) -> None:
    user = use(RELU)
    views, canvas = user.window.regions, user.window.output.canvas
    user.play(5)
    user.pause()
    assert shown(user) is None, "its tab is behind another one"
    user.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.place().center().toPoint())
    assert canvas.showing.picked is None
    views.dock.raise_()
    user.until(lambda: is_of_now(user))
    assert not canvas.showing.regions
    user.until(lambda: views.panel.count.value_label.text() == str(len(shown(user) or ())))
    user.window.controller.set_activation("tanh")
    user.until(lambda: views.panel.reason.text().startswith("tanh bends smoothly"))
    user.window.controller.set_activation("relu")
    user.until(views.panel.count.isVisible)
    views.panel.filling_chosen.emit("pattern")
    assert canvas.showing.filling == "pattern"
    assert user.window.output.options.box("regions").isChecked(), "who chooses a filling wants to see it"
    kept = remembered(user.window.pictures.showing)
    assert (kept["regions"], kept["filling"]) == (True, "pattern")
    show_again(user.window.output, {"regions": False, "filling": "slope"})
    assert (canvas.showing.regions, canvas.showing.filling) == (False, "slope")
    assert showing_of(remembered(user.window.output.canvas.showing)).filling == "slope", "without a window too"
    show_again(user.window.output, {"filling": "gold"})
    assert canvas.showing.filling == "slope"
    assert remembered(user.window.pictures.showing)["filling"] == "slope"
