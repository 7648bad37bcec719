"""What a crash leaves of the open experiments: each window's own file, apart from all that the user saved."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from uuid import uuid4

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document
from mlp_playground.experiment.document import Document

if sys.platform == "win32":
    import msvcrt

    def _seize(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


DAY = 86_400.0
_HELD: set[Path] = set()
"""Locks of this process: in a folder on another machine the system itself keeps no two windows of a process apart."""


@dataclass(frozen=True)
class Orphan:
    """The experiment of a window that ended without a goodbye, as it was at `time` (UTC)."""

    path: Path
    document: Document
    time: datetime


class Recovery:
    """One window's place in `folder`, which all windows share and nobody else writes to.

    A lock beside each file is held by its window's process, so that the system itself lets go of it, however the
    process ends. Nothing is made before the first `write`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._path: Path | None = None
        self._lock: _Lock | None = None
        self._claimed: dict[Path, _Lock] = {}

    def write(self, now: Document) -> None:
        """Keep `now` in place of what was kept before. Raises InvalidValue or OSError as `document.save` does."""
        if self._path is None:
            self._path, self._lock = self._begin()
        document.save(now, self._path)

    def _begin(self) -> tuple[Path, _Lock]:
        """A name of its own, and the lock that says that its owner lives."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(10):
            path = self._folder / f"{uuid4()}.mlp"
            lock = _Lock.take(path.with_suffix(".lock"))
            if lock is not None:  # else another window, tidying up, was quicker
                return path, lock
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(self._folder))

    def discard(self) -> None:
        """A proper end: nothing of this window need be recovered. Orphans not dropped wait for the next start."""
        if self._path is not None and self._lock is not None:
            _remove(self._path)
            self._lock.remove()
        self._path = self._lock = None
        for lock in self._claimed.values():
            lock.release()
        self._claimed.clear()

    def orphans(self) -> list[Orphan]:
        """What dead windows left, the newest first. Each is offered to one living window only, and only once.

        A file that can't be read is set aside (`.unreadable`); whatever goes wrong, the start does not fail for it.
        """
        found = [orphan for path in self._list("*.mlp") if (orphan := self._claim(path)) is not None]
        self._tidy()
        return sorted(found, key=lambda orphan: orphan.time, reverse=True)

    def drop(self, orphan: Orphan) -> None:
        """It is not needed any more: written anew as this window's own, or not wanted."""
        _remove(orphan.path)
        if (lock := self._claimed.pop(orphan.path, None)) is not None:
            lock.remove()

    def _claim(self, path: Path) -> Orphan | None:
        try:
            lock = _Lock.take(path.with_suffix(".lock"))
        except OSError:  # no right to it, or no locks here: then nobody knows whose it is
            return None
        if lock is None:
            return None
        try:
            modified = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
            kept = document.load(path)
        except InvalidValue:
            with suppress(OSError):
                path.replace(path.with_suffix(".unreadable"))
            lock.remove()
        except OSError:  # dropped by another window a moment ago, or out of reach just now
            lock.release()
        else:
            self._claimed[path] = lock
            return Orphan(path, kept, kept.saved_at or modified)
        return None

    def _tidy(self) -> None:
        """Locks without a file are from windows that never wrote; unfinished files from some that were killed."""
        for path in self._list("*.lock"):
            with suppress(OSError):
                if not path.with_suffix(".mlp").exists() and (lock := _Lock.take(path)) is not None:
                    lock.remove()
        for path in self._list(".*.part"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > DAY:
                    path.unlink()

    def _list(self, pattern: str) -> list[Path]:
        try:
            return list(self._folder.glob(pattern))
        except OSError:
            return []


class _Lock:
    """A file that this process holds locked until it lets go, or ends."""

    def __init__(self, path: Path, file: int) -> None:
        self._path, self._file = path, file
        _HELD.add(path)

    @classmethod
    def take(cls, path: Path) -> _Lock | None:
        """None if somebody holds it. Raises OSError where there can be no locks."""
        if path in _HELD:
            return None
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _seize(file)
            if os.fstat(file).st_nlink:  # else it was removed between the two: what is locked has no name any more
                return cls(path, file)
        except (BlockingIOError, PermissionError):  # how POSIX and Windows say that it is held
            pass
        except OSError:
            os.close(file)
            raise
        os.close(file)
        return None

    def release(self) -> None:
        """Let go of the file, which stays."""
        os.close(self._file)
        _HELD.discard(self._path)

    def remove(self) -> None:
        """Let go of it and delete it: before, where the system can, so that nobody takes it in between."""
        if os.name == "posix":
            _remove(self._path)
            self.release()
        else:
            self.release()
            _remove(self._path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
