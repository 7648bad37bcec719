"""Sets of colours: how far apart they are for readers who lack one kind of cone, and on paper without colour.

Vision without one kind of cone: Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB. Distances: CIELAB
(1976), in which about 2.3 is just noticeable.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor

from mlp_playground.data.toy import COLOURS
from mlp_playground.views.chart import line_pens
from mlp_playground.views.colour_sets import COLOUR_SETS
from mlp_playground.views.theme import DARK, LIGHT, Theme, palette, theme_of, themes

VISION = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
ALL = [theme for name in COLOUR_SETS for theme in themes(name)]
EVERY = pytest.mark.parametrize("theme", ALL, ids=lambda theme: f"{theme.colours} {theme.name}")


def lab(colours: list[QColor], vision: str = "all cones") -> np.ndarray:
    """CIELAB (n, 3) for the white of a screen (D65), as seen with these cones."""
    rgb = np.array([colour.getRgbF()[:3] for colour in colours], float)  # type: ignore[index]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ VISION[vision].T, 0, 1)
    t = seen @ TO_XYZ.T / TO_XYZ.sum(axis=1)
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def nearest(colours: list[QColor]) -> float:
    """The least distance of any two of them, whoever looks."""
    found = []
    for vision in VISION:
        seen = lab(colours, vision)
        distances = np.linalg.norm(seen[:, None] - seen, axis=-1)
        found.append(distances[np.triu_indices(len(colours), 1)].min())
    return float(min(found))


def test_the_formula_agrees_with_known_colours() -> None:
    white, black, red = lab([QColor("#ffffff"), QColor("#000000"), QColor("#ff0000")])
    assert white == pytest.approx([100, 0, 0], abs=0.01)
    assert black == pytest.approx([0, 0, 0], abs=0.01)
    assert red == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    red_and_green = [QColor("#c04000"), QColor("#707000")]
    assert nearest(red_and_green) < 15 < np.linalg.norm(np.diff(lab(red_and_green), axis=0))


@EVERY
def test_two_classes_and_the_middle_differ_for_every_reader(theme: Theme) -> None:
    assert nearest([QColor(theme.orange), QColor(theme.blue)]) > 55
    assert nearest([QColor(theme.orange), QColor(theme.neutral), QColor(theme.blue)]) > 20
    five = lab([theme.class_colour(k) for k in range(5)])
    assert np.linalg.norm(five[:, None] - five, axis=-1)[np.triu_indices(5, 1)].min() > 35


@EVERY
def test_the_curve_of_the_loss_stands_out_from_its_ground(theme: Theme) -> None:
    for pen in line_pens(theme):
        lightness = lab([pen.color(), QColor(theme.background)])[:, 0]
        assert abs(np.diff(lightness))[0] > 25


@EVERY
def test_a_point_has_an_outline_that_one_of_its_faces_stands_out_from(theme: Theme) -> None:
    for face in (theme.orange, theme.blue):
        colours = lab([QColor(face), QColor(theme.point_line)])[:, 0]
        assert abs(np.diff(colours))[0] > 10


@pytest.mark.parametrize("theme", themes("safe"), ids=lambda theme: theme.name)
def test_in_the_safe_set_all_classes_differ_for_every_reader(theme: Theme) -> None:
    colours = [theme.class_colour(k) for k in range(10)]
    assert nearest([*colours[:5], QColor(theme.neutral)]) > 29, "as many as the toy data have"
    assert nearest([*colours, QColor(theme.neutral)]) > 20
    assert nearest([LIGHT.class_colour(k) for k in range(5)]) < 20, "which the usual ones don't"


@pytest.mark.parametrize("theme", themes("print"), ids=lambda theme: theme.name)
def test_from_light_to_dark_the_scale_can_be_read_without_colours(theme: Theme) -> None:
    lightness = [float(lab([theme.colour(value)])[0, 0]) for value in np.linspace(-1, 1, 21)]
    assert all(a - b > 1.5 for a, b in pairwise(lightness))


@pytest.mark.parametrize("theme", themes("projector"), ids=lambda theme: theme.name)
def test_for_a_projector_everything_has_more_contrast(theme: Theme) -> None:
    usual = DARK if theme.name == "dark" else LIGHT

    def lightness(*colours: str) -> float:
        first, second = lab([QColor(colour) for colour in colours])[:, 0]
        return float(abs(first - second))

    for front, ground in (("text", "background"), ("muted", "background"), ("line", "background"), ("blue", "neutral")):
        mine, theirs = (lightness(getattr(each, front), getattr(each, ground)) for each in (theme, usual))
        assert mine > theirs + 3, (front, ground)


@EVERY
def test_a_widget_finds_the_theme_that_it_is_painted_in(theme: Theme) -> None:
    assert theme_of(palette(theme)) == theme
    for front in ("text", "muted"):
        difference = lab([QColor(getattr(theme, front)), QColor(theme.background)])[:, 0]
        assert abs(difference[0] - difference[1]) > 40
    hues = {"orange": 30, "blue": 208, "green": 150, "purple": 280, "yellow": 54, "red": 0, "teal": 184, "lime": 85}
    for number, name in enumerate(COLOURS):
        away = abs(theme.class_colour(number).hue() - hues.get(name, theme.class_colour(number).hue()))
        assert min(away, 360 - away) <= 20, f"the words on screen say {name}"
