"""What the colours mean, read from the legends' pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.field import Map
from mlp_playground.data.dataset import Scale
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.legends import LEAST_LINE, LINE, WIDTH, ClassLegend, ScaleLegend
from mlp_playground.views.canvas.picture_frame import WASH
from mlp_playground.views.scale_numbers import EXCITES, answer_numbers, neuron_numbers
from mlp_playground.views.theme import DARK, LIGHT, Theme, font, mixed, palette

FIVE = TOYS["spiral5"].classes


def test_the_legend_goes_from_blue_above_to_orange_below(qtbot: QtBot) -> None:
    legend = ScaleLegend()
    qtbot.addWidget(legend)
    legend.resize(76, 180)
    legend.show_scale(((1, "100 %"), (0, "50 : 50"), (-1, "100 %")), shapes=True)
    image = legend.grab().toImage()
    top, bottom = image.pixelColor(8, 12), image.pixelColor(8, 168)
    assert top.blue() > top.red() + 60
    assert bottom.red() > bottom.blue() + 60
    legend.show_scale(EXCITES, shapes=False)
    assert legend.grab().toImage() != image


@pytest.fixture
def legend(qtbot: QtBot) -> ClassLegend:
    widget = ClassLegend()
    qtbot.addWidget(widget)
    widget.resize(WIDTH, 120)
    return widget


def pictured(legend: ClassLegend) -> QImage:
    return legend.grab().toImage()


def ink(image: QImage, line: int) -> int:
    """How many pixels of a line's words differ from what lies behind them."""
    ground = image.pixel(image.width() - 1, image.height() - 1)
    rows = range(int(line * LINE) + 1, int(line * LINE) + 19)
    return sum(image.pixel(x, y) != ground for x in range(22, image.width()) for y in rows)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_class_has_a_line_with_its_colour_and_its_name(legend: ClassLegend, theme: Theme) -> None:
    legend.setPalette(palette(theme))
    legend.show_classes(FIVE[:3])
    image = pictured(legend)
    for k in range(3):
        assert image.pixelColor(8, round(10 + LINE * k)) == theme.class_colour(k)
        assert ink(image, k) > 40
    most, least = (image.pixelColor(x, round(3 * LINE) + 11) for x in (66, 8))
    assert most.saturation() > least.saturation() + 60, "how sure"


def test_each_line_has_a_mark_of_its_own_shape(legend: ClassLegend) -> None:
    legend.show_classes(FIVE)
    image = pictured(legend)
    ground = image.pixel(image.width() - 1, image.height() - 1)
    shapes = [
        [[image.pixel(x, y + LINE * k) != ground for x in range(18)] for y in range(20)] for k in range(len(FIVE))
    ]
    assert all(shape not in shapes[:k] for k, shape in enumerate(shapes))
    assert all(any(map(any, shape)) for shape in shapes)


def test_other_classes_are_another_legend(legend: ClassLegend) -> None:
    legend.show_classes(FIVE)
    five = pictured(legend)
    legend.show_classes(FIVE[:3])
    assert pictured(legend) != five
    legend.show_classes(())
    assert all(ink(pictured(legend), line) == 0 for line in range(5))


@pytest.mark.parametrize("name", [name for name, toy in TOYS.items() if toy.task == "classes"])
def test_the_classes_of_the_toy_problems_fit(legend: ClassLegend, name: str) -> None:
    classes = TOYS[name].classes
    assert LEAST_LINE * len(classes) <= legend.minimumHeight()
    widest = max(QFontMetrics(font(9)).horizontalAdvance(each) for each in classes)
    assert 22 + widest <= legend.width() == WIDTH


def test_the_legend_says_what_a_pale_colour_means(legend: ClassLegend) -> None:
    assert "less certain" in legend.toolTip()


def test_a_long_name_of_the_users_is_cut_and_whole_in_the_tooltip(legend: ClassLegend) -> None:
    legend.show_classes(("versicolor", "a flower with a very long name", "b"))
    assert legend.toolTip().splitlines()[0] == "a flower with a very long name"
    assert "versicolor" not in legend.toolTip(), "which fits"
    assert legend._shown("a flower with a very long name").endswith("…")


def test_in_steps_the_scale_has_ten_colours_and_those_of_the_map(qtbot: QtBot) -> None:
    legend = ScaleLegend()
    qtbot.addWidget(legend)
    legend.resize(76, 184)
    legend.show_scale(answer_numbers(Trainer(ExperimentConfig()).material.data, steps=True), shapes=True, steps=True)
    image = legend.grab().toImage()
    found = [image.pixelColor(8, 11 + 18 * band) for band in range(10)]
    washed = [mixed(LIGHT.colour(0.9 - 0.2 * k), QColor(LIGHT.background), WASH) for k in range(10)]
    for seen, expected in zip(found, washed, strict=True):
        assert max(abs(a - b) for a, b in zip(seen.getRgb(), expected.getRgb(), strict=True)) <= 2
    assert len({colour.rgb() for colour in found}) == 10


def test_the_numbers_are_those_of_the_colours() -> None:
    data = Trainer(ExperimentConfig()).material.data
    assert answer_numbers(data, steps=False) == (
        (1.0, "100 %"), (0.5, "75 %"), (0.0, "50 : 50"), (-0.5, "75 %"), (-1.0, "100 %"),
    )  # fmt: skip
    assert [text for _, text in answer_numbers(data, steps=True)] == ["100 %", "80 %", "60 %", "60 %", "80 %", "100 %"]
    numbers = replace(data, task="regression", target=Scale("price", 0.01, -1.0))
    assert [text for _, text in answer_numbers(numbers, steps=False)] == ["200", "150", "100", "50", "0"]
    bits = replace(data, space="bits", classes=("even", "odd"))
    assert [text for _, text in answer_numbers(bits, steps=False)][::4] == ["odd", "even"]
    shown = Map(np.ones((1, 1), np.float32), 2.5)
    assert [text for _, text in neuron_numbers(shown, steps=False)] == ["+2.5", "+1.25", "0", "−1.25", "−2.5"]
    assert neuron_numbers(Map(np.zeros((1, 1), np.float32), 1e-6), steps=False) == ((0.0, "0"),), "it is never active"
