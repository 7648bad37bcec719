"""Numbers in a script: as lists while a reader can follow them, then as base64, then in a file beside it."""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlp_playground.export.text import WIDEST, WIDTH, function

LISTED, EMBEDDED = 500, 20_000
"""Numbers that a script has as lists, and as base64."""

Form = Literal["list", "base64", "file"]

READ_TEXT = function(
    "numbers(text, *shape)",
    "Numbers that are written as base64.",
    'return np.frombuffer(base64.b64decode(text), "{kind}").reshape(shape)',
)
KINDS = {"weights": "<f4", "data": "<f8"}
"""What numbers are in base64: weights are float32, and a table's own numbers may need more digits."""
READ_FILE = """
HERE = Path(__file__)
with np.load(HERE.with_name(f"{{HERE.stem}}-{name}.npz")) as file:  # comes with this script
    {name} = dict(file)
"""


@dataclass(frozen=True)
class Numbers:
    """The arrays of one script by name, all in the same form; `kind` (weights, data) names the file beside it."""

    kind: str
    arrays: Mapping[str, NDArray[Any]]
    form: Form = field(init=False)

    def __post_init__(self) -> None:
        n = sum(array.size for array in self.arrays.values())
        object.__setattr__(self, "form", "list" if n <= LISTED else "base64" if n <= EMBEDDED else "file")

    @property
    def imports(self) -> tuple[str, ...]:
        """What the script imports for them."""
        return {"list": (), "base64": ("import base64",), "file": ("from pathlib import Path",)}[self.form]

    @property
    def reading(self) -> str:
        """What stands above the first of them."""
        return {
            "list": "",
            "base64": READ_TEXT.format(kind=KINDS[self.kind]),
            "file": READ_FILE.format(name=self.kind),
        }[self.form]

    @property
    def beside(self) -> bytes | None:
        """The file beside the script, where there is one."""
        return npz_bytes(self.arrays) if self.form == "file" else None

    @property
    def assignments(self) -> str:
        """A line (or more) for each of them: `W1 = …`."""
        return "\n".join(f"{name} = {self.text(name)}" for name in self.arrays)

    def text(self, name: str) -> str:
        """The expression that is the array."""
        array = self.arrays[name]
        if self.form == "file":
            return f'{self.kind}["{name}"]'
        if self.form == "list" or array.dtype.kind != "f":
            return list_text(array)
        lines = textwrap.wrap(base64_text(array.astype(KINDS[self.kind])), WIDTH)
        shape = ", ".join(map(str, array.shape))
        return 'numbers("""\n' + "\n".join(lines) + f'\n""", {shape})'


def base64_text(array: NDArray[Any]) -> str:
    """The array's bytes as base64."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def list_text(array: NDArray[Any]) -> str:
    """`np.array([…])` that gives the very numbers of a vector or a matrix, its columns under each other."""
    if array.ndim == 2 and array.shape[1] == 1 and len(array) > 1:
        return f"{list_text(array[:, 0])}[:, None]"
    if array.ndim == 1:
        body = textwrap.fill(", ".join(map(number_text, array)), WIDTH, break_on_hyphens=False)
        return f"np.array([{body}])" if "\n" not in body else f"np.array([\n{textwrap.indent(body, '    ')}\n])"
    cells = [[number_text(each) for each in row] for row in array]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rows = [", ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    if len(rows) == 1 and len(rows[0]) < WIDEST - 24:
        return f"np.array([[{rows[0]}]])"
    lines = (textwrap.fill(row, WIDEST - 6, subsequent_indent=" ", break_on_hyphens=False) for row in rows)
    body = "".join(textwrap.indent(f"[{line}],", "    ") + "\n" for line in lines)
    return f"np.array([\n{body}])"


def number_text(value: Any) -> str:
    """The shortest text that gives the number again; a float32's is that of its own precision."""
    return str(value)


def npz_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The arrays as an .npz, without a date and without pickle."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()
