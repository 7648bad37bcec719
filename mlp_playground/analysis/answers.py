"""Who answers: which neurons of a layer are dead or asleep, and how many of them answer to each class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.excitement import Members, class_means
from mlp_playground.analysis.layerwise import layerwise
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

SLEEPY = 0.01
"""A neuron that is on for a smaller share of the samples, but for some, is asleep."""
TWO_SIDED = frozenset({"tanh", "sign", "linear"})
"""Activations that answer as loudly below 0 as above: there no neuron is asleep, as none is ever at rest."""
NOBODY = -1
"""Stands for the class of a neuron that answers all of them alike."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LayerAnswers:
    """A layer of n neurons, looked at with N samples of C classes (none, for regression).

    A neuron is *on* where its sum is above 0 and it is not switched off; of a ReLU that is where it answers anything
    but 0. `on` (n,) is the share of the samples where it is, `on_by_class` (n, C) the share of each class's, `means`
    (n, C) its mean answer to each. `dead` (n,): it answers 0 to every sample. `favourite` (n,) is the class of its
    largest mean, NOBODY where all are equal; `told_apart` (n,) is the chance that a sample of that class has a larger
    sum than one of the others (the area under the ROC curve), NaN where there is none of either.
    """

    activation: str
    on: Floats
    dead: NDArray[np.bool_]
    on_by_class: Floats
    means: Floats
    favourite: NDArray[np.int64]
    told_apart: Floats

    def __post_init__(self) -> None:
        for each in (self.on, self.dead, self.on_by_class, self.means, self.favourite, self.told_apart):
            each.flags.writeable = False

    @property
    def n(self) -> int:
        """How many neurons it has."""
        return len(self.on)

    @property
    def can_sleep(self) -> bool:
        """Whether its activation knows a state of rest."""
        return self.activation not in TWO_SIDED

    @cached_property
    def sleepy(self) -> NDArray[np.bool_]:
        """Neurons (n,) that are on for less than SLEEPY of the samples, and not dead."""
        return frozen((self.on < SLEEPY) & ~self.dead & self.can_sleep)

    @cached_property
    def sparsity(self) -> Floats:
        """For each class (C,) the share of the neurons that are on, over its samples; NaN without any."""
        return frozen(self.on_by_class.mean(axis=0))

    @cached_property
    def shares(self) -> Floats:
        """For each class (C,) the share of the neurons that answer it most."""
        n_classes = self.means.shape[1]
        return frozen(np.array([(self.favourite == c).mean() for c in range(n_classes)]))

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The neurons (n,) by the class that they answer most, those first that tell it apart best; NOBODY's last."""
        return frozen(np.lexsort((-np.nan_to_num(self.told_apart), self.favourite, self.favourite == NOBODY)))


def observe_answers(network: Network, X: Array, members: Members) -> tuple[LayerAnswers, ...]:
    """Each hidden layer of `network`, for the inputs `X` (n_in, N); `members` (N, C) says of which class each is."""
    looks = zip(range(len(network.architecture.activations)), layerwise(network, X), strict=False)
    return tuple(_layer(network, l, Z, A, members) for l, (Z, A) in looks)


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def _layer(network: Network, layer: int, Z: Array, A: Array, members: Members) -> LayerAnswers:
    off = [neuron for l, neuron in network.architecture.off if l == layer]
    is_on = Z > 0
    is_on[off] = False
    means = class_means(A, members)
    favourite = _favourites(means)
    told = [_told_apart(z, members[:, c]) if c != NOBODY else np.nan for z, c in zip(Z, favourite, strict=True)]
    activation, is_dead = network.architecture.activations[layer], np.asarray(~A.any(axis=1))
    return LayerAnswers(
        activation, is_on.mean(axis=1), is_dead, class_means(is_on, members), means, favourite, np.array(told)
    )


def _favourites(means: Floats) -> NDArray[np.int64]:
    """The class (n,) of each neuron's largest mean."""
    known = np.where(np.isfinite(means), means, -np.inf)
    if means.shape[1] == 0:
        return np.full(len(means), NOBODY)
    lowest = np.where(np.isfinite(means), means, np.inf).min(axis=1)
    return np.where(known.max(axis=1) > lowest, known.argmax(axis=1), NOBODY)


def _told_apart(z: Array, is_one: NDArray[np.bool_]) -> float:
    """The chance that a number of `z` (N,) that `is_one` is larger than one that is not; a tie counts half (Hanley and
    McNeil, 1982)."""
    ones, others = z[is_one], np.sort(z[~is_one])
    if not len(ones) or not len(others):
        return float("nan")
    below = np.searchsorted(others, ones, "left") + np.searchsorted(others, ones, "right")
    return float(below.mean() / (2 * len(others)))
