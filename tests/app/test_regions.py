"""The regions in the real window: live beside training, gone with what they were of, and told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from mlp_playground.analysis.patterns import Patterns
from mlp_playground.analysis.pieces import Pieces, Question
from mlp_playground.analysis.regions import Regions, regions
from mlp_playground.data.extent import Extent
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.nn.network import Network
from tests.app.conftest import User

RELU = ExperimentConfig().changed("network", hidden=(8, 8), activations=("relu", "relu"))


@pytest.fixture
def relu(use: Callable[..., User]) -> User:
    """A user before a network of ReLU neurons, with the box checked."""
    user = use(RELU)
    user.click(user.window.output.options["regions"])
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
    user.click(user.window.output.options["regions"])
    assert shown(user) is None
    user.play(20)
    user.pause()
    assert shown(user) is None, "nobody looks"


def test_where_there_are_none_the_box_says_why(relu: User) -> None:
    user, box = relu, relu.window.output.options["regions"]
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
    assert box.isVisible()
    assert not box.isEnabled()
    assert "hundreds of dimensions" in box.toolTip()


def test_too_many_are_counted(relu: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(shown(relu), Regions)
    monkeypatch.setattr("mlp_playground.experiment.region_question.Question", partial(Question, most=20))
    relu.play()
    relu.until(lambda: isinstance(shown(relu), Patterns))
    counted = shown(relu)
    assert counted is not None
    assert len(counted) == len(np.unique(counted.numbers)) > 20  # type: ignore[union-attr]
