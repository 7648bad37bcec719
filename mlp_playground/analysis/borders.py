"""Where a network's answer changes from one class to another: straight pieces, exact, from the regions' faces."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.subdivision import OUTSIDE, Floats, Indices, Subdivision
from mlp_playground.nn.arrays import frozen

STRAIGHT = 1e-9
"""The sine of the smallest turn: below it is rounding."""


@dataclass(frozen=True, eq=False)
class Borders:
    """S straight pieces: their ends `pieces` (S, 2, 2) and the region `within` (S,) which each lies.

    `lines` are the same as polylines (k, 2) from one end or junction to the next; a closed one ends where it begins.
    They have a corner only where the border turns: a piece may go straight on in the next region.
    """

    pieces: Floats
    within: Indices
    lines: tuple[Floats, ...]

    def __len__(self) -> int:
        return len(self.pieces)

    @property
    def straight(self) -> int:
        """How many straight pieces the border has, where those that go straight on count as one."""
        return sum(len(line) - 1 for line in self.lines)

    @property
    def loops(self) -> int:
        """How many of the lines are closed."""
        return sum(bool((line[0] == line[-1]).all()) for line in self.lines)


def borders(square: Subdivision, sums: Floats, touch: Floats) -> Borders:
    """Cut `square` where the largest of the classes' `sums` (corners, classes) changes; one alone is compared with 0.

    The sums are affine on each face; those nearer to each other than their `touch` (classes,) are equal there.
    """
    if sums.shape[1] == 1:
        sums, touch = np.concatenate([np.zeros_like(sums), sums], axis=1), np.array([0.0, touch[0]])
    region = np.arange(square.n_faces)
    winner = np.zeros(square.n_faces, np.intp)
    no_touch = np.zeros(len(touch))
    for challenger in range(1, len(touch)):
        # with one winner on each face the largest sum so far is affine there, and so is the lead over it
        lead = sums[:, challenger] - sums[:, :challenger].max(axis=1)
        least = touch[: challenger + 1].max()
        square.tell(np.column_stack([lead, sums]), np.append(least, no_touch))
        square.cut(0)
        functions = square.functions()
        region, winner = region[square.origin], winner[square.origin]
        winner[square.faces_at(functions[:, 0] > least)] = challenger
        sums = functions[:, 1:]
    start, end, left, right = square.edges
    inner = np.flatnonzero(right != OUTSIDE)
    parting = inner[winner[left[inner] - 1] != winner[right[inner] - 1]]
    ends = np.stack([start[parting], end[parting]], axis=1)
    points = square.points
    lines = tuple(frozen(_turns(points[line])) for line in _chained(ends.tolist()))
    return Borders(frozen(points[ends]), frozen(region[left[parting] - 1]), lines)


def _turns(line: Floats) -> Floats:
    """A polyline (k, 2) without the corners at which it goes straight on."""
    closed = bool((line[0] == line[-1]).all())
    if closed:  # the corner where it begins is one like the others
        line = line[:-1]
    before, after = line - np.roll(line, 1, axis=0), np.roll(line, -1, axis=0) - line
    turn = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    keeps = turn > STRAIGHT * np.hypot(*before.T) * np.hypot(*after.T)
    if not closed:
        keeps[[0, -1]] = True
    line = line[keeps]
    return np.concatenate([line, line[:1]]) if closed else line


def _chained(edges: list[list[int]]) -> list[list[int]]:
    """Edges between corners as lines of corners, each from one end or junction to the next, or around."""
    at = defaultdict(list)
    for number, (a, b) in enumerate(edges):
        at[a].append(number)
        at[b].append(number)
    used = [False] * len(edges)

    def line_from(corner: int, number: int) -> list[int]:
        line = [corner]
        while not used[number]:
            used[number] = True
            a, b = edges[number]
            corner = b if a == corner else a
            line.append(corner)
            if len(at[corner]) != 2:
                break
            one, other = at[corner]
            number = other if one == number else one
        return line

    ends = [corner for corner, numbers in at.items() if len(numbers) != 2]
    starts = [(corner, number) for corner in ends for number in at[corner]]
    starts += [(a, number) for number, (a, _) in enumerate(edges)]  # what is left then goes around
    return [line_from(corner, number) for corner, number in starts if not used[number]]
