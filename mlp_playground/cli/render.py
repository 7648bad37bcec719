"""`mlp-playground render`, and the pictures that other commands write: Qt without a screen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlp_playground.cli.parser import Parser
from mlp_playground.errors import InvalidValue
from mlp_playground.files import check_writable

if TYPE_CHECKING:
    from mlp_playground.experiment.trainer import Trainer

FORMATS = (".png", ".svg")
RESOLUTION = 512
"""Pixels of the plane's side."""


def main(arguments: Sequence[str]) -> None:
    """Draw a saved experiment as it is. Raises InvalidValue or OSError."""
    parser = Parser("render", "Draw a saved experiment as it is, without training.")
    parser.add_argument("file", help="a saved experiment")
    parser.add_argument("--image", required=True, help="the picture to write: FILE.png or FILE.svg")
    options = parser.parse_args(arguments)
    check_picture(options.image)
    render(Path(options.file), Path(options.image))


def render(file: Path, image: Path) -> None:
    """Draw the experiment in `file` and print the picture's name."""
    from mlp_playground.experiment import document
    from mlp_playground.experiment.trainer import Trainer

    if not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment")
    load_qt()
    saved = document.load(file)
    trainer = Trainer(saved.moment.config)
    trainer.go_to(saved.moment)
    draw(trainer, image)
    print(image)


def check_picture(path: str) -> None:
    """Raise InvalidValue unless a picture could be written there now."""
    if Path(path).suffix.lower() not in FORMATS:
        raise InvalidValue("--image", path, "a file name that ends in .png or .svg")
    check_target("--image", path)


def check_target(option: str, path: str) -> None:
    """Raise InvalidValue, which names the option, unless the file could be written now."""
    target = Path(path)
    if not path or target.is_dir():
        raise InvalidValue(option, path, "a file, not a folder")
    if not target.parent.is_dir():
        raise InvalidValue(option, path, "a file in a folder that exists")
    try:
        check_writable(target)
    except OSError as error:
        raise InvalidValue(option, path, f"a file that can be written ({error.strerror})") from error


def load_qt() -> None:
    """Load what draws, so that a missing library is told before any work. Raises OSError."""
    try:
        import mlp_playground.views.export  # noqa: F401
    except ImportError as error:
        raise OSError(f"pictures need Qt's system libraries: {error}") from error


def draw(trainer: Trainer, path: Path) -> None:
    """Write a picture of the trainer as it is. Raises OSError."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the user's screen is: none is needed
    from PySide6.QtGui import QGuiApplication

    from mlp_playground.experiment.snapshot import Look, observe
    from mlp_playground.views.export import save_picture

    app = QGuiApplication.instance() or QGuiApplication([])
    save_picture(path, observe(trainer, Look(resolution=RESOLUTION)))
    del app
