"""The doctor: a table of illnesses, each of which is looked for by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from mlp_playground.experiment.doctor import fit, gradients, neurons
from mlp_playground.experiment.doctor.case import Case
from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Illness:
    """`look` returns a finding with its evidence, or None; `words` say what it looks for. `explains` names illnesses
    that follow from it, and are not told beside it."""

    name: str
    label: str
    words: str
    look: Callable[[Case], Finding | None]
    explains: tuple[str, ...] = ()


_STUCK = "low-rate", "collapse", "small"
_ALL = "dead", "symmetry", "saturation", "vanishing", "exploding", "high-rate", *_STUCK, "overfitting"

ILLNESSES: Registry[Illness] = Registry(
    "illness",
    Illness("divergence", "divergence", "a loss that grows beyond all bounds", gradients.divergence, _ALL),
    Illness("symmetry", "symmetry", "neurons that are copies of each other", neurons.symmetry, ("dead", *_STUCK)),
    Illness("dead", "dead ReLUs", "layers with over half of the neurons zero on all data", neurons.dead_relus, _STUCK),
    Illness(
        "high-rate",
        "learning rate too high",
        "a loss that jumps up and down",
        gradients.rate_too_high,
        ("saturation", *_STUCK),
    ),
    Illness("saturation", "saturation", "S-shaped neurons on their flat ends", neurons.saturation, _STUCK),
    Illness("vanishing", "vanishing gradient", "far less gradient in the first layer", gradients.vanishing, _STUCK),
    Illness("exploding", "exploding gradient", "far more gradient in the first layer", gradients.exploding, _STUCK),
    Illness(
        "low-rate", "learning rate too low", "steps that move nothing", gradients.rate_too_low, ("collapse", "small")
    ),
    Illness("collapse", "one answer for all", "one class for nearly all samples", fit.collapse, ("small",)),
    Illness("small", "too small a network", "a plateau with a straight border", fit.too_small),
    Illness("overfitting", "overfitting", "a test loss that rises while the train loss falls", fit.overfitting),
)
"""In the order of what to cure first."""


def diagnose(case: Case) -> tuple[Finding, ...]:
    """All findings that are not explained by another one, the first to cure first."""
    found = {name: finding for name, illness in ILLNESSES.items() if (finding := illness.look(case)) is not None}
    explained = {name for illness in found for name in ILLNESSES[illness].explains}
    kept = (finding for name, finding in found.items() if name not in explained)
    # where a schedule has brought the learning rate down nothing more would come of going on
    return tuple(replace(each, cure=each.cure.from_start()) if case.is_near_end else each for each in kept)
