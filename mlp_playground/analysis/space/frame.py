"""What is in view of each stage's space: a middle, and how far from it the points lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.projection import Choice, Projection
from mlp_playground.analysis.space.stages import Kind, Step
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.arrays import frozen
from mlp_playground.nn.network import Architecture

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Frame:
    """The points lie within `sides` (3,) of `centre` (3,), the longest of which is `half`: one unit for all directions,
    so that angles are right. `radius` is how far from the centre the farthest point is, in units of `half`."""

    centre: Floats
    half: float
    sides: Floats
    radius: float

    def __post_init__(self) -> None:
        frozen(self.centre)
        frozen(self.sides)

    def framed(self, u: Floats) -> Floats:
        """Drawn points `u` (3, N) in units in which the points fill −1…1."""
        return np.asarray((u - self.centre[:, None]) / self.half)


def frames_of(
    way: Sequence[Step], shown: Sequence[Projection], points: Sequence[Floats], architecture: Architecture
) -> list[Frame]:
    """The frame of each stage. W, b and an activation without bounds share theirs, so that one sees what moves."""
    groups: list[list[int]] = []
    for s, step in enumerate(way):
        if _follows(step, architecture) and shown[s].dimensions == shown[s - 1].dimensions:
            groups[-1].append(s)
        else:
            groups.append([s])
    return [frame for group in groups for frame in [_frame(group, shown, points)] * len(group)]


def _follows(step: Step, architecture: Architecture) -> bool:
    """Whether a step begins in the numbers of the one before, and stays near them."""
    if step.stage.kind is not Kind.FOLD or step.stage.space != step.stage.layer:
        return step.stage.kind is Kind.BIAS
    return ACTIVATIONS[architecture.activations[step.stage.layer - 1]].high is None


def _frame(group: list[int], shown: Sequence[Projection], points: Sequence[Floats]) -> Frame:
    # zero is where the neurons' lines are after the bias, and where ReLU folds
    has_zero = shown[group[0]].choice in (Choice.ALL, Choice.NEURONS)
    everything = np.concatenate([points[s] for s in group] + [np.zeros((3, int(has_zero)))], axis=1)
    low, high = everything.min(axis=1), everything.max(axis=1)
    centre, half = (low + high) / 2, max(float((high - low).max()) / 2, 1e-6)
    radius = float(np.linalg.norm(everything - centre[:, None], axis=0).max()) / half
    return Frame(centre, half, (high - low) / 2, max(radius, 1.0))
