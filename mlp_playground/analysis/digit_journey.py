"""A digit's journey through a network: what each layer makes of it, and by which neurons the answer comes about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.evidence import Evidence, Numbers, evidence, looked_for, pass_through
from mlp_playground.analysis.field import Levels, to_levels
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network

SHOWN = 8
"""Neurons of each layer that are shown by themselves, at most."""
STAYS = 2
"""A neuron that was shown stays while it is among so many times as many of the strongest, so that little jumps."""

Places = tuple[tuple[int, ...], ...]
"""Of each hidden layer, which neuron stands at which place, the first being the uppermost."""


@dataclass(frozen=True)
class Wish:
    """Whose evidence: that for class `of` (None: the likeliest), by itself or `against` the likeliest other class."""

    of: int | None = None
    against: bool = False


@dataclass(frozen=True)
class Journey:
    """`pixels` (rows, columns) are what the network hears; `activations[l]` (n_l,) what hidden layer l answers, of
    which `largest` is the largest in any; `logits` and `probabilities` (n_out,) its answer.

    `evidence` is for class `of`, against `versus` if that is one. `strongest` are the neurons of each hidden layer
    that add or take most, and `images` (k, rows, columns), one for each of them, what they look for around this
    digit; `goal` is the same of the evidence's total. `speaks` are the pixels' own shares. All three are colour levels,
    each on its own scale.
    """

    pixels: NDArray[np.float32]
    activations: tuple[Numbers, ...]
    logits: Numbers
    probabilities: Numbers
    of: int
    versus: int | None
    evidence: Evidence
    strongest: Places
    images: tuple[Levels, ...]
    goal: Levels
    speaks: Levels

    @property
    def largest(self) -> float:
        """The largest activation, without its sign."""
        return max((float(np.abs(each).max()) for each in self.activations), default=0.0)

    @property
    def answer(self) -> int:
        """The likeliest class."""
        return int(self.logits.argmax())


@np.errstate(over="ignore", invalid="ignore")
def journey(network: Network, pixels: NDArray[np.float32], wish: Wish | None = None, before: Places = ()) -> Journey:
    """The journey of `pixels` (rows, columns) through a classifier. `before`: which neurons were shown where, for one
    that follows so quickly that the eye must be able to follow too."""
    wish = wish or Wish()
    passed = pass_through(network, pixels.reshape(-1))
    order = np.argsort(-passed.Z, kind="stable").tolist()
    of = order[0] if wish.of is None else wish.of
    versus = next(k for k in order if k != of) if wish.against else None
    made_of = evidence(passed, of, versus)
    strongest = tuple(
        strongest_of(share, before[l] if l < len(before) else ()) for l, share in enumerate(made_of.shares[1:])
    )
    images = tuple(_pictures(looked_for(passed, l, list(each)), pixels) for l, each in enumerate(strongest))
    ends = [of] if versus is None else [of, versus]
    goals = looked_for(passed, len(strongest), ends)
    goal = goals[0] if versus is None else goals[0] - goals[1]
    return Journey(
        pixels,
        tuple(frozen(A) for A in passed.A[1:]),
        frozen(passed.Z),
        frozen(_answered(network, passed.Z)),
        of,
        versus,
        made_of,
        strongest,
        images,
        _pictures(goal[np.newaxis], pixels)[0],
        _pictures(made_of.shares[0][np.newaxis], pixels)[0],
    )


def strongest_of(shares: Numbers, before: tuple[int, ...] = (), most: int = SHOWN) -> tuple[int, ...]:
    """The neurons with the largest shares (n,), for or against, the largest first. Those of `before` keep their places
    as long as they are nearly as strong."""
    order = np.argsort(-np.abs(np.nan_to_num(shares)), kind="stable").tolist()
    best, near = order[:most], set(order[: STAYS * most])
    kept = [neuron if neuron in near else None for neuron in before[: len(best)]]
    newer = iter([neuron for neuron in best if neuron not in kept])
    kept += [None] * (len(best) - len(kept))
    return tuple(next(newer) if neuron is None else neuron for neuron in kept)


def _pictures(rows: Numbers, pixels: Array) -> Levels:
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True, initial=0.0), 1e-12)
    return frozen(to_levels(rows, scale).reshape(len(rows), *pixels.shape))


def _answered(network: Network, Z: Numbers) -> Numbers:
    column = Z[:, np.newaxis]
    out = np.empty_like(column)
    network.architecture.the_head.answer(column, out)
    return out[:, 0]
