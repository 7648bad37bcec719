"""Runs kept in a real window: left, kept by hand, named, hidden, deleted, restored, saved and opened again."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from mlp_playground.app import kept_runs, sharing
from mlp_playground.experiment.config import parse
from mlp_playground.experiment.document import load
from mlp_playground.experiment.trainer import Trainer

BASE = parse({"network": {"hidden": [3], "activations": ["relu"]}})
QUICK = BASE.changed("training", learning_rate=0.1)


@pytest.fixture
def user(use: Callable[..., Any]) -> Any:
    return use(BASE)


def epochs(user: Any, n: int) -> Any:
    for _ in range(n):
        user.click(user.window.transport.epoch)
    return user.settled()


def titles(user: Any) -> list[str]:
    user.settled()
    user.window.kept_runs.collect()
    return [run.title for run in user.window.kept_runs.runs.kept]


def after(config: Any, n: int) -> bytes:
    trainer = Trainer(config)
    for _ in range(n):
        trainer.run_epoch()
    return trainer.network.theta.tobytes()


def test_a_run_that_is_left_is_kept_and_can_be_restored_and_that_undone(user: Any) -> None:
    window = user.window
    user.choose("&Reset")
    assert titles(user) == [], "it has learned nothing"
    epochs(user, 3)
    user.choose("&Reset")
    assert titles(user) == ["Run 1"]
    assert window.curves.runs_button.text() == "Runs 1"
    window.controller.set_training(learning_rate=0.1)
    epochs(user, 2)
    window.kept_runs.restore(1)
    back = user.settled()
    assert (back.config, back.epoch) == (BASE, 3)
    assert back.theta.tobytes() == after(BASE, 3)
    assert user.name_of("&Undo") == "Undo restore Run 1"
    assert titles(user) == ["Run 2"], "the first is the present one again"
    # it goes on as if it had never been left
    assert epochs(user, 1).theta.tobytes() == after(BASE, 4)
    returned = user.undo()
    assert (returned.config, returned.epoch) == (QUICK, 2)
    assert returned.theta.tobytes() == after(QUICK, 2)
    assert titles(user) == ["Run 1"], "with its name, and as far as it has come"
    assert window.kept_runs.runs.kept[0].moment.epoch == 4


def test_what_is_done_to_a_run_can_be_undone(user: Any) -> None:
    window, kept = user.window, user.window.kept_runs
    epochs(user, 1)
    user.choose("&Keep this run")
    assert (titles(user), user.name_of("&Undo")) == (["Run 1"], "Undo keep run 1")
    assert window.isWindowModified()
    user.undo()
    assert titles(user) == []
    user.redo()
    kept.rename(1, "small")
    assert titles(user) == ["small"]
    kept.restyle(1, 4)
    assert kept.runs.kept[0].style == 4
    kept.show(1, False)
    assert [run.title for run in window.curves.visible_runs] == ["now"]
    kept.delete(1)
    assert titles(user) == []
    # and what was left in between stays
    epochs(user, 1)
    user.choose("&Reset")
    assert titles(user) == ["Run 2"]
    user.undo()
    user.undo()
    assert titles(user) == ["small"]
    assert not kept.runs.kept[0].seen
    for _ in range(2):
        user.undo()
    assert titles(user) == ["Run 1"]
    kept.delete(99)
    kept.rename(99, "nobody")
    kept.restore(99)
    assert titles(user) == ["Run 1"]


def test_what_a_run_has_learned_since_it_was_named_stays_when_the_name_is_taken_back(user: Any) -> None:
    kept = user.window.kept_runs
    epochs(user, 1)
    user.choose("&Reset")
    user.settled()
    kept.collect()
    kept.rename(1, "small")
    kept.restore(1)
    epochs(user, 2)
    user.undo()
    assert titles(user) == ["small"]
    user.undo()
    assert titles(user) == ["Run 1"]
    assert kept.runs.kept[0].moment.epoch == 3


def test_a_branch_from_the_past_leaves_the_future_as_a_run(user: Any) -> None:
    window = user.window
    epochs(user, 6)
    curves, chart = window.curves, window.curves.chart
    user.until(lambda: len(chart.runs) == 1 and chart.runs[0].table.shape[1] == 7)
    curves.grab()
    place = chart.plot.point(2.2, chart.plot.y.low).toPoint()
    user.qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    user.until(lambda: user.latest.at is not None and user.latest.epoch == 2)
    user.until(lambda: chart.now is not None)
    user.choose("&Step")
    user.settled()
    assert titles(user) == ["Run 1"]
    assert window.kept_runs.runs.kept[0].moment.epoch == 6
    seconds = user.latest.seconds
    assert len(seconds) == 3
    assert np.isfinite(seconds).all()
    assert (np.diff(seconds) > 0).all()


def test_runs_are_saved_opened_and_left_with_the_experiment(user: Any, tmp_path: Path) -> None:
    window = user.window
    epochs(user, 2)
    user.choose("&Keep this run")
    window.kept_runs.rename(1, "first")
    window.controller.set_training(learning_rate=0.1)
    epochs(user, 1)
    path = tmp_path / "a.mlp"
    assert window.files.save_as(path)
    assert [(run.title, run.pinned) for run in load(path).runs.kept] == [("first", True)]
    user.choose("&Reset")
    assert titles(user) == ["first", "Run 2"]
    user.choose("&New experiment")
    user.until(lambda: window.files.path is None and window.controller.config != QUICK)
    user.until(lambda: titles(user) == [])
    window.files.open(path)
    user.until(lambda: window.files.path == path)
    assert titles(user) == ["first"]
    window.kept_runs.restore(1)
    assert user.settled().theta.tobytes() == after(BASE, 2)
    user.choose("&Reset")
    assert titles(user) == ["first", "Run 2"], "the run that was saved was left for it"
    assert window.kept_runs.runs.kept[1].moment.config == QUICK


def test_a_run_with_no_room_is_refused_in_words(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlp_playground.experiment.runs.MOST", 1)
    epochs(user, 1)
    user.choose("&Keep this run")
    user.choose("&Keep this run")
    assert "delete one first" in user.read_box()
    monkeypatch.setattr(kept_runs, "PATIENCE", 0.0)
    user.choose("&Keep this run")
    assert "busy" in user.read_box()
    assert titles(user) == ["Run 1"]
    user.settled()


def test_all_visible_curves_go_into_a_table(user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    epochs(user, 2)
    user.choose("&Keep this run")
    epochs(user, 1)
    path = tmp_path / "curves.csv"
    monkeypatch.setattr(sharing, "ask_where", lambda *_: path)
    user.choose("Export c&urves…")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[1:]] == ["now"] * 4 + ["Run 1"] * 3
    assert float(rows[4][3]) == user.latest.curves[1, 3]
    user.window.kept_runs.show(1, False)
    user.window.curves.list.export_wanted.emit()
    assert len(path.read_text().splitlines()) == 5
    monkeypatch.setattr(sharing, "ask_where", lambda *_: tmp_path / "nowhere" / "a.csv")
    user.choose("Export c&urves…")
    assert "can't be exported" in user.read_box()


def test_runs_that_make_room_for_others_are_told(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    user.window.kept_runs.told.connect(told.append)
    monkeypatch.setattr("mlp_playground.experiment.runs.MOST", 2)
    for _ in range(3):
        epochs(user, 1)
        user.choose("&Reset")
        user.settled()
    assert titles(user) == ["Run 2", "Run 3"]
    epochs(user, 1)
    user.choose("&Keep this run")
    assert [text.split(":")[0].split(",")[0] for text in told] == [
        "Run 1 made room",
        "Kept as Run 4",
        "Run 2 made room",
    ]


def test_a_deleted_run_that_comes_back_takes_the_place_of_others(user: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("mlp_playground.experiment.runs.MOST", 1)
    epochs(user, 1)
    user.choose("&Keep this run")
    user.settled()
    user.window.kept_runs.delete(1)
    for _ in range(2):
        user.choose("&Reset")
        epochs(user, 1)
    for _ in range(3):
        user.undo()
        user.settled()
    assert titles(user) == ["Run 1"], "the others nobody wanted kept"


def test_a_crash_leaves_the_kept_runs(user: Any, tmp_path: Path) -> None:
    epochs(user, 1)
    user.choose("&Keep this run")
    user.window.autosave.save()
    left = tmp_path / "recovery"
    user.until(lambda: [load(path).runs.kept for path in left.glob("*.mlp")][-1:] not in ([], [()]))
    (path,) = left.glob("*.mlp")
    assert [run.title for run in load(path).runs.kept] == ["Run 1"]
