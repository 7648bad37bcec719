"""Between two stages: where points, grid and lines are at any moment of the way, so that one sees them move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.space.frame import Frame
from mlp_playground.analysis.space.observe import Place, Space
from mlp_playground.analysis.space.projection import Choice
from mlp_playground.analysis.space.walls import Wall

Floats = NDArray[np.float64]

ASIDE = 0.45
"""How far to both sides points on one line are scattered, so that they don't hide each other."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A wall as it is drawn at one moment: `corners` (K, 3), `beside` (3,), and how `strong` (0…1)."""

    layer: int
    neuron: int | None
    corners: Floats
    beside: Floats
    strong: float


@dataclass(frozen=True, eq=False)
class Scene:
    """One moment of the way, in units in which the points fill −1…1: `points` (3, N), `lines` and `boundary` (3, …),
    `walls`. `depth` is 1 where three directions are drawn, 0 where two are, and `radius` how far out the farthest point
    is. `place` is the nearest stage, in whose frame the units are there, and `near` says how near it is: 1 at the
    stage, 0 half way to the next."""

    points: Floats
    lines: Floats
    boundary: Floats
    walls: tuple[Drawn, ...]
    depth: float
    radius: float
    place: Place
    near: float


def scene_at(space: Space, t: float) -> Scene:
    """The moment `t` of the way: 0 is the first stage, 1 the second, and 1.5 half way to the third."""
    last = len(space.places) - 1
    t = min(max(t, 0.0), float(last))
    s = min(int(t), max(last - 1, 0))
    share, here, there = t - s, space.places[s], space.places[min(s + 1, last)]
    turn = turning(space, s)

    def framed(a: Floats, b: Floats) -> Floats:
        v = here.frame.framed(a)
        if turn is None:
            return np.asarray((1 - share) * v + share * there.frame.framed(b))
        M, shift = turn
        return np.asarray(_part_way(M, share) @ v + share * shift)

    def mixed(a: float, b: float) -> float:
        return (1 - share) * a + share * b

    points = framed(here.points, there.points)
    on_a_line = mixed(here.projection.dimensions == 1, there.projection.dimensions == 1)
    points[1] += on_a_line * ASIDE * scattered(points.shape[1])
    return Scene(
        points,
        framed(here.lines, there.lines),
        framed(here.boundary, there.boundary),
        tuple(_walls(here, there, share, framed)),
        mixed(here.projection.dimensions == 3, there.projection.dimensions == 3),
        mixed(here.frame.radius, there.frame.radius),
        here if share <= 0.5 else there,
        abs(1 - 2 * share),
    )


def _walls(here: Place, there: Place, share: float, framed: Callable[[Floats, Floats], Floats]) -> Iterator[Drawn]:
    """Walls go along with space as long as it stays straight; at a fold they fade, and the next layer's appear."""
    are_carried = any(wall.carried is not None for wall in here.walls)
    for wall in here.walls:
        if wall.carried is not None:
            # the side that a wall marks is shown at the stages; on the way its mark goes along with the middle
            away = wall.beside - wall.corners.mean(axis=0)
            end = np.concatenate([wall.carried, [wall.carried.mean(axis=0) + away]])
            moved = framed(np.concatenate([wall.corners, [wall.beside]]).T, end.T).T
            yield Drawn(wall.layer, wall.neuron, moved[:-1], moved[-1], 1.0)
        elif share < 0.5:
            yield _still(wall, here.frame, 1 - 2 * share)
    if share > 0.5 and not are_carried:
        for wall in there.walls:
            yield _still(wall, there.frame, 2 * share - 1)


def _still(wall: Wall, frame: Frame, strong: float) -> Drawn:
    moved = frame.framed(np.concatenate([wall.corners, [wall.beside]]).T).T
    return Drawn(wall.layer, wall.neuron, moved[:-1], moved[-1], strong)


def turning(space: Space, s: int) -> tuple[Floats, Floats] | None:
    """The linear step after stage `s` from framed points to framed ones, M (3, 3) and a shift (3, 1), where both spaces
    are drawn whole and it mirrors nothing; else None. A plane that is mirrored is turned over in the third dimension,
    which is free for that."""
    if s + 1 >= len(space.places) or (W := space.W[s + 1]) is None or W.shape not in ((2, 2), (3, 3)):
        return None
    here, there = space.places[s : s + 2]
    if any(place.projection.choice is not Choice.ALL for place in (here, there)):
        return None
    M, det = np.eye(3), float(np.linalg.det(W))
    M[: len(W), : len(W)] = W
    M[2, 2] = np.sign(det) if len(W) == 2 else M[2, 2]
    if np.linalg.det(M) < 1e-9:
        return None
    return M * (here.frame.half / there.frame.half), there.frame.framed(M @ here.frame.centre[:, None])


def _part_way(M: Floats, share: float) -> Floats:
    """The map that is the identity for a share of 0 and `M` for 1: M = R S turns by R's angle and stretches by S (the
    polar decomposition), so a half turn goes around and not through a single point."""
    U, s, Vt = np.linalg.svd(M)
    R, S = U @ Vt, Vt.T * s @ Vt
    return np.asarray(_turned(R, share) @ ((1 - share) * np.eye(3) + share * S))


def _turned(R: Floats, share: float) -> Floats:
    """A share of the rotation `R` (3, 3) about the same axis (Rodrigues, 1840)."""
    # K = (R − Rᵀ) / 2 is sin(angle) times the axis; for half a turn it is 0, and R + I has the axis in its columns
    angle = float(np.arccos(np.clip((np.trace(R) - 1) / 2, -1, 1)))
    if angle < 1e-9:
        return np.eye(3)
    axis = np.array([R[2, 1] - R[1, 2], R[0, 2] - R[2, 0], R[1, 0] - R[0, 1]])
    if np.pi - angle < 1e-6:
        axis = max((R + np.eye(3)).T, key=lambda column: float(column @ column))
    x, y, z = axis / np.linalg.norm(axis)
    K = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    part = angle * share
    return np.asarray(np.eye(3) + np.sin(part) * K + (1 - np.cos(part)) * K @ K)


def scattered(count: int) -> Floats:
    """Where points that lie on one line are set beside it, (count,) within ±1: the golden ratio's multiples spread
    evenly however many there are (Weyl, 1910)."""
    return np.asarray(2 * np.modf(np.arange(count) * 0.6180339887498949)[0] - 1)
