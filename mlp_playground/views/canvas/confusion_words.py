"""What a cell of a confusion says, as one would say it: "12 of 98 sevens were read as nines"."""

from __future__ import annotations

from math import isfinite

from mlp_playground.analysis.confusion import Confusion
from mlp_playground.data.dataset import Dataset
from mlp_playground.numerals import grouped, percent

DIGITS = ("zeros", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines")


def cell_words(data: Dataset, found: Confusion, truth: int, answer: int) -> str:
    """Of a class and an answer, how many and which share."""
    count, total = int(found.counts[truth, answer]), int(found.counts[truth].sum())
    if not total:
        return f"There are no {_called(data, truth)} here"
    what = f"{grouped(count)} of {grouped(total)} {_called(data, truth)}"
    verb = "were read as" if _is_digits(data) else "were taken for"
    if truth == answer:
        return f"{what} were recognised ({percent(count / total)})"
    return f"{what} {verb} {_called(data, answer)} ({percent(count / total)})"


def class_words(data: Dataset, found: Confusion, number: int) -> str:
    """Of a class, its recall and its precision, in words."""
    name = _called(data, number)
    recall, precision = found.recall[number], found.precision[number]
    seen = f"Of the {name}, {percent(recall)} were recognised (recall)." if isfinite(recall) else f"No {name} are here."
    right = f"Of all answers “{data.classes[number]}”, {percent(precision)} were right (precision)."
    return f"{seen}\n{right if isfinite(precision) else f'“{data.classes[number]}” was never the answer.'}"


def _called(data: Dataset, number: int) -> str:
    """A class's samples."""
    return DIGITS[number] if _is_digits(data) else f"“{data.classes[number]}”"


def _is_digits(data: Dataset) -> bool:
    return data.image_shape is not None and len(data.classes) == len(DIGITS)
