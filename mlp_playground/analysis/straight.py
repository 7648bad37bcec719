"""Whether a network is made of straight pieces over the picture: then, and only then, it has exact linear regions."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.slice import Slice
from mlp_playground.analysis.subdivision import Floats
from mlp_playground.data.dataset import Space
from mlp_playground.data.features import FEATURES
from mlp_playground.nn.activations import ACTIVATIONS, LEAK
from mlp_playground.nn.arrays import frozen

SLOPES: dict[str, tuple[float, float] | None] = {"relu": (0.0, 1.0), "leaky-relu": (LEAK, 1.0), "linear": None}
"""The slopes below and above 0 of the activations that are made of straight pieces; None: it is one."""
STRAIGHT_FEATURES: dict[str, tuple[float, float, float]] = {"x1": (1.0, 0.0, 0.0), "x2": (0.0, 1.0, 0.0)}
"""The features that are an affine function of the plane, as the rows (w₁, w₂, b) of it."""
NO_PLANE: dict[Space, str] = {
    "pictures": "A picture is one point in a space of hundreds of dimensions: no plane shows the regions there",
    "bits": "Bits are the corners of a cube: between them lies nothing that could be cut into regions",
    "line": "On a line there are no polygons: the straight pieces are those of the curve",
}
"""Why data that no plane shows have no regions."""


def why_not(space: Space, features: tuple[str, ...], activations: tuple[str, ...]) -> str:
    """Why there are no exact regions, in a sentence without its full stop; empty where there are."""
    if space in NO_PLANE:
        return NO_PLANE[space]
    curved = [FEATURES[name].label for name in features if name not in STRAIGHT_FEATURES] if space == "plane" else []
    if curved:
        bend = "bends" if len(curved) == 1 else "bend"
        return f"{_listed(curved)} {bend} the plane before the first layer: exact regions need x₁ and x₂ alone"
    others = [ACTIVATIONS[name] for name in dict.fromkeys(activations) if name not in SLOPES]
    jumps = [fold.label for fold in others if not fold.learns]
    if jumps:
        return f"{_listed(jumps)} jumps where ReLU bends: exact regions need ReLU, leaky ReLU or linear layers"
    if others:
        bend = "bends" if len(others) == 1 else "bend"
        return (
            f"{_listed([fold.label for fold in others])} {bend} smoothly, so no piece is straight: exact regions "
            "need ReLU, leaky ReLU or linear layers"
        )
    return ""


def seen_by(space: Space, features: tuple[str, ...], plane: Slice | None) -> Floats:
    """The network's inputs as an affine function of the picture's plane: rows (w₁, w₂, b), (n_in, 3).

    For a space of which `why_not` says nothing; a table is seen along its `plane`.
    """
    if space == "table":
        assert plane is not None, "of a table a plane is drawn"
        return frozen(np.column_stack([plane.directions, plane.origin]))
    return frozen(np.array([STRAIGHT_FEATURES[name] for name in features]))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
