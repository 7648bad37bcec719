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
        covered = _covered((np.array(stroke.points, np.float64) - (left, top, 0.0)) * scale, pixels)
        if stroke.erases:
            paper *= 1 - covered
        else:
            np.maximum(paper, covered, out=paper)
    return paper


def _covered(line: NDArray[np.float64], pixels: int) -> Ink:
    """What a round tip passes over on its way along the corners (x, y, radius) of `line`, in pixels."""
    paper = np.zeros((pixels, pixels), np.float32)
    starts, ends = (line[:-1], line[1:]) if len(line) > 1 else (line, line)
    reach = np.maximum(starts[:, 2], ends[:, 2])[:, np.newaxis] + 1
    low = np.floor(np.minimum(starts, ends)[:, :2] - reach).clip(0, pixels).astype(int)
    high = np.ceil(np.maximum(starts, ends)[:, :2] + reach).clip(0, pixels).astype(int)
    centres = np.arange(pixels) + 0.5
    for (x0, y0, r0), (x1, y1, r1), (left, top), (right, bottom) in zip(
        starts.tolist(), (ends - starts).tolist(), low.tolist(), high.tolist(), strict=True
    ):
        x, y = centres[left:right] - x0, centres[top:bottom, np.newaxis] - y0
        length = x1 * x1 + y1 * y1
        # how far along the piece each pixel's nearest place is
        along = np.minimum(np.maximum(x * (x1 / length) + y * (y1 / length), 0), 1) if length else np.zeros((1, 1))
        part = paper[top:bottom, left:right]
        np.maximum(part, r0 + 0.5 + along * r1 - np.hypot(x - along * x1, y - along * y1), out=part)
    return np.minimum(paper, 1, out=paper)


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
