"""The safe writer: whole or not at all, with the rights a file should have, and nothing left beside it."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from mlp_playground.files import check_writable, write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="rights and links are POSIX's")
not_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_content(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"new\r\n\0")
    assert (tmp_path / "a").read_bytes() == b"new\r\n\0"
    assert names(tmp_path) == ["a"]


def test_an_old_file_is_exchanged(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old and longer")
    with path.open("rb") as reader:
        write_whole(path, b"new")
        assert reader.read() == b"old and longer", "whoever reads the old file reads it to its end"
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


def test_a_name_as_long_as_names_may_be_can_be_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("x" * 255), b"new")
    assert names(tmp_path) == ["x" * 255]


def test_a_name_without_a_folder_is_in_the_present_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole(Path("a"), b"new")
    assert names(tmp_path) == ["a"]


@posix
@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_any_other(umask: int, expected: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "a", b"new")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == expected


@posix
@pytest.mark.parametrize("kept", [0o600, 0o640, 0o666, 0o755])
def test_an_old_file_keeps_its_mode(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(kept)
    write_whole(path, b"new")
    assert mode(path) == kept


@posix
def test_a_private_file_is_at_no_moment_anybody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o600)
    seen: list[int] = []
    monkeypatch.setattr("os.fsync", lambda number: seen.append(stat.S_IMODE(os.fstat(number).st_mode)))
    write_whole(path, b"new")
    assert seen == [0o600]


def test_the_umask_of_a_running_program_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.umask")
    write_whole(tmp_path / "a", b"new")
    write_whole(tmp_path / "a", b"newer")


@posix
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_and_its_target_changes(exists: bool, tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "target", tmp_path / "link"
    target.parent.mkdir()
    if exists:
        target.write_bytes(b"old")
    link.symlink_to(Path("elsewhere", "target"))
    check_writable(link)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert (names(tmp_path), names(target.parent)) == (["elsewhere", "link"], ["target"])


@posix
def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("link")
    for work in (check_writable, lambda path: write_whole(path, b"new")):
        with pytest.raises(OSError, match="link"):
            work(link)
    assert names(tmp_path) == ["link"]


@posix
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    check_writable(pipe)  # does not wait for a reader
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"new")
    reader.join()
    assert read == [b"new"]
    assert pipe.is_fifo()


@posix
def test_a_device_is_written_to_and_stays() -> None:
    check_writable(Path("/dev/null"))
    write_whole(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("broken", ["os.fsync", "os.chmod", "os.replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "Ctrl+C"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    broken: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise error

    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(broken, fail)
    with pytest.raises(type(error)):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_a_full_disk_names_the_file() -> None:
    with pytest.raises(OSError, match=r"No space left on device: '/dev/full'"):
        write_whole(Path("/dev/full"), b"new")


def test_a_failure_names_the_file_and_not_the_passing_one(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a"
    for work in (check_writable, lambda path: write_whole(path, b"new")):
        with pytest.raises(FileNotFoundError) as caught:
            work(path)
        assert str(caught.value).endswith(f"{str(path)!r}")
        assert ".part" not in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    for work in (check_writable, lambda path: write_whole(path, b"new")):
        with pytest.raises(IsADirectoryError, match=tmp_path.name):
            work(tmp_path)
    assert names(tmp_path) == []


def test_a_file_that_may_not_be_written_is_not_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr("os.access", lambda _path, wanted: wanted != os.W_OK)  # a stand-in, as root may everything
    for work in (check_writable, lambda path: write_whole(path, b"new")):
        with pytest.raises(PermissionError, match="a"):
            work(path)
    assert path.read_bytes() == b"old"


@not_root
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        for work in (check_writable, lambda path: write_whole(path, b"new")):
            with pytest.raises(PermissionError):
                work(tmp_path / "a")
    finally:
        tmp_path.chmod(0o700)


def test_a_check_changes_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "new")
    assert names(tmp_path) == []
    (tmp_path / "a").write_bytes(b"old")
    check_writable(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]
