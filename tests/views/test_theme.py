"""Colours: one scale, exact at its ends and its middle, and text that everybody can read."""

from __future__ import annotations

import ast
from itertools import chain, combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

import mlp_playground
from mlp_playground.data.features import FEATURES
from mlp_playground.data.toy import TOYS
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.views.style_sheet import stylesheet
from mlp_playground.views.theme import DARK, FAMILY, LIGHT, Theme, font, palette, theme_of

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(colour: str) -> float:
    """WCAG 2.1's relative luminance."""
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_agrees_with_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("text", "background"),
        ("text", "surface"),
        ("text", "raised"),
        ("muted", "background"),
        ("muted", "surface"),
        ("warning_text", "warning"),
        ("on_accent", "accent"),
    ],
)
def test_text_can_be_read(theme: Theme, text: str, below: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, below)) >= 4.5


@THEMES
def test_the_scale_is_exact_at_its_ends_and_its_middle(theme: Theme) -> None:
    for value, colour in ((-1, theme.orange), (0, theme.neutral), (1, theme.blue)):
        assert theme.colour(value).name() == colour
    assert [QColor(theme.scale[level]).name() for level in (1, 128, 255)] == [theme.orange, theme.neutral, theme.blue]
    assert len(theme.scale) == 256
    assert theme.scale[0] == theme.scale[1]


@THEMES
def test_values_beyond_the_scale_take_its_ends(theme: Theme) -> None:
    assert theme.colour(-7) == theme.colour(-1)
    assert theme.colour(float("inf")) == theme.colour(1)


@THEMES
def test_each_half_of_the_scale_goes_steadily_to_its_end(theme: Theme) -> None:
    colours = [QColor(rgb) for rgb in theme.scale[1:]]
    middle = QColor(theme.neutral)

    def distance(colour: QColor) -> int:
        pairs = zip(colour.getRgb(), middle.getRgb(), strict=True)
        return sum(abs(a - b) for a, b in pairs)

    distances = [distance(colour) for colour in colours]
    assert all(a >= b for a, b in pairwise(distances[:128]))
    assert all(a <= b for a, b in pairwise(distances[127:]))
    assert all(a != b for a, b in pairwise([colour.rgb() for colour in colours[::4]])), (
        "steps of a sixty-fourth are seen"
    )


@THEMES
def test_levels_become_pixels_of_their_colours(theme: Theme) -> None:
    levels = np.array([[1, 128, 255], [0, 64, 192]], np.uint8)
    image = theme.image(levels)
    assert (image.width(), image.height()) == (3, 2)
    for row in range(2):
        for column in range(3):
            assert image.pixel(column, row) == theme.scale[levels[row, column]]


@pytest.mark.parametrize("width", [1, 2, 3, 5, 31, 32, 33, 255])
def test_a_picture_of_any_width_is_not_sheared(width: int) -> None:
    levels = (np.arange(3 * width, dtype=np.int64) * 37 % 256).astype(np.uint8).reshape(3, width)
    image = LIGHT.image(levels)
    pixels = [[image.pixel(x, y) for x in range(width)] for y in range(3)]
    assert pixels == [[LIGHT.scale[level] for level in row] for row in levels.tolist()]


def apart(one: QColor, other: QColor) -> int:
    """How far two colours are from each other: the sum over red, green and blue."""
    return sum(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


@THEMES
def test_ten_classes_have_ten_colours_and_then_they_begin_again(theme: Theme) -> None:
    colours = [theme.class_colour(k) for k in range(10)]
    assert [colours[0].name(), colours[1].name()] == [theme.orange, theme.blue]
    assert min(apart(one, other) for one, other in combinations(colours, 2)) > 40
    assert min(apart(one, other) for one, other in combinations(colours[:5], 2)) > 60, "as many as the toy data have"
    assert min(apart(colour, QColor(theme.neutral)) for colour in colours) > 150
    assert [theme.class_colour(k) for k in range(10, 20)] == colours


@THEMES
def test_a_classs_colour_is_the_one_of_its_name(theme: Theme) -> None:
    hues = {"orange": (20, 40), "blue": (195, 215), "green": (130, 165), "purple": (260, 300), "yellow": (45, 65)}
    for number, name in enumerate(TOYS["spiral5"].classes):
        low, high = hues[name]
        assert low <= theme.class_colour(number).hue() <= high, name


@THEMES
def test_the_scale_of_classes_goes_steadily_from_neutral_to_each_classs_colour(theme: Theme) -> None:
    colours = [QColor(rgb) for rgb in theme.class_scale]
    assert len(colours) == 250
    for k in range(10):
        shades = colours[25 * k : 25 * k + 25]
        assert shades[0].name() == theme.neutral
        assert shades[-1] == theme.class_colour(k)
        steps = [apart(shade, shades[0]) for shade in shades]
        assert all(a < b for a, b in pairwise(steps))


@THEMES
def test_levels_of_classes_become_pixels_of_their_colours(theme: Theme) -> None:
    levels = np.array([[0, 24, 25], [49, 137, 249]], np.uint8)
    image = theme.class_image(levels)
    pixels = [[image.pixel(x, y) for x in range(3)] for y in range(2)]
    assert pixels == [[theme.class_scale[level] for level in row] for row in levels.tolist()]


@THEMES
def test_a_widget_finds_its_theme_by_its_palette(theme: Theme) -> None:
    assert theme_of(palette(theme)) is theme


@THEMES
def test_disabled_text_differs_from_enabled(theme: Theme) -> None:
    colours = palette(theme)
    group = QPalette.ColorGroup
    assert colours.color(group.Disabled, QPalette.ColorRole.Text) != colours.color(
        group.Active, QPalette.ColorRole.Text
    )
    assert theme.muted in stylesheet(theme)


def test_the_programs_own_typeface_is_there(qapp: object) -> None:
    from PySide6.QtGui import QFontInfo

    for bold in (False, True):
        assert QFontInfo(font(10, bold)).family() == "Inter"
    assert font(12).pointSizeF() > font(10).pointSizeF()


TOLD = ("label", "formula", "words")


def texts_on_screen() -> set[str]:
    """Every character of what the tables say, and of what the window writes itself."""
    tables = (ACTIVATIONS, FEATURES, HEADS, INITIALIZERS, OPTIMIZERS, SCHEDULES, TOYS)
    texts = [str(getattr(each, name, "")) for table in tables for each in table.values() for name in TOLD]
    package = Path(mlp_playground.__file__).parent
    rooms = "app/*.py", "views/**/*.py", "experiment/doctor/*.py", "analysis/**/*.py", "export/report*.py"
    for source in chain.from_iterable(package.glob(room) for room in rooms):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        documentation = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in documentation]
        texts += [node.value for node in strings if isinstance(node.value, str)]
    return {character for text in texts for character in text if character.isprintable() or character == "\u202f"}


@pytest.mark.parametrize("bold", [False, True])
def test_the_typeface_has_every_character_that_is_on_screen(qapp: QApplication, bold: bool) -> None:
    """A system without fonts of its own would show an empty box for it."""
    raw = QRawFont.fromFont(font(10, bold))
    assert raw.familyName() == FAMILY
    used = texts_on_screen()
    assert {"≠", "▼", "₁", "\u202f"} <= used
    assert [character for character in sorted(used) if not raw.supportsCharacter(ord(character))] == []
