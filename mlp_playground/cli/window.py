"""`mlp-playground` and its self-test: the window, or where there is no screen what it would have shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mlp_playground import __version__
from mlp_playground.cli.display import has_display
from mlp_playground.cli.parser import COMMANDS, Parser
from mlp_playground.errors import InvalidValue

LEARNS_XOR = ["--data", "xor", "--activation", "relu", "--epochs", "100", "--seed", "3"]
"""First weights that four neurons are known to find the way from."""


def main(arguments: Sequence[str]) -> int:
    """Open the window, with a saved experiment if one is named. Returns the exit code; raises InvalidValue."""
    file = _parser().parse_args(arguments).file
    if file is not None and not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment, or one of the commands " + ", ".join(COMMANDS))
    if not has_display():
        _without_display(file)
        return 0
    from mlp_playground.app.main import run

    return run(file)


def self_test() -> bool:
    """Open the real window, train XOR with four neurons to 100 %, look at the canvas, export, close."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mlp_playground.app.self_test import run

    problem = run()
    print(f"self-test failed: {problem}" if problem else "self-test passed", flush=True)
    return not problem


def _parser() -> Parser:
    parser = Parser(
        "",
        "Build a multi-layer perceptron by clicking and watch it bend space.",
        "Without a window: mlp-playground train …, export …, report …, self-test; each has its own --help.",
    )
    parser.add_argument("file", nargs="?", type=Path, help="a saved experiment to open")
    parser.add_argument("--version", action="version", version=f"mlp-playground {__version__}")
    return parser


def _without_display(file: Path | None) -> None:
    """Where a window can't open, show what it would have shown: XOR with one neuron, and with four."""
    print("There is no display, so no window can open. The same experiment without one:", file=sys.stderr)
    from mlp_playground.cli import export, train

    if file is not None:
        export.main([str(file), "--out", "experiment.png"])
        return
    print("\nXOR with 1 hidden neuron:")
    train.main(["--epochs", "100"])  # all else as the window opens
    print("\nXOR with 4 hidden neurons:")
    train.main([*LEARNS_XOR, "--hidden", "4", "--export", "xor.png"])
    print("\nOne neuron can draw one line, which XOR defeats; four can fold the plane. The picture is xor.png.")
