"""Sets of colours for maps, points and links. In each a colour is still the one that words on screen call it.

Safe ones were found by looking for the largest least distance (CIELAB) of any two colours as people see them who lack
one kind of cone; the test of this module computes the distances anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlp_playground.registry import Registry

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class ColourSet:
    """A name on screen, when it is of use, and what it changes of the light and of the dark theme, by field."""

    name: str
    label: str
    words: str
    light: Values = field(default_factory=dict)
    dark: Values = field(default_factory=dict)


SAFE_LIGHT = ("#08b483", "#8930f2", "#ffcb00", "#ae220d", "#187c9e", "#332211", "#525252", "#658645")
SAFE_DARK = ("#00d99b", "#8330f2", "#fcff00", "#cd1d07", "#0099cc", "#8c724f", "#868d9c", "#c1fc97")

PRINT = ("#21b087", "#9b2fc0", "#f6f62e", *SAFE_LIGHT[3:])

COLOUR_SETS: Registry[ColourSet] = Registry(
    "colours",
    ColourSet("standard", "&Orange and blue", "The usual colours; with two classes safe for colour-blind readers"),
    ColourSet(
        "safe",
        "&Colour-blind safe",
        "Ten classes that differ for readers who lack one kind of cone, too",
        {"orange": "#d97c1c", "blue": "#004395", "more_classes": SAFE_LIGHT},
        {"orange": "#d99521", "blue": "#1b5eb0", "more_classes": SAFE_DARK},
    ),
    ColourSet(
        "print",
        "Light to &dark",
        "The scale goes from light to dark: it can be read in black and white, on paper or with no colour vision",
        {"orange": "#ffc66e", "neutral": "#94918d", "blue": "#0b3d75", "more_classes": PRINT},
        {
            "orange": "#ffc66e",
            "neutral": "#85827e",
            "blue": "#0c366b",
            "point_line": "#f4f7fa",
            "test_line": "#f4f7fa",
            "more_classes": PRINT,
        },
    ),
    ColourSet(
        "projector",
        "&Projector",
        "Full colours on pure white or black, and darker lines, for a projector in a bright room",
        {
            "background": "#ffffff",
            "line": "#8b96a1",
            "text": "#000000",
            "muted": "#36414c",
            "orange": "#f06a00",
            "neutral": "#ffffff",
            "blue": "#0036c8",
            "boundary": "#000000",
            "point_line": "#000000",
            "more_classes": (SAFE_LIGHT[0], "#c566ff", *SAFE_LIGHT[2:]),
        },
        {
            "background": "#000000",
            "line": "#6f7c89",
            "text": "#ffffff",
            "muted": "#d3dbe2",
            "orange": "#ff8c1a",
            "neutral": "#000000",
            "blue": "#2f8fff",
            "boundary": "#ffffff",
            "point_line": "#000000",
            "more_classes": SAFE_DARK,
        },
    ),
)
