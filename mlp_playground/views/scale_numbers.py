"""Which numbers stand beside a scale of colours: the same on screen and in a picture to take home."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.field import Map
from mlp_playground.data.dataset import Dataset
from mlp_playground.numerals import grouped

Numbers = tuple[tuple[float, str], ...]
"""Where each stands on the scale −1…1, from the top down, and how it is written."""
EXCITES: Numbers = ((1.0, "excites"), (0.0, "0"), (-1.0, "inhibits"))
"""Of what a neuron of the first layer looks for in a picture."""
THOUSANDS = {1e12: "T", 1e9: "G", 1e6: "M", 1e3: "k"}
SMOOTH, STEPS = (1.0, 0.5, 0.0, -0.5, -1.0), (1.0, 0.6, 0.2, -0.2, -0.6, -1.0)
"""Where numbers stand beside a smooth scale, and beside bands: at edges of bands."""


def answer_numbers(data: Dataset, *, steps: bool) -> Numbers:
    """Of the network's answer: the likelier class's probability, or the number that it predicts."""
    places = STEPS if steps else SMOOTH
    if data.task == "regression":
        back = data.target.back if data.target is not None else float
        return tuple((value, _number(back(value), signed=data.target is None)) for value in places)
    numbers = [(value, f"{50 + 50 * abs(value):.0f} %" if value else "50 : 50") for value in places]
    if data.space == "bits":  # of points the marks say which class it is
        (top, _), *between, (bottom, _) = numbers
        orange, blue = data.classes
        numbers = [(top, blue), *between, (bottom, orange)]
    return tuple(numbers)


def neuron_numbers(shown: Map, *, steps: bool) -> Numbers:
    """Of a neuron's or a feature's values; of one that is 0 everywhere there is only that."""
    if not np.any(shown.values):
        return ((0.0, "0"),)
    return tuple((value, _number(value * shown.scale, signed=True)) for value in (STEPS if steps else SMOOTH))


def difference_numbers(shown: Map, data: Dataset, *, steps: bool) -> Numbers:
    """Of one answer minus another: of chances in points of a hundred, of numbers in the user's own units."""
    places = STEPS if steps else SMOOTH
    if data.task != "regression":
        return tuple((value, f"{100 * value:+.0f} %".replace("-", "−") if value else "0") for value in places)
    unit = shown.scale if data.target is None else data.target.back(shown.scale) - data.target.back(0.0)
    return tuple((value, _number(value * unit, signed=True)) for value in places)


def own_number(value: float) -> str:
    """A number of the user's own, with four digits that tell something, written out as in a table."""
    written = 1e4 <= abs(value) < 1e12
    text = grouped(float(f"{value:.4g}")) if written else f"{value:.4g}"
    return text.replace("-", "−")


def _number(value: float, *, signed: bool) -> str:
    """Three digits, as far as they tell something, in the room that is beside a scale."""
    power = next((power for power in THOUSANDS if abs(value) >= 0.9995 * power), 1.0)
    digits = 3 if abs(value) >= 0.01 else 2 if abs(value) >= 0.001 else 1
    text = f"{value / power:{'+' if signed and value else ''}.{digits}g}{THOUSANDS.get(power, '')}"
    return text.replace("-", "−")
