"""Colours, spacing and type in one place: one diverging scale for points, pictures and links, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPalette, qGray, qRgb

from mlp_playground.analysis.field import SHADES, Levels
from mlp_playground.nn.arrays import frozen
from mlp_playground.resources import resource
from mlp_playground.views.colour_sets import COLOUR_SETS, Values

SPACE = 8
"""Pixels of the spacing grid; everything stands a multiple of it apart."""
RADIUS = 6
MARK = QPalette.ColorRole.LinkVisited
"""The program has no links that anybody could have visited: this role says which set of colours a palette is of."""
FAMILY = "Inter"
LARGEST = 1.25
"""How much larger letters are at most, for a reader who has set a larger text size in the desktop."""
LEAST_CONTRAST = 32
"""How far a thin line's grey, 0…255, is from its ground's at least."""
Colours = NDArray[np.uint32]
"""A scale: the colour of each level, as a pixel has it."""


@dataclass(frozen=True)
class Theme:
    """One look. `orange`, `neutral` and `blue` are the scale's ends and middle: −, 0 and +; `patterns` tell regions
    apart that lie beside each other; `colours` is the name of the set that all are of."""

    name: str
    background: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    orange: str
    neutral: str
    blue: str
    warning: str
    warning_text: str
    boundary: str
    point_line: str
    test_line: str
    more_classes: tuple[str, ...]
    selection: str
    layers: tuple[str, ...]
    patterns: tuple[str, ...]
    colours: str = "standard"

    @cached_property
    def scale(self) -> Colours:
        """The diverging scale as 256 colours; 0 and 1 are the orange end, 128 is the middle, 255 the blue end."""
        ends = QColor(self.orange), QColor(self.neutral), QColor(self.blue)
        return _colours([_mix(*ends, max((level - 128) / 127, -1.0)) for level in range(256)])

    def colour(self, value: float) -> QColor:
        """The scale's colour for a value in −1…1."""
        return colour_at(self.scale, round(min(max(value, -1.0), 1.0) * 127 + 128))

    @cached_property
    def class_scale(self) -> Colours:
        """The levels of classes as colours: from the neutral middle to each class's own."""
        neutral = QColor(self.neutral)
        ends = [self.class_colour(k) for k in range(256 // SHADES)]
        return _colours([_mix(neutral, neutral, end, shade / (SHADES - 1)) for end in ends for shade in range(SHADES)])

    @cached_property
    def ink_scale(self) -> Colours:
        """Ink from none, 0, to full, 255: dark on light paper, or light on dark."""
        return _colours([qRgb(*[level if self.name == "dark" else 255 - level] * 3) for level in range(256)])

    def class_colour(self, number: int) -> QColor:
        """A class's colour; the first two are the scale's ends, after ten they begin again."""
        colours = (self.orange, self.blue, *self.more_classes)
        return QColor(colours[number % len(colours)])

    def image(self, levels: Levels) -> QImage:
        """Colour levels (rows, columns) as a picture, one pixel each."""
        return tinted(levels, self.scale)

    def class_image(self, levels: Levels) -> QImage:
        """Levels of classes (rows, columns) as a picture, one pixel each."""
        return tinted(levels, self.class_scale)


def tinted(levels: Levels, colours: Colours) -> QImage:
    """Levels (rows, columns) as a picture, one pixel each, in any of a theme's scales."""
    rows, columns = levels.shape
    pixels = colours.take(levels, mode="clip")
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    return image.copy()  # that owns its pixels


def colour_at(colours: Colours, level: int) -> QColor:
    """A level's colour."""
    return QColor(int(colours[level]))


def _colours(values: list[int]) -> Colours:
    return frozen(np.array(values, np.uint32))


def told_from(ground: QColor, colour: QColor, other: QColor) -> QColor:
    """A thin line's colour: the `other` one if `colour` is as light as the ground, or nearly."""
    return other if abs(qGray(colour.rgb()) - qGray(ground.rgb())) < LEAST_CONTRAST else colour


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """A colour with so much of another one in it, 0…1."""
    return QColor(_mix(other, colour, other, share))


def _mix(low: QColor, middle: QColor, high: QColor, value: float) -> int:
    end, share = (high, value) if value > 0 else (low, -value)
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in (
            (middle.red(), end.red()),
            (middle.green(), end.green()),
            (middle.blue(), end.blue()),
        )
    )
    return qRgb(red, green, blue)


LIGHT = Theme(
    name="light",
    background="#f5f7f9",
    surface="#ffffff",
    raised="#e9edf1",
    line="#d5dbe1",
    text="#17212b",
    muted="#5b6875",
    accent="#173f5c",
    on_accent="#ffffff",
    orange="#f59322",
    neutral="#e8eaeb",
    blue="#0877bd",
    warning="#fdecd2",
    warning_text="#6b3d00",
    boundary="#17212b",
    point_line="#17212b",
    test_line="#ffffff",
    selection="#b5179e",
    layers=("#0b5d3b", "#6a1b9a", "#8f1414", "#4a3b00"),
    patterns=("#b9a15e", "#badaff", "#98a88f", "#fce9a5", "#6ba5e5", "#8ef8db"),
    more_classes=("#2b9a66", "#9b5fc0", "#e0d000", "#c8324b", "#5fd0d6", "#8a6642", "#6f7c89", "#9bc53d"),
)
DARK = Theme(
    name="dark",
    background="#15191f",
    surface="#1d232a",
    raised="#29313a",
    line="#36404b",
    text="#eef2f5",
    muted="#9ba8b4",
    accent="#8cc8ee",
    on_accent="#10202c",
    orange="#f0953a",
    neutral="#252c34",
    blue="#46a5e2",
    warning="#4a3413",
    warning_text="#ffdca6",
    boundary="#ffffff",
    point_line="#10161c",
    test_line="#10161c",
    selection="#f472d0",
    layers=("#9dffc0", "#e3b0ff", "#ffb9ae", "#fff3a8"),
    patterns=("#208b75", "#4f3243", "#99723f", "#253065", "#7476a3", "#602313"),
    more_classes=("#3fbf83", "#b985dd", "#f5f06a", "#e0475b", "#8ff5ea", "#a97c50", "#9aa7b3", "#b4e04a"),
)


@lru_cache
def themes(colours: str) -> tuple[Theme, Theme]:
    """The light and the dark theme in a set of colours. Raises InvalidValue for a name that there is not."""
    chosen = COLOUR_SETS[colours]
    return _in_colours(LIGHT, colours, chosen.light), _in_colours(DARK, colours, chosen.dark)


def _in_colours(theme: Theme, colours: str, values: Values) -> Theme:
    return replace(theme, colours=colours, **values) if values else theme  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _by_mark() -> dict[tuple[bool, str], Theme]:
    pairs = (themes(name) for name in COLOUR_SETS)
    return {(theme.name == "dark", theme.blue): theme for pair in pairs for theme in pair}


def theme_of(palette: QPalette) -> Theme:
    """The theme that a widget with this palette is drawn in."""
    # told by the text: a style sheet may make a background transparent, which counts as black
    is_dark = palette.color(QPalette.ColorRole.WindowText).lightness() > 128
    found = _by_mark().get((is_dark, palette.color(MARK).name()))
    return found or (DARK if is_dark else LIGHT)


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Make the program's own typeface known; needs a QGuiApplication."""
    for name in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{name}.otf")))


def font(size: float = 10, bold: bool = False) -> QFont:
    """The program's typeface; `size` in points, at the reader's own text size of 10."""
    load_fonts()
    result = QFont(FAMILY)
    result.setPointSizeF(size * (1.0 if _on_paper.get() else _user_scale()))
    if bold:
        result.setWeight(QFont.Weight.DemiBold)
    return result


_on_paper: ContextVar[bool] = ContextVar("on_paper", default=False)


@contextmanager
def type_on_paper() -> Iterator[None]:
    """Letters of the same size on every machine, whatever size its reader likes on the screen."""
    token = _on_paper.set(True)
    try:
        yield
    finally:
        _on_paper.reset(token)


@lru_cache(maxsize=1)
def _user_scale() -> float:
    # who has set a larger text size in the desktop gets larger letters here too, within what the window can hold
    size = QGuiApplication.font().pointSizeF()
    return min(max(size / 10, 1.0), LARGEST) if size > 0 else 1.0


def palette(theme: Theme) -> QPalette:
    """Qt's colours for standard widgets."""
    role = QPalette.ColorRole
    result = QPalette()
    for target, colour in (
        (role.Window, theme.background),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.raised),
        (role.Button, theme.surface),
        (role.WindowText, theme.text),
        (role.Text, theme.text),
        (role.ButtonText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.ToolTipBase, theme.text),
        (role.ToolTipText, theme.background),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (MARK, theme.blue),
        (role.Light, theme.surface),
        (role.Mid, theme.line),
        (role.Dark, theme.line),
        (role.Midlight, theme.raised),
        (role.Shadow, theme.line),
    ):
        result.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        faded = QColor(theme.muted)
        faded.setAlpha(130)
        result.setColor(QPalette.ColorGroup.Disabled, target, faded)
    return result
