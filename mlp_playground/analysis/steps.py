"""A map in steps instead of smooth: within a band nothing changes, so that the eye can follow where a number is."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.field import ClassMap, Levels, Map, class_levels, to_levels
from mlp_playground.nn.arrays import Array

STEPS = 10
"""Bands of the whole scale: each is a tenth of probability, and one of them ends where both classes are as likely."""


def step_levels(shown: Map | ClassMap) -> Levels:
    """The map as colour levels (rows, columns), everywhere that of the middle of the band that it lies in."""
    if isinstance(shown, ClassMap):
        return class_levels(shown.winner, _middle(shown.share), shown.least)
    with np.errstate(over="ignore", invalid="ignore"):
        share = np.nan_to_num((shown.values / shown.scale + 1) / 2, nan=0.5, posinf=1.0, neginf=0.0)
    return to_levels(2 * _middle(share) - 1, 1.0)


def _middle(share: Array) -> Array:
    """The middle of the band that each number 0…1 lies in."""
    return np.asarray((np.clip(np.floor(share * STEPS), 0, STEPS - 1) + 0.5) / STEPS, share.dtype)
