"""The trace of shapes from the samples to the loss: what is multiplied with what, and where it would not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS, Head
from mlp_playground.nn.network import Architecture

N = -1
"""Stands for the number of samples in a shape: however many there are, each is a column."""
MOST_WIDE = 100_000
SILENT = "no error: the formula takes any number, and what comes out is not what you meant"
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

CLASSES = "classes"
Zeros = NDArray[np.float64]
Shape = tuple[int, ...]
"""Rows and columns, or one number for a row of numbers; N for the samples."""


@dataclass(frozen=True)
class Operand:
    """One array that a step takes, by its symbol; `was_changed` where the reader asks what if it had another shape."""

    symbol: str
    shape: Shape
    was_changed: bool = False


@dataclass(frozen=True)
class Mismatch:
    """Why a step can't be done: in words, and as NumPy and PyTorch say it of the same arrays."""

    words: str
    numpy: str
    torch: str


@dataclass(frozen=True)
class Step:
    """One step: `formula` in symbols, the `operands` that go in, the `result` that comes out (None where it can't be),
    and how many numbers of it training may change."""

    name: str
    formula: str
    operands: tuple[Operand, ...]
    result: Operand | None
    parameters: int = 0
    mismatch: Mismatch | None = None


@dataclass(frozen=True)
class Subject:
    """What a trace is about: a network before its data. `n_raw` numbers describe a sample, of which `features` (their
    number, None for no such step) are made; `labels` classes are in the data (0: targets are numbers). `batch` samples
    are passed at a time where a message needs a number. `changed` are the shapes that differ from those that fit, by
    symbol; that of CLASSES is how many classes the labels have."""

    architecture: Architecture
    n_raw: int
    features: int | None
    labels: int
    batch: int
    changed: Mapping[str, Shape] = field(default_factory=dict)


def trace(subject: Subject) -> tuple[Step, ...]:
    """All steps from the samples to the loss; the last one has a mismatch where the way ends before."""
    steps: list[Step] = []
    for step in _way(subject):
        steps.append(step)
        if step.mismatch is not None:
            break
    return tuple(steps)


def _way(subject: Subject) -> Iterator[Step]:
    shape = subject.architecture
    A = _operand("X", (subject.n_raw, N), subject)
    yield Step("samples", "X, one a column", (), A)
    if subject.features is not None:
        yield (step := _featured(A, subject))
        assert step.result is not None or step.mismatch is not None
        A = step.result or A
    last = len(shape.widths) - 1
    for l in range(1, last + 1):
        yield (step := _linear(A, l, subject))
        if step.result is None:
            return
        Z = step.result
        if l < last:
            A = Operand(f"A{_sub(l)}", Z.shape)
            label = ACTIVATIONS[shape.activations[l - 1]].label
            yield Step("", f"A{_sub(l)} = {label}(Z{_sub(l)})", (Z,), A)
    yield from _end(Z, subject)


def _featured(X: Operand, subject: Subject) -> Step:
    assert subject.features is not None
    formula = "H = features(X)"
    if X.shape[0] < 2:
        words = f"The features are made of x₁ and x₂, and a sample has {X.shape[0]} number."
        row = "index 1 is out of bounds for "
        numpy = f"IndexError: {row}axis 0 with size {X.shape[0]}"
        torch = f"IndexError: {row}dimension 0 with size {X.shape[0]}"
        return Step("features", formula, (X,), None, 0, Mismatch(words, numpy, torch))
    return Step("features", formula, (X,), Operand("H", (subject.features, N)))


def _linear(A: Operand, l: int, subject: Subject) -> Step:
    """Z = W·A + b of layer `l`, from 1."""
    widths = subject.architecture.widths
    W = _operand(f"W{_sub(l)}", (widths[l], widths[l - 1]), subject)
    b = _operand(f"b{_sub(l)}", (W.shape[0],), subject)
    name = "output" if l == len(widths) - 1 else f"layer {l}"
    formula = f"Z{_sub(l)} = {W.symbol}·{A.symbol} + {b.symbol}"
    parameters = W.shape[0] * W.shape[1] + b.shape[0]
    mismatch = _product_mismatch(W, A, subject.batch) or _bias_mismatch(W, b, subject.batch)
    result = None if mismatch else Operand(f"Z{_sub(l)}", (W.shape[0], N))
    return Step(name, formula, (W, A, b), result, parameters, mismatch)


def _end(Z: Operand, subject: Subject) -> Iterator[Step]:
    """The head and its loss."""
    head = HEADS[subject.architecture.head]
    P = Operand("P", Z.shape)
    y = _operand("y", (N,), subject)
    squash = {"classes": "softmax(Z)", "binary": "σ(Z)", "tanh-squared": "tanh(Z)"}.get(head.name, "Z")
    yield Step("answer", f"P = {squash}", (Z,), P)
    labels = subject.changed.get(CLASSES, (subject.labels,))[0]
    mismatch = _label_mismatch(Z.shape[0], labels, head)
    result = None if mismatch else Operand("L", ())
    yield Step("loss", "L = mean of losses", (P, y), result, 0, mismatch)


def _operand(symbol: str, usual: Shape, subject: Subject) -> Operand:
    shape = subject.changed.get(symbol)
    return Operand(symbol, usual) if shape is None else Operand(symbol, shape, was_changed=shape != usual)


def _product_mismatch(W: Operand, A: Operand, batch: int) -> Mismatch | None:
    (rows, columns), (n_in, _) = W.shape, A.shape
    if columns == n_in:
        return None
    words = (
        f"Each row of {W.symbol} has {columns} weights, and there are {n_in} inputs: "
        f"the inner numbers of ({rows}×{columns})·({n_in}×N) must be the same."
    )
    torch = f"RuntimeError: mat1 and mat2 shapes cannot be multiplied ({batch}x{n_in} and {columns}x{rows})"
    return Mismatch(words, _numpy_says(np.matmul, W.shape, (n_in, batch)), torch)


def _bias_mismatch(W: Operand, b: Operand, batch: int) -> Mismatch | None:
    rows, biases = W.shape[0], b.shape[0]
    if biases in (rows, 1):  # a single one is added to all: NumPy and PyTorch let it pass
        return None
    if rows == 1:
        return Mismatch(f"The only neuron has one bias, and {b.symbol} has {biases}.", SILENT, SILENT)
    words = f"Each of the {rows} neurons has a bias of its own, and {b.symbol} has {biases}."
    torch = (
        f"RuntimeError: The size of tensor a ({rows}) must match the size of tensor b ({biases}) "
        "at non-singleton dimension 1"
    )
    return Mismatch(words, _numpy_says(np.add, (rows, batch), (biases, 1)), torch)


def _label_mismatch(n_out: int, labels: int, head: Head) -> Mismatch | None:
    """Whether the loss is one for such targets, and there are as many outputs as it needs."""
    is_number = head.task == "regression"
    if is_number != (labels == 0):
        kind = "for numbers, and the data have classes" if is_number else "for classes, and the data have numbers"
        return Mismatch(f"The loss “{head.label}” is {kind}.", SILENT, SILENT)
    if head.task != "classes":
        return _single_mismatch(n_out, labels)
    if labels == n_out:
        return None
    if labels < n_out:
        words = f"The network has {_outputs(n_out)} and the data {labels} classes: some outputs can never be right."
        return Mismatch(words, SILENT, SILENT)
    words = (
        f"The data have {labels} classes and the network {_outputs(n_out)}: label {n_out}, counted from 0, has none."
    )
    numpy = f"IndexError: index {n_out} is out of bounds for axis 0 with size {n_out}"
    return Mismatch(words, numpy, f"IndexError: Target {n_out} is out of bounds.")


def _single_mismatch(n_out: int, labels: int) -> Mismatch | None:
    """Of a loss that looks at one output."""
    if n_out != 1:
        return Mismatch(f"This loss looks at one output, and there are {n_out}.", SILENT, SILENT)
    if labels > 2:
        words = f"One output tells two classes apart, and the data have {labels}: they need an output for each."
        return Mismatch(words, SILENT, SILENT)
    return None


def _outputs(n: int) -> str:
    return "1 output" if n == 1 else f"{n} outputs"


def _numpy_says(operation: Callable[[Zeros, Zeros], object], one: Shape, other: Shape) -> str:
    """What NumPy answers where an operation is to be done with arrays of two shapes that don't fit."""
    try:
        operation(np.broadcast_to(0.0, one), np.broadcast_to(0.0, other))
    except ValueError as error:
        return f"ValueError: {error}".strip()
    return ""


def parse_shape(text: str, usual: Shape) -> Shape:
    """A shape as somebody types it: `8, 2`, `8×2` or `(8, N)`. Raises InvalidValue for what is none of that kind."""
    parts = text.replace("×", ",").replace("x", ",").replace("*", ",").strip(" ()[]").split(",")
    parts = [part.strip() for part in parts if part.strip()]
    kind = " and ".join("N" if n == N else "a whole number" for n in usual)
    allowed = f"{kind}, such as {shape_text(usual)}, none above {MOST_WIDE:,}"
    if len(parts) != len(usual):
        raise InvalidValue("shape", text, allowed)
    sizes = []
    for part, expected in zip(parts, usual, strict=True):
        is_n = expected == N and part.upper() == "N"
        if not is_n and not (part.isdecimal() and expected != N and 1 <= int(part) <= MOST_WIDE):
            raise InvalidValue("shape", text, allowed)
        sizes.append(N if is_n else int(part))
    return tuple(sizes)


def shape_text(shape: Shape, batch: int | None = None) -> str:
    """A shape as it is written: (8×N), or with a number in place of N; a row of numbers stands as a column, (8×1), and
    of samples alone as (N)."""
    if not shape:
        return "one number"
    letters = ["N" if n == N and batch is None else f"{batch if n == N else n}" for n in shape]
    return f"({letters[0]}×1)" if len(shape) == 1 and shape[0] != N else f"({'×'.join(letters)})"


def _sub(l: int) -> str:
    return str(l).translate(SUBSCRIPTS)
