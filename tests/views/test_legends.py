"""What the colours mean, read from the legends' pixels."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from mlp_playground.data.toy import TOYS
from mlp_playground.views.legends import HEIGHT, LINE, NAMES, ClassLegend, ScaleLegend
from mlp_playground.views.theme import DARK, LIGHT, Theme, font, palette

FIVE = TOYS["spiral5"].classes


def test_the_legend_goes_from_blue_above_to_orange_below(qtbot: QtBot) -> None:
    legend = ScaleLegend()
    qtbot.addWidget(legend)
    legend.resize(76, 180)
    legend.show_scale("100 %", "50 : 50", "100 %", shapes=True)
    image = legend.grab().toImage()
    top, bottom = image.pixelColor(8, 12), image.pixelColor(8, 168)
    assert top.blue() > top.red() + 60
    assert bottom.red() > bottom.blue() + 60
    legend.show_scale("+1", "0", "−1", shapes=False)
    assert legend.grab().toImage() != image


@pytest.fixture
def legend(qtbot: QtBot) -> ClassLegend:
    widget = ClassLegend()
    qtbot.addWidget(widget)
    widget.resize(NAMES, HEIGHT)
    return widget


def pictured(legend: ClassLegend) -> QImage:
    return legend.grab().toImage()


def ink(image: QImage, line: int) -> int:
    """How many pixels of a line's words differ from what lies behind them."""
    ground = image.pixel(image.width() - 1, image.height() - 1)
    rows = range(line * LINE + 1, line * LINE + 19)
    return sum(image.pixel(x, y) != ground for x in range(22, image.width()) for y in rows)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_class_has_a_line_with_its_colour_and_its_name(legend: ClassLegend, theme: Theme) -> None:
    legend.setPalette(palette(theme))
    legend.show_classes(FIVE[:3])
    image = pictured(legend)
    for k in range(3):
        assert image.pixelColor(8, 10 + LINE * k) == theme.class_colour(k)
        assert ink(image, k) > 40
    assert image.pixelColor(8, 10 + LINE * 3) == QColor(theme.background)
    assert ink(image, 3) == 0


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
    assert LINE * len(classes) <= legend.minimumHeight()
    widest = max(QFontMetrics(font(9)).horizontalAdvance(each) for each in classes)
    assert 22 + widest <= legend.width() == NAMES


def test_the_legend_says_what_a_pale_colour_means(legend: ClassLegend) -> None:
    assert "less certain" in legend.toolTip()


def test_a_long_name_of_the_users_is_cut_and_whole_in_the_tooltip(legend: ClassLegend) -> None:
    legend.show_classes(("versicolor", "a flower with a very long name", "b"))
    assert legend.toolTip().splitlines()[0] == "a flower with a very long name"
    assert "versicolor" not in legend.toolTip(), "which fits"
    assert legend._shown("a flower with a very long name").endswith("…")
