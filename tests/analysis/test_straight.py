"""Which networks have exact regions, how they hang on the plane, and what is said of the others."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.regions import regions
from mlp_playground.analysis.slice import Slice
from mlp_playground.analysis.straight import seen_by, why_not
from mlp_playground.data.dataset import Scale, Space
from mlp_playground.data.features import expand
from mlp_playground.nn.network import Architecture, Network

BOTH = ("x1", "x2")


@pytest.mark.parametrize(
    ("space", "features", "activations", "words"),
    [
        ("plane", BOTH, ("relu", "leaky-relu", "linear"), ""),
        ("plane", ("x2",), (), ""),
        ("table", ("x1^2",), ("relu",), ""),  # features are for points only
        ("plane", (*BOTH, "x1^2"), ("relu",), "x₁² bends the plane before the first layer: exact regions need x₁ "),
        ("plane", ("x1", "x1*x2", "sin(x2)"), ("tanh",), "x₁x₂ and sin x₂ bend the plane"),
        ("plane", BOTH, ("relu", "tanh", "tanh"), "tanh bends smoothly, so no piece is straight: exact regions need "),
        ("table", (), ("elu", "sigmoid", "gelu"), "ELU, sigmoid and GELU bend smoothly"),
        ("plane", BOTH, ("sign", "relu"), "sign (step) jumps where ReLU bends"),
        ("pictures", (), ("relu",), "A picture is one point"),
        ("bits", (), ("relu",), "Bits are the corners"),
        ("line", (), ("relu",), "On a line there are no polygons"),
    ],
)
def test_the_reason_is_told(space: Space, features: tuple[str, ...], activations: tuple[str, ...], words: str) -> None:
    said = why_not(space, features, activations)
    assert said.startswith(words) if words else said == ""
    assert not said.endswith(".")


def test_the_inputs_hang_on_the_plane_as_the_network_sees_it() -> None:
    rng = np.random.default_rng(0)
    u = rng.uniform(-6, 6, (2, 20))
    with_one = np.concatenate([u, np.ones((1, 20))])
    for features in (BOTH, ("x1",), ("x2",)):
        assert seen_by("plane", features, None) @ with_one == pytest.approx(expand(features, u.astype(np.float32)))
    axes = Scale("a"), Scale("b")
    plane = Slice("components", rng.normal(size=4), rng.normal(size=(4, 2)), axes, (0.5, 0.5))
    seen = seen_by("table", (), plane)
    assert seen @ with_one == pytest.approx(plane.points(u))
    shape = Architecture((4, 6, 3), ("relu",), "classes")
    of = Network(shape, rng.normal(size=shape.n_parameters))
    found = regions(of, seen)
    Z = of.predict(np.concatenate([plane.points(u), np.ones((1, 20))]))
    for point, z in zip(u.T, Z.T, strict=True):
        r = found.at(*point)
        assert r is not None
        assert found.maps[r] @ (*point, 1) == pytest.approx(z, abs=1e-9)
