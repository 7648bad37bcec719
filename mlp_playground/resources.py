"""Finds the files that ship with the program: themes, fonts, sample data.

They lie elsewhere in a source tree than in an installed or frozen program, and no other module should have to know.
"""

from __future__ import annotations

from pathlib import Path

# a wheel and the frozen program carry the folder inside the package; beside the package it lies only in a source tree
_INSIDE = Path(__file__).resolve().parent / "resources"
_FOLDER = _INSIDE if _INSIDE.is_dir() else _INSIDE.parents[1] / "resources"


def resource(name: str) -> Path:
    """The path of the shipped file or folder `name`, such as `data/mnist_sample.npz`.

    Raises FileNotFoundError when this installation lacks it.
    """
    path = _FOLDER / name
    if not path.exists():
        raise FileNotFoundError(f"{name} is missing from {_FOLDER}: this installation is incomplete, install it again")
    return path
