"""A trained network as plain arrays, for whoever writes the rest: an .npz with matrices and what they stand for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.export.arrays import npz_bytes
from mlp_playground.export.common import answer_words, sample_words
from mlp_playground.export.subject import Subject, middle_of
from mlp_playground.export.text import joined, plain
from mlp_playground.export.weights import weights
from mlp_playground.export.written import Written


def npz_file(subject: Subject) -> Written:
    """The arrays as a file; texts are arrays of text, so nothing in it needs pickle."""
    return Written(npz_bytes(npz_arrays(subject)))


def npz_arrays(subject: Subject) -> dict[str, NDArray[Any]]:
    """W1 (n_out, n_in), b1 (n_out,), … and, as texts and numbers, all that it takes to answer with them."""
    shape = subject.architecture
    result = weights(subject, as_columns=False)
    result["activations"] = np.array(shape.activations, str)
    result["head"] = np.array(shape.head)
    result["off"] = np.array(shape.off, np.int64).reshape(-1, 2)
    result["features"] = np.array(subject.features, str)
    result["classes"] = np.array(subject.data.classes, str)
    if subject.scales:
        result["inputs"] = np.array(subject.inputs, str)
        result["input_middle"], result["input_factor"] = subject.scaling
    if subject.target is not None:
        result["target_middle"] = np.array(middle_of(subject.target))
        result["target_factor"] = np.array(subject.target.factor)
    result["about"] = np.array(f"{sample_words(subject)}; {answer_words(subject)}")
    return result


def npz_preview(subject: Subject) -> str:
    """What is in the file, and how Python reads it."""
    arrays = npz_arrays(subject)
    wide = max(map(len, arrays))
    rows = [f"{name:<{wide}}  {_content(array)}" for name, array in arrays.items()]
    n = len(subject.architecture.widths)
    layers = "\n".join(f'    W{l}, b{l} = file["W{l}"], file["b{l}"]' for l in range(1, n))
    reading = f'import numpy as np\n\nwith np.load("network.npz") as file:\n{layers}'
    about = "# A row of W for each neuron: a layer computes A = f(W @ A + b[:, None]), samples as columns."
    return joined("# In the file:\n" + "\n".join(f"#   {row}" for row in rows) + f"\n#\n{about}", reading)


def _content(array: NDArray[Any]) -> str:
    if array.dtype.kind == "U" or array.size <= 4:
        shown = ", ".join(plain(str(value)) for value in array.ravel())
        return shown if len(shown) <= 80 else shown[:79] + "…"
    return f"{array.dtype} {' × '.join(map(str, array.shape))}"
