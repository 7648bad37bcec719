"""The regions on paper: edges where they are, colours that say what they claim, and the canvas that keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.difference import difference
from mlp_playground.analysis.field import Map
from mlp_playground.analysis.patterns import KINDS, patterns
from mlp_playground.analysis.pieces import Pieces
from mlp_playground.analysis.regions import PLANE, Regions, regions
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.field_picture import paint_field
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.canvas.region_colours import FILLINGS, colours_of, slope_colours, steepest
from mlp_playground.views.canvas.region_picture import paint_regions
from mlp_playground.views.polyline import draw_lines
from mlp_playground.views.theme import DARK, LIGHT
from tests.views.test_colour_sets import nearest

Painted = Callable[..., np.ndarray]
Take = Callable[..., Snapshot]
RELU = ExperimentConfig().changed("network", hidden=(2,), activations=("relu",))
CROSS = np.array([1.0, 0, 0, 0, 1, 0, 1, -2, -3])
"""Folds along x₁ = 0 and x₂ = 0: the answer's slope is (0, 0), (1, 0), (0, −2) or (1, −2)."""
PLACE = QRectF(0, 0, 360, 360)


def of(theta: np.ndarray = CROSS, hidden: int = 2, outputs: int = 1) -> Network:
    return Network(Architecture((2, hidden, outputs), ("relu",), "binary" if outputs == 1 else "classes"), theta)


@pytest.fixture
def drawn(painted: Painted, take: Take) -> Callable[..., np.ndarray]:
    """Paints pieces on grey, 30 pixels for each unit."""
    moment = take(RELU)
    data, field = moment.data, moment.field
    assert field is not None

    def drawing(
        found: Pieces | None,
        extent: Extent = HOME,
        *,
        pixels: int | None = None,
        compared: bool = False,
        **values: object,
    ) -> np.ndarray:
        showing = replace(Showing(regions=True, pieces=found), **values)  # type: ignore[arg-type]
        shown = replace(field, difference=difference(field, field) if compared else None)
        return painted(lambda p: paint_regions(p, PLACE, extent, shown, data, LIGHT, showing, pixels))

    return drawing


def marked(pixels: np.ndarray) -> np.ndarray:
    """Which are not the grey ground."""
    return np.asarray((pixels != 0x80).any(axis=2))


def test_edges_stand_where_the_folds_are(drawn: Callable[..., np.ndarray]) -> None:
    found = regions(of())
    pixels = marked(drawn(found, boundary=False))
    rows, columns = np.nonzero(pixels)
    assert ((abs(rows - 179.5) <= 1) | (abs(columns - 179.5) <= 1)).all()
    assert pixels[100, 178:182].any()
    assert pixels[178:182, 300].any()
    elsewhere = marked(drawn(found, Extent((3.0, 0.0), 3.0), boundary=False))
    assert (np.nonzero(elsewhere[:100])[1] <= 1).all(), "x₁ = 0 is at the left edge there"
    assert not marked(drawn(found, regions=False)).any()
    assert not marked(drawn(None)).any()


def test_the_boundary_is_the_exact_one_and_goes_with_its_box(drawn: Callable[..., np.ndarray]) -> None:
    found = regions(of())  # x₁ − 2 x₂ = 3 where x₁ > 0 and x₂ > 0, and x₁ = 3 below
    with_it, without = drawn(found), drawn(found, boundary=False)
    rows, columns = np.nonzero((with_it != without).any(axis=2))
    x1, x2 = (columns + 0.5) / 30 - 6, 6 - (rows + 0.5) / 30
    away = np.where(x2 < 0, abs(x1 - 3), abs(x1 - 2 * x2 - 3) / 5**0.5)
    assert len(x1) > 300
    assert away.max() < 0.1
    focus = Map(np.zeros((1, 1), np.float32), 1.0)
    assert (drawn(found, focus=focus) == without).all(), "over a neuron's map there is none"
    assert (drawn(found, compared=True, filling="slope") == without).all(), "two moments have their own, on the map"


def test_the_fillings_say_what_they_claim(drawn: Callable[..., np.ndarray]) -> None:
    found = regions(of())
    corners = [(90, 90), (90, 270), (270, 90), (270, 270)]  # the middles of the four quadrants
    filled = drawn(found, filling="pattern", boundary=False)
    colours = [tuple(filled[row, column]) for row, column in corners]
    palette = {QColor(each).getRgb()[:3] for each in LIGHT.patterns}  # type: ignore[index]
    assert len(set(colours)) == 4
    assert set(colours) <= palette
    filled = drawn(found, filling="slope", boundary=False)
    shown = {corner: filled[corner] for corner in corners}
    neutral = QColor(LIGHT.neutral).getRgb()[:3]  # type: ignore[index]
    assert tuple(shown[270, 90]) == neutral, "where no neuron is active the answer is flat"
    assert (shown[270, 270] != shown[90, 90]).any(), "x₁ rises to the right, −2 x₂ downwards"
    assert not marked(drawn(found, filling="lines", boundary=False))[90, 90]


@pytest.mark.parametrize("filling", ["pattern", "slope"])
def test_pixel_by_pixel_they_are_filled_as_polygons_are(drawn: Callable[..., np.ndarray], filling: str) -> None:
    found = regions(of(np.random.default_rng(5).normal(size=4 * 8 + 1), 8))
    for extent in (HOME, Extent((1.0, -1.0), 2.0), Extent((5.0, 5.0), 8.0)):
        by_pixels, by_polygons = (
            drawn(found, extent, pixels=pixels, filling=filling, boundary=False) for pixels in (360, None)
        )
        differ = (by_pixels != by_polygons).any(axis=2)
        assert differ.mean() < 0.01, "but for rounding along the edges"
        assert marked(by_pixels).mean() == pytest.approx(marked(by_polygons).mean(), abs=0.01)


def test_slopes_are_coloured_by_direction_and_strength() -> None:
    slopes = np.array([[1.0, 0], [0, 1], [-1, 0], [5, 0], [0, 0], [0.5, 0]])
    right, up, back, steeper, flat, half = (QColor(each) for each in slope_colours(slopes, LIGHT).tolist())
    for hue, colour in zip((0, 90, 180), (right, up, back), strict=True):
        full = QColor.fromHslF(hue / 360, 0.62, 0.6)
        assert colour.getRgb() == pytest.approx(full.getRgb(), abs=1)
    assert steeper == right, "steeper than full is full"
    assert flat == QColor(LIGHT.neutral)
    between = zip(half.getRgb(), right.getRgb(), flat.getRgb(), strict=True)  # type: ignore[arg-type]
    assert all(middle == pytest.approx((a + b) / 2, abs=1) for middle, a, b in between)
    assert steepest(regions(of())) == pytest.approx(5**0.5)
    colours = colours_of(regions(of(np.zeros(9))), "slope", DARK)
    assert colours is not None
    assert QColor(int(colours[0])) == QColor(DARK.neutral)


def test_the_slope_of_classes_is_the_winners_over_the_mean() -> None:
    theta = np.random.default_rng(3).normal(size=4 * 3 + 3 * 5)
    found = regions(of(theta, 4, 3))
    network = of(theta, 4, 3)

    def lead(x: np.ndarray, winner: int) -> float:
        z = network.predict(np.array([[x[0]], [x[1]], [1.0]]))[:, 0]
        return float(z[winner] - z.mean())

    for r, (middle, slope) in enumerate(zip(found.middles(), found.slopes(), strict=True)):
        winner = int(found.winners()[r])
        z = network.predict(np.array([[middle[0]], [middle[1]], [1.0]]))[:, 0]
        assert winner == z.argmax()
        step = 1e-7 * np.eye(2)
        rise = [(lead(middle + d, winner) - lead(middle - d, winner)) / 2e-7 for d in step]
        assert slope == pytest.approx(rise, abs=1e-6)


def test_the_picked_region_is_outlined(drawn: Callable[..., np.ndarray]) -> None:
    found = regions(of())
    colour = QColor(LIGHT.selection).getRgb()[:3]  # type: ignore[index]
    for shown in (True, False):  # also where only the panel asks
        pixels = drawn(found, regions=shown, picked=(3.0, 3.0))
        outline = (pixels == colour).all(axis=2)
        assert outline[90, 270], "the cross at the point"
        assert outline[60, 179:182].any(), "the left edge of the upper right quadrant"
        assert not outline[200:, :].any()
    assert (drawn(found, picked=(99.0, 0.0)) == drawn(found)).all()


def test_a_grid_has_edges_and_colours_too(drawn: Callable[..., np.ndarray]) -> None:
    grid = patterns(of(), PLANE, HOME)
    pixels = marked(drawn(grid))
    assert pixels[100].sum() <= 3
    assert pixels[100, 177:183].any()
    filled, exact = (drawn(found, filling="pattern", boundary=False) for found in (grid, regions(of())))
    assert (filled[20:160, 20:160] == exact[20:160, 20:160]).all()
    assert not marked(drawn(grid, regions=False)).any()
    assert not marked(drawn(grid, Extent((0.0, 0.0), 1.0))).any(), "a grid for another scale is on its way"


def test_every_filling_has_its_words_and_there_are_colours_enough() -> None:
    assert all(filling.words and filling.label for filling in FILLINGS.values())
    for theme in (LIGHT, DARK):
        assert len(theme.patterns) == KINDS
        assert nearest([QColor(each) for each in theme.patterns]) > 20, "for every reader"


def test_the_canvas_draws_them_between_map_and_points(qtbot: QtBot, painted: Painted, take: Take) -> None:
    canvas = FieldCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    canvas.show()
    moment = take(RELU, CROSS.tolist())
    assert moment.field is not None
    canvas.show_snapshot(moment)
    plain = canvas.grab().toImage()
    found = regions(of())
    assert isinstance(found, Regions)
    canvas.show_options(replace(canvas.showing, regions=True, pieces=found))
    drawn = canvas.grab().toImage()
    assert drawn != plain
    assert canvas.grab().toImage() == drawn
    canvas.show_options(replace(canvas.showing, filling="pattern"))
    assert canvas.grab().toImage() != drawn
    canvas.show_options(replace(canvas.showing, pieces=None))
    assert canvas.grab().toImage() == plain
    area, field = QRectF(0, 0, 300, 300), moment.field
    shown, none = (
        painted(lambda p, s=s: paint_field(p, area, field, moment.data, LIGHT, s))
        for s in (Showing(regions=True, pieces=found), Showing())
    )
    assert (shown != none).any(), "a picture for a file has them too"


def test_lines_from_memory_are_those_drawn_one_by_one(painted: Painted) -> None:
    ends = np.random.default_rng(0).uniform(0, 360, (40, 8))[:, 1:5]  # not in one piece
    at_once = painted(lambda p: draw_lines(p, ends))
    assert (at_once == painted(lambda p: [p.drawLine(QLineF(*each)) for each in ends.tolist()])).all()
    assert not marked(painted(lambda p: draw_lines(p, ends[:0]))).any()
