"""The dialog of code: each kind is shown, copied and saved, and the NumPy script is held against the program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from mlp_playground.app import code
from mlp_playground.app.code_dialog import CodeDialog
from mlp_playground.app.main_window import MainWindow
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.export import verify
from mlp_playground.export.codes import CODES
from tests.app.conftest import User

Open = Callable[..., MainWindow]
LONG = 20_000


def opened(window: MainWindow, qtbot: QtBot) -> CodeDialog:
    window.menus.actions["Copy as co&de…"].trigger()
    dialog = window.findChildren(CodeDialog)[-1]
    qtbot.addWidget(dialog)
    return dialog


def pick(dialog: CodeDialog, kind: str, *, recipe: bool = False) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    dialog.content.setCurrentIndex(dialog.content.findData(recipe))


def verdict(dialog: CodeDialog, user: User) -> str:
    user.click(dialog.verify)
    assert not dialog.save.isEnabled()
    user.until(lambda: dialog.verify.text() == "Verify")
    return dialog.verdict.text()


def test_each_kind_is_shown_copied_and_saved(
    user: User, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for kind in CODES:
        dialog = opened(user.window, qtbot)
        pick(dialog, kind)
        if dialog.code.why_not(dialog.subject):
            continue
        assert dialog.text.toPlainText() == CODES[kind].shown(dialog.subject)
        user.click(dialog.copy)
        assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
        path = tmp_path / f"{kind}.{CODES[kind].ending}"
        monkeypatch.setattr(code, "ask_where", lambda *question, path=path: asked.append(question) or path)
        user.click(dialog.save)
        assert path.read_bytes() == CODES[kind].written(dialog.subject).content
        assert not dialog.isVisible()
    assert asked[0][2].name == "xor-network.py"
    assert asked[0][3] == ["NumPy (*.py)"]


def test_what_cannot_be_had_is_greyed_with_its_reason(user: User, qtbot: QtBot) -> None:
    dialog = opened(user.window, qtbot)
    pick(dialog, "numpy", recipe=True)
    assert "def train():" in dialog.text.toPlainText()
    pick(dialog, "npz", recipe=True)
    model = dialog.content.model()
    assert isinstance(model, QStandardItemModel)
    assert (dialog.is_recipe, model.item(1).isEnabled()) == (False, False)
    assert "a kind of script" in model.item(1).toolTip()
    assert not dialog.verify.isEnabled()
    assert "Only the NumPy script" in dialog.verify.toolTip()
    pick(dialog, "torch", recipe=True)
    assert dialog.is_recipe
    assert model.item(1).isEnabled()


def test_what_was_chosen_is_chosen_the_next_time(user: User, qtbot: QtBot) -> None:
    dialog = opened(user.window, qtbot)
    pick(dialog, "keras", recipe=True)
    user.click(dialog.leave)
    again = opened(user.window, qtbot)
    assert (again.code.name, again.is_recipe) == ("keras", True)
    assert again.text.toPlainText() == dialog.text.toPlainText()


def test_a_kind_whose_package_is_missing_is_told(user: User, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlp_playground.export.codes.find_spec", lambda _name: None)
    dialog = opened(user.window, qtbot)
    pick(dialog, "onnx")
    assert "pip install onnx" in dialog.text.toPlainText()
    assert not dialog.save.isEnabled()
    assert not dialog.copy.isEnabled()


def test_the_script_is_held_against_the_program(user: User, qtbot: QtBot) -> None:
    dialog = opened(user.window, qtbot)
    assert verdict(dialog, user).startswith("All 500 answers agree; the largest difference is ")


def test_a_script_that_hangs_is_stopped_by_hand_by_the_clock_or_with_the_dialog(
    user: User, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(verify, "command", lambda _folder: hanging)
    dialog = opened(user.window, qtbot)
    user.click(dialog.verify)
    assert dialog.verify.text() == "Cancel"
    user.click(dialog.verify)
    assert (dialog.verify.text(), dialog.verdict.text()) == ("Verify", "")
    monkeypatch.setattr(verify, "SECONDS", 1)
    assert verdict(dialog, user) == "The script took longer than 1 seconds and was stopped."
    user.click(dialog.verify)
    dialog.reject()  # Escape: first the script
    assert dialog.isVisible()
    monkeypatch.setattr(verify, "command", lambda _folder: [sys.executable, "-c", "raise SystemExit('no')"])
    assert verdict(dialog, user) == "The script failed: no"
    monkeypatch.setattr(verify, "command", lambda _folder: ["/no/such/program"])
    assert verdict(dialog, user).startswith("The script can't be run: ")
    monkeypatch.setattr(verify, "command", lambda _folder: hanging)
    user.click(dialog.verify)
    dialog.done(0)


def test_what_is_beside_a_script_is_not_replaced_unasked(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(DIGITS_DEFAULT)
    dialog = opened(window, qtbot)
    assert dialog.files.text().startswith("Two files of ")
    path, beside = tmp_path / "m.py", tmp_path / "m-weights.npz"
    beside.write_bytes(b"mine")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_question: answers.pop(0))
    window.code.save(path, dialog)
    assert (path.exists(), beside.read_bytes()) == (False, b"mine")
    window.code.save(path, dialog)
    with np.load(beside) as arrays:
        assert arrays["W1"].shape == (128, 784)


def test_a_network_with_steps_has_no_recipe(open_window: Open, qtbot: QtBot) -> None:
    network = NetworkConfig(hidden=(2,), activations=("sign",))
    dialog = opened(open_window(ExperimentConfig(network=network)), qtbot)
    pick(dialog, "numpy", recipe=True)
    assert not dialog.is_recipe
    assert "np.where(Z >= 0, 1.0, -1.0)" in dialog.text.toPlainText()
