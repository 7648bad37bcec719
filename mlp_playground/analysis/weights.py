"""The first layer's weights as pictures: what each of its neurons looks for, side by side on one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.answers import LayerAnswers
from mlp_playground.analysis.field import Levels, to_levels
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network
from mlp_playground.registry import Registry

Order = NDArray[np.int64]
LEAST = 1e-6
"""The least weight that a scale ends at: of a network whose weights are all 0 it would have no length."""
WITHIN = 0.995
"""The share of the weights that lie within a scale: with the few largest ones at its end all others would be pale."""


@dataclass(frozen=True)
class Sorting:
    """An order of neurons: its name on screen, what it is good for, and `order` (n,), the neurons' numbers, from their
    weights (n, n_in) and what the layer answers, which only an order `by_answers` looks at (None: there is no hidden
    layer)."""

    name: str
    label: str
    words: str
    order: Callable[[Array, LayerAnswers | None], Order]
    by_answers: bool = False


@dataclass(frozen=True, eq=False)
class Weights:
    """All neurons of the first layer. `images` (n, rows, columns) are their weights, `levels` the same in colour levels
    on one symmetric scale that ends at ±`scale` (see WITHIN), and `own_levels` each on its own. `norms` (n,) are their
    lengths. `are_learned`: they are what was added to those that it began with. `are_classes`: there is no hidden
    layer, so these are the outputs."""

    images: NDArray[np.float32]
    levels: Levels
    own_levels: Levels
    scale: float
    norms: NDArray[np.float32]
    are_learned: bool
    are_classes: bool

    def __post_init__(self) -> None:
        for each in (self.images, self.levels, self.own_levels, self.norms):
            each.flags.writeable = False


def weights_of(
    network: Network, shape: tuple[int, int], start: Network | None = None, scale: float | None = None
) -> Weights:
    """The first layer's weights, as pictures of that shape, on a `scale` that suits them if none is given; with the
    network that it was at the `start`, what has been learned since then."""
    W = first_weights(network, start)
    images = np.array(W, np.float32).reshape(-1, *shape)
    own = np.array([scale_of(image) for image in images])[:, None, None]
    scale = scale_of(images) if scale is None else scale
    with np.errstate(over="ignore"):
        norms = np.linalg.norm(W, axis=1).astype(np.float32)
    return Weights(
        images, to_levels(images, scale), to_levels(images, own), scale, norms, start is not None, len(network.W) == 1
    )


@np.errstate(over="ignore", invalid="ignore")
def first_weights(network: Network, start: Network | None) -> Array:
    """The first layer's weights (n, n_in), minus those at the `start`."""
    return network.W[0] if start is None else np.asarray(network.W[0] - start.W[0])


def scale_of(images: Array) -> float:
    """The end of a scale for pictures of weights: all but a few are within ±it. Of a network that diverged it is 1."""
    return max(float(np.quantile(np.abs(images), WITHIN)), LEAST) if np.isfinite(images).all() else 1.0


def spread(W: Array, count: int) -> tuple[int, ...]:
    """Up to `count` of the neurons with the weights `W` (n, n_in), evenly spread from the longest to the shortest."""
    order = sorted_by("norm", W, None)
    places = np.linspace(0, len(order) - 1, min(count, len(order))).round().astype(int)
    return tuple(order[places].tolist())


def _by_norm(W: Array, _answers: LayerAnswers | None) -> Order:
    return np.argsort(-np.linalg.norm(W, axis=1), kind="stable")


def _by_class(W: Array, answers: LayerAnswers | None) -> Order:
    return _by_number(W, None) if answers is None else answers.order


def _by_number(W: Array, _answers: LayerAnswers | None) -> Order:
    return np.arange(len(W))


def _by_likeness(W: Array, _answers: LayerAnswers | None) -> Order:
    """From the longest weights always on to those that point most the same way of all that are left."""
    norms = np.linalg.norm(W, axis=1, keepdims=True)
    alike = (W @ W.T) / np.maximum(norms * norms.T, LEAST)
    here = int(norms.argmax())
    order, left = [here], np.ones(len(W), bool)
    left[here] = False
    while left.any():
        here = int(np.where(left, alike[here], -np.inf).argmax())
        left[here] = False
        order.append(here)
    return np.array(order)


SORTINGS: Registry[Sorting] = Registry(
    "order",
    Sorting("norm", "strongest first", "By the length of the weights, √(Σ w²): strong neurons first", _by_norm),
    Sorting("class", "by class", "By the class that each answers most, the surest of each first", _by_class, True),
    Sorting("likeness", "alike together", "Beside each the one whose weights point most the same way", _by_likeness),
    Sorting("number", "by number", "As they stand in the network", _by_number),
)


@np.errstate(over="ignore", invalid="ignore")
def sorted_by(name: str, W: Array, answers: LayerAnswers | None) -> Order:
    """The neurons' numbers (n,) in the order of that name."""
    finite = np.nan_to_num(np.asarray(W, np.float64), posinf=1e9, neginf=-1e9)
    return frozen(SORTINGS[name].order(finite, answers))


@dataclass(frozen=True, eq=False)
class WeightFilm:
    """Some neurons' weights at some moments: `levels` (neurons, moments, rows, columns), all on the scale ±`scale`."""

    neurons: tuple[int, ...]
    levels: Levels
    scale: float

    def __post_init__(self) -> None:
        frozen(self.levels)


def weight_film(
    networks: Sequence[Network], neurons: Sequence[int], shape: tuple[int, int], *, learned: bool = False
) -> WeightFilm:
    """The weights of `neurons` of the first layer, at the moments that `networks` are of, first to last; or what was
    `learned` since the first of them."""
    start, chosen = networks[0] if learned else None, list(neurons)
    images = np.stack([first_weights(each, start)[chosen].reshape(-1, *shape) for each in networks], axis=1)
    scale = scale_of(images)
    return WeightFilm(tuple(neurons), to_levels(images, scale), scale)
