"""Writes a file whole or not at all: whatever goes wrong, the old file stays until the new one is complete."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes) -> None:
    """Make `content` the file at `path`: an existing one keeps its mode, a link stays and what it points to changes.

    Raises OSError, which names `path`; nothing is changed or left behind then.
    """
    with _named(path):
        mode = _mode(path)
        if _is_special(mode):  # a device or a pipe can't be exchanged, only written to
            path.write_bytes(content)
            return
        target = Path(os.path.realpath(path))
        part, file = _create_beside(target, mode)
        try:
            with file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                os.chmod(part, stat.S_IMODE(mode))
            os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def check_writable(path: Path) -> None:
    """Raise the OSError that `write_whole` would raise now, so that long work need not be done in vain."""
    with _named(path):
        mode = _mode(path)
        if not _is_special(mode):
            part, file = _create_beside(Path(os.path.realpath(path)), mode)  # asking for rights proves less than trying
            file.close()
            part.unlink()


def _mode(path: Path) -> int | None:
    """The mode of what is at `path`, None for nothing. Raises OSError for what may not be overwritten."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise _error(errno.EISDIR)
    if not os.access(path, os.W_OK):  # exchanging it would need rights to the folder only
        raise _error(errno.EACCES)
    return mode


def _is_special(mode: int | None) -> bool:
    return mode is not None and not stat.S_ISREG(mode)


def _create_beside(target: Path, mode: int | None) -> tuple[Path, BinaryIO]:
    """A new file in `target`'s folder: a rename within a file system is one step.

    The system applies the umask to an ordinary one; one in an existing file's place is private until it gets its mode.
    """
    access = 0o666 if mode is None else 0o600
    part = target.parent / f".{os.urandom(8).hex()}.part"
    return part, open(part, "xb", opener=lambda name, flags: os.open(name, flags, access))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors name the file that the user knows and not a passing one beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _error(code: int) -> OSError:
    return OSError(code, os.strerror(code))
