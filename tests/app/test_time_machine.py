"""The time machine in the window: back to any moment, on from there, and the future is never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.experiment.timeline import Frame
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.time_bar import FILM_TIP, PAUSE_TIP, TimeBar

TWO = ExperimentConfig().changed("network", hidden=(3, 2), activations=("tanh", "relu"))
KEY = Qt.Key


def steps_on(config: ExperimentConfig, steps: int) -> bytes:
    """The parameters of a run that nobody ever looked back in."""
    trainer = Trainer(config)
    while trainer.step_count < steps:
        trainer.step()
    return trainer.network.theta.tobytes()


def look_back(user: Any, share: float = 0.3, bar: TimeBar | None = None) -> Frame:
    """Press the slider there, and wait for the picture."""
    slider = (bar or user.window.output.time).slider
    user.until(lambda: slider.maximum() > 10)  # it has followed the run
    place = QPointF(slider.x_of(round(share * slider.maximum())), slider.height() / 2)
    user.qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place.toPoint())
    user.settled()
    user.until(lambda: user.latest.at is user.window.controller.looked_at is not None)
    frame = user.latest.at
    assert isinstance(frame, Frame)
    return frame


def test_back_while_it_trains_and_on_from_there(use: Callable[..., Any]) -> None:
    user = use(TWO)
    window = user.window
    assert not window.output.time.slider.isEnabled(), "there is no past yet"
    user.play(60)
    places = window.output.canvas.geometry(), window.output.time.geometry()
    frame = look_back(user)
    window.curves_dock.raise_()
    user.until(lambda: window.curves.chart.now is not None)
    shown = user.latest
    assert shown.state is RunState.PAUSED, "it rests"
    assert shown.theta.tobytes() == frame.theta.tobytes() == steps_on(TWO, frame.steps)
    assert shown.steps == frame.steps < shown.present.steps
    assert window.output.go_on.isVisible()
    assert (window.output.canvas.geometry(), window.output.time.geometry()) == places, "nothing moves"
    assert window.output.time.words.text().startswith("epoch ")
    assert window.curves.chart.now == frame.progress
    assert window.transport.epoch_text() == str(frame.epoch)
    # to now and back with keys, then on from there
    future = shown.present
    user.qtbot.keyClick(window, KEY.Key_End)
    user.until(lambda: user.latest.at is None and user.latest.steps == future.steps)
    assert not window.output.go_on.isVisible()
    user.qtbot.keyClick(window, KEY.Key_Comma)
    user.qtbot.keyClick(window, KEY.Key_Comma)
    user.qtbot.keyClick(window, KEY.Key_Period)
    user.until(lambda: user.latest.at in user.latest.past.frames[-2:])
    frame = look_back(user, 0.5)
    user.click(window.output.go_on)
    user.until(lambda: user.latest.at is None and user.latest.steps > frame.steps)
    assert user.latest.state is RunState.RUNNING
    on = user.pause()
    assert on.theta.tobytes() == steps_on(TWO, on.steps), "as if nobody had looked back"
    assert user.name_of("&Undo").startswith("Undo go on from epoch ")
    back = user.undo()
    assert (back.steps, back.theta.tobytes()) == (future.steps, future.theta.tobytes())
    assert back.past.frames[-1].steps > frame.steps
    again = user.redo()
    assert (again.steps, again.theta.tobytes()) == (on.steps, on.theta.tobytes())


def test_in_front_of_a_space_one_goes_through_the_run_just_so(use: Callable[..., Any]) -> None:
    user = use(TWO)
    window, panel = user.window, user.window.spaces.panel
    bars = window.output.time, panel.time
    user.play(60)
    user.pause()
    window.spaces.dock.raise_()
    user.until(lambda: panel.time.slider.isVisible() and panel.time.slider.maximum() > 10)
    answers: list[Any] = []
    window.spaces.explainer.answered.connect(answers.append)
    places = panel.view.geometry(), panel.time.geometry()
    moments: list[Frame | None] = []
    window.controller.moment_changed.connect(moments.append)
    frame = look_back(user, 0.4, panel.time)
    assert moments == [frame], "one bar shows what the other one chose, and asks for nothing"
    for bar in bars:
        assert bar.at is frame
        assert bar.slider.value() == bar.past.place(frame)
    user.until(lambda: answers and answers[-1].question.snapshot.at is frame)
    assert panel.go_on.isVisible()
    assert (panel.view.geometry(), panel.time.geometry()) == places, "nothing moves"
    # keys, wherever in the panel the focus is
    for focused in (panel.view, panel.bar.slider, panel.time.slider):
        focused.setFocus()
        user.until(focused.hasFocus)
        stage = panel.bar.slider.value()
        user.qtbot.keyClick(focused, KEY.Key_Comma)
        user.qtbot.keyClick(focused, KEY.Key_Comma)
        user.qtbot.keyClick(focused, KEY.Key_Period)
        user.until(lambda: user.latest.at is moments[-1] is not None)
        *_, later, earlier, last = (bars[0].past.place(moment) for moment in moments if moment is not None)
        assert (later, earlier) == (last, last - 1)
        user.qtbot.keyClick(focused, KEY.Key_End)
        user.until(lambda: user.latest.at is None)
        assert panel.bar.slider.value() == stage
    assert not panel.go_on.isVisible()
    # the film is one film, whichever button began it
    user.click(panel.time.film)
    assert window.time_machine.plays
    assert {bar.film.toolTip() for bar in bars} == {PAUSE_TIP}
    user.click(panel.time.film)
    assert {bar.film.toolTip() for bar in bars} == {FILM_TIP}
    frame = look_back(user, 0.5, panel.time)
    user.click(panel.go_on)
    user.until(lambda: user.latest.at is None and user.latest.steps > frame.steps)
    assert user.latest.state is RunState.RUNNING


def test_an_edit_in_the_past_goes_on_from_there_and_undo_brings_all_back(use: Callable[..., Any]) -> None:
    user = use(TWO)
    window, controller = user.window, user.window.controller
    user.play(40)
    user.pause()
    controller.add_neuron(0)
    controller.set_training(learning_rate=0.3)
    user.play(40)
    end = user.pause()
    frame = look_back(user, 0.02)
    assert controller.config == user.latest.config == frame.config == TWO, "all is as it was then"
    assert window.transport.learning_rate.currentData() == TWO.training.learning_rate
    assert user.latest.architecture.widths == (2, 3, 2, 1)
    window.network.layers[1].plus.click()
    edited = user.settled()
    assert f"up to epoch {end.epoch}." in window.statusBar().currentMessage()
    user.until(lambda: user.latest.at is None)
    assert edited.architecture.widths == (2, 3, 3, 1)
    assert edited.steps == frame.steps
    assert edited.config.training.learning_rate == TWO.training.learning_rate
    assert user.undo().theta.tobytes() == frame.theta.tobytes()
    back = user.undo()
    assert back.theta.tobytes() == end.theta.tobytes()
    assert (back.config, controller.config) == (end.config, end.config)
    # undo while looking back first comes back to now; reset there begins what was seen anew, in one change
    look_back(user, 0.02)
    assert user.undo().config.training.learning_rate == TWO.training.learning_rate
    assert controller.looked_at is None
    user.redo()
    look_back(user, 0.02)
    count = controller.undo_stack.index()
    user.click(window.transport.reset)
    assert (user.settled().steps, user.latest.config) == (0, TWO)
    assert controller.undo_stack.index() == count + 1
    assert user.undo().theta.tobytes() == end.theta.tobytes()


def test_a_step_in_the_past_is_the_next_one_after_what_is_seen(use: Callable[..., Any]) -> None:
    user = use(TWO)
    user.play(60)
    frame = look_back(user)
    user.click(user.window.transport.step)
    after = user.settled()
    assert after.steps == frame.steps + 1
    assert after.theta.tobytes() == steps_on(TWO, after.steps)


def test_the_film_comes_to_now_by_itself(use: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlp_playground.app.time_machine.SHORTEST", 400)
    monkeypatch.setattr("mlp_playground.app.time_machine.LONGEST", 400)
    user = use(TWO)
    machine = user.window.time_machine
    user.play(100)
    seen: list[int] = []
    user.window.clock.snapshot_taken.connect(
        lambda snapshot: seen.append(snapshot.steps) if snapshot.at is not None else None
    )
    user.until(user.window.output.time.film.isEnabled)
    user.click(user.window.output.time.film)
    assert machine.plays
    user.until(lambda: not machine.plays and user.latest.at is None)
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert user.latest.state is RunState.PAUSED
    user.qtbot.keyClick(user.window, KEY.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert machine.plays
    frame = look_back(user)  # a hand on the slider stops it
    assert not machine.plays
    machine.toggle_film()
    assert user.window.controller.looked_at is frame
    machine.toggle_film()
    assert not machine.plays


def test_a_draft_has_no_past(user: Any, qtbot: QtBot) -> None:
    user.play(20)
    user.pause()
    time = user.window.output.time
    user.click(user.window.data.cards["own"])
    user.settled()
    assert not time.slider.isEnabled()
    assert "drawing" in time.slider.toolTip()
    qtbot.keyClick(user.window, KEY.Key_Comma)
    user.window.time_machine.toggle_film()
    assert user.window.controller.looked_at is None
    user.undo()
    assert time.slider.isEnabled()


def test_two_moments_are_compared(use: Callable[..., Any]) -> None:
    user = use(TWO)
    window, time = user.window, user.window.output.time
    user.play(60)
    frame = look_back(user)
    user.qtbot.keyClick(window, KEY.Key_C)
    user.until(lambda: user.latest.compared is not None)
    assert user.latest.compared.steps == user.latest.present.steps
    assert user.latest.field.difference is not None
    assert time.compare.isChecked()
    assert window.output_dock.heading.title.text() == "Difference"
    with_start = time.compare.menu().actions()[0]
    with_start.trigger()
    user.until(lambda: user.latest.compared.steps == 0)
    assert user.latest.at is frame
    window.controller.reset()  # the same data, but epoch 0 of another run
    user.until(lambda: user.latest.compared is None and user.latest.steps == 0)
    assert window.output_dock.heading.title.text() == "Output"
    user.undo()
    user.qtbot.keyClick(window, KEY.Key_C)
    user.until(lambda: user.latest.compared is not None)
    window.controller.choose_data("sine")  # nothing in common
    user.until(lambda: user.latest.compared is None and user.latest.data.space == "line")
    assert window.output_dock.heading.title.text() == "Output"
    window.controller.choose_data("mnist")
    user.until(lambda: user.latest.digits is not None)
    user.settled()
    user.qtbot.keyClick(window, KEY.Key_C)
    user.until(lambda: user.latest.compared is not None and "minus" in window.network_heading.words.text())
    user.qtbot.keyClick(window, KEY.Key_C)
    user.until(lambda: user.latest.compared is None and "minus" not in window.network_heading.words.text())


def test_a_file_opens_with_its_past(use: Callable[..., Any], tmp_path: Path) -> None:
    user = use(TWO)
    window = user.window
    user.play(60)
    user.pause()
    past = [(frame.steps, frame.theta.tobytes()) for frame in user.latest.past.frames]
    assert window.files.save_as(tmp_path / "run.mlp")
    window.files.begin(ExperimentConfig())
    assert user.settled().steps == 0
    assert not window.output.time.slider.isEnabled()
    window.files.open(tmp_path / "run.mlp")
    user.until(lambda: user.latest.steps > 0 and window.output.time.slider.isEnabled())
    assert [(frame.steps, frame.theta.tobytes()) for frame in user.latest.past.frames] == past
    look_back(user)
    assert "empty memory" in window.output.go_on.toolTip()
