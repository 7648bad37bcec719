"""Straightens slanted digits, so that a network need not learn a digit's slant besides its form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CHUNK = 512
"""Pictures at a time: about 10 MB of scratch for 28 × 28 pixels, however many there are."""

FLAT = 1e-9
"""Ink that lies closer than this to one row (mean square, in pixels) has no height: the rest is rounding."""

Pictures = NDArray[np.float32]


def deskew(pictures: Pictures) -> None:
    """Straighten grey pictures (N, rows, columns) in place; values stay in 0…1 if they were.

    Deskewing by second moments: each picture is sheared sideways about its centre of mass until its ink is no longer
    correlated with its height, so that its principal axis is upright, as in the "deslanted" digits of LeCun, Bottou,
    Bengio and Haffner (1998), section III. In place, as a second copy of the full MNIST would take 190 MB.
    """
    for start in range(0, len(pictures), CHUNK):
        part = pictures[start : start + CHUNK]
        part[...] = _moved(part, _shifts(part))


def _shifts(pictures: Pictures) -> NDArray[np.float32]:
    """How far to the right of a straight digit's row each row lies, in pixels: α (y − ȳ) with α = μ₁₁ / μ₀₂, (N, rows).

    μ₁₁ and μ₀₂ are the second central moments of the ink: Σ (x − x̄)(y − ȳ) p and Σ (y − ȳ)² p. Without ink, or with all
    of it in one row, there is no slant: 0.
    """
    rows, columns = pictures.shape[1:]
    ink = pictures.sum(axis=2, dtype=np.float64)  # of each row
    moment = pictures @ np.arange(columns, dtype=np.float32)  # Σ x p of each row
    total = ink.sum(axis=1)
    y = np.arange(rows) - _ratio(ink @ np.arange(rows), total, total > 0)  # y − ȳ
    mu11 = (y * moment).sum(axis=1)  # x̄ drops out, as Σ (y − ȳ) p = 0
    mu02 = (y**2 * ink).sum(axis=1)
    return (_ratio(mu11, mu02, mu02 > FLAT * total) * y).astype(np.float32)


def _ratio(a: NDArray[np.float64], b: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """a / b of each picture, and 0 where that is not known; (N, 1)."""
    return np.divide(a, b, out=np.zeros_like(b), where=known)[:, np.newaxis]


def _moved(pictures: Pictures, shifts: NDArray[np.float32]) -> Pictures:
    """Each row (N, rows, columns) read from `shifts` (N, rows) pixels further right, in straight lines between pixels.

    Beyond the edges there is no ink.
    """
    n, rows, columns = pictures.shape
    margin = columns + 1
    width = columns + 2 * margin
    wide = np.zeros((n * rows, width), np.float32)
    wide[:, margin:-margin] = pictures.reshape(-1, columns)
    whole = np.floor(shifts)
    share = (shifts - whole)[:, :, np.newaxis]
    first = np.arange(n * rows) * width + margin + np.clip(whole, -margin, columns).astype(np.int64).reshape(-1)
    read = wide.take(first[:, np.newaxis] + np.arange(columns + 1)).reshape(n, rows, columns + 1)
    moved: Pictures = (1 - share) * read[..., :-1] + share * read[..., 1:]
    return moved
