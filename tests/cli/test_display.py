"""Whether there is a screen, asked of what really answers and not of what a variable claims."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlp_playground.cli import display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_SESSION_TYPE", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")
NOBODY = ":4711"


@pytest.fixture(autouse=True)
def without_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def wayland() -> Iterator[Path]:
    """A socket that somebody listens on."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:  # names must be short
        server.bind(str(Path(folder, "wayland-0")))
        server.listen()
        yield Path(folder, "wayland-0")


@pytest.fixture
def x_server() -> Iterator[str]:
    """The name of a display that lives as long as the test."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def asked(**environment: str) -> str:
    """What a process of its own finds: it keeps its connection to the screen open."""
    clean = {key: value for key, value in os.environ.items() if key not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-c", "from mlp_playground.cli.display import has_display; print(has_display())"],
        env={**clean, **environment}, capture_output=True, text=True, timeout=60, check=True,
    ).stdout.strip()  # fmt: skip


def test_without_variables_there_is_none() -> None:
    assert not display.has_display()


@pytest.mark.parametrize("name", [NOBODY, "nonsense", ":", ""])
def test_an_x_server_that_does_not_answer_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", name)
    assert not display.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not display.has_display()


def test_an_x_server_that_answers_is_one(x_server: str) -> None:
    assert asked(DISPLAY=x_server) == "True"
    assert asked(DISPLAY=x_server, QT_QPA_PLATFORM="xcb") == "True"
    assert asked(DISPLAY=x_server, QT_QPA_PLATFORM="wayland") == "False"


def test_without_its_library_no_x_server_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise OSError("no such library")

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("ctypes.CDLL", fail)
    assert not display.has_display()


def test_a_wayland_server_that_listens_is_one(wayland: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(wayland.parent))
    assert not display.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.has_display()
    monkeypatch.setenv("DISPLAY", NOBODY)
    assert display.has_display(), "one that answers is enough"
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not display.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb;wayland")
    assert display.has_display()


def test_a_wayland_server_may_be_named_by_its_path(wayland: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", str(wayland))
    assert display.has_display()


def test_a_wayland_session_needs_no_name(wayland: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(wayland.parent))
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert display.has_display()


def test_a_wayland_server_that_has_ended_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(Path(folder, "wayland-0")))
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        assert Path(folder, "wayland-0").exists()
        assert not display.has_display()


@pytest.mark.parametrize("name", ["offscreen", "minimal", "vnc:port=5901", "xcb;offscreen"])
def test_platforms_without_a_screen_need_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", name)
    assert display.has_display()


def test_elsewhere_there_always_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert display.has_display()


@pytest.mark.parametrize("environment", [{"DISPLAY": NOBODY}, {"DISPLAY": NOBODY, "QT_QPA_PLATFORM": "xcb"}])
def test_where_no_screen_answers_the_program_works_without(environment: dict[str, str], tmp_path: Path) -> None:
    clean = {key: value for key, value in os.environ.items() if key not in VARIABLES}
    for arguments, words in (((), "XOR with 4 hidden neurons:"), (("self-test",), "self-test passed")):
        done = subprocess.run(
            [sys.executable, "-m", "mlp_playground", *arguments],
            cwd=tmp_path, env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert words in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["xor.png"]
