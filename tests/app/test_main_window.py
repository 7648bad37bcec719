"""The window under a user's hands: mouse and keys in, pictures and words out, on a real training thread."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.app.hints import FIRST_HINT
from mlp_playground.app.key_dialog import KeyDialog
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.mnist_dialog import MnistDialog
from mlp_playground.app.self_test import count_regions, xor_with_four
from mlp_playground.app.settings import Settings
from mlp_playground.app.viewing import FINE
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment import document
from mlp_playground.experiment.config import DIGITS_DEFAULT, MNIST_FULL, OWN, DataConfig, ExperimentConfig
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.controls import Choice
from mlp_playground.views.data.data_panel import TO_CLASSIFY, TO_PREDICT
from mlp_playground.views.diagram.network_acts import acts
from mlp_playground.views.theme import DARK, LIGHT

OpenWindow = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
LONG = 20_000  # milliseconds that a slow machine gets; a fast one needs a hundredth

RUNAWAY = (
    ExperimentConfig()
    .changed("data", name="plane")
    .changed("network", hidden=(8, 8), activations=("relu", "relu"))
    .changed("training", optimizer="sgd", learning_rate=10)
)


def latest(window: MainWindow) -> Snapshot:
    assert window.clock.latest is not None
    return window.clock.latest


def settled(qtbot: QtBot, window: MainWindow) -> Snapshot:
    """Wait until everything that was sent is on screen."""
    qtbot.waitUntil(
        lambda: latest(window).revision >= window.clock._awaited and window.runner.rejected.empty(), timeout=LONG
    )
    return latest(window)


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=LONG)


def click(qtbot: QtBot, widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    qtbot.mouseClick(widget, LEFT)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier or Qt.KeyboardModifier.NoModifier)


def choose(qtbot: QtBot, choice: Choice, data: object) -> None:
    wanted = next(i for i in range(choice.count()) if choice.itemData(i) == data)
    qtbot.keyClick(choice, KEY.Key_Home)
    for _ in range(wanted):
        qtbot.keyClick(choice, KEY.Key_Down)


def where_from(window: MainWindow) -> list[MnistDialog]:
    """The open questions where the full MNIST is to come from."""
    return [each for each in window.findChildren(MnistDialog) if each.isVisible()]


def accuracy(window: MainWindow) -> float:
    return latest(window).metrics.train_accuracy or 0.0


def boxes() -> list[QMessageBox]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]


def action(window: MainWindow, text: str) -> QAction:
    return window.menus.actions[text]


def canvas(window: MainWindow) -> QImage:
    return window.output.canvas.grab().toImage()


# -- playing ----------------------------------------------------------------------------------------------------------


def test_a_new_user_meets_xor_one_neuron_and_a_hint(window: MainWindow) -> None:
    assert latest(window).config == ExperimentConfig()
    assert latest(window).epoch == 0
    assert window.banner.isVisible()
    assert window.banner.text == FIRST_HINT
    assert window.transport.epoch_text() == "0"
    assert window.network.layers[0].count.text() == "1 neuron"


def test_xor_defeats_one_neuron_and_not_four(open_window: OpenWindow, qtbot: QtBot) -> None:
    """The story that the hint tells, click by click. Seed 3 and ReLU, whose four neurons are known to find the way."""
    window = open_window(xor_with_four().changed("network", hidden=(1,)))
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).epoch > 100)
    assert accuracy(window) < 0.8
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).state is RunState.PAUSED)
    click(qtbot, window.transport.reset)
    for _ in range(3):
        click(qtbot, window.network.layers[0].plus)
        settled(qtbot, window)
    assert window.network.layers[0].count.text() == "4 neurons"
    before = canvas(window)
    click(qtbot, window.transport.play)
    until(qtbot, lambda: accuracy(window) == 1.0)
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).state is RunState.PAUSED)
    until(qtbot, lambda: window.output.train_accuracy.value_label.text() == "100.0\u202f%")
    assert canvas(window) != before
    window.output.options.box("test_points").setChecked(False)
    window.output.options.box("boundary").setChecked(False)
    assert count_regions(window.output.canvas) == 4


def test_a_click_and_space_both_play_and_pause(window: MainWindow, qtbot: QtBot) -> None:
    for act in (lambda: click(qtbot, window.transport.play), lambda: press(qtbot, window, KEY.Key_Space)):
        act()
        until(qtbot, lambda: latest(window).state is RunState.RUNNING and latest(window).epoch > 0)
        until(qtbot, lambda: window.transport.play.toolTip().startswith("Pause"))
        act()
        until(qtbot, lambda: latest(window).state is RunState.PAUSED)
        until(qtbot, lambda: window.transport.play.toolTip().startswith("Play"))
        assert window.statusBar().isVisible()


@pytest.mark.parametrize("where", ["learning_rate", "speed", "play", "activation"])
def test_space_plays_wherever_the_focus_is(window: MainWindow, qtbot: QtBot, where: str) -> None:
    getattr(window.transport, where).setFocus()
    press(qtbot, window, KEY.Key_Space)
    until(qtbot, lambda: latest(window).state is RunState.RUNNING)


def test_step_epoch_and_reset_by_click_and_by_key(window: MainWindow, qtbot: QtBot) -> None:
    for step, epoch, reset in (
        (
            lambda: click(qtbot, window.transport.step),
            lambda: click(qtbot, window.transport.epoch),
            lambda: click(qtbot, window.transport.reset),
        ),
        (
            lambda: press(qtbot, window, KEY.Key_S),
            lambda: press(qtbot, window, KEY.Key_E),
            lambda: press(qtbot, window, KEY.Key_R),
        ),
    ):
        step()
        assert settled(qtbot, window).steps == 1
        epoch()
        assert (settled(qtbot, window).epoch, latest(window).steps) == (1, 25)
        until(qtbot, lambda: window.transport.epoch_text() == "1")
        first = latest(window).theta
        reset()
        assert (settled(qtbot, window).epoch, latest(window).steps) == (0, 0)
        assert not np.array_equal(latest(window).theta, first)


def test_a_slow_pace_is_slow(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.transport.speed, KEY.Key_Home)
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).steps >= 1)
    began = time.monotonic()
    until(qtbot, lambda: latest(window).steps >= 2)
    assert time.monotonic() - began > 0.5
    assert latest(window).steps < 10


def test_keys_that_mean_nothing_do_nothing(window: MainWindow, qtbot: QtBot) -> None:
    before = settled(qtbot, window)
    for key in (KEY.Key_Escape, KEY.Key_X, KEY.Key_1, KEY.Key_Return, KEY.Key_Delete, KEY.Key_Backspace, KEY.Key_Down):
        for widget in (window, window.network, window.output.canvas, window.transport):
            qtbot.keyClick(widget, key)
    for place in (QPoint(1, 1), QPoint(300, 250)):
        qtbot.mouseClick(window.network, Qt.MouseButton.RightButton, pos=place)
        qtbot.mouseDClick(window.output.canvas, LEFT, pos=place)
    qtbot.wait(50)
    after = settled(qtbot, window)
    assert (after.config, after.epoch, after.state) == (before.config, 0, RunState.PAUSED)
    assert window.isVisible()
    assert boxes() == []


# -- building ---------------------------------------------------------------------------------------------------------


def test_layers_come_and_go_by_click_and_the_run_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.transport.epoch)
    settled(qtbot, window)
    network = window.network
    for button, hidden in (
        (lambda: network.layers[0].plus, (2,)),
        (lambda: network.inserts[1], (2, 2)),
        (lambda: network.layers[1].plus, (2, 3)),
        (lambda: network.layers[0].cross, (3,)),
        (lambda: network.layers[0].minus, (2,)),
        (lambda: network.inserts[0], (2, 2)),
        (lambda: network.layers[1].cross, (2,)),
        (lambda: network.layers[0].minus, (1,)),
        (lambda: network.layers[0].minus, ()),
        (lambda: network.inserts[0], (2,)),
    ):
        click(qtbot, button())
        after = settled(qtbot, window)
        assert after.config.network.hidden == hidden
        assert after.architecture.widths[1:-1] == hidden
        assert after.epoch == 1, "nothing learned is thrown away"
        assert len(network.layers) == len(hidden)
    assert boxes() == []


def test_a_feature_is_switched_by_a_click_and_the_last_one_stays(window: MainWindow, qtbot: QtBot) -> None:
    def feature(index: int) -> None:
        layout = window.network._layout
        assert layout is not None
        qtbot.mouseClick(window.network, LEFT, pos=layout.columns[0].cells[index].center().toPoint())

    feature(4)
    assert settled(qtbot, window).config.features == ("x1", "x2", "x1*x2")
    feature(0)
    feature(1)
    assert settled(qtbot, window).config.features == ("x1*x2",)
    feature(4)
    until(qtbot, lambda: len(boxes()) == 1)
    assert "at least one feature" in boxes()[0].informativeText()
    boxes()[0].accept()
    assert settled(qtbot, window).config.features == ("x1*x2",)


@pytest.mark.parametrize(
    ("name", "data", "part", "expected"),
    [
        ("learning_rate", 0.3, "training", {"learning_rate": 0.3}),
        ("optimizer", "sgd", "training", {"optimizer": "sgd"}),
        ("batch_size", 64, "training", {"batch_size": 64}),
        ("activation", "relu", "network", {"activations": ("relu",)}),
        ("penalty", "l2", "training", {"l2": 0.001}),
        ("problem", "regress", "data", {"name": "plane"}),
    ],
)
def test_each_choice_of_the_bar_reaches_the_run(
    window: MainWindow, qtbot: QtBot, name: str, data: object, part: str, expected: dict[str, object]
) -> None:
    choose(qtbot, getattr(window.transport, name), data)
    config = settled(qtbot, window).config
    assert {key: getattr(getattr(config, part), key) for key in expected} == expected
    assert config == ExperimentConfig().changed(part, **expected)  # type: ignore[arg-type]


def test_one_layers_activation_is_chosen_in_its_menu(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.network.inserts[1])
    settled(qtbot, window)
    window.network.layers[1].activation.menu().actions()[1].trigger()
    config = settled(qtbot, window).config
    assert config.network.activations[0] == "tanh" != config.network.activations[1]
    assert window.transport.activation.currentIndex() == -1


def test_data_sliders_and_new_points_reach_the_run(window: MainWindow, qtbot: QtBot) -> None:
    points = latest(window).data.train.X
    qtbot.keyClick(window.data.noise.slider, KEY.Key_End)
    until(qtbot, lambda: latest(window).config.data.noise == 0.5)
    qtbot.keyClick(window.data.samples.slider, KEY.Key_Home)
    until(qtbot, lambda: latest(window).config.data.samples == 50)
    qtbot.keyClick(window.data.test_share.slider, KEY.Key_Home)
    until(qtbot, lambda: latest(window).config.data.test_share == 0.1)
    assert len(latest(window).data.train) == 45
    click(qtbot, window.data.new_points)
    assert settled(qtbot, window).config.data.seed == 1
    assert latest(window).data.train.X.shape != points.shape


def test_hovering_a_neuron_shows_it_large_and_leaving_shows_the_answer(window: MainWindow, qtbot: QtBot) -> None:
    until(qtbot, lambda: window.output.canvas._snapshot.field.answer.levels().shape == (FINE, FINE))
    answer = canvas(window)
    layout = window.network._layout
    assert layout is not None
    qtbot.mouseMove(window.network, layout.columns[1].cells[0].center().toPoint())
    until(qtbot, lambda: window.output_dock.heading.title.text() == "Layer 1 · neuron 1")
    assert latest(window).field is not None
    assert canvas(window) != answer
    qtbot.mouseMove(window.network, layout.columns[0].cells[4].center().toPoint())
    assert window.output_dock.heading.title.text() == "x₁x₂"
    qtbot.mouseMove(window.network, QPoint(3, 300))
    assert window.output_dock.heading.title.text() == "Output"
    settled(qtbot, window)
    assert canvas(window) == answer


def test_two_edits_of_which_the_second_is_refused_keep_the_first(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Both are on their way before a picture comes; going back must not go behind what was accepted."""
    window.controller.add_neuron(0)
    window.controller.choose_full_mnist(tmp_path)
    until(qtbot, lambda: len(where_from(window)) == 1)
    assert "missing" in where_from(window)[0].message
    where_from(window)[0].reject()
    after = settled(qtbot, window)
    assert after.config.network.hidden == (2,)
    assert window.controller.config == after.config
    click(qtbot, window.network.layers[0].plus)
    assert settled(qtbot, window).config.network.hidden == (3,)
    assert boxes() == []


# -- other data -------------------------------------------------------------------------------------------------------

SHOWN = {"parity": "bits ", "sine": "x = ", "step": "x = ", "chirp": "x = "}


def test_every_card_in_turn_trains_and_shows_something(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.transport.play)
    pictures: list[QImage] = []
    for names in (TO_CLASSIFY[1:], TO_PREDICT):
        window.controller.choose_problem(DataConfig(name=names[0]).problem)
        for name in names:
            if name in (MNIST_FULL, OWN):  # ask for files, or for a drawing
                continue
            settled(qtbot, window)
            click(qtbot, window.data.cards[name])
            until(qtbot, lambda n=name: latest(window).config.data.name == n and latest(window).epoch > 1)  # type: ignore[misc]
            qtbot.waitUntil(lambda: window.output.train_loss.value_label.text() not in ("–", "too large"))
            assert latest(window).state is RunState.RUNNING
            view = window.output.digits if name == "mnist" else window.output.canvas
            assert view.isVisible()
            pictures.append(view.grab().toImage())
            assert window.network.grab().toImage() != pictures[-1]
            middle = view.place().center() if view is window.output.canvas else QPointF(20, 60)
            told = view.many if view is window.output.digits else view
            assert told.words_at(middle.x(), middle.y()).startswith(SHOWN.get(name, "" if name == "mnist" else "x₁ = "))
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[i + 1 :])
    assert boxes() == []


@pytest.mark.parametrize(
    ("name", "slider", "key", "value"), [("spiral5", "turns", KEY.Key_End, 3.0), ("parity", "bits", KEY.Key_Home, 2)]
)
def test_turns_and_bits_reach_the_run(
    open_window: OpenWindow, qtbot: QtBot, name: str, slider: str, key: Qt.Key, value: float
) -> None:
    window = open_window(ExperimentConfig().changed("data", name=name))
    before = latest(window).data.train.X
    labelled = getattr(window.data, slider)
    assert labelled.isVisible()
    qtbot.keyClick(labelled.slider, key)
    until(qtbot, lambda: getattr(latest(window).config.data, slider) == value)
    assert not np.array_equal(settled(qtbot, window).data.train.X, before)
    assert latest(window).architecture.widths[0] == 2
    assert len(window.network._layout.columns[0].cells) == (2 if slider == "bits" else 7)  # type: ignore[union-attr]
    assert boxes() == []


@pytest.mark.parametrize(("name", "count"), [("xor", 7), ("spiral3", 7), ("parity", 0), ("sine", 0), ("mnist", 0)])
def test_the_menu_ticks_features_where_they_count(open_window: OpenWindow, qtbot: QtBot, name: str, count: int) -> None:
    window = open_window(ExperimentConfig().changed("data", name=name))
    settled(qtbot, window)
    features = [window.menus.actions[feature.label] for feature in FEATURES.values()]
    assert sum(each.isEnabled() for each in features) == count
    assert sum(each.isChecked() for each in features) == (2 if count else 0)


# -- digits -----------------------------------------------------------------------------------------------------------


def test_mnist_is_a_click_away_and_is_learned(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    click(qtbot, window.data.cards["mnist"])
    after = settled(qtbot, window)
    assert after.config == DIGITS_DEFAULT
    assert window.output.digits.isVisible()
    assert not window.output.canvas.isVisible()
    assert window.data.noise.isHidden()
    until(qtbot, lambda: "4\u202f000 digits" in window.data._counts.text())
    assert not window.banner.isVisible(), "the hint spoke of XOR"
    before = window.output.digits.grab().toImage()
    click(qtbot, window.transport.play)
    until(qtbot, lambda: (latest(window).metrics.test_accuracy or 0) > 0.6)
    assert window.output.digits.grab().toImage() != before
    click(qtbot, window.data.cards["circle"])
    settled(qtbot, window)
    until(qtbot, window.output.canvas.isVisible)
    assert latest(window).config.network.hidden == (1,)
    assert latest(window).state is RunState.RUNNING


def test_digits_are_straightened_by_a_click_and_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(DIGITS_DEFAULT.changed("network", hidden=(3,), activations=("relu",)))
    written = settled(qtbot, window).data.test.X
    click(qtbot, window.data.deskew)
    after = settled(qtbot, window)
    assert after.config.data.deskew
    assert not np.array_equal(after.data.test.X, written)
    click(qtbot, window.data.deskew)
    assert np.array_equal(settled(qtbot, window).data.test.X, written)


def test_the_full_mnist_asks_where_from(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.data.cards["mnist-full"])
    dialog = where_from(window)[0]
    assert window.data.cards["xor"].isChecked(), "nothing is chosen yet"
    click(qtbot, dialog.sample)
    until(qtbot, lambda: latest(window).config.data.name == "mnist")
    assert window.data.cards["mnist"].isChecked()


def test_a_refused_folder_changes_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for name in (
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ):
        (tmp_path / name).write_bytes(b"nonsense")
    click(qtbot, window.transport.epoch)
    before = settled(qtbot, window)
    window.controller.choose_full_mnist(tmp_path)
    until(qtbot, lambda: len(where_from(window)) == 1)
    assert "train-images-idx3-ubyte" in where_from(window)[0].message
    where_from(window)[0].reject()
    after = settled(qtbot, window)
    assert (after.config, after.epoch) == (before.config, 1)
    assert window.controller.config == before.config
    assert window.data.cards["xor"].isChecked()


# -- divergence -------------------------------------------------------------------------------------------------------


def test_divergence_is_told_in_words_and_a_lower_rate_recovers(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(RUNAWAY)
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).state is RunState.DIVERGED)
    until(qtbot, window.banner.isVisible)
    assert "diverged" in window.banner.text
    assert "learning rate of 10" in window.banner.text
    assert "try 1" in window.banner.text
    assert np.isfinite(latest(window).theta).all()
    assert boxes() == []
    choose(qtbot, window.transport.learning_rate, 0.003)
    click(qtbot, window.transport.reset)
    settled(qtbot, window)
    until(qtbot, lambda: not window.banner.isVisible())
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).epoch > 3)
    assert latest(window).state is RunState.RUNNING


def test_a_warning_that_was_read_and_closed_stays_closed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(RUNAWAY)
    click(qtbot, window.transport.play)
    until(qtbot, window.banner.isVisible)
    click(qtbot, window.banner.close_button)
    assert not window.banner.isVisible()
    layout = window.network._layout
    assert layout is not None
    before = latest(window)
    qtbot.mouseMove(window.network, layout.columns[1].cells[0].center().toPoint())
    until(qtbot, lambda: latest(window) is not before)
    assert latest(window).state is RunState.DIVERGED
    assert not window.banner.isVisible()
    click(qtbot, window.transport.play)
    until(qtbot, window.banner.isVisible)


# -- files ------------------------------------------------------------------------------------------------------------


def test_what_is_saved_is_opened_again_with_weights_epoch_and_curves(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(ExperimentConfig().changed("network", hidden=(3,)).changed(features=("x1", "x1*x2")))
    for _ in range(3):
        click(qtbot, window.transport.epoch)
    saved = settled(qtbot, window)
    window.files.save_as(tmp_path / "mine.mlp")
    assert boxes() == []
    click(qtbot, window.data.cards["spiral"])
    click(qtbot, window.transport.play)
    settled(qtbot, window)
    window.files.open(tmp_path / "mine.mlp")
    opened = settled(qtbot, window)
    assert (opened.config, opened.epoch, opened.steps, opened.state) == (saved.config, 3, 75, RunState.PAUSED)
    assert np.array_equal(opened.theta, saved.theta)
    assert np.array_equal(opened.curves, saved.curves)
    assert window.data.cards["xor"].isChecked()
    assert window.settings.recent == [tmp_path / "mine.mlp"]
    again = open_window()
    again.files.open(tmp_path / "mine.mlp")
    assert np.array_equal(settled(qtbot, again).theta, saved.theta)
    assert not again.banner.isVisible()


def good_file(path: Path) -> Moment:
    moment = Trainer(ExperimentConfig()).moment()
    document.save(Document(moment), path)
    return moment


def changed_file(path: Path, **values: object) -> None:
    """A file in whose text something else stands."""
    good_file(path)
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members[document.TEXT] = json.dumps({**json.loads(members[document.TEXT]), **values}).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


BAD: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_text(""),
    "not text": lambda path: path.write_bytes(bytes(range(256))),
    "another's": lambda path: path.write_text('{"format": "something else"}'),
    "a list": lambda path: path.write_text("[1, 2]"),
    "cut": lambda path: (good_file(path), path.write_bytes(path.read_bytes()[:300])),
    "newer": lambda path: changed_file(path, version=99),
    "wrong value": lambda path: changed_file(path, config={"data": {"noise": 7}}),
    "too few weights": lambda path: document.save(
        Document(replace(good_file(path), theta=np.ones(2, np.float32), memory={})), path
    ),
    "weights of another network": lambda path: changed_file(
        path, config={"network": {"hidden": [2], "activations": ["tanh"]}}
    ),
    "missing": lambda path: None,
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_dialog_with_the_reason_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "bad.mlp"
    BAD[kind](path)
    click(qtbot, window.transport.epoch)
    click(qtbot, window.network.layers[0].plus)
    before = settled(qtbot, window)
    window.files.open(path)
    until(qtbot, lambda: len(boxes()) == 1)
    box = boxes()[0]
    assert len(box.informativeText()) > 15
    assert "Traceback" not in box.informativeText()
    box.accept()
    after = settled(qtbot, window)
    assert (after.config, after.epoch) == (before.config, 1)
    assert np.array_equal(after.theta, before.theta)
    assert window.controller.config == before.config
    assert window.transport.epoch_text() == "1"
    assert boxes() == []
    assert path not in window.settings.recent
    assert window.isWindowModified(), "what was done is still not saved"
    action(window, "&Undo").trigger()
    assert settled(qtbot, window).config == ExperimentConfig()


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_the_picture_is_exported_as_on_screen(window: MainWindow, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"picture{ending}"
    window.pictures.export(path)
    assert path.stat().st_size > 1000
    assert str(path) in window.statusBar().currentMessage()
    assert boxes() == []


@pytest.mark.parametrize("name", ["picture.gif", "nowhere/picture.png"])
def test_a_picture_that_can_not_be_saved_is_a_dialog(window: MainWindow, tmp_path: Path, name: str) -> None:
    window.pictures.export(tmp_path / name)
    assert len(boxes()) == 1
    boxes()[0].accept()
    assert list(tmp_path.glob("**/picture*")) == []


def test_a_save_that_fails_is_a_dialog(window: MainWindow, tmp_path: Path) -> None:
    window.files.save_as(tmp_path / "nowhere" / "mine.mlp")
    assert len(boxes()) == 1
    assert "mine.mlp" in boxes()[0].text()
    boxes()[0].accept()


def test_the_file_menu_asks_for_names(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves = iter([("one", ""), ("two", "SVG, vectors (*.svg)"), ("", "")])
    asked: list[str] = []

    def type_a_name(dialog: QFileDialog) -> int:
        asked.append(dialog.selectedFiles()[0])
        name, kind = next(saves)
        if kind:
            dialog.selectNameFilter(kind)
            dialog.filterSelected.emit(kind)
        dialog.selectFile(str(tmp_path / name))
        return int(bool(name))

    monkeypatch.setattr(QFileDialog, "exec", type_a_name)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "one.mlp"), ""))
    action(window, "Save &as…").trigger()
    assert (tmp_path / "one.mlp").is_file()
    dialog = window.pictures.ask_export()
    assert dialog is not None
    dialog.save.click()
    assert (tmp_path / "two.svg").is_file()
    action(window, "&Open…").trigger()
    settled(qtbot, window)
    assert Path(asked[0]).name == "xor.mlp"
    files = sorted(tmp_path.iterdir())
    action(window, "Save &as…").trigger()  # called off
    assert sorted(tmp_path.iterdir()) == files
    assert boxes() == []


def test_recent_files_are_offered(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.files.save_as(tmp_path / "mine.mlp")
    click(qtbot, window.network.layers[0].plus)
    settled(qtbot, window)
    from mlp_playground.app.window_menu import Menus

    Menus.fill_recent(window.menus.recent, window.settings.recent, window.files.open)
    (entry,) = window.menus.recent.actions()
    assert entry.text() == "mine.mlp"
    entry.trigger()
    assert settled(qtbot, window).config == ExperimentConfig()


def test_the_picture_is_copied(window: MainWindow) -> None:
    action(window, "&Copy picture").trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1200, 1120)
    QGuiApplication.clipboard().clear()


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drag files onto the window and let go; whether it would take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = QPointF(window.rect().center())
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle.toPoint(), action, data, LEFT, none)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(middle, action, data, LEFT, none))
    return enter.isAccepted()


def test_an_experiment_is_dropped_onto_the_window(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    click(qtbot, window.transport.epoch)
    settled(qtbot, window)
    window.files.save_as(tmp_path / "mine.mlp")
    click(qtbot, window.data.cards["circle"])
    settled(qtbot, window)
    assert drop(window, tmp_path / "mine.mlp")
    after = settled(qtbot, window)
    assert (after.config.data.name, after.epoch) == ("xor", 1)


def test_other_things_are_not_taken_or_say_why(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    one, two = tmp_path / "one.doc", tmp_path / "two.doc"
    for path in (one, two):
        path.write_text("hello")
    assert not drop(window, one, two)
    assert not drop(window)
    assert drop(window, one)
    assert len(boxes()) == 1
    assert "one.doc" in boxes()[0].text()
    boxes()[0].accept()
    assert drop(window, tmp_path)
    assert "does not have the four files" in where_from(window)[0].message
    where_from(window)[0].reject()
    assert settled(qtbot, window).config == ExperimentConfig()


def test_a_new_experiment_begins_again_whatever_was_before(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(2):
        click(qtbot, window.network.layers[0].plus)
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).epoch > 2)
    for _ in range(2):  # the second time from the same experiment
        action(window, "&New experiment").trigger()
        after = settled(qtbot, window)
        assert (after.config, after.epoch, after.state) == (ExperimentConfig(), 0, RunState.PAUSED)
        assert window.network.layers[0].count.text() == "1 neuron"
        assert window.banner.text == FIRST_HINT
        assert boxes() == []
        click(qtbot, window.transport.epoch)
        settled(qtbot, window)


# -- the window itself ------------------------------------------------------------------------------------------------


def test_light_and_dark(window: MainWindow, qtbot: QtBot) -> None:
    pictures = {}
    for name, theme in (("&Dark", DARK), ("&Light", LIGHT)):
        action(window, name).trigger()
        assert window.settings.theme == theme.name
        image = window.grab().toImage()
        assert image.pixelColor(image.width() - 3, image.height() // 2).name() == theme.background
        pictures[name] = image
    assert pictures["&Dark"] != pictures["&Light"]
    assert boxes() == []


def test_panels_are_hidden_shown_and_put_back(window: MainWindow, qtbot: QtBot) -> None:
    docks = (window.data_dock, window.output_dock, window.curves_dock)
    window.resize(1280, 900)  # else it grows when all three stand below each other
    qtbot.wait(30)
    places = [dock.geometry() for dock in docks]
    for dock in docks:
        click(qtbot, dock.heading.close_button)
        assert not dock.isVisible()
        dock.toggleViewAction().trigger()
        assert dock.isVisible()
    click(qtbot, window.curves_dock.heading.close_button)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.data_dock)
    window.output_dock.setFloating(True)
    qtbot.wait(30)
    action(window, "Reset &layout").trigger()
    qtbot.wait(30)
    assert all(dock.isVisible() and not dock.isFloating() for dock in docks)
    for dock, place in zip(docks, places, strict=True):
        assert abs(dock.geometry().center().x() - place.center().x()) < 30
        assert abs(dock.geometry().center().y() - place.center().y()) < 30


def test_data_network_and_output_stand_from_left_to_right(window: MainWindow) -> None:
    def left(widget: QWidget) -> int:
        return widget.mapTo(window, QPoint(0, 0)).x()

    assert left(window.data) < left(window.network) < left(window.output)
    assert window.output_dock.geometry().bottom() < window.curves_dock.geometry().top()
    assert window.output.canvas.height() > 250


def test_place_panels_and_theme_are_remembered(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.curves_dock.close()
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.data_dock)
    action(window, "&Dark").trigger()
    qtbot.wait(30)
    window.close()
    place = window.settings.geometry
    restored: list[QByteArray] = []
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda _, geometry: restored.append(geometry) is None)
    again = open_window(settings=Settings(tmp_path / "window.ini"))
    qtbot.wait(30)
    assert not place.isEmpty()
    assert restored == [place]
    assert not again.curves_dock.isVisible()
    assert again.dockWidgetArea(again.data_dock) is Qt.DockWidgetArea.RightDockWidgetArea
    assert again.settings.theme == "dark"


def test_a_panels_width_is_remembered(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    open_window().close()
    window = open_window(settings=Settings(tmp_path / "window.ini"))  # as large as the test's screen lets it be
    window.resizeDocks([window.data_dock], [230], Qt.Orientation.Horizontal)
    qtbot.wait(30)
    assert window.data_dock.width() > 200
    widths = [window.width(), window.data_dock.width(), window.output_dock.width()]
    window.close()
    again = open_window(settings=Settings(tmp_path / "window.ini"))
    qtbot.wait(30)
    assert [again.width(), again.data_dock.width(), again.output_dock.width()] == pytest.approx(widths, abs=2)


def test_broken_settings_open_a_usable_window(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "broken.ini"
    file.write_bytes(b"[window]\ngeometry=@ByteArray(nonsense)\npanels=@ByteArray(\\x1\\x2)\n[General]\ntheme=3\n")
    window = open_window(settings=Settings(file))
    assert window.data_dock.isVisible()
    assert window.width() > 600


def test_the_picture_grows_with_the_window(window: MainWindow, qtbot: QtBot) -> None:
    before = window.output.canvas.width()
    window.resize(1600, 900)
    qtbot.wait(30)
    assert window.output.canvas.width() > before + 60
    window.resize(1280, 800)
    qtbot.wait(30)
    assert abs(window.output.canvas.width() - before) < 30


def test_closing_while_training_ends_the_thread_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(xor_with_four())
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).epoch > 5)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 1.0
    assert not window.runner._thread.is_alive()
    assert not window.isVisible()


def test_closing_at_once_is_fine(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(None, Settings(tmp_path / "window.ini"), Recovery(tmp_path / "recovery"))
    qtbot.addWidget(window)
    window.show()
    window.close()
    assert not window.runner._thread.is_alive()
    qtbot.wait(50)


def test_two_windows_are_two_experiments(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    one, two = open_window(), open_window(ExperimentConfig().changed("data", name="circle"))
    click(qtbot, one.network.layers[0].plus)
    click(qtbot, one.transport.play)
    click(qtbot, two.transport.play)
    until(qtbot, lambda: latest(one).epoch > 3 and latest(two).epoch > 3)
    one.close()
    reached = latest(two).epoch
    until(qtbot, lambda: latest(two).epoch > reached)
    assert (latest(one).config.network.hidden, latest(two).config.network.hidden) == ((2,), (1,))
    assert (latest(one).config.data.name, latest(two).config.data.name) == ("xor", "circle")


def test_help_lists_every_key(window: MainWindow, qtbot: QtBot) -> None:
    action(window, "&Keys").trigger()
    dialog = window.findChild(KeyDialog)
    assert dialog.isVisible()
    text = dialog.table.text()
    for key in ("Space", "Ctrl+S", "Ctrl+E", "F11", "R"):
        assert key in text
    assert window.clock.latest is not None
    for act in acts(window.network, window.clock.latest, (1, 0)):
        key = "" if act is None else {"Return": "Enter", "Del": "Delete", "-": "−"}.get(act.key, act.key)
        assert key.replace("Shift+Del", "Shift+Delete") in text
    assert dialog.table.sizeHint().height() < 640, "it fits on a small screen, in larger letters too"
    action(window, "&Keys").trigger()
    assert len(window.findChildren(KeyDialog)) == 1
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(KeyDialog) is None)
    action(window, "&About").trigger()
    assert "MNIST" in boxes()[0].informativeText()
    boxes()[0].accept()


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [each.shortcut().toString() for each in window.menus.actions.values() if not each.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


def test_full_screen_and_back(window: MainWindow) -> None:
    action(window, "&Full screen").trigger()
    assert window.isFullScreen()
    action(window, "&Full screen").trigger()
    assert not window.isFullScreen()


def test_a_failure_in_the_run_is_told_and_reset_goes_on(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from mlp_playground.experiment import runner

    observe = runner.observe

    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("inside the trainer")

    monkeypatch.setattr(runner, "observe", fail)
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).state is RunState.FAILED)
    assert "inside the trainer" in window.banner.text
    monkeypatch.setattr(runner, "observe", observe)
    click(qtbot, window.transport.reset)
    until(qtbot, lambda: latest(window).state is RunState.PAUSED)
    until(qtbot, lambda: "inside" not in window.banner.text)


@pytest.mark.parametrize(
    ("layers", "width", "name"),
    [
        *((layers, width, name) for layers, width in ((1, 1), (3, 8), (6, 8), (6, 128)) for name in ("xor", "mnist")),
        *((3, 8, name) for name in ("spiral5", "parity", "sine")),
    ],
)
def test_at_1280_by_800_nothing_is_cut_off(
    open_window: OpenWindow, qtbot: QtBot, layers: int, width: int, name: str
) -> None:
    base = DIGITS_DEFAULT if name == "mnist" else ExperimentConfig().changed("data", name=name, bits=10)
    window = open_window(base.changed("network", hidden=(width,) * layers, activations=("sigmoid",) * layers))
    settled(qtbot, window)
    assert (window.width(), window.height()) == (1280, 800)
    for widget in (window.transport, window.data, window.output, window.curves):
        assert window.rect().contains(widget.mapTo(window, widget.rect().center()))
        least = widget.minimumSizeHint()
        assert widget.width() >= least.width()
        assert widget.height() >= least.height()
    for child in window.transport.findChildren(QWidget):
        if child.isVisible():
            place = child.mapTo(window.transport, QPoint(0, 0))
            assert place.x() >= 0
            assert place.x() + child.width() <= window.transport.width()


# -- more settings and the plan ---------------------------------------------------------------------------------------

PLANNED = ExperimentConfig().changed("training", schedule="cosine", planned_epochs=20)


def test_the_settings_behind_more_reach_the_run(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.transport.more)
    settings = window.transport.settings
    first = latest(window).theta.tobytes()
    for choice, data in (
        (settings.loss, "tanh-squared"),
        (settings.schedule, "step"),
        (settings.clip_norm, 0.3),
        (settings.dropout, 0.2),
        (settings.initializer, "constant"),
    ):
        choose(qtbot, choice, data)
    for field, text in ((settings.planned_epochs, "70"), (settings.scale, "0.25")):
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, KEY.Key_Return)
    settings.close()
    snapshot = settled(qtbot, window)
    training, network = snapshot.config.training, snapshot.config.network
    assert (training.loss, training.schedule, training.planned_epochs) == ("tanh-squared", "step", 70)
    assert (training.clip_norm, training.dropout) == (0.3, 0.2)
    assert (network.initializer, network.initializer_scale) == ("constant", 0.25)
    assert snapshot.architecture.head == "tanh-squared"
    assert snapshot.theta.tobytes() != first, "before the first step it starts from them at once"
    assert set(snapshot.theta.tolist()) == {0.0, 0.25}
    assert boxes() == []


def test_after_the_first_step_first_weights_wait_for_the_reset(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.transport.step)
    learned = settled(qtbot, window).theta.tobytes()
    click(qtbot, window.transport.more)
    choose(qtbot, window.transport.settings.initializer, "zeros")
    window.transport.settings.close()
    assert settled(qtbot, window).theta.tobytes() == learned
    click(qtbot, window.transport.reset)
    assert set(settled(qtbot, window).theta.tolist()) == {0.0}


def test_from_classes_to_numbers_the_loss_becomes_the_usual_one(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(ExperimentConfig().changed("training", loss="tanh-squared"))
    choose(qtbot, window.transport.problem, "regress")
    assert settled(qtbot, window).architecture.head == "regression"
    assert window.transport.settings.loss.currentData() == "auto"
    assert boxes() == []


def test_at_the_end_of_the_plan_it_rests_and_says_why(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(PLANNED)
    click(qtbot, window.transport.play)
    until(qtbot, window.banner.isVisible)
    assert "planned 20 epochs are done" in window.banner.text
    assert window.banner.text.endswith("You find both under More.")
    assert (latest(window).state, latest(window).epoch) == (RunState.PAUSED, 20)
    assert window.transport.play.toolTip().startswith("Play")
    click(qtbot, window.banner.close_button)
    assert not window.banner.isVisible()
    click(qtbot, window.transport.play)
    until(qtbot, window.banner.isVisible)
    assert latest(window).epoch == 20
    window.controller.set_training(planned_epochs=40)
    until(qtbot, lambda: not window.banner.isVisible())
    click(qtbot, window.transport.play)
    until(qtbot, lambda: latest(window).epoch == 40)
    assert boxes() == []


def test_only_the_words_that_were_read_stay_away(window: MainWindow, qtbot: QtBot) -> None:
    """The hint is closed while it plays; the plan then ends with the same command as the last."""
    settled(qtbot, window)
    window.clock.stop()
    click(qtbot, window.banner.close_button)
    done = replace(latest(window), reason="The plan is done.")
    window.hints.show_state(done)
    assert window.banner.isVisible()
    assert window.banner.text.startswith("The plan is done.")
    window.clock._latest = done
    click(qtbot, window.banner.close_button)
    window.hints.show_state(done)
    assert not window.banner.isVisible()
    window.hints.show_state(replace(done, revision=done.revision + 1))
    assert window.banner.isVisible()
