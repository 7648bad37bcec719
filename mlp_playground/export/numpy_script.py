"""A trained network as a NumPy script that reads like its formulas: A = f(W @ A + b), samples as columns."""

from __future__ import annotations

from mlp_playground.export.arrays import Numbers
from mlp_playground.export.common import (
    DESKEW,
    FEATURE_CODE,
    answer_words,
    constants,
    digit_imports,
    example,
    learned,
    opening,
    sample_words,
    scale_constants,
    target_code,
)
from mlp_playground.export.folds import FOLDS
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import function, joined, returned
from mlp_playground.export.weights import weights
from mlp_playground.export.written import Written

HOW_TO_READ = (
    "Samples are columns, and each layer computes",
    "    A = f(W @ A + b)",
    "with a row of W for each of its neurons.",
)
ANSWERS = {"binary": "sigmoid", "classes": "softmax", "tanh-squared": "tanh"}
"""The function that makes the last layer's numbers an answer, by head; for others the number is the answer."""
SOFTMAX = function(
    "softmax(Z)",
    "",
    "E = np.exp(Z - Z.max(axis=0))  # without the largest taken out, e^Z could overflow\nreturn E / E.sum(axis=0)",
)


def numpy_script(subject: Subject) -> Written:
    """The script, and its weights beside it where they are many."""
    numbers = Numbers("weights", weights(subject, as_columns=True))
    text = joined(
        opening(
            subject, learned(subject), HOW_TO_READ, *numbers.imports, *digit_imports(subject), "import numpy as np"
        ),
        inputs(subject),
        functions(subject),
        _predict(subject),
        numbers.reading,
        numbers.assignments,
        constants(subject),
        example(subject, rows=False, predict=["answers = predict(X).T"]),
    )
    return Written(text.encode(), numbers.beside, "weights")


def inputs(subject: Subject, *, deskew: bool = True) -> str:
    """What becomes of a sample before the first layer."""
    parts = []
    if subject.deskews and deskew:
        parts.append(DESKEW)
    if subject.scales:
        parts.append(scale_constants(subject))
    if subject.features or subject.scales:
        parts.append(_inputs_function(subject))
    return "\n\n\n".join(part.strip("\n") for part in parts)


def _inputs_function(subject: Subject) -> str:
    lines = ["return (X - MIDDLE) * FACTOR"]
    if subject.features:
        lines = ["X = (X - MIDDLE) * FACTOR"] if subject.scales else []
        told = ", ".join(FEATURE_CODE[name].format(np="np") for name in subject.features)
        lines += ["x1, x2 = X", f"return np.stack([{told}])"]
    return function("inputs(X)", f"What the network is told of {sample_words(subject)}.", "\n".join(lines))


def functions(subject: Subject) -> str:
    """The activations that the network has, and what makes its last numbers an answer."""
    names = list(dict.fromkeys(subject.architecture.activations))
    answer = ANSWERS.get(subject.architecture.head)
    if answer is not None and answer in FOLDS and answer not in names:
        names.append(answer)
    if any(FOLDS[name].needs_sigmoid for name in names):
        names = ["sigmoid", *(name for name in names if name != "sigmoid")]
    parts = [
        function(f"{FOLDS[name].function}(Z)", "", returned(FOLDS[name].numpy)) for name in names if name != "linear"
    ]
    return "\n\n\n".join([*parts, SOFTMAX] if answer == "softmax" else parts)


def _predict(subject: Subject) -> str:
    shape, lines = subject.architecture, []
    lines.append(f"A0 = {'inputs(X)' if subject.features or subject.scales else 'X'}")
    for l, name in enumerate(shape.activations, 1):
        Z = f"W{l} @ A{l - 1} + b{l}"
        lines.append(f"A{l} = {Z}" if name == "linear" else f"A{l} = {FOLDS[name].function}({Z})")
        off = [neuron for layer, neuron in shape.off if layer == l - 1]
        if off:
            lines.append(f"A{l}[{off}] = 0  # switched off (neurons count from 0)")
    last = len(shape.widths) - 1
    Z = f"W{last} @ A{last - 1} + b{last}"
    answer = ANSWERS.get(shape.head)
    value = f"{answer}({Z})" if answer else f"({Z})" if subject.target else Z
    lines.append(f"return {target_code(subject, value)}")
    words = f"For {sample_words(subject)}: {answer_words(subject)}, ({shape.widths[-1]}, N)."
    return function("predict(X)", words, "\n".join(lines))
