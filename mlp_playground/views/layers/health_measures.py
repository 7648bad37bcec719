"""What the health of a layer is told by: each measure with its name, its healthy band and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite, nan

from mlp_playground.analysis.health import BAND
from mlp_playground.experiment.doctor.checkup import Checkup
from mlp_playground.experiment.doctor.gradients import TOO_HIGH, TOO_LOW
from mlp_playground.experiment.doctor.neurons import DEAD, SATURATED
from mlp_playground.experiment.doctor.words import number, percent
from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Measure:
    """One column. `value(checkup, layer)` is NaN where a layer has none; `text` writes it. `band` is where healthy ones
    are, and `ill` a value above which a layer is, whatever else. `share` adds how large a value is beside the
    largest."""

    name: str
    label: str
    tip: str
    value: Callable[[Checkup, int], float]
    text: Callable[[float], str]
    band: tuple[float, float] | None = None
    ill: float = inf
    logarithmic: bool = True
    share: bool = False


def _or_nan(value: float | None) -> float:
    return nan if value is None else value


def _dead(checkup: Checkup, layer: int) -> float:
    """Where a layer's activation can be 0 on a whole side."""
    return nan if checkup.layers[layer].zeros is None else checkup.layers[layer].dead_share


def _update(checkup: Checkup, layer: int) -> float:
    return nan if checkup.updates is None else checkup.updates[layer]


def _gain(checkup: Checkup, layer: int) -> float:
    """Of hidden layers: an output should grow as it becomes sure."""
    return nan if layer == len(checkup.layers) - 1 else checkup.layers[layer].gain


def _in_percent(value: float) -> str:
    """A step's size: from some hundred percent down to millionths."""
    if not isfinite(value):
        return "∞"
    return f"{100 * value:.2g}\u202f%" if 1e-5 <= value < 10 else number(value) if value else "0\u202f%"


MEASURES: Registry[Measure] = Registry(
    "measure",
    Measure(
        "dead",
        "dead",
        "Neurons that answer 0 to all data, training and test: no gradient comes through them, so they stay as they "
        "are. Over half of a layer is ill.",
        _dead,
        percent,
        (0.0, DEAD),
        DEAD,
        logarithmic=False,
    ),
    Measure(
        "zeros",
        "zero answers",
        "How many of all answers are 0. That is what a ReLU does on one side of its line: about half is normal, and no "
        "sign of dead neurons.",
        lambda checkup, layer: _or_nan(checkup.layers[layer].zeros),
        percent,
        (0.3, 0.7),
        logarithmic=False,
    ),
    Measure(
        "saturated",
        "saturated",
        "Answers on the flat ends of an S-shaped curve, with less than a twentieth of its steepest slope. Over three "
        "quarters before the network has learned is ill.",
        lambda checkup, layer: _or_nan(checkup.layers[layer].saturated),
        percent,
        (0.0, SATURATED),
        logarithmic=False,
    ),
    Measure(
        "gradient",
        "|gradient|",
        "The mean |∂loss/∂z| of a sample and a neuron: how much of the error comes back to the layer. Beside it how "
        "much that is of the largest layer's; hidden ReLU layers more than 10 times apart are ill.",
        lambda checkup, layer: checkup.layers[layer].arriving,
        number,
        share=True,
    ),
    Measure(
        "update",
        "update",
        "‖ΔW‖ / ‖W‖ of the very next step: how far the optimizer will move the weights, as a share of their size. "
        "A thousandth (0.1\u202f%) is usual; the band is 0.01\u202f% to 2\u202f%.",
        _update,
        _in_percent,
        (TOO_LOW, TOO_HIGH),
    ),
    Measure(
        "variance",
        "variance",
        "The variance of the layer's answers, as a multiple of that of what it hears. First weights that keep it in "
        "½ to 2 let a signal neither fade nor grow; what has learned may leave the band. An S-shaped curve can't "
        "answer more than 1, so behind large inputs it is below.",
        _gain,
        lambda value: f"× {number(value)}",
        BAND,
    ),
)
"""From left to right."""
