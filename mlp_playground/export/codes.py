"""The kinds of code that a network can leave the program as, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from mlp_playground.export.keras_script import keras_script
from mlp_playground.export.npz import npz_file
from mlp_playground.export.numpy_script import numpy_script
from mlp_playground.export.onnx_model import onnx_model
from mlp_playground.export.subject import Subject
from mlp_playground.export.torch_script import torch_script
from mlp_playground.export.written import Written
from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Code:
    """One kind: `trained` writes a network with its weights, in a file with that `ending`. It takes the `package` to
    write one, which may be missing here."""

    name: str
    label: str
    words: str
    ending: str
    trained: Callable[[Subject], Written]
    package: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it can be read and copied."""
        return self.ending == "py"

    def why_not(self) -> str:
        """Why none can be written here; nothing if one can."""
        missing = self.package and find_spec(self.package) is None
        return f"the Python package {self.package} is not installed (pip install {self.package})" if missing else ""


CODES: Registry[Code] = Registry(
    "code",
    Code("numpy", "NumPy", "a script that reads like the formulas, and needs nothing but NumPy", "py", numpy_script),
    Code("torch", "PyTorch", "a script with a Module of PyTorch", "py", torch_script),
    Code("keras", "Keras", "a script with a Sequential model of Keras 3", "py", keras_script),
    Code("onnx", "ONNX", "a model for other programs, phones and web pages", "onnx", onnx_model, "onnx"),
    Code("npz", "Arrays", "the matrices themselves, as NumPy keeps them", "npz", npz_file),
)
