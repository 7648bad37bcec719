"""Tries the frozen program as a user's machine would run it: what works from source can still miss a file or a library.

`python packaging/smoke.py dist/mlp-playground/mlp-playground`
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PASSED = "self-test passed"
_AGREE = "All 500 answers agree"
_TIMEOUT = 120.0
_LEARNED = 0.7
_PNG = b"\x89PNG"


def run(program: Path, folder: Path, *arguments: str, **environment: str) -> str:
    """What the program, started in `folder`, prints as its result; SystemExit with all that it said when it fails."""
    # a foreign working directory and none of the developer's Python or Qt settings: nothing outside dist/ may help
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_", "VIRTUAL_ENV", "DISPLAY", "WAYLAND"))
    }
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{program.name} {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def self_test(program: Path, folder: Path, **environment: str) -> None:
    """Let the program test itself on a Qt platform."""
    output = run(program, folder, "self-test", **environment)
    if _PASSED not in output:
        sys.exit(f"{program.name} self-test did not say {_PASSED!r}:\n{output}")
    print(f"frozen self-test on {environment['QT_QPA_PLATFORM']}: passed")


def digits(program: Path, folder: Path) -> None:
    """Let it learn the built-in digits and draw them without a screen: the sample, BLAS, fonts and codecs are there."""
    picture, film = folder / "x.png", folder / "x.webp"
    exports = ("--export", picture.name, "--export", film.name, "--seconds", "0.5")
    output = run(program, folder, "train", "--data", "mnist", "--epochs", "1", "--json", *exports)
    accuracy = json.loads(output)["test_accuracy"]
    if accuracy < _LEARNED:
        sys.exit(f"{program.name} read {accuracy:.1%} of the digits after an epoch, not {_LEARNED:.0%}")
    if not picture.is_file() or not picture.read_bytes().startswith(_PNG):
        sys.exit(f"{program.name} wrote no picture")
    if not film.is_file() or not film.read_bytes().startswith(b"RIFF"):
        sys.exit(f"{program.name} wrote no film")
    print(f"frozen training without a screen: {accuracy:.1%} of the digits, a picture and a film")


def code(program: Path, folder: Path) -> None:
    """Let it write a network as a script and run that in a process of its own, for which it is its own Python."""
    run(program, folder, "train", "--hidden", "3", "--epochs", "5", "--save", "x.mlp")
    for more in ((), ("--recipe",)):
        output = run(program, folder, "export", "x.mlp", "--code", "numpy", "--out", "x.py", "--verify", *more)
        if _AGREE not in output:
            sys.exit(f"{program.name} export --code numpy --verify did not say {_AGREE!r}:\n{output}")
    print("frozen code: scripts answer as the program does")


@contextlib.contextmanager
def x_server() -> Iterator[str]:
    """The name of a display that lives as long as the block."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()  # comes when the server is ready; empty when it died
        if not number:
            sys.exit("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Run every trial; the first that fails ends it."""
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(run(program, folder, "--version").strip())
        digits(program, folder)
        code(program, folder)
        self_test(program, folder, QT_QPA_PLATFORM="offscreen")
        if shutil.which("Xvfb"):
            with x_server() as display:
                self_test(program, folder, QT_QPA_PLATFORM="xcb", DISPLAY=display)
        elif os.environ.get("CI"):
            sys.exit("frozen self-test on xcb: Xvfb is not installed, and CI must not skip what it is there for")
        else:
            print("frozen self-test on xcb: skipped, Xvfb is not installed")


if __name__ == "__main__":
    main()
