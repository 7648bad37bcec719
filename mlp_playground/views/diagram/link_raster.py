"""Draws the links of a network as one picture, fast enough for every frame: soft lines by array arithmetic.

A painter finds out anew for every picture where a thick smooth curve lies. Here that is found once for each link, as
the pixels near it with their distances; a frame then only adds up how much ink each of them has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from mlp_playground.views.diagram.network_layout import Layout, Link, link_shape

REACH = 2.6
"""Pixels from a link's middle that can have ink of it: half of the thickest link and half a pixel of soft edge."""
KEPT = 3000
"""Links whose pixels are remembered, some 20 kB each: those that belong to the strongest change while training."""


class LinkRaster:
    """The links of a layout on a picture of (width, height) points, with `ratio` pixels to a point."""

    def __init__(self, layout: Layout, width: int, height: int, ratio: float = 1.0) -> None:
        self._layout, self.ratio = layout, ratio
        self._width, self._height = round(width * ratio), round(height * ratio)
        self._near: dict[Link, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        self._chosen: list[Link] | None = None

    def picture(
        self,
        links: list[Link],
        widths: NDArray[np.float64],
        inks: NDArray[np.float64],
        colours: tuple[QColor, QColor],
    ) -> QImage:
        """`links` (column, sender, receiver) with their `widths` in points and `inks` −1…1: the size is how opaque a
        link is, and its sign chooses the colour (negative, positive). Both have shape (n,)."""
        if links != self._chosen:
            self._choose(links)
        cover, size = self._cover, self._size  # made once: fresh memory of that size costs more than the arithmetic
        np.take(widths * (0.5 * self.ratio) + 0.5, self._link, out=cover, mode="clip")
        np.subtract(cover, self._distance, out=cover)
        np.clip(cover, 0, 1, out=cover)
        np.multiply(cover, np.take(inks, self._link, out=size, mode="clip"), out=cover)
        np.abs(cover, out=size)
        # of links that cross the stronger one counts for more, in colour and opacity: squares are added
        np.multiply(cover, size, out=cover)
        np.multiply(size, size, out=size)
        signed, amount = (np.bincount(self._places, part, len(self._inked)) for part in (cover, size))
        return self._blended(np.asarray(signed, np.float64), np.asarray(amount, np.float64), colours)

    def _choose(self, links: list[Link]) -> None:
        if len(self._near) > KEPT:
            self._near = {link: self._near[link] for link in links if link in self._near}
        for link in links:
            if link not in self._near:
                self._near[link] = self._found(link)
        parts = [self._near[link] for link in links]
        self._chosen = list(links)
        self._link = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
        pixels = np.concatenate([part[0] for part in parts] or [np.empty(0, np.int64)])
        self._distance = np.concatenate([part[1] for part in parts] or [np.empty(0)])
        # only pixels that any link comes near need adding up: `_inked`, and each entry's place among them
        is_inked = np.zeros(self._width * self._height, bool)
        is_inked[pixels] = True
        self._inked = np.flatnonzero(is_inked)
        self._places = (np.cumsum(is_inked) - 1)[pixels]
        self._cover, self._size = np.empty(len(pixels)), np.empty(len(pixels))

    def _found(self, link: Link) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The pixels near a link, and how far they are from its middle."""
        (x0, y0), (x1, y1) = np.array(self._layout.link_ends(link)) * self.ratio
        columns = np.arange(max(round(x0), 0), min(round(x1), self._width))
        share = np.clip((columns + 0.5 - x0) / (x1 - x0), 0, 1)
        up, slope = link_shape(share)
        height, steep = y0 + (y1 - y0) * up, np.hypot(1, (y1 - y0) / (x1 - x0) * slope)
        reach = np.ceil(REACH * self.ratio * steep).astype(np.int64)
        count = 2 * reach + 2
        top = np.floor(height).astype(np.int64) - reach
        row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - top, count)
        distance = np.abs(row + 0.5 - np.repeat(height, count)) / np.repeat(steep, count)
        fits = (distance < REACH * self.ratio) & (row >= 0) & (row < self._height)
        return (row * self._width + np.repeat(columns, count))[fits], distance[fits]

    def _blended(
        self, signed: NDArray[np.float64], amount: NDArray[np.float64], colours: tuple[QColor, QColor]
    ) -> QImage:
        """Sums of squared inks as colours: one link alone has its own ink, of several the colours mix."""
        opaque = np.minimum(np.sqrt(amount), 1)
        positive = (signed / np.maximum(amount, 1e-12) + 1) / 2
        pixels = np.zeros(self._width * self._height, np.uint32)
        pixel = (opaque * 255).astype(np.uint32)
        for low, high in zip(*(_rgb(colour) for colour in colours), strict=True):
            pixel = pixel << 8 | ((low + (high - low) * positive) * opaque).astype(np.uint32)
        pixels[self._inked] = pixel
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(pixels.data, self._width, self._height, 4 * self._width, form).copy()
        image.setDevicePixelRatio(self.ratio)
        return image


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
