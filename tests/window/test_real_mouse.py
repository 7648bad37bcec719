"""The program as a user meets it: a real X server, a real mouse, real pixels."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from mlp_playground.experiment import document
from mlp_playground.experiment.moment import Moment

PATIENCE = 60.0
"""Seconds for each step on a slow machine; a fast one needs a tenth of one."""

pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("Xvfb", "xdotool")),
    reason="needs Xvfb and xdotool: apt-get install xvfb xdotool",
)

LOCATE = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QPoint, QRectF, Qt
from mlp_playground.app.main import make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.self_test import wait_until
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.recovery import Recovery

width, height, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
settings = Settings(folder / "elsewhere.ini")
app = make_application(settings)
window = MainWindow(None, settings, Recovery(folder / "elsewhere"))
window.setWindowState(Qt.WindowState.WindowNoState)
window.resize(width, height)
window.show()
assert wait_until(lambda: window.clock.latest is not None)
assert (window.width(), window.height()) == (width, height)

def place(widget, rect=None):
    rect = rect or widget.rect()
    corner = widget.mapTo(window, rect.topLeft())
    return [corner.x(), corner.y(), rect.width(), rect.height()]

canvas = window.output.canvas
found = {
    "play": place(window.transport.play),
    "plus": place(window.network.layers[0].plus),
    "count": place(window.network.layers[0].count),
    "canvas": place(canvas, canvas.place().toRect()),
    "more": place(window.transport.more),
    "epoch": place(window.transport._epoch_number),
    "insert": place(window.network.inserts[1]),
}
window.controller.insert_layer(1)
assert wait_until(lambda: len(window.network.layers) == 2)
found |= {"second plus": place(window.network.layers[1].plus), "second minus": place(window.network.layers[1].minus)}
print(json.dumps(found))
window.controller.undo_stack.setClean()  # nothing is to be asked
window.close()
"""
"""Prints where things stand in a window of a given size: the same window, without a screen."""

SHOOT = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
for line in sys.stdin:
    app.processEvents()
    assert app.primaryScreen().grabWindow(0).save(line.strip())
    print("taken", flush=True)
"""
"""Takes a picture of the whole screen for each file name that it reads."""


class Desk:
    """A display with the program on it, a mouse, and a camera."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder
        self.errors = folder / "errors.txt"
        self.start()
        self.camera = subprocess.Popen(
            [sys.executable, "-c", SHOOT], env=environment, cwd=folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._taken = 0

    def start(self) -> None:
        """Start the program."""
        with open(self.errors, "w") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "mlp_playground"], env=self.environment, cwd=self.folder, stderr=errors
            )

    def xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        return done.stdout

    def window(self) -> tuple[str, int, int, int, int]:
        """The window's number, place and size."""
        number = self.xdotool("search", "--sync", "--onlyvisible", "--name", " MLP Playground$").split()[0]
        shell = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", number).split())
        return number, *(int(shell[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))  # type: ignore[return-value]

    def locate(self, width: int, height: int) -> dict[str, list[int]]:
        """Where things stand in a window of that size."""
        done = subprocess.run(
            [sys.executable, "-c", LOCATE, str(width), str(height), str(self.folder)],
            env={**self.environment, "QT_QPA_PLATFORM": "offscreen"},
            cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def click(self, place: QRect) -> None:
        x, y = place.center().toTuple()
        self.xdotool("mousemove", str(x), str(y), "click", "1")

    def shot(self, part: QRect) -> QImage:
        """What the screen shows there now."""
        self._taken += 1
        path = self.folder / f"{self._taken}.png"
        assert self.camera.stdin is not None
        assert self.camera.stdout is not None
        print(path, file=self.camera.stdin, flush=True)
        assert self.camera.stdout.readline() == "taken\n"
        return QImage(str(path)).copy(part)

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.program.poll() is None, f"the program ended: {self.errors.read_text()}"
            assert time.monotonic() < end, f"in vain waited for {what}"

    def dialog(self) -> None:
        """Wait for the question in front of the window, and give it the keys."""
        number = self.xdotool("search", "--sync", "--onlyvisible", "--name", "^MLP Playground$").split()[0]
        self.xdotool("windowfocus", "--sync", number)

    def leave(self) -> None:
        """Close the window, and throw its changes away."""
        self.xdotool("key", "ctrl+q")
        self.dialog()
        self.xdotool("key", "Tab", "space")  # from Save to Discard
        assert self.program.wait(PATIENCE) == 0
        assert self.errors.read_text() == ""

    def kept(self) -> list[Path]:
        """What is kept for a crash."""
        return sorted((self.folder / "state" / "mlp-playground" / "recovery").glob("*.mlp"))

    def keeps(self, *hidden: int, since: int = 0) -> bool:
        """Whether just one network is kept for a crash, with these layers, at step `since` or later."""
        try:
            (only,) = (document.load(path).moment for path in self.kept())
        except (ValueError, FileNotFoundError):
            return False
        return only.config.network.hidden == hidden and only.steps >= since

    def save_as(self, name: str) -> Moment:
        """Save under that name; the moment that is in the file then."""
        path = self.folder / name
        self.xdotool("key", "ctrl+shift+s")
        number = self.xdotool("search", "--sync", "--onlyvisible", "--name", "^Save the experiment$").split()[0]
        self.xdotool("windowfocus", "--sync", number)
        self.xdotool("key", "ctrl+a")
        self.xdotool("type", str(path))
        self.xdotool("key", "Return")
        self.wait("the file", path.exists)
        return document.load(path).moment

    def close(self) -> None:
        for process in (self.camera, self.program):
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            if process.poll() is None:
                process.terminate()
            process.wait(10)


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # comes when the server is ready
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def desk(display: str, tmp_path: Path) -> Iterator[Desk]:
    foreign = ("QT_", "XDG_", "WAYLAND_", "SESSION_MANAGER", "DBUS_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_FONT_DPI": "96", "HOME": str(tmp_path)}
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        environment[f"XDG_{kind}_HOME"] = str(tmp_path / kind.lower())
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment["XDG_RUNTIME_DIR"] = str(runtime)
    desk = Desk(environment, tmp_path)
    yield desk
    desk.close()


def colours(image: QImage) -> set[int]:
    """The colours at some hundreds of points."""
    return {image.pixel(x, y) for x in range(0, image.width(), 12) for y in range(0, image.height(), 12)}


def turned(before: QImage, after: QImage) -> float:
    """The share of points at which orange became blue or the other way round."""
    assert before.size() == after.size()

    def sign(colour: QColor) -> int:  # the side of one line on which both classes lie is pale
        return (colour.blue() - colour.red() > 10) - (colour.red() - colour.blue() > 10)

    places = [(x, y) for x in range(4, before.width() - 4, 4) for y in range(4, before.height() - 4, 4)]
    changed = sum(sign(before.pixelColor(*place)) * sign(after.pixelColor(*place)) < 0 for place in places)
    return changed / len(places)


def test_a_user_plays_adds_neurons_and_sees_the_boundary_move(desk: Desk) -> None:
    number, left, top, width, height = desk.window()
    found = {name: QRect(*rect).translated(left, top) for name, rect in desk.locate(width, height).items()}
    canvas, count = found["canvas"], found["count"]

    def is_drawn() -> bool:
        image = desk.shot(canvas)
        pixels = [image.pixelColor(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)]
        oranges = sum(c.red() - c.blue() > 60 for c in pixels)
        blues = sum(c.blue() - c.red() > 60 for c in pixels)
        return oranges > len(pixels) // 20 and blues > len(pixels) // 20

    desk.wait("the first picture", is_drawn)
    first = desk.shot(canvas)
    assert turned(first, desk.shot(canvas)) == 0, "nothing moves before play"

    desk.click(found["play"])
    desk.wait("the boundary to move", lambda: turned(first, desk.shot(canvas)) > 0.03)
    desk.click(found["play"])
    desk.wait("the pause", lambda: desk.shot(canvas) == desk.shot(canvas))

    one = desk.shot(canvas)
    said = desk.shot(count)
    for _ in range(3):
        desk.click(found["plus"])
        desk.wait("another neuron", lambda: desk.shot(count) != said)  # noqa: B023
        said = desk.shot(count)
    assert turned(one, desk.shot(canvas)) < 0.01, "new neurons are silent until they learn"

    desk.click(found["play"])
    desk.wait("the boundary to bend", lambda: turned(one, desk.shot(canvas)) > 0.05)

    desk.xdotool("windowfocus", number)
    desk.leave()


def test_a_user_opens_the_other_settings_and_plans_the_run(desk: Desk) -> None:
    number, left, top, width, height = desk.window()
    found = {name: QRect(*rect).translated(left, top) for name, rect in desk.locate(width, height).items()}
    canvas, epoch = found["canvas"], found["epoch"]
    desk.wait("the first picture", lambda: len(colours(desk.shot(canvas))) > 20)
    closed, zero = desk.shot(canvas), desk.shot(epoch)

    desk.click(found["more"])
    desk.wait("the panel over the picture", lambda: len(colours(desk.shot(canvas))) < len(colours(closed)))
    desk.click(found["more"])
    desk.wait("the second click to close it", lambda: desk.shot(canvas) == closed)
    desk.click(found["more"])
    desk.wait("the panel again", lambda: desk.shot(canvas) != closed)
    desk.xdotool("key", "Escape")
    desk.wait("Escape to close it", lambda: desk.shot(canvas) == closed)

    desk.click(found["more"])
    desk.wait("the panel once more", lambda: desk.shot(canvas) != closed)
    desk.xdotool("key", "Tab", "l", "Tab", "ctrl+a")  # to the schedule, the one with l, and to its plan
    desk.xdotool("type", "3")
    desk.xdotool("key", "Return", "Escape")
    desk.wait("the panel to go", lambda: desk.shot(canvas) == closed)
    desk.click(found["play"])
    desk.wait("the run to move", lambda: desk.shot(epoch) != zero)
    desk.wait("the run to rest by itself", lambda: desk.shot(canvas) == desk.shot(canvas))
    rested = desk.shot(epoch)
    desk.xdotool("windowfocus", number)
    desk.xdotool("key", "r")
    desk.wait("the reset", lambda: desk.shot(epoch) == zero)
    desk.xdotool("key", "e", "e", "e")
    desk.wait("the three epochs at which it had rested", lambda: desk.shot(epoch) == rested)
    desk.leave()


def test_what_was_built_and_learned_survives_a_kill(desk: Desk) -> None:
    """2-6-4-1 by clicking only, changed while it runs, undone, saved; killed in the middle, it is recovered."""
    number, left, top, width, height = desk.window()
    found = {name: QRect(*rect).translated(left, top) for name, rect in desk.locate(width, height).items()}
    epoch = found["epoch"]
    desk.wait("the first picture", lambda: len(colours(desk.shot(found["canvas"]))) > 20)
    said = desk.shot(found["count"])
    for _ in range(5):
        desk.click(found["plus"])
        desk.wait("another neuron", lambda: desk.shot(found["count"]) != said)  # noqa: B023
        said = desk.shot(found["count"])
    desk.click(found["insert"])
    desk.wait("another layer", lambda: desk.keeps(6, 6))
    for _ in range(2):
        desk.click(found["second minus"])
    desk.wait("2-6-4-1", lambda: desk.keeps(6, 4))

    desk.xdotool("windowfocus", "--sync", number)
    desk.click(found["play"])
    zero = desk.shot(epoch)
    desk.wait("the run to move", lambda: desk.shot(epoch) != zero)
    desk.click(found["second plus"])
    desk.wait("an edit while it runs", lambda: desk.keeps(6, 5, since=1))
    desk.xdotool("key", *["ctrl+z"] * 9)
    desk.wait("all of it undone", lambda: desk.keeps(1, since=1))
    desk.xdotool("key", *["ctrl+shift+z"] * 8)
    desk.wait("all of it again", lambda: desk.keeps(6, 4, since=1))

    saved = desk.save_as("mine.mlp")
    assert saved.config.network.hidden == (6, 4)
    assert saved.steps > 0
    mine = (desk.folder / "mine.mlp").read_bytes()
    desk.xdotool("windowfocus", "--sync", number)
    desk.click(found["second plus"])
    desk.wait("what is not saved to be kept", lambda: desk.keeps(6, 5, since=saved.steps))
    (left_behind,) = desk.kept()
    kept = document.load(left_behind).moment
    desk.program.kill()
    desk.program.wait(PATIENCE)
    assert desk.kept() == [left_behind]

    desk.start()
    number = desk.window()[0]
    desk.dialog()
    desk.xdotool("key", "Return")  # Go on
    desk.wait("this window to keep it", lambda: desk.keeps(6, 5) and desk.kept() != [left_behind])
    assert document.load(desk.kept()[0]).moment.theta.tobytes() == kept.theta.tobytes()
    assert (desk.folder / "mine.mlp").read_bytes() == mine
    desk.xdotool("windowfocus", "--sync", number)
    rested = desk.shot(epoch)
    desk.click(found["play"])
    desk.wait("it to go on", lambda: desk.shot(epoch) != rested)
    later = desk.save_as("later.mlp")
    assert later.config.network.hidden == (6, 5)
    assert later.steps > kept.steps
    thinned = kept.curves[0][:: later.curve_stride // kept.curve_stride].tolist()  # it may have run long since
    assert later.curves[0].tolist()[: len(thinned)] == thinned, "the curves go on too"
    desk.xdotool("windowfocus", "--sync", number)
    desk.leave()
    assert desk.kept() == [], "after a proper end there is nothing to recover"
    assert (desk.folder / "mine.mlp").read_bytes() == mine
