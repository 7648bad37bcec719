"""Makes a drawing one of MNIST's pictures: a digit drawn anywhere and of any size is for the network like those."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlp_playground.data.deskew import deskew
from mlp_playground.data.mnist import IMAGE_SHAPE
from mlp_playground.data.pen import WHOLE, Ink, PenStroke, ink_of

BOX = 20
"""MNIST's digits fill a box of 20 × 20 pixels as far as their proportions let them."""
SEARCH, FINE = 112, 4
"""Pixels across on which the drawing is looked for, and those across each of the box's pixels, whose mean it is."""
SMALL = 0.4
"""A drawing of less than this, of the paper, lies on few of its pixels, and is looked at once more from near."""
FAINT = 0.02
"""Less ink than this, of 1, is none: what an eraser left at an edge."""

Window = tuple[float, float, float]


def as_mnist(strokes: Sequence[PenStroke], *, deskewed: bool = False) -> Ink:
    """The drawing as MNIST has its digits, (28, 28) in 0…1: scaled with its proportions to fill a box of 20 × 20
    pixels, and put so that its centre of mass is the picture's middle (LeCun, Cortes and Burges, 1998), to a whole
    pixel as there; then straightened where the experiment's digits are. Without ink it is blank."""
    picture = np.zeros(IMAGE_SHAPE, np.float32)
    window = inked_window(strokes)
    if window is None:
        return picture
    fine = ink_of(strokes, BOX * FINE, window)
    box = fine.reshape(BOX, FINE, BOX, FINE).mean(axis=(1, 3))
    box = np.round(box * 255) / np.float32(255)  # MNIST has bytes
    top, left = (_first(box.sum(axis=1), IMAGE_SHAPE[0]), _first(box.sum(axis=0), IMAGE_SHAPE[1]))
    picture[top : top + BOX, left : left + BOX] = box
    if deskewed:
        deskew(picture[np.newaxis])
    return picture


def inked_window(strokes: Sequence[PenStroke]) -> Window | None:
    """The smallest square of the paper that holds all its ink, which lies in its middle; None without ink."""
    if not any(stroke.erases for stroke in strokes):
        return _drawn(strokes)  # half the time, while a hand is drawing
    window = _inked(strokes, WHOLE)
    if window is None or window[2] > SMALL:
        return window
    left, top, side = window
    return _inked(strokes, (left - 2 / SEARCH, top - 2 / SEARCH, side + 4 / SEARCH))


def _drawn(strokes: Sequence[PenStroke]) -> Window | None:
    """The same where nothing was erased: ink ends where the pen's tip did, or the paper."""
    x, y, r = np.array([point for stroke in strokes for point in stroke.points], np.float64).reshape(-1, 3).T
    on_paper = (x + r > 0) & (x - r < 1) & (y + r > 0) & (y - r < 1)
    if not on_paper.any():
        return None
    left, top = (max(float((each - r).min()), 0.0) for each in (x, y))
    right, bottom = (min(float((each + r).max()), 1.0) for each in (x, y))
    return _square(left, top, right - left, bottom - top)


def _inked(strokes: Sequence[PenStroke], window: Window) -> Window | None:
    left, top, side = window
    ink = ink_of(strokes, SEARCH, window)
    if not (ink > FAINT).any():
        return None
    (x, width), (y, height) = (_reach(ink.max(axis=axis), side / SEARCH) for axis in (0, 1))
    return _square(left + x, top + y, width, height)


def _reach(most: Ink, pixel: float) -> tuple[float, float]:
    """Where ink begins, and how far it goes on, of which a row or column of pixels has so much at most: one that it
    ends in is covered in part."""
    inked = np.flatnonzero(most > FAINT)
    first, last = int(inked[0]), int(inked[-1])
    begin, end = first + 1 - float(most[first]), last + float(most[last])
    return begin * pixel, max(end - begin, 1.0) * pixel


def _square(left: float, top: float, width: float, height: float) -> Window:
    side = max(width, height)
    return left + (width - side) / 2, top + (height - side) / 2, side


def _first(mass: Ink, room: int) -> int:
    """Where a box with this ink in each row (or column) begins among `room` of them, so that the mean is in the middle
    and nothing is cut off."""
    mean = float(mass @ np.arange(len(mass)) / mass.sum())
    return min(max(room // 2 - int(np.floor(mean + 0.5)), 0), room - len(mass))
