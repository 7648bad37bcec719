"""Strokes of a pen as they were drawn, and the ink that they leave on paper of any size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ink: TypeAlias = NDArray[np.float32]
"""A picture (rows, columns): 0 is blank paper, 1 full ink."""
PenPoint: TypeAlias = tuple[float, float, float]
"""Where the pen was, x to the right and y down, 0…1 over the paper, and the radius of its tip there."""
WHOLE = (0.0, 0.0, 1.0)
"""The square of the paper that is looked at: its left, its top, its side."""

MOST_POINTS = 20_000
"""In a file: more than anybody draws, few enough to be drawn in a moment."""
_STEPS = 1000
"""A file knows places to a thousandth of the paper."""
_TEXT = re.compile(r"(?:[+-]-?\d{1,5}(?:,-?\d{1,5}){2}(?: -?\d{1,5}(?:,-?\d{1,5}){2})*)*", re.ASCII)


@dataclass(frozen=True)
class PenStroke:
    """One line, from where the pen touched the paper to where it left it; or of the eraser."""

    points: tuple[PenPoint, ...]
    erases: bool = False


Strokes: TypeAlias = tuple[PenStroke, ...]


def ink_of(strokes: Sequence[PenStroke], pixels: int, window: tuple[float, float, float] = WHOLE) -> Ink:
    """The paper's square `window` after these strokes, (pixels, pixels). A pixel that is covered in part is grey."""
    left, top, side = window
    paper = np.zeros((pixels, pixels), np.float32)
    scale = pixels / side
    for stroke in strokes:
        line = (np.array(stroke.points, np.float64) - (left, top, 0.0)) * scale
        covered = np.zeros_like(paper)
        for start, end in zip(line[: max(len(line) - 1, 1)], line[min(1, len(line) - 1) :], strict=True):
            _cover(covered, start, end)
        if stroke.erases:
            paper *= 1 - covered
        else:
            np.maximum(paper, covered, out=paper)
    return paper


def _cover(paper: Ink, start: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    """Cover what a round tip (x, y, radius), in pixels, passes over on its straight way from `start` to `end`."""
    reach = max(start[2], end[2]) + 1
    low = np.floor(np.minimum(start, end)[:2] - reach).astype(int).clip(0, len(paper))
    high = np.ceil(np.maximum(start, end)[:2] + reach).astype(int).clip(0, len(paper))
    if (low >= high).any():
        return
    x = np.arange(low[0], high[0]) + 0.5 - start[0]
    y = (np.arange(low[1], high[1]) + 0.5 - start[1])[:, np.newaxis]
    way = end - start
    length = float(way[0] ** 2 + way[1] ** 2)
    along = np.clip((x * way[0] + y * way[1]) / length, 0, 1) if length else np.zeros((1, 1))
    away = np.hypot(x - along * way[0], y - along * way[1])
    part = paper[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, np.clip(start[2] + along * way[2] - away + 0.5, 0, 1), out=part)


def written(strokes: Strokes) -> str:
    """Strokes as a line of text for a file, to a thousandth of the paper."""
    return "".join(
        ("-" if stroke.erases else "+")
        + " ".join(",".join(str(round(value * _STEPS)) for value in point) for point in stroke.points)
        for stroke in strokes
    )


def read(text: str) -> Strokes:
    """What `written` wrote; nothing for a text that is not of that kind, or longer than a drawing is."""
    if text.count(",") > 2 * MOST_POINTS or not _TEXT.fullmatch(text):
        return ()
    # a sign that begins a stroke stands at the start, or behind a digit that no comma or space follows
    parts = re.findall(r"([+-])(-?\d+,-?\d+,-?\d+(?: -?\d+,-?\d+,-?\d+)*)", text)
    return tuple(PenStroke(tuple(_point(each) for each in points.split(" ")), sign == "-") for sign, points in parts)


def _point(text: str) -> PenPoint:
    x, y, radius = (int(number) / _STEPS for number in text.split(","))
    return x, y, abs(radius)
