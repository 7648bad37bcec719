"""Tries the frozen program as a user's machine would run it: what works from source can still miss a file or a library.

`python packaging/smoke.py dist/mlp-playground/mlp-playground`
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PASSED = "self-test passed"
_TIMEOUT = 120.0


def run(program: Path, *arguments: str, **environment: str) -> str:
    """What the program prints; SystemExit with all of it when it fails."""
    # a foreign working directory and none of the developer's Python or Qt settings: nothing outside dist/ may help
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_", "VIRTUAL_ENV", "DISPLAY", "WAYLAND"))
    }
    with tempfile.TemporaryDirectory() as elsewhere:
        done = subprocess.run(
            [program, *arguments],
            cwd=elsewhere,
            env={**clean, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
    if done.returncode != 0:
        sys.exit(f"{program.name} {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def self_test(program: Path, **environment: str) -> None:
    """Let the program test itself on a Qt platform."""
    output = run(program, "self-test", **environment)
    if _PASSED not in output:
        sys.exit(f"{program.name} self-test did not say {_PASSED!r}:\n{output}")
    print(f"frozen self-test on {environment['QT_QPA_PLATFORM']}: passed")


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
    print(run(program, "--version").strip())
    self_test(program, QT_QPA_PLATFORM="offscreen")
    if shutil.which("Xvfb"):
        with x_server() as display:
            self_test(program, QT_QPA_PLATFORM="xcb", DISPLAY=display)
    else:
        print("frozen self-test on xcb: skipped, Xvfb is not installed")


if __name__ == "__main__":
    main()
