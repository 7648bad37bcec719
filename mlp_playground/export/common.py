"""What scripts of every kind have in common: their head, what becomes of a sample before the first layer, examples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlp_playground.export.arrays import base64_text, list_text
from mlp_playground.export.subject import Subject, middle_of
from mlp_playground.export.text import docstring, plain
from mlp_playground.numerals import counted

FEATURE_CODE = {
    "x1": "x1",
    "x2": "x2",
    "x1^2": "x1**2",
    "x2^2": "x2**2",
    "x1*x2": "x1 * x2",
    "sin(x1)": "{np}.sin(x1)",
    "sin(x2)": "{np}.sin(x2)",
}
"""The features in code; {np} is the library whose sine it is."""

STANDARD = ("import base64", "import gzip", "import math", "from pathlib import Path")

DESKEW = '''
def deskew(pictures):
    """Straighten slanted digits (N, 28, 28), as the network is used to (LeCun et al., 1998, section III).

    Each one's rows are pushed sideways until its ink is no longer correlated with its height.
    """
    straight = np.zeros_like(pictures)
    rows = columns = np.arange(28)
    for old, new in zip(pictures, straight):
        ink = old.sum(axis=1)
        if not ink.any():
            continue
        y = rows - (ink * rows).sum() / ink.sum()
        spread = (ink * y**2).sum()
        slant = (y * (old @ columns)).sum() / spread if spread > 1e-9 * ink.sum() else 0
        for row in rows:
            new[row] = np.interp(columns + slant * y[row], np.arange(-1, 29), np.pad(old[row], 1))
    return straight
'''


def opening(subject: Subject, what: str, how_to_read: Sequence[str], *needed: str) -> str:
    """The script's docstring (`what` it is, of which data, and paragraphs on how it is to be read) and its import
    statements."""
    data = plain(subject.data.label)
    title = f"{what}: a network {subject.widths_text} for the data “{data}”."
    first, *more = how_to_read
    return docstring(title, f"Made with MLP Playground. {first}", *more) + "\n\n" + _imports(needed)


def _imports(needed: Sequence[str]) -> str:
    """The standard library's first, then the others."""
    standard = [each for each in STANDARD if each in needed]
    others = dict.fromkeys(each for each in needed if each not in STANDARD)
    return "\n\n".join("\n".join(part) for part in (standard, others) if part)


def digit_imports(subject: Subject) -> tuple[str, ...]:
    """What the example of a digit needs."""
    return ("import base64",) if subject.data.space == "pictures" else ()


def learned(subject: Subject) -> str:
    """What a script with weights is."""
    return "With its first weights" if subject.epoch == 0 else f"What was learned in {counted(subject.epoch, 'epoch')}"


def scale_constants(subject: Subject, *, rows: bool = False) -> str:
    """Where the middle of each of the user's columns is, and by what it was scaled: columns (n_in, 1), or for samples
    as `rows` vectors (n_in,)."""
    if not subject.scales:
        return ""
    middle, factor = (each if rows else each[:, None] for each in subject.scaling)
    names = ", ".join(plain(name) for name in subject.inputs)
    return f"# the table's columns: {names}\nMIDDLE = {list_text(middle)}\nFACTOR = {list_text(factor)}"


def target_code(subject: Subject, answer: str) -> str:
    """The expression for the answer in the user's own units."""
    if subject.target is None:
        return answer
    return f"{answer} / {subject.target.factor!r} + {middle_of(subject.target)!r}"


def answer_words(subject: Subject) -> str:
    """What the network answers, in words."""
    names, target = subject.data.classes, subject.data.target
    if subject.data.task == "regression":
        return "the number to predict" + (f", {plain(target.name)}" if target else "")
    return {
        "binary": f"the probability of “{plain(names[1])}”",
        "tanh-squared": f"a number from −1 (“{plain(names[0])}”) to +1 (“{plain(names[1])}”)",
        "classes": "a probability for each class",
    }[subject.architecture.head]


def sample_words(subject: Subject, *, rows: bool = False) -> str:
    """What a batch of samples is, with its shape; samples are `rows` or columns."""
    n = subject.data.n_in
    shape = f"(N, {n})" if rows else f"({n}, N)"
    if subject.data.space == "pictures":
        straight = ", straightened by deskew" if subject.deskews else ""
        return f"pictures {shape}, grey from 0 to 1 row by row{straight}"
    if subject.data.space == "table" or subject.scales:
        return f"rows of the table {shape}, in its own units" if rows else f"samples {shape}, in the table's own units"
    return {"bits": f"patterns of bits {shape}, −1 for 0", "line": f"places {shape} on the line"}.get(
        subject.data.space, f"points {shape}"
    )


def constants(subject: Subject) -> str:
    """The classes' names."""
    return f"CLASSES = {subject.data.classes!r}" if subject.data.classes else ""


def some_samples(subject: Subject, n: int = 5) -> NDArray[np.float64]:
    """The first test samples (n_in, n) in their own units, with few digits."""
    X = subject.own(subject.data.test.X[:, :n])
    return np.array([[float(f"{value:.4g}") for value in row] for row in X])


def example(subject: Subject, *, rows: bool, predict: Sequence[str]) -> str:
    """The main part: some test samples and what is answered. `predict` turns `X` into `answers`, samples as rows."""
    if subject.data.space == "pictures":
        return _digit_example(subject, predict, rows)
    samples = some_samples(subject)
    X = list_text(samples.T if rows else samples)
    shown = "X" if rows else "X.T"
    lines = [f"X = {X}  # from the test data", *predict, f"for x, answer in zip({shown}, answers):"]
    lines.append(f'    print(x, "→", {_told(subject)})')
    return _main(lines)


def _digit_example(subject: Subject, predict: Sequence[str], rows: bool) -> str:
    data = subject.data
    digit = np.round(data.test.X[:, 0] * 255).astype(np.uint8)
    text = base64_text(digit)
    wrapped = "\n".join(text[k : k + 100] for k in range(0, len(text), 100))
    name = data.classes[int(data.test.y[0])]
    shape = "digit[None, :]" if rows else "digit[:, None]"
    return _main(
        [
            f'digit = np.frombuffer(base64.b64decode("""\n{wrapped}\n"""), np.uint8)  # a test digit, a {name}',
            "for row in digit.reshape(28, 28):",
            '    print("".join(" .:+#@"[ink // 43] for ink in row))',
            f"X = {shape} / 255",
            *predict,
            f'print("It is a", {_told(subject).replace("answer", "answers[0]")})',
        ]
    )


def _main(lines: Sequence[str]) -> str:
    # a text in triple quotes goes on at the margin
    indented, inside = [], False
    for line in "\n".join(lines).split("\n"):
        indented.append(line if inside else f"    {line}")
        inside ^= line.count('"""') % 2 == 1
    return 'if __name__ == "__main__":\n' + "\n".join(indented)


def _told(subject: Subject) -> str:
    """What is printed of an `answer` (n_out,)."""
    return {
        "binary": 'CLASSES[int(answer[0] > 0.5)], f"{answer[0]:.1%} {CLASSES[1]}"',
        "tanh-squared": 'CLASSES[int(answer[0] > 0)], f"{answer[0]:+.3f}"',
        "classes": 'CLASSES[answer.argmax()], f"{answer.max():.1%}"',
    }.get(subject.architecture.head, 'f"{answer[0]:.4g}"')
