"""The kinds of code that a network can leave the program as, by name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from mlp_playground.errors import InvalidValue
from mlp_playground.export.keras_recipe import keras_recipe
from mlp_playground.export.keras_script import keras_script
from mlp_playground.export.npz import npz_file, npz_preview
from mlp_playground.export.numpy_recipe import numpy_recipe
from mlp_playground.export.numpy_script import numpy_script
from mlp_playground.export.onnx_model import onnx_model, onnx_preview
from mlp_playground.export.subject import Subject
from mlp_playground.export.torch_recipe import torch_recipe
from mlp_playground.export.torch_script import torch_script
from mlp_playground.export.written import Written
from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Code:
    """One kind: `trained` writes a network with its weights, in a file with that `ending`, and `recipe` how it learns
    (None: of that there is no such file). A file that is no text has a `preview`: what is in it, and how it is read. It
    takes the `package` to write one, which may be missing here."""

    name: str
    label: str
    words: str
    ending: str
    trained: Callable[[Subject], Written]
    recipe: Callable[[Subject], Written] | None = None
    preview: Callable[[Subject], str] | None = None
    package: str = ""

    def written(self, subject: Subject, *, recipe: bool = False) -> Written:
        """The files. Raises InvalidValue, which says why, where there can be none."""
        if why := self.why_not(subject, recipe=recipe):
            raise InvalidValue(CODES.field, self.name, why)
        return self.recipe(subject) if recipe and self.recipe is not None else self.trained(subject)

    def shown(self, subject: Subject, *, recipe: bool = False) -> str:
        """The text that a reader is shown of it. Raises as `written` does."""
        written = self.written(subject, recipe=recipe)
        return written.content.decode() if self.preview is None else self.preview(subject)

    def why_not(self, subject: Subject, *, recipe: bool = False) -> str:
        """What it must be instead where none can be written; nothing if one can."""
        if self.package and find_spec(self.package) is None:
            if getattr(sys, "frozen", False):
                return f"written by the program from Python's packages: this ready-made one comes without {self.label}"
            return f"written where the Python package {self.package} is installed: pip install {self.package}"
        if recipe and self.recipe is None:
            return "a kind of script: only they can say how the network learns"
        flat = [fold.label for fold in subject.architecture.folds if not fold.learns]
        if recipe and flat:
            return f"that of a network that can learn: {flat[0]} has no slope for a gradient to come through"
        return ""


CODES: Registry[Code] = Registry(
    "code",
    Code(
        "numpy",
        "NumPy",
        "a script that reads like the formulas, and needs nothing but NumPy",
        "py",
        numpy_script,
        numpy_recipe,
    ),
    Code("torch", "PyTorch", "a script with a Module of PyTorch", "py", torch_script, torch_recipe),
    Code("keras", "Keras", "a script with a Sequential model of Keras 3", "py", keras_script, keras_recipe),
    Code(
        "onnx",
        "ONNX",
        "a model for other programs, phones and web pages",
        "onnx",
        onnx_model,
        preview=onnx_preview,
        package="onnx",
    ),
    Code("npz", "Arrays", "the matrices themselves, as NumPy keeps them", "npz", npz_file, preview=npz_preview),
)
