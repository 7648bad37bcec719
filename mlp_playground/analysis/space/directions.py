"""Along which directions each stage of the way is drawn: as wished, and so that nothing turns without need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.cloud import Cloud
from mlp_playground.analysis.space.projection import (
    AS_THEY_ARE,
    Projection,
    along,
    chosen,
    components,
    everything,
    facing,
    followed,
    turned,
)
from mlp_playground.analysis.space.stages import Kind, Order, Step, onward, reaches_output

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SpaceWish:
    """What the reader wants to see: the `order` of the steps; along how many main `directions` (2 or 3) layers of more
    neurons are drawn, and of which layers two or three `neurons` instead: (layer, (neuron, …)), the inputs being 0.
    With `answer` the space before the outputs is drawn along the directions in which these decide, where they fit in:
    there one sees that a line is enough, which need not be where the points vary most."""

    order: Order = Order.LINEAR_FIRST
    directions: int = 2
    answer: bool = True
    neurons: tuple[tuple[int, tuple[int, ...]], ...] = ()


def projections_of(
    way: Sequence[Step],
    values: Sequence[Floats],
    names: Sequence[tuple[str, ...]],
    cloud: Cloud,
    wish: SpaceWish,
    before: Sequence[Projection | None],
    gently: bool = False,
) -> list[Projection]:
    """What is drawn of each stage of `way`, at which the points are at `values` (n, N), numbers called `names`. Main
    directions are turned as those of `before`, or as the stage before where there are none (None); `gently` they follow
    on them, and need not be the main ones yet."""
    found: list[Projection] = []
    for s, (step, A) in enumerate(zip(way, values, strict=True)):
        stage = step.stage
        neurons = tuple(neuron for neuron in dict(wish.neurons).get(stage.space, ()) if neuron < len(A))
        if stage.kind is Kind.PLANE:
            found.append(everything(2, names[s]))
        elif len(neurons) in (2, 3) and len(A) > 2:
            found.append(chosen(A, neurons, names[s]))
        elif len(A) <= AS_THEY_ARE:
            found.append(everything(len(A), names[s]))
        elif stage.kind is Kind.BIAS:
            found.append(along(A, found[-1]))  # a shift leaves the directions as they are
        elif wish.answer and can_face(way, s, wish):
            found.append(_facing(way, s, A, wish, before[s], gently))
        elif gently and s and (old := _same(before[s], (len(A), wish.directions))) is not None:
            found.append(followed(A, old))
        else:
            main = components(A, wish.directions) if s else _of_inputs(cloud, wish.directions)
            target = _target(way, values, main, wish, before, found)
            found.append(main if target is None else turned(main, target))
    return found


@lru_cache(maxsize=4)
def _of_inputs(cloud: Cloud, count: int) -> Projection:
    """Inputs stay as they are while the network learns, and may be hundreds."""
    return components(cloud.X, count)


def can_face(way: Sequence[Step], s: int, wish: SpaceWish) -> bool:
    """Whether in the space of stage `s` the outputs draw their lines, and their directions fit into the picture."""
    m = way[-1].stage.width
    return reaches_output(way, s) and way[s].stage.width > AS_THEY_ARE and max(m - 1, 1) <= wish.directions


def _facing(
    way: Sequence[Step], s: int, A: Floats, wish: SpaceWish, before: Projection | None = None, gently: bool = False
) -> Projection:
    M = onward(way, s)[0]
    return facing(A, M, wish.directions, _same(before, (len(A), wish.directions)), gently=gently)


def _same(before: Projection | None, shape: tuple[int, int]) -> Floats | None:
    """The axes as they were drawn before, if they were as many of as many numbers."""
    return None if before is None or before.basis.shape != shape else before.basis


def _target(
    way: Sequence[Step],
    values: Sequence[Floats],
    main: Projection,
    wish: SpaceWish,
    before: Sequence[Projection | None],
    found: Sequence[Projection],
) -> Floats | None:
    """V.T @ T for the axes T that those of `main` are to be turned to, or as good as that: as they were drawn before,
    else those of the answer if it comes next, or as at the stage before, so that the way is short."""
    s, V = len(found), main.basis
    if (old := _same(before[s], main.basis.shape)) is not None:
        return np.asarray(V.T @ old)
    ahead = s + 2  # after W and b comes the fold, and with it the space that the output looks at
    if wish.answer and way[s].stage.kind is Kind.LINEAR and ahead < len(way) and can_face(way, ahead, wish):
        return np.asarray(V.T @ _facing(way, ahead, values[ahead], wish).basis)
    if s == 0:
        return None
    A, last, shown = values[s], values[s - 1], found[-1]
    if len(last) == len(A) and shown.basis.shape == V.shape:
        return np.asarray(V.T @ shown.basis)
    there, here = shown.flat(last)[: V.shape[1]], V.T @ A
    return np.asarray((here - here.mean(axis=1)[:, None]) @ (there - there.mean(axis=1)[:, None]).T)
