"""The experiment as the window's document: its name, its changes, and that nothing is lost unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from mlp_playground.app import files as module
from mlp_playground.app.files import Answer, Files
from mlp_playground.app.hints import FIRST_HINT
from mlp_playground.data.drawing import add_points
from mlp_playground.data.extent import Extent
from mlp_playground.data.mnist import is_mnist_folder
from mlp_playground.data.table import parse_table
from mlp_playground.experiment import document, share
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.views.data.gallery_dialog import EXAMPLES, GalleryDialog

TWO = ExperimentConfig().changed("network", hidden=(3, 2), activations=("tanh", "relu"))
ask_for_real = Files.ask_to_save
"""Before the fixture that keeps windows from asking."""

Asked = list[str]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], Asked]:
    """Lets the user answer the question about changes always so; writes down each time that it is asked."""

    def always(what: Answer) -> Asked:
        asked: Asked = []

        def ask(files: Files) -> Answer:
            asked.append(files.path.name if files.path else "")
            return what

        monkeypatch.setattr(Files, "ask_to_save", ask)
        return asked

    return always


# -- name and changes -------------------------------------------------------------------------------------------------


def test_the_title_has_the_name_and_a_mark_for_changes(user: Any, tmp_path: Path) -> None:
    assert user.title == "Untitled – MLP Playground"
    user.click(user.window.network.layers[0].plus)
    assert user.title == "Untitled* – MLP Playground"
    user.undo()
    assert user.title == "Untitled – MLP Playground"
    user.redo()
    user.window.files.save_as(tmp_path / "mine.mlp")
    assert user.title == "mine.mlp – MLP Playground"
    user.undo()
    assert user.title == "mine.mlp* – MLP Playground"
    user.redo()
    assert user.title == "mine.mlp – MLP Playground"


def test_training_changes_a_file_and_not_what_has_none(user: Any, tmp_path: Path) -> None:
    user.click(user.window.transport.epoch)
    user.settled()
    assert user.title == "Untitled – MLP Playground", "it can be had again by pressing play"
    user.window.files.save_as(tmp_path / "mine.mlp")
    assert user.title == "mine.mlp – MLP Playground"
    user.click(user.window.transport.epoch)
    user.settled()
    user.until(lambda: user.title == "mine.mlp* – MLP Playground")
    assert user.window.files.save()
    assert user.title == "mine.mlp – MLP Playground"
    assert document.load(tmp_path / "mine.mlp").moment.epoch == 2


def test_save_asks_for_a_name_once(user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def where(_over: object, _title: str, start: Path, _kinds: list[str]) -> Path:
        asked.append(start)
        return tmp_path / "mine.mlp"

    monkeypatch.setattr(module, "ask_where", where)
    user.choose("&Save")
    user.click(user.window.network.layers[0].plus)
    user.settled()
    user.choose("&Save")
    assert asked == [tmp_path / "xor.mlp"]
    assert document.load(tmp_path / "mine.mlp").moment.config.network.hidden == (2,)
    user.choose("Save &as…")
    assert asked[1:] == [tmp_path / "mine.mlp"]


def test_a_new_experiment_has_no_name_and_no_past(user: Any, tmp_path: Path) -> None:
    user.window.files.save_as(tmp_path / "mine.mlp")
    user.click(user.window.network.layers[0].plus)
    user.settled()
    user.choose("&New experiment")
    user.settled()
    assert user.title == "Untitled – MLP Playground"
    assert not user.window.menus.actions["&Undo"].isEnabled()
    assert user.window.banner.text == FIRST_HINT


# -- leaving ----------------------------------------------------------------------------------------------------------

LEAVE: dict[str, Callable[[Any, Path], object]] = {
    "new": lambda user, other: user.choose("&New experiment"),
    "open": lambda user, other: user.window.files.open(other),
    "close": lambda user, other: user.window.close(),
    "paste": lambda user, other: (QGuiApplication.clipboard().setText(share.to_link(TWO)), user.window.sharing.paste()),
    "example": lambda user, other: user.window.files.begin_example(GALLERY["circle"]),
}


@pytest.mark.parametrize("way", LEAVE)
@pytest.mark.parametrize("what", list(Answer))
def test_changes_are_asked_about_before_they_go(
    user: Any, tmp_path: Path, answer: Callable[[Answer], Asked], way: str, what: Answer
) -> None:
    other = tmp_path / "other.mlp"
    user.window.files.save_as(other)
    user.window.files.save_as(tmp_path / "mine.mlp")
    user.click(user.window.network.layers[0].plus)
    user.settled()
    asked = answer(what)
    LEAVE[way](user, other)
    assert asked == ["mine.mlp"]
    stays = what is Answer.CANCEL
    saved = document.load(tmp_path / "mine.mlp").moment.config.network.hidden
    assert saved == ((2,) if what is Answer.SAVE else (1,))
    if way == "close":
        assert user.window.isVisible() == stays
    else:
        after = user.settled()
        assert (after.config.network.hidden == (2,) and after.config.data.name == "xor") == stays
        assert user.title.startswith("mine.mlp* ") == stays
    answer(Answer.DISCARD)


@pytest.mark.parametrize("way", LEAVE)
def test_without_changes_nobody_is_asked(
    user: Any, tmp_path: Path, answer: Callable[[Answer], Asked], way: str
) -> None:
    user.window.files.save_as(tmp_path / "other.mlp")
    asked = answer(Answer.CANCEL)
    LEAVE[way](user, tmp_path / "other.mlp")
    if way != "close":
        user.settled()
    assert asked == []


def test_a_save_that_fails_keeps_the_window_open(
    user: Any, tmp_path: Path, answer: Callable[[Answer], Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    user.click(user.window.network.layers[0].plus)
    user.settled()
    monkeypatch.setattr(module, "ask_where", lambda *_: tmp_path / "nowhere" / "mine.mlp")
    answer(Answer.SAVE)
    assert not user.window.close()
    assert user.window.isVisible()
    assert "mine.mlp can't be saved" in user.read_box()
    assert user.title == "Untitled* – MLP Playground"
    monkeypatch.setattr(module, "ask_where", lambda *_: None)  # the user calls the file dialog off
    assert not user.window.close()
    user.play(steps=20)
    user.pause()
    answer(Answer.DISCARD)


@pytest.mark.parametrize(
    ("button", "expected"),
    [("Save", Answer.SAVE), ("Discard", Answer.DISCARD), ("Cancel", Answer.CANCEL), (None, Answer.CANCEL)],
)
def test_the_question_names_the_file_and_what_is_lost(
    user: Any, tmp_path: Path, button: str | None, expected: Answer
) -> None:
    user.window.files.save_as(tmp_path / "<b>mine.mlp")
    words: list[str] = []

    def respond() -> None:
        box = user.boxes()[0]
        words.extend([box.text(), box.informativeText()])
        words.append(box.defaultButton().text())
        if button is None:
            box.reject()  # Escape
        else:
            box.button(QMessageBox.StandardButton[button]).click()

    QTimer.singleShot(50, respond)
    assert ask_for_real(user.window.files) is expected
    assert words[0] == "Save the changes of <b>mine.mlp?"
    assert "lost" in words[1]
    assert words[2].replace("&", "") == "Save"


def test_a_file_that_was_just_saved_is_opened_as_it_was_saved(
    user: Any, tmp_path: Path, answer: Callable[[Answer], Asked]
) -> None:
    user.window.files.save_as(tmp_path / "mine.mlp")
    user.click(user.window.network.layers[0].plus)
    user.settled()
    answer(Answer.SAVE)
    user.window.files.open(tmp_path / "mine.mlp")
    assert user.settled().config.network.hidden == (2,), "and not as it was read before the answer"
    answer(Answer.DISCARD)


# -- what comes back --------------------------------------------------------------------------------------------------


def test_a_saved_run_goes_on_as_if_it_had_never_been_saved(use: Callable[..., Any], tmp_path: Path) -> None:
    config = TWO.changed("training", dropout=0.2, schedule="cosine", batch_size=30)
    first = use(config)
    for _ in range(2):
        first.click(first.window.transport.epoch)
    first.click(first.window.transport.step)
    first.settled()
    first.window.files.save_as(tmp_path / "mine.mlp")
    second = use()
    second.window.files.open(tmp_path / "mine.mlp")
    second.settled()
    for user in (first, second):
        user.click(user.window.transport.step)
        for _ in range(3):
            user.click(user.window.transport.epoch)
    one, other = first.settled(), second.settled()
    assert one.steps == other.steps
    assert one.theta.tobytes() == other.theta.tobytes()
    assert np.array_equal(one.curves, other.curves)


def test_what_was_seen_comes_back_with_the_file(use: Callable[..., Any], tmp_path: Path) -> None:
    user = use()
    user.window.output.options.box("test_points").setChecked(False)
    user.window.controller.choose_data("circle")
    user.settled()
    user.window.output.canvas.look_at(Extent((1.0, -2.0), 1.5))
    user.window.files.save_as(tmp_path / "mine.mlp")
    other = use()
    other.window.output.options.box("boundary").setChecked(False)
    other.window.files.open(tmp_path / "mine.mlp")
    other.settled()
    assert not other.window.output.options.box("test_points").isChecked()
    assert other.window.output.options.box("boundary").isChecked()
    assert not other.window.output.canvas.showing.test_points
    assert other.window.output.canvas.extent == Extent((1.0, -2.0), 1.5)


def test_saving_while_it_runs_takes_one_moment_and_the_run_goes_on(user: Any, tmp_path: Path) -> None:
    user.play(steps=50)
    assert user.window.files.save_as(tmp_path / "mine.mlp")
    saved = document.load(tmp_path / "mine.mlp").moment
    assert saved.steps >= 50
    assert user.window.files.is_changed, "it has gone on since, even if no picture says so yet"
    user.until(lambda: user.latest.steps > saved.steps)
    assert user.latest.state is RunState.RUNNING
    user.until(lambda: "mine.mlp*" in user.title)
    user.pause()


def test_own_data_are_in_the_file(user: Any, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    own = add_points(add_points(None, rng.normal(2, 1, (2, 30)), 0), rng.normal(-2, 1, (2, 30)), 1)
    user.window.controller.use_own(own)
    before = user.settled()
    user.window.files.save_as(tmp_path / "mine.mlp")
    user.choose("&New experiment")
    user.settled()
    user.window.files.open(tmp_path / "mine.mlp")
    after = user.settled()
    assert after.config == before.config
    assert np.array_equal(after.data.train.X, before.data.train.X)
    assert user.window.data.tools.isVisible()


# -- sharing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["Copy as &link", "Copy as &text"])
def test_an_experiment_is_copied_and_pasted_without_its_weights(use: Callable[..., Any], way: str) -> None:
    user = use(TWO.changed("data", name="spiral", noise=0.1))
    user.click(user.window.transport.epoch)
    user.settled()
    user.choose(way)
    assert "opied" in user.window.statusBar().currentMessage()
    other = use()
    other.choose("&Paste experiment")
    pasted = other.settled()
    assert (pasted.config, pasted.epoch) == (user.latest.config, 0)
    assert other.title == "Untitled – MLP Playground"
    assert not other.window.banner.isVisible(), "its hint spoke of XOR"
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("text", ["", "hello", "mlp-playground:abc", '{"format": "x"}', "[" * 50_000])
def test_something_else_on_the_clipboard_is_one_dialog(user: Any, text: str) -> None:
    user.click(user.window.network.layers[0].plus)
    before = user.settled()
    QGuiApplication.clipboard().setText(text)
    user.choose("&Paste experiment")
    assert user.read_box().startswith("There is no experiment on the clipboard: ")
    assert user.settled().config == before.config
    assert user.title == "Untitled* – MLP Playground"
    QGuiApplication.clipboard().clear()


def test_too_much_own_data_for_a_text_is_told(user: Any) -> None:
    rng = np.random.default_rng(0)
    own = add_points(add_points(None, rng.normal(2, 1, (2, 900)), 0), rng.normal(-2, 1, (2, 900)), 1)
    user.window.controller.use_own(own)
    user.settled()
    QGuiApplication.clipboard().setText("before")
    user.choose("Copy as &text")
    assert "can't be copied" in user.read_box()
    assert QGuiApplication.clipboard().text() == "before"
    QGuiApplication.clipboard().clear()


# -- data in and out, examples ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", [ExperimentConfig(), DIGITS_DEFAULT], ids=["points", "digits"])
def test_data_are_exported_as_a_table(use: Callable[..., Any], tmp_path: Path, config: ExperimentConfig) -> None:
    user = use(config)
    path = tmp_path / "data.csv"
    user.window.sharing.export_data(path)
    rows = path.read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + len(user.latest.data.train) + len(user.latest.data.test)
    assert str(path) in user.window.statusBar().currentMessage()
    if config.data.name == "xor":
        assert parse_table(path.read_text(encoding="utf-8"), "data.csv").columns
    user.window.sharing.export_data(tmp_path / "nowhere" / "data.csv")
    assert "can't be exported" in user.read_box()


def test_an_example_is_chosen_and_says_what_to_watch(user: Any) -> None:
    user.click(user.window.network.layers[0].plus)
    user.settled()
    user.choose("E&xamples…")
    (dialog,) = user.window.findChildren(GalleryDialog)
    wanted = GALLERY["spiral"]
    dialog.cards.setCurrentIndex(dialog.cards.model().index(EXAMPLES.index(wanted), 0))
    dialog.open_button.click()
    after = user.settled()
    assert (after.config, after.epoch) == (wanted.config, 0)
    assert user.window.banner.text == f"{wanted.title}. {wanted.watch}"
    assert user.title == "Untitled – MLP Playground"
    user.click(user.window.network.layers[0].plus)
    user.settled()
    assert user.window.banner.isVisible(), "what to try next is still said"
    user.click(user.window.data.cards["circle"])
    user.settled()
    assert not user.window.banner.isVisible()


def test_the_full_mnist_of_an_example_is_asked_for_first(
    user: Any, answer: Callable[[Answer], Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_mnist_folder(Path(os.devnull))
    monkeypatch.setattr(module, "is_mnist_folder", lambda _folder: False)
    user.window.files.begin_example(GALLERY["mnist-full"])
    (dialog,) = [each for each in user.window.findChildren(module.MnistDialog) if each.isVisible()]
    dialog.reject()
    assert user.settled().config == ExperimentConfig()


def test_an_example_begins_as_itself_with_the_digits_that_were_found(
    user: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "is_mnist_folder", lambda _folder: False)
    begun: list[ExperimentConfig] = []
    monkeypatch.setattr(user.window.files, "begin", lambda config: bool(begun.append(config)))
    wanted = GALLERY["mnist-full"]
    user.window.files.begin_example(wanted)
    (dialog,) = [each for each in user.window.findChildren(module.MnistDialog) if each.isVisible()]
    dialog.folder_chosen.emit(tmp_path)
    dialog.reject()
    assert begun == [wanted.config.changed("data", folder=str(tmp_path))]
