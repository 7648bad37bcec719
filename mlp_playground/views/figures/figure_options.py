"""How a figure is to be: its size and fineness, what stands around it, and on which ground."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from mlp_playground.errors import InvalidValue
from mlp_playground.views.figures.figure_limits import LARGEST_DPI, LARGEST_SIDE, LEAST_DPI, LEAST_SIDE, MOST_PIXELS
from mlp_playground.views.theme import Theme, themes

INCH = 25.4
"""Millimetres."""
POINT_DPI = 96
"""Dots per inch of the paper that figures are painted on: there our typeface and lines have their usual sizes."""
LEAST_PAPER = 420.0
"""Dots of the paper's shorter side, at least: in a smaller picture letters and lines shrink with it."""


@dataclass(frozen=True)
class FigureOptions:
    """A figure's look. `width` and `height` in pixels, of which an inch has `dpi`: with more of them to an inch, in as
    many pixels, letters and lines are larger. A vector picture is as large as the pixels are on paper. `words` are the
    title in place of the experiment's own, `colours` a name of COLOUR_SETS.

    Raises InvalidValue for sizes that can't be, and for colours that there are not.
    """

    width: int = 1200
    height: int = 1200
    dpi: int = 150
    axes: bool = True
    legend: bool = True
    title: bool = True
    words: str = ""
    dark: bool = False
    transparent: bool = False
    logarithmic: bool = False
    colours: str = "standard"

    def __post_init__(self) -> None:
        for name, value in (("width", self.width), ("height", self.height)):
            if not LEAST_SIDE <= value <= LARGEST_SIDE:
                raise InvalidValue(name, value, f"{LEAST_SIDE} to {LARGEST_SIDE:,} pixels".replace(",", " "))
        if self.width * self.height > MOST_PIXELS:
            raise InvalidValue("size", f"{self.width}x{self.height}", f"at most {MOST_PIXELS // 10**6} million pixels")
        if not LEAST_DPI <= self.dpi <= LARGEST_DPI:
            raise InvalidValue("dpi", self.dpi, f"{LEAST_DPI} to {LARGEST_DPI} pixels per inch")
        themes(self.colours)

    @property
    def theme(self) -> Theme:
        """The colours."""
        return themes(self.colours)[self.dark]

    @property
    def fineness(self) -> float:
        """Pixels to each dot of the paper."""
        return min(self.dpi / POINT_DPI, min(self.width, self.height) / LEAST_PAPER)

    @property
    def paper(self) -> QSizeF:
        """The size of what is painted on, in dots."""
        return QSizeF(self.width, self.height) / self.fineness

    @property
    def millimetres(self) -> QSizeF:
        """The size on paper."""
        return QSizeF(self.width, self.height) * (INCH / self.dpi)
