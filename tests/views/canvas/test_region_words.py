"""Formulas of regions agree with what the network answers, in the reader's own units; bounds are written as counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.analysis.bound import Cuts
from mlp_playground.analysis.patterns import patterns
from mlp_playground.analysis.regions import PLANE, regions
from mlp_playground.data.dataset import Scale
from mlp_playground.data.extent import HOME
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.canvas import region_words as words

Take = Callable[..., Snapshot]
PLAIN = (Scale("x₁"), Scale("x₂"))


@pytest.mark.parametrize(
    ("layers", "formula"),
    [
        ((), "No neuron folds the plane, so it stays one piece"),
        ((Cuts(8, 2),), "At most Σ C(n, k), k ≤ 2:  1 + 8 + 28 = 37"),
        ((Cuts(1, 1),), "At most Σ C(n, k), k ≤ 1:  1 + 1 = 2"),
        ((Cuts(8, 2), Cuts(8, 2)), "At most Π Σ C(n, k), k ≤ 2:  (1 + 8 + 28)² = 1\u202f369"),
        ((Cuts(3, 2), Cuts(1, 1), Cuts(8, 1)), "At most Π Σ C(n, k), k ≤ 2:  (1 + 3 + 3) · (1 + 1) · (1 + 8) = 126"),
        ((Cuts(1024, 2),) * 10, "At most Π Σ C(n, k), k ≤ 2:  (1 + 1\u202f024 + 523\u202f776)¹⁰ = 1.6 · 10⁵⁷"),
        ((Cuts(2, 2), Cuts(0, 0)), "At most Π Σ C(n, k), k ≤ 2:  (1 + 2 + 1) · 1 = 4"),
    ],
)
def test_the_bound_is_written_with_its_numbers(layers: tuple[Cuts, ...], formula: str) -> None:
    assert words.bound_formula(layers) == formula


def test_an_affine_map_is_written_as_a_formula() -> None:
    assert words.affine(np.array([1.5, -2.25, 0.0]), PLAIN) == "1.5 x₁ − 2.25 x₂ + 0"
    assert words.affine(np.array([-1e-7, 12345.0, -3.14159]), PLAIN) == "−1.0e−07 x₁ + 1.23e+04 x₂ − 3.14"


def value(formula: str, x: float, y: float) -> float:
    """What a formula that was written says at a point."""
    w1, _, s2, w2, _, s3, b = re.sub("−(?=[0-9])", "-", formula).split(" ")
    return float(w1) * x + (-1 if s2 == "−" else 1) * float(w2) * y + (-1 if s3 == "−" else 1) * float(b)


def test_formulas_are_in_the_readers_own_units(take: Take) -> None:
    """Length in cm = (plane − offset) / factor, and so on: the formula takes what the reader knows."""
    rng = np.random.default_rng(0)
    axes = Scale("length", 0.5, -3.0), Scale("width", 2.0, 1.0)
    target = Scale("price", 0.01, 0.2)
    row = rng.normal(size=3)
    u = rng.uniform(-6, 6, 2)
    own = [scale.back(x) for scale, x in zip(axes, u.tolist(), strict=True)]
    z = float(row @ (*u, 1))
    assert value(words.affine(row, axes), *own) == pytest.approx(z, abs=0.06)
    assert value(words.affine(row, axes, target), *own) == pytest.approx(target.back(z), abs=6)


def test_a_region_is_told_as_it_is(take: Take) -> None:
    config = ExperimentConfig().changed("network", hidden=(2, 3), activations=("relu", "linear"), off=((1, 1),))
    moment = take(config, np.random.default_rng(1).normal(size=19).tolist())
    network = Network(moment.architecture, moment.theta)
    found = regions(network)
    for r in range(len(found)):
        x1, x2 = found.middles()[r].tolist()
        (formula,) = words.formulas(found, r, moment.data, PLAIN)
        name, said = formula.split(" = ")
        assert name == "z"
        assert value(said, x1, x2) == pytest.approx(float(network.predict(np.array([[x1], [x2], [1]]))[0, 0]), abs=0.06)
        on = [k + 1 for k in range(2) if network.W[0][k] @ (x1, x2) + network.b[0][k] > 0]
        first, second = words.active_words(found, r, moment)
        assert first.startswith(f"layer 1: {len(on)} of 2 active")
        if len(on) == 1:
            assert first.endswith(f": {on[0]}")
        assert second == "layer 2: 2 of 3 active: 1, 3", "linear ones pass on everything, but for the one that is off"
        corners = words.corner_words(found, r, PLAIN)
        assert corners.startswith(f"{len(found.polygon(r))} corners: (")
    slope = np.hypot(*found.maps[0, 0, :2])
    share = found.areas()[0] / 144
    assert words.slope_words(found, 0).startswith(f"slope {slope:.3g}, area {found.areas()[0]:.3g} ({share * 100:.1f}")


def test_outputs_have_the_names_of_what_they_answer(take: Take) -> None:
    arms = take(ExperimentConfig().changed("data", name="spiral3")).data
    names = words.output_names(arms)
    assert names == [f"z({name})" for name in arms.classes]
    assert words.meaning(arms) == "the largest z wins"
    two = take().data
    assert words.output_names(two) == ["z"]
    assert words.meaning(two) == f"z > 0: {two.classes[1]}, z < 0: {two.classes[0]}"
    hills = take(ExperimentConfig().changed("data", name="hills")).data
    assert (words.output_names(hills), words.meaning(hills)) == (["prediction"], "")
    assert words.output_names(replace(hills, target=Scale("price"))) == ["price"]


def test_what_was_counted_is_told_with_its_number() -> None:
    shape = Architecture((2, 9, 1), ("relu",), "binary")
    of = Network(shape, np.random.default_rng(0).normal(size=shape.n_parameters))
    found = patterns(of, PLANE, HOME, 10_000)
    said = words.grid_words(found)
    assert said.startswith(f"More than 10\u202f000 regions: {len(found)} patterns")
    assert said.endswith("a grid of 256 × 256 points")
    assert words.grid_words(patterns(of, PLANE, HOME)).startswith("Too close together to be cut: ")
