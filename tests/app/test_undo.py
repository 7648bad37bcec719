"""Undo and redo through the window, on a real training thread: what comes back, to the bit, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.mnist_dialog import MnistDialog
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.experiment.trainer import Trainer

TWO = ExperimentConfig().changed("network", hidden=(3, 2), activations=("tanh", "relu"))

EDITS: list[tuple[str, Callable[[MainWindow], object]]] = [
    ("add neuron to layer 2", lambda w: w.network.layers[1].plus.click()),
    ("remove neuron from layer 1", lambda w: w.network.layers[0].minus.click()),
    ("remove layer 1", lambda w: w.network.layers[0].cross.click()),
    ("add layer", lambda w: w.network.inserts[1].click()),
    ("ReLU in layer 1", lambda w: w.network.activation_chosen.emit(0, "relu")),
    ("x₁² on", lambda w: w.network.feature_toggled.emit("x1^2")),
    ("freeze neuron 2 of layer 1", lambda w: w.network.freeze_wanted.emit(((0, 1),), True)),
    ("switch neuron 1 of layer 2 off", lambda w: w.network.off_wanted.emit(((1, 0),), True)),
    ("weight 0.7", lambda w: w.network.weight_edited.emit(1, 0, 2, 0.7)),
    ("bias -2", lambda w: w.network.bias_edited.emit(2, 0, -2.0)),
    ("learning rate 0.1", lambda w: w.transport.learning_rate_changed.emit(0.1)),
    ("optimizer sgd", lambda w: w.transport.optimizer_changed.emit("sgd")),
    ("batch size 50", lambda w: w.transport.batch_size_changed.emit(50)),
    ("regularization", lambda w: w.transport.penalty_changed.emit("l1", 0.01)),
    ("dropout 0.2", lambda w: w.transport.settings.training_changed.emit("dropout", 0.2)),
    ("initializer zeros", lambda w: w.transport.settings.network_changed.emit("initializer", "zeros")),
    ("noise 0.2", lambda w: w.data.noise_changed.emit(0.2)),
    ("new points", lambda w: w.data.new_points.click()),
    ("data circle", lambda w: w.data.cards["circle"].click()),
    ("data plane", lambda w: w.transport.problem_changed.emit("regress")),
    ("data MNIST", lambda w: w.data.cards["mnist"].click()),
    ("edit XOR", lambda w: w.data.edit_points.click()),
    ("empty canvas", lambda w: w.data.cards["own"].click()),
    ("new weights", lambda w: w.menus.actions["New &weights"].trigger()),
    ("reset", lambda w: w.transport.reset.click()),
]


@cache
def never_edited() -> bytes:
    """The parameters of a run of as many steps as in the test below."""
    trainer = Trainer(TWO)
    for _ in range(2):
        trainer.run_epoch()
    trainer.step()
    for epoch in (2, 3):
        trainer.run(lambda epoch=epoch: trainer.epoch == epoch)  # type: ignore[misc]
    return trainer.network.theta.tobytes()


@pytest.mark.parametrize(("name", "edit"), EDITS, ids=[name for name, _ in EDITS])
def test_an_edit_of_a_trained_run_comes_back_to_the_bit(
    use: Callable[..., Any], name: str, edit: Callable[[MainWindow], object]
) -> None:
    user = use(TWO)
    for _ in range(2):
        user.click(user.window.transport.epoch)
    user.click(user.window.transport.step)  # in the middle of an epoch
    before = user.settled()
    assert not user.window.menus.actions["&Undo"].isEnabled()
    edit(user.window)
    after = user.settled()
    assert user.name_of("&Undo") == f"Undo {name}"
    back = user.undo()
    assert back.config == before.config
    assert (back.epoch, back.steps) == (before.epoch, before.steps)
    assert np.array_equal(back.theta, before.theta)
    assert np.array_equal(back.curves, before.curves)
    assert user.window.controller.config == before.config
    assert user.name_of("&Redo") == f"Redo {name}"
    again = user.redo()
    assert again.config == after.config
    assert (again.epoch, again.steps) == (after.epoch, after.steps)
    assert np.array_equal(again.theta, after.theta)
    user.undo()
    for _ in range(2):
        user.click(user.window.transport.epoch)
    gone_on = user.settled()
    assert gone_on.theta.tobytes() == never_edited(), "as if it had never been edited"


def test_a_drag_of_the_handle_is_one_change(user: Any) -> None:
    view = user.window.network
    grip = view._layout.columns[1].grip.center().toPoint()
    user.qtbot.mouseMove(view, grip)
    user.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=grip)
    pitch = view._layout.columns[1].step
    for neurons in (1, 2, 3, 4):
        user.qtbot.mouseMove(view, grip + QPoint(0, round(neurons * max(pitch, 12))))
        user.settled()
    user.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=grip)
    wide = user.settled().config.network.hidden
    assert wide[0] >= 4
    assert user.name_of("&Undo") == f"Undo {wide[0]} neurons in layer 1"
    assert user.undo().config == ExperimentConfig()
    assert not user.window.menus.actions["&Undo"].isEnabled()
    assert user.redo().config.network.hidden == wide


def test_other_data_and_back_is_the_run_that_was_left(user: Any) -> None:
    user.play(steps=60)
    left = user.pause()
    user.click(user.window.data.cards["spiral"])
    user.play(steps=30)
    user.pause()
    back = user.undo()
    assert (back.config, back.steps, back.state) == (left.config, left.steps, RunState.PAUSED)
    assert np.array_equal(back.theta, left.theta)
    assert np.array_equal(back.curves, left.curves)


def test_a_reset_can_be_taken_back(user: Any) -> None:
    user.play(steps=60)
    learned = user.pause()
    user.click(user.window.transport.reset)
    assert user.settled().steps == 0
    user.play(steps=10)
    back = user.undo()
    assert (back.steps, back.state) == (learned.steps, RunState.PAUSED)
    assert np.array_equal(back.theta, learned.theta)


def test_undo_while_it_runs_brings_the_neuron_back_and_keeps_what_was_learned(use: Callable[..., Any]) -> None:
    user = use(TWO)
    user.play(steps=60)
    user.click(user.window.network.layers[0].minus)
    removed = user.settled()
    assert removed.config.network.hidden == (2, 2)
    user.until(lambda: user.latest.steps > removed.steps)
    back = user.undo()
    assert back.config == TWO
    assert back.state is RunState.RUNNING
    assert back.steps > removed.steps, "what was learned since stays"
    user.until(lambda: user.latest.steps > back.steps)
    again = user.redo()
    assert (again.config.network.hidden, again.state) == ((2, 2), RunState.RUNNING)
    user.pause()


def test_a_refused_change_leaves_nothing_to_undo_or_redo(user: Any, tmp_path: Path) -> None:
    user.click(user.window.network.layers[0].plus)
    user.window.controller.choose_full_mnist(tmp_path)
    user.until(lambda: [each for each in user.window.findChildren(MnistDialog) if each.isVisible()])
    user.window.findChildren(MnistDialog)[0].reject()
    user.settled()
    assert user.name_of("&Undo") == "Undo add neuron to layer 1"
    assert not user.window.menus.actions["&Redo"].isEnabled()
    assert user.undo().config == ExperimentConfig()


def test_200_changes_and_200_undos(user: Any) -> None:
    start = user.settled()
    user.click(user.window.transport.play)
    for number in range(100):
        user.window.controller.add_neuron(0)
        user.window.controller.set_training(learning_rate=0.001 + number / 1000)
    user.settled()
    assert user.latest.config.network.hidden == (101,)
    for _ in range(200):
        user.choose("&Undo")
    back = user.settled()
    assert back.config == start.config
    assert not user.window.menus.actions["&Undo"].isEnabled()
    for _ in range(200):
        user.choose("&Redo")
    assert user.settled().config.network.hidden == (101,)
    assert user.latest.config.training.learning_rate == pytest.approx(0.1)
    assert user.boxes() == []


@pytest.mark.parametrize("keys", [("z", "shift+z"), ("z", "y")])
def test_undo_and_redo_have_their_keys(user: Any, keys: tuple[str, str]) -> None:
    user.click(user.window.network.layers[0].plus)
    control = Qt.KeyboardModifier.ControlModifier
    shift = Qt.KeyboardModifier.ShiftModifier if "shift" in keys[1] else Qt.KeyboardModifier.NoModifier
    user.qtbot.keyClick(user.window, Qt.Key.Key_Z, control)
    assert user.settled().config.network.hidden == (1,)
    user.qtbot.keyClick(user.window, Qt.Key.Key_Z if "shift" in keys[1] else Qt.Key.Key_Y, control | shift)
    assert user.settled().config.network.hidden == (2,)
