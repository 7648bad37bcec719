"""What is open survives a crash: kept after edits and by time, offered once, and apart from the user's files."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from mlp_playground.app import autosave as module
from mlp_playground.app.mnist_dialog import MnistDialog
from mlp_playground.app.recover import offer, words
from mlp_playground.experiment import document
from mlp_playground.experiment.config import DIGITS_DEFAULT, MNIST_FULL, ExperimentConfig
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.recovery import Orphan, Recovery
from mlp_playground.experiment.trainer import Trainer

TWO = ExperimentConfig().changed("network", hidden=(3, 2), activations=("tanh", "relu"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute is 50 ms."""
    monkeypatch.setattr(module, "EVERY", 50)
    monkeypatch.setattr(module, "SOON", 10)


def kept(tmp_path: Path) -> list[Moment]:
    """What is kept for a crash now."""
    return [document.load(path).moment for path in sorted((tmp_path / "recovery").glob("*.mlp"))]


def left_behind(folder: Path, config: ExperimentConfig = TWO, epochs: int = 0) -> Document:
    """What a program that was killed leaves."""
    trainer = Trainer(config)
    for _ in range(epochs):
        trainer.run_epoch()
    folder.mkdir(exist_ok=True)
    left = Document(trainer.moment(), {"test_points": False, "boundary": True})
    document.save(left, folder / f"{len(list(folder.glob('*.mlp')))}.mlp")
    return left


# -- keeping ----------------------------------------------------------------------------------------------------------


def test_an_edit_is_kept_soon_and_a_proper_end_leaves_nothing(quick: None, user: Any, tmp_path: Path) -> None:
    user.click(user.window.network.layers[0].plus)
    user.until(lambda: [each.config.network.hidden for each in kept(tmp_path)] == [(2,)])
    user.undo()
    user.until(lambda: [each.config.network.hidden for each in kept(tmp_path)] == [(1,)])
    user.window.close()
    assert kept(tmp_path) == []


def test_a_run_is_kept_again_and_again_while_it_goes_on(quick: None, user: Any, tmp_path: Path) -> None:
    user.play(steps=10)
    user.until(lambda: kept(tmp_path))
    first = kept(tmp_path)[0].steps
    user.until(lambda: kept(tmp_path)[0].steps > first)
    last = user.pause().steps
    user.until(lambda: kept(tmp_path)[0].steps == last)
    assert kept(tmp_path)[0].kept is None, "its past would be too much to write every half minute"


def test_nothing_is_written_while_nothing_changes(
    quick: None, user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    beats: list[int] = []
    monkeypatch.setattr(Recovery, "write", lambda _self, now: written.append(now))
    user.window.autosave._every.timeout.connect(lambda: beats.append(1))
    user.until(lambda: len(beats) >= 4)
    assert written == []
    user.click(user.window.transport.step)
    user.until(lambda: len(written) == 1)
    beats.clear()
    user.until(lambda: len(beats) >= 4)
    assert len(written) == 1


def test_the_users_own_file_is_left_alone(quick: None, user: Any, tmp_path: Path) -> None:
    user.window.files.save_as(tmp_path / "mine.mlp")
    before = (tmp_path / "mine.mlp").read_bytes()
    user.click(user.window.network.layers[0].plus)
    user.until(lambda: [each.config.network.hidden for each in kept(tmp_path)] == [(2,)])
    assert (tmp_path / "mine.mlp").read_bytes() == before


def test_a_full_disk_is_logged_and_stops_nothing(
    quick: None, user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write = Recovery.write

    def fail(_self: Recovery, _now: Document) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Recovery, "write", fail)
    with caplog.at_level(logging.ERROR):
        user.click(user.window.network.layers[0].plus)
        user.until(lambda: "No space left" in caplog.text)
    assert user.boxes() == []
    monkeypatch.setattr(Recovery, "write", write)
    user.click(user.window.network.layers[0].plus)
    user.until(lambda: [each.config.network.hidden for each in kept(tmp_path)] == [(3,)])


# -- recovering -------------------------------------------------------------------------------------------------------


def ask(user: Any) -> QMessageBox | None:
    """Start as the program does; the question, if there is one."""
    offer(user.window.files, user.window.recovery)
    found = user.boxes()
    return found[0] if found else None


def press(user: Any, box: QMessageBox, text: str) -> None:
    (button,) = [each for each in box.buttons() if each.text() == text]
    button.click()
    user.until(lambda: not user.boxes())
    user.settled()


def test_without_a_crash_nobody_is_asked(user: Any) -> None:
    assert ask(user) is None


def test_going_on_brings_the_run_back_as_changes_that_are_not_saved(user: Any, tmp_path: Path) -> None:
    left = left_behind(tmp_path / "recovery", epochs=2)
    box = ask(user)
    assert box is not None
    assert "epoch 2" in box.informativeText()
    assert box.defaultButton().text() == "Go on"
    press(user, box, "Go on")
    after = user.settled()
    assert (after.config, after.epoch) == (TWO, 2)
    assert after.theta.tobytes() == left.moment.theta.tobytes()
    assert not user.window.output.options.box("test_points").isChecked()
    assert user.title == "Untitled* – MLP Playground"
    assert not user.window.menus.actions["&Undo"].isEnabled()
    assert not (tmp_path / "recovery" / "0.mlp").exists()
    assert [each.epoch for each in kept(tmp_path)] == [2], "kept as this window's own, in case of another crash"
    assert ask(user) is None


def test_thrown_away_it_is_gone(user: Any, tmp_path: Path) -> None:
    left_behind(tmp_path / "recovery")
    box = ask(user)
    assert box is not None
    press(user, box, "Throw away")
    assert kept(tmp_path) == []
    assert user.settled().config == ExperimentConfig()


@pytest.mark.parametrize("how", ["Decide later", None], ids=["button", "Escape"])
def test_who_decides_later_is_asked_again_at_the_next_start_only(
    use: Callable[..., Any], tmp_path: Path, how: str | None
) -> None:
    left_behind(tmp_path / "recovery")
    user = use()
    box = ask(user)
    assert box is not None
    if how is None:
        box.reject()
        user.until(lambda: not user.boxes())
    else:
        press(user, box, how)
    assert ask(user) is None
    assert ask(use()) is None, "another window is not asked while this one may still decide"
    user.window.close()
    later = use()
    again = ask(later)
    assert again is not None
    press(later, again, "Throw away")


def test_the_newest_comes_first_and_the_others_at_the_next_start(use: Callable[..., Any], tmp_path: Path) -> None:
    left_behind(tmp_path / "recovery", epochs=1)
    left_behind(tmp_path / "recovery", epochs=3)
    user = use()
    box = ask(user)
    assert box is not None
    assert "epoch 3" in box.informativeText()
    assert "An older one will be offered at the next start." in box.informativeText()
    press(user, box, "Go on")
    user.window.close()
    assert [each.epoch for each in kept(tmp_path)] == [1]


def test_what_the_run_can_not_take_is_not_lost(user: Any, tmp_path: Path) -> None:
    """The folder of its digits is not there today; it may be tomorrow."""
    folder = tmp_path / "gone"
    left = left_behind(tmp_path / "recovery", DIGITS_DEFAULT)
    config = DIGITS_DEFAULT.changed("data", name=MNIST_FULL, folder=str(folder))
    path = tmp_path / "recovery" / "0.mlp"
    moment = left.moment
    document.save(Document(Moment(config, moment.theta, 0, 0, moment.curves)), path)
    before = path.read_bytes()
    box = ask(user)
    assert box is not None
    press(user, box, "Go on")
    (dialog,) = [each for each in user.window.findChildren(MnistDialog) if each.isVisible()]
    dialog.reject()
    assert user.settled().config == ExperimentConfig()
    assert path.read_bytes() == before
    assert user.title == "Untitled – MLP Playground"


def test_two_windows_keep_their_own_and_leave_the_others(quick: None, use: Callable[..., Any], tmp_path: Path) -> None:
    one, two = use(), use(TWO)
    one.click(one.window.network.layers[0].plus)
    two.click(two.window.network.layers[1].plus)
    one.until(lambda: {each.config.network.hidden for each in kept(tmp_path)} == {(2,), (3, 3)})
    assert ask(one) is None
    assert ask(two) is None
    one.window.close()
    assert [each.config.network.hidden for each in kept(tmp_path)] == [(3, 3)]


def test_the_words_say_what_and_when() -> None:
    now = datetime.now(timezone.utc)
    moment = Trainer(TWO).moment()
    local = now.astimezone()
    said = words(Orphan(Path("x"), Document(moment), now), 0)
    assert said.startswith(f"It was kept today at {local:%H:%M}: XOR, hidden neurons 3–2, epoch 0.")
    assert "next start" not in said
    old = now - timedelta(days=40)
    said = words(Orphan(Path("x"), Document(Trainer(DIGITS_DEFAULT).moment()), old), 2)
    assert f"{old.astimezone():%d %B %Y at %H:%M}: MNIST" in said
    assert "2 older ones will be offered" in said
    bare = ExperimentConfig().changed("network", hidden=(), activations=())
    assert "no hidden layer" in words(Orphan(Path("x"), Document(Trainer(bare).moment()), now), 1)
