"""The bar on top: every control says what is wanted, and shows what is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf

import pytest
from PySide6.QtCore import Qt, SignalInstance
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.pace import PACES
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.views.controls import Choice
from mlp_playground.views.numbers import number
from mlp_playground.views.training.transport import LEARNING_RATES, Transport

Take = Callable[..., Snapshot]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def transport(qtbot: QtBot) -> Transport:
    widget = Transport()
    qtbot.addWidget(widget)
    widget.show_config(ExperimentConfig())
    widget.show()
    return widget


def choose(qtbot: QtBot, choice: Choice, data: object) -> None:
    """Choose an entry with the keys, as a user would."""
    wanted = next(i for i in range(choice.count()) if choice.itemData(i) == data)
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    for _ in range(wanted):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentData() == data


@pytest.mark.parametrize(
    ("button", "signal"),
    [("play", "play_toggled"), ("step", "step_wanted"), ("epoch", "epoch_wanted"), ("reset", "reset_wanted")],
)
def test_each_button_says_what_is_wanted(transport: Transport, qtbot: QtBot, button: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(transport, signal)):
        qtbot.mouseClick(getattr(transport, button), LEFT)


@pytest.mark.parametrize(
    ("name", "signal", "data", "said"),
    [
        ("learning_rate", "learning_rate_changed", 0.3, [0.3]),
        ("optimizer", "optimizer_changed", "sgd", ["sgd"]),
        ("batch_size", "batch_size_changed", 64, [64]),
        ("batch_size", "batch_size_changed", 0, [0]),
        ("activation", "activation_changed", "relu", ["relu"]),
        ("penalty", "penalty_changed", "l2", ["l2", 0.001]),
        ("problem", "problem_changed", "regress", ["regress"]),
    ],
)
def test_each_choice_says_what_is_wanted(
    transport: Transport, qtbot: QtBot, name: str, signal: str, data: object, said: list[object]
) -> None:
    told: list[list[object]] = []
    instance: SignalInstance = getattr(transport, signal)
    instance.connect(lambda *values: told.append(list(values)))
    choose(qtbot, getattr(transport, name), data)
    assert told[-1] == said


def test_a_penaltys_rate_is_said_with_its_kind(transport: Transport, qtbot: QtBot) -> None:
    transport.show_config(ExperimentConfig().changed("training", l1=0.01))
    told: list[tuple[str, float]] = []
    transport.penalty_changed.connect(lambda kind, rate: told.append((kind, rate)))
    choose(qtbot, transport.penalty_rate, 0.3)
    assert told[-1] == ("l1", 0.3)


def test_without_a_penalty_its_rate_can_not_be_chosen(transport: Transport) -> None:
    assert not transport.penalty_rate.isEnabled()
    transport.show_config(ExperimentConfig().changed("training", l2=0.01))
    assert transport.penalty_rate.isEnabled()
    assert (transport.penalty.currentData(), transport.penalty_rate.currentData()) == ("l2", 0.01)


@pytest.mark.parametrize("index", range(len(PACES)))
def test_the_speed_slider_says_a_pace_and_names_it(transport: Transport, qtbot: QtBot, index: int) -> None:
    transport.speed.setValue(0 if index else 1)
    with qtbot.waitSignal(transport.pace_changed) as told:
        transport.speed.setValue(index)
    assert told.args == [PACES[index]]
    assert transport._speed_words.text() == PACES[index].label


def test_it_starts_at_full_speed_like_the_runner(transport: Transport) -> None:
    assert transport.speed.value() == len(PACES) - 1
    assert transport._speed_words.text() == "full speed"


UNUSUAL = (
    DIGITS_DEFAULT.changed("training", learning_rate=0.0123, batch_size=77, optimizer="sgd", l2=0.0042)
    .changed("network", activations=("relu", "tanh"))
    .changed("data", name="hills")
)


def test_showing_a_config_says_nothing(transport: Transport) -> None:
    told: list[object] = []
    for signal in (
        transport.learning_rate_changed, transport.optimizer_changed, transport.batch_size_changed,
        transport.activation_changed, transport.penalty_changed, transport.problem_changed, transport.pace_changed,
    ):  # fmt: skip
        signal.connect(lambda *values: told.append(values))
    for config in (UNUSUAL, ExperimentConfig(), DIGITS_DEFAULT):
        transport.show_config(config)
    assert told == []


def test_values_that_are_in_no_list_join_it_in_their_place(transport: Transport) -> None:
    transport.show_config(UNUSUAL)
    for choice, value in (
        (transport.learning_rate, 0.0123),
        (transport.batch_size, 77),
        (transport.penalty_rate, 0.0042),
    ):
        assert choice.currentData() == value
        assert choice.currentText() == number(value)
        data = [choice.itemData(i) or inf for i in range(choice.count())]
        assert data == sorted(data)
    transport.show_config(UNUSUAL)
    rates = [transport.learning_rate.itemData(i) for i in range(transport.learning_rate.count())]
    assert len(rates) == len(set(rates)) == len(LEARNING_RATES) + 1


def test_layers_of_several_activations_show_none_of_them(transport: Transport) -> None:
    transport.show_config(UNUSUAL)
    assert transport.activation.currentIndex() == -1
    transport.show_config(ExperimentConfig().changed("network", hidden=(), activations=()))
    assert not transport.activation.isEnabled()
    transport.show_config(ExperimentConfig())
    assert transport.activation.isEnabled()
    assert transport.activation.currentData() == "tanh"


@pytest.mark.parametrize(("name", "problem"), [("xor", "classify"), ("mnist", "classify"), ("hills", "regress")])
def test_the_problem_follows_the_data(transport: Transport, name: str, problem: str) -> None:
    transport.show_config(ExperimentConfig().changed("data", name=name))
    assert transport.problem.currentData() == problem


@pytest.mark.parametrize(
    ("state", "tip"),
    [
        (RunState.RUNNING, "Pause"),
        (RunState.PAUSED, "Play"),
        (RunState.DIVERGED, "Play"),
        (RunState.FAILED, "Play"),
    ],
)
def test_the_large_button_shows_what_it_would_do(transport: Transport, take: Take, state: RunState, tip: str) -> None:
    transport.show_state(replace(take(), state=state))
    assert transport.play.toolTip().startswith(tip)


@pytest.mark.parametrize(
    ("epoch", "text"), [(0, "0"), (999, "999"), (1000, "1\u202f000"), (1234567, "1\u202f234\u202f567")]
)
def test_the_epoch_is_written_in_groups(transport: Transport, take: Take, epoch: int, text: str) -> None:
    transport.show_state(replace(take(), epoch=epoch))
    assert transport.epoch_text() == text


def test_the_bar_fits_a_window_of_1280_pixels(transport: Transport) -> None:
    assert transport.minimumSizeHint().width() <= 1100
    transport.show_config(UNUSUAL)
    assert transport.minimumSizeHint().width() <= 1280


def test_all_samples_at_once_are_the_last_and_largest_batch(transport: Transport) -> None:
    transport.show_config(ExperimentConfig().changed("training", batch_size=0))
    assert transport.batch_size.currentText() == "all"
    assert transport.batch_size.currentIndex() == transport.batch_size.count() - 1


def test_the_speeds_words_have_room(transport: Transport, qtbot: QtBot) -> None:
    words = transport._speed_words
    for index, pace in enumerate(PACES):
        transport.speed.setValue(index)
        assert words.text() == pace.label
        qtbot.waitUntil(lambda: words.width() >= words.sizeHint().width())


# -- more -------------------------------------------------------------------------------------------------------------


def test_more_opens_the_other_settings_and_stays_lit_until_they_close(transport: Transport, qtbot: QtBot) -> None:
    assert transport.settings.isHidden()
    qtbot.mouseClick(transport.more, LEFT)
    assert transport.settings.isVisible()
    assert transport.more.isChecked()
    qtbot.keyClick(transport.settings.loss, Qt.Key.Key_Escape)
    assert transport.settings.isHidden()
    assert not transport.more.isChecked()


def test_a_dot_says_that_a_hidden_setting_is_not_as_usual(transport: Transport) -> None:
    plain = transport.more.grab().toImage()
    tip = transport.more.toolTip()
    transport.show_config(ExperimentConfig().changed("training", dropout=0.2, clip_norm=1))
    assert transport.more.grab().toImage() != plain
    assert transport.more.toolTip() == f"{tip}\nnot as usual: clipping 1, dropout 20\u202f%"
    assert "dropout" in transport.more.accessibleDescription()
    transport.show_config(ExperimentConfig())
    assert transport.more.grab().toImage() == plain
    assert (transport.more.toolTip(), transport.more.accessibleDescription()) == (tip, "")


def test_the_other_settings_follow_the_experiment_and_the_run(transport: Transport, take: Take, qtbot: QtBot) -> None:
    transport.show_config(ExperimentConfig().changed("training", schedule="cosine"))
    assert transport.settings.schedule.currentData() == "cosine"
    qtbot.mouseClick(transport.more, LEFT)
    before = transport.settings.curve.grab().toImage()
    transport.show_state(replace(take(), epoch=50, steps=1250))
    assert transport.settings.curve.grab().toImage() != before
