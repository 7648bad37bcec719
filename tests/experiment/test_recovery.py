"""After a crash the experiment is there, once and for one window; nothing else is ever touched."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import recovery as module
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.document import Document, load, save
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.trainer import Trainer

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
KEPT = Document(Trainer(ExperimentConfig()).moment(), saved_at=NOON)

Window = Callable[[], Recovery]


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    """Makes windows of this process over one folder, and closes them."""
    made: list[Recovery] = []

    def open_one() -> Recovery:
        made.append(Recovery(tmp_path))
        return made[-1]

    yield open_one
    for each in made:
        each.discard()


def at(epoch: int, minutes: int = 0) -> Document:
    return replace(KEPT, moment=replace(KEPT.moment, epoch=epoch), saved_at=NOON + timedelta(minutes=minutes))


def left_by_the_dead(folder: Path, document: Document = KEPT) -> Path:
    """What a window leaves that the system ended: a lock that nobody holds, and the file."""
    path = folder / f"{uuid4()}.mlp"
    path.with_suffix(".lock").touch()
    save(document, path)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


# -- a window's own file --------------------------------------------------------------------------------------------


def test_nothing_is_made_before_there_is_something_to_keep(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path / "a" / "b")
    assert recovery.orphans() == []
    recovery.discard()
    assert list(tmp_path.iterdir()) == []


def test_the_last_written_is_kept_in_one_file(tmp_path: Path, window: Window) -> None:
    recovery = window()
    recovery.write(at(1))
    recovery.write(at(2))
    (path,) = tmp_path.glob("*.mlp")
    assert load(path).moment.epoch == 2
    assert names(tmp_path) == [".lock", ".mlp"]


def test_after_a_proper_end_nothing_is_left(tmp_path: Path, window: Window) -> None:
    recovery = window()
    recovery.write(KEPT)
    recovery.discard()
    recovery.discard()
    assert list(tmp_path.iterdir()) == []
    recovery.write(KEPT)
    assert names(tmp_path) == [".lock", ".mlp"], "a window that stayed after all is kept again"


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_the_folder_is_private(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path / "state")
    recovery.write(KEPT)
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    recovery.discard()


def test_a_folder_that_can_not_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    recovery = Recovery(tmp_path / "state")
    with pytest.raises(OSError, match="state"):
        recovery.write(KEPT)
    assert recovery.orphans() == []
    recovery.discard()
    assert names(tmp_path) == [""]


def test_what_can_not_be_saved_keeps_what_was(tmp_path: Path, window: Window) -> None:
    recovery = window()
    recovery.write(at(1))
    with pytest.raises(InvalidValue, match="epoch"):
        recovery.write(at(-1))
    (path,) = tmp_path.glob("*.mlp")
    assert load(path).moment.epoch == 1


def test_where_there_are_no_locks_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    path = left_by_the_dead(tmp_path)
    monkeypatch.setattr(module, "_seize", fail)
    recovery = Recovery(tmp_path)
    with pytest.raises(OSError, match="No locks"):
        recovery.write(KEPT)
    assert recovery.orphans() == [], "whose it is nobody knows"
    assert path.exists()


def test_where_every_lock_seems_held_it_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(module, "_seize", fail)
    with pytest.raises(OSError, match=str(tmp_path)):
        Recovery(tmp_path).write(KEPT)


# -- orphans --------------------------------------------------------------------------------------------------------


def test_orphans_come_newest_first_with_their_time(tmp_path: Path, window: Window) -> None:
    for epoch, minutes in [(1, 10), (2, 30), (3, 20)]:
        left_by_the_dead(tmp_path, at(epoch, minutes))
    found = window().orphans()
    assert [orphan.document.moment.epoch for orphan in found] == [2, 3, 1]
    assert [orphan.time for orphan in found] == [NOON + timedelta(minutes=m) for m in (30, 20, 10)]


def test_one_that_says_no_time_has_that_of_its_file(tmp_path: Path, window: Window) -> None:
    path = left_by_the_dead(tmp_path, replace(KEPT, saved_at=None))
    os.utime(path, (0, 86_400))
    (orphan,) = window().orphans()
    assert orphan.time == datetime(1970, 1, 2, tzinfo=timezone.utc)


def test_a_file_without_its_lock_is_an_orphan_too(tmp_path: Path, window: Window) -> None:
    left_by_the_dead(tmp_path).with_suffix(".lock").unlink()
    assert len(window().orphans()) == 1


def test_windows_of_one_process_are_alive(tmp_path: Path, window: Window) -> None:
    first, second = window(), window()
    first.write(at(1))
    second.write(at(2))
    assert first.orphans() == second.orphans() == window().orphans() == []
    first.discard()
    assert second.orphans() == []
    (path,) = tmp_path.glob("*.mlp")
    assert load(path).moment.epoch == 2


def test_the_system_too_keeps_windows_of_one_process_apart(
    tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = window()
    first.write(KEPT)
    monkeypatch.setattr(module, "_HELD", set())
    assert Recovery(tmp_path).orphans() == []


def test_two_starting_windows_are_not_both_offered_the_same(tmp_path: Path, window: Window) -> None:
    left_by_the_dead(tmp_path)
    first, second = window(), window()
    assert len(first.orphans()) == 1
    assert second.orphans() == []
    assert first.orphans() == [], "once is enough"


def test_a_dropped_orphan_is_gone(tmp_path: Path, window: Window) -> None:
    left_by_the_dead(tmp_path, at(1, 1))
    left_by_the_dead(tmp_path, at(2, 2))
    recovery = window()
    newest, older = recovery.orphans()
    recovery.write(newest.document)
    recovery.drop(newest)
    recovery.drop(newest)
    recovery.drop(older)
    (path,) = tmp_path.glob("*.mlp")
    assert load(path).moment.epoch == 2
    assert names(tmp_path) == [".lock", ".mlp"]


def test_an_orphan_not_decided_on_waits_for_the_next_start(tmp_path: Path, window: Window) -> None:
    left_by_the_dead(tmp_path)
    first = window()
    first.orphans()
    first.discard()
    assert len(window().orphans()) == 1


@pytest.mark.parametrize("content", [b"", b"PK\3\4 and no more", b"{}", b'{"format": "mlp-playground experiment"}'])
def test_one_that_can_not_be_read_is_set_aside(tmp_path: Path, window: Window, content: bytes) -> None:
    bad = left_by_the_dead(tmp_path)
    bad.write_bytes(content)
    good = left_by_the_dead(tmp_path)
    assert [orphan.path for orphan in window().orphans()] == [good]
    assert bad.with_suffix(".unreadable").read_bytes() == content
    assert names(tmp_path) == [".lock", ".mlp", ".unreadable"]
    assert window().orphans() == []


def test_one_out_of_reach_is_left_where_it_is(tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> Document:
        raise OSError(errno.EIO, "Input/output error")

    path = left_by_the_dead(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("mlp_playground.experiment.document.load", fail)
        assert window().orphans() == []
    assert path.exists()
    assert len(window().orphans()) == 1


def test_one_dropped_by_another_window_in_between_is_passed_over(
    tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = left_by_the_dead(tmp_path)
    true = Path.glob

    def slow(self: Path, pattern: str) -> list[Path]:
        found = list(true(self, pattern))
        if pattern == "*.mlp":
            path.unlink()
            path.with_suffix(".lock").unlink()
        return found

    monkeypatch.setattr(Path, "glob", slow)
    assert window().orphans() == []
    assert list(tmp_path.iterdir()) == []


def test_a_lock_removed_while_it_is_taken_is_not_held(
    tmp_path: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two windows could hold the same name, each another file."""
    true, taken = module._seize, []

    def slow(file: int) -> None:
        if not taken:
            next(tmp_path.glob("*.lock")).unlink()
        taken.append(file)
        true(file)

    monkeypatch.setattr(module, "_seize", slow)
    recovery = window()
    recovery.write(KEPT)
    assert len(taken) == 2
    (path,) = tmp_path.glob("*.mlp")
    assert path.with_suffix(".lock").exists()


def test_what_the_dead_left_unfinished_is_tidied_up(tmp_path: Path, window: Window) -> None:
    old, new = tmp_path / ".0123.part", tmp_path / ".4567.part"
    old.touch()
    new.touch()
    os.utime(old, (0, time.time() - 2 * 86_400))
    (tmp_path / f"{uuid4()}.lock").touch()
    living = window()
    living.write(KEPT)
    window().orphans()
    assert not old.exists()
    assert new.exists(), "somebody may be writing it"
    assert names(tmp_path) == [".lock", ".mlp", ".part"]


def test_the_users_own_file_is_not_touched(tmp_path: Path) -> None:
    mine, state = tmp_path / "mine.mlp", tmp_path / "state"
    save(KEPT, mine)
    before = mine.read_bytes(), mine.stat()
    recovery = Recovery(state)
    recovery.write(load(mine))
    recovery.write(at(5))
    recovery.orphans()
    recovery.discard()
    assert (mine.read_bytes(), mine.stat().st_mtime_ns) == (before[0], before[1].st_mtime_ns)
    assert [path.name for path in tmp_path.iterdir() if path != state] == ["mine.mlp"]


# -- other processes ------------------------------------------------------------------------------------------------

OTHER = """
import sys
from pathlib import Path
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.recovery import Recovery
from mlp_playground.experiment.trainer import Trainer

recovery = Recovery(Path(sys.argv[1]))
trainer = Trainer(ExperimentConfig())
if sys.argv[2] == "write":
    trainer.run_epoch()
    recovery.write(Document(trainer.moment()))
print(len(recovery.orphans()), flush=True)
while sys.argv[2] == "write":  # in the middle of a run
    trainer.run_epoch()
    recovery.write(Document(trainer.moment()))
sys.stdin.read()
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts a window in a process of its own, which has claimed what it could when it is given back."""
    started: list[subprocess.Popen[str]] = []

    def start(task: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", OTHER, str(tmp_path), task]
        other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(other)
        return other

    yield start
    for other in started:
        other.kill()
        other.communicate()


def claimed(other: subprocess.Popen[str]) -> int:
    assert other.stdout is not None
    return int(other.stdout.readline())


def test_a_killed_window_is_an_orphan_and_a_living_one_is_not(
    tmp_path: Path, window: Window, process: Callable[[str], subprocess.Popen[str]]
) -> None:
    other = process("write")
    assert claimed(other) == 0
    assert window().orphans() == []
    other.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    other.wait()
    (orphan,) = window().orphans()
    trainer = Trainer(ExperimentConfig())
    trainer.go_to(orphan.document.moment)
    assert trainer.epoch >= 1
    trainer.run_epoch()


def test_what_another_process_has_claimed_is_not_offered_until_it_is_dead(
    tmp_path: Path, window: Window, process: Callable[[str], subprocess.Popen[str]]
) -> None:
    left_by_the_dead(tmp_path)
    others = [process("claim"), process("claim")]
    assert sorted(map(claimed, others)) == [0, 1]
    assert window().orphans() == []
    for other in others:
        other.kill()
        other.wait()
    assert len(window().orphans()) == 1
