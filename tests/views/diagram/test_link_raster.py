"""Links by array arithmetic look as a painter draws them: as wide, as opaque, in the colour of their sign."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from mlp_playground.views.diagram import link_raster
from mlp_playground.views.diagram.link_raster import REACH, LinkRaster
from mlp_playground.views.diagram.network_layout import LINK_BEND, Layout, Link, arrange
from mlp_playground.views.diagram.network_links import THICKEST
from mlp_playground.views.painting import painting

WIDTH, HEIGHT = 420, 400
LAYOUT = arrange(WIDTH, HEIGHT, (7, 4, 1), pictures=False)
FLAT, GENTLE, STEEP = (1, 1, 0), (0, 2, 1), (0, 0, 3)
NEGATIVE, POSITIVE = QColor("#f59322"), QColor("#0877bd")
RATIOS = pytest.mark.parametrize("ratio", [1.0, 2.0, 1.5])


def drawn(
    links: list[Link], widths: list[float], inks: list[float], ratio: float = 1.0, layout: Layout = LAYOUT
) -> QImage:
    raster = LinkRaster(layout, WIDTH, HEIGHT, ratio)
    return raster.picture(links, np.array(widths), np.array(inks), (NEGATIVE, POSITIVE))


def pixels(image: QImage) -> np.ndarray:
    """Blue, green, red (multiplied by alpha) and alpha, (rows, columns, 4)."""
    assert image.format() == QImage.Format.Format_ARGB32_Premultiplied
    return np.array(image.constBits(), np.int64).reshape(image.height(), image.width(), 4)


def alpha(image: QImage) -> np.ndarray:
    return pixels(image)[..., 3]


def painted(link: Link, width: float, colour: QColor, ratio: float) -> QImage:
    """The link as Qt's painter draws a thick curve."""
    (x0, y0), (x1, y1) = LAYOUT.link_ends(link)
    bend = LINK_BEND * (x1 - x0)
    path = QPainterPath(QPointF(x0, y0))
    path.cubicTo(QPointF(x0 + bend, y0), QPointF(x1 - bend, y1), QPointF(x1, y1))
    image = QImage(round(WIDTH * ratio), round(HEIGHT * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    image.setDevicePixelRatio(ratio)
    with painting(QPainter(image)) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawPath(path)
    return image


def curve(link: Link, ratio: float, count: int = 1500) -> np.ndarray:
    """Points along the middle of a link, in pixels, (count, 2)."""
    (x0, y0), (x1, y1) = np.array(LAYOUT.link_ends(link)) * ratio
    t = np.linspace(0, 1, count)
    across = 3 * LINK_BEND * t * (1 - t) ** 2 + 3 * (1 - LINK_BEND) * t**2 * (1 - t) + t**3
    return np.stack([x0 + (x1 - x0) * across, y0 + (y1 - y0) * (3 * t**2 * (1 - t) + t**3)], axis=1)


@lru_cache
def distances(link: Link, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """Each pixel's distance from the middle of a link, in pixels, and whether it is beside the link, not beyond it."""
    points = curve(link, ratio)
    away = np.full((round(HEIGHT * ratio), round(WIDTH * ratio)), np.inf)
    for part in np.split(points, 30):
        (left, top), (right, bottom) = part.min(axis=0).astype(int) - 12, part.max(axis=0).astype(int) + 12
        row, column = np.mgrid[top:bottom, left:right] + 0.5
        found = np.hypot(row[..., None] - part[:, 1], column[..., None] - part[:, 0]).min(axis=-1)
        window = away[top:bottom, left:right]
        np.minimum(window, found, out=window)
    middles = np.arange(away.shape[1]) + 0.5
    beside = (middles > points[0, 0] + 1) & (middles < points[-1, 0] - 1)
    return away, np.broadcast_to(beside, away.shape)


@RATIOS
@pytest.mark.parametrize("link", [FLAT, GENTLE, STEEP], ids=["flat", "gentle", "steep"])
@pytest.mark.parametrize("width", [1.0, 2.5, THICKEST])
def test_what_is_within_the_line_is_inked_and_what_is_beyond_is_not(link: Link, width: float, ratio: float) -> None:
    ink = alpha(drawn([link], [width], [1.0], ratio))
    away, beside = distances(link, ratio)
    half = width * ratio / 2
    # half a pixel of soft edge on either side, and what a bend in the line may take or give
    assert (ink[beside & (away < half - 0.8)] == 255).all()
    assert (ink[away > half + 0.9] == 0).all()
    soft = beside & (np.abs(away - half) < 0.3)
    assert soft.sum() > 20
    assert ink[soft].min() > 0
    assert ink[soft].max() < 255 or width * ratio <= 1.5


@RATIOS
@pytest.mark.parametrize("link", [FLAT, GENTLE, STEEP], ids=["flat", "gentle", "steep"])
@pytest.mark.parametrize("width", [1.0, 2.5, THICKEST])
def test_a_link_looks_as_a_painter_draws_it(link: Link, width: float, ratio: float) -> None:
    ours, theirs = alpha(drawn([link], [width], [1.0], ratio)), alpha(painted(link, width, POSITIVE, ratio))
    length = np.hypot(*np.diff(curve(link, ratio), axis=0).T).sum()
    assert ours.sum() / 255 == pytest.approx(length * width * ratio, rel=0.01), "as much ink as the line has area"
    # a painter's own hairlines stray by a tenth: twice that where they are a pixel too far left or right
    hair = width * ratio < 2
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.12 if hair else 0.07)
    assert np.abs(ours - theirs).sum() < (0.26 if hair else 0.08) * theirs.sum(), "at the same places"


@RATIOS
@pytest.mark.parametrize("opacity", [0.25, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_link_alone_has_its_own_opacity_and_the_colour_of_its_sign(ratio: float, opacity: float, sign: int) -> None:
    middle = pixels(drawn([GENTLE], [THICKEST], [sign * opacity], ratio))
    away, beside = distances(GENTLE, ratio)
    inside = middle[beside & (away < THICKEST * ratio / 2 - 0.8)]
    colour = NEGATIVE if sign < 0 else POSITIVE
    wanted = np.array([colour.blue(), colour.green(), colour.red(), 255]) * opacity
    assert np.abs(inside - wanted).max() <= 1


def test_a_link_without_ink_leaves_nothing_and_none_is_an_empty_picture() -> None:
    assert not pixels(drawn([GENTLE], [2.0], [0.0])).any()
    empty = drawn([], [], [])
    assert (empty.width(), empty.height()) == (WIDTH, HEIGHT)
    assert not pixels(empty).any()


@RATIOS
def test_the_picture_covers_the_diagram_at_the_screens_resolution(ratio: float) -> None:
    image = drawn([GENTLE], [2.0], [1.0], ratio)
    assert (image.width(), image.height()) == (round(WIDTH * ratio), round(HEIGHT * ratio))
    assert image.devicePixelRatioF() == ratio
    assert image.deviceIndependentSize().toTuple() == (WIDTH, HEIGHT)


def crossing() -> tuple[int, int]:
    """The pixel where the links (1, 0, 0) and (1, 3, 0) meet: at their end."""
    _, (x, y) = LAYOUT.link_ends((1, 0, 0))
    return int(y), int(x) - 2


def test_of_links_that_cross_the_stronger_counts_for_more() -> None:
    place = crossing()
    strong_blue = pixels(drawn([(1, 0, 0), (1, 3, 0)], [4.0, 4.0], [0.9, -0.3]))[place]
    strong_orange = pixels(drawn([(1, 0, 0), (1, 3, 0)], [4.0, 4.0], [0.3, -0.9]))[place]
    even = pixels(drawn([(1, 0, 0), (1, 3, 0)], [4.0, 4.0], [0.5, -0.5]))[place]
    assert strong_blue[0] > strong_blue[2]
    assert strong_orange[2] > strong_orange[0]
    assert strong_blue[3] == strong_orange[3] == int(255 * np.hypot(0.9, 0.3))
    mixed = (np.array(NEGATIVE.getRgb()[:3]) + POSITIVE.getRgb()[:3]) / 2 * np.hypot(0.5, 0.5)
    assert np.abs(even[2::-1] - mixed).max() <= 1


def test_links_together_are_never_more_than_opaque() -> None:
    image = drawn([(1, i, 0) for i in range(4)], [4.0] * 4, [1.0] * 4)
    assert alpha(image)[crossing()] == 255
    together = pixels(image)
    assert (together[..., :3] <= together[..., 3:]).all(), "multiplied by alpha"


@RATIOS
def test_another_choice_of_links_is_drawn_like_a_first_one(ratio: float) -> None:
    raster = LinkRaster(LAYOUT, WIDTH, HEIGHT, ratio)
    choices = [[FLAT, GENTLE], [GENTLE, STEEP], [STEEP], [], [FLAT, GENTLE, STEEP], [STEEP, FLAT, GENTLE]]
    for links in choices:
        widths, inks = np.linspace(1, 4, len(links)), np.linspace(-1, 0.8, len(links))
        got = raster.picture(links, widths, inks, (NEGATIVE, POSITIVE))
        assert got == drawn(links, widths.tolist(), inks.tolist(), ratio)


def test_the_same_links_with_other_weights_are_drawn_anew() -> None:
    raster = LinkRaster(LAYOUT, WIDTH, HEIGHT)
    first = raster.picture([GENTLE], np.array([1.0]), np.array([0.5]), (NEGATIVE, POSITIVE))
    kept = pixels(first).copy()
    second = raster.picture([GENTLE], np.array([4.0]), np.array([-1.0]), (NEGATIVE, POSITIVE))
    assert second == drawn([GENTLE], [4.0], [-1.0])
    assert (pixels(first) == kept).all(), "a picture that was given away stays"


def test_only_so_many_links_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_raster, "KEPT", 4)
    raster = LinkRaster(LAYOUT, WIDTH, HEIGHT)
    links: list[Link] = [(0, i, j) for i in range(7) for j in range(4)]
    for start in range(0, 28, 4):
        chosen = links[start : start + 4]
        got = raster.picture(chosen, np.full(4, 2.0), np.ones(4), (NEGATIVE, POSITIVE))
        assert got == drawn(chosen, [2.0] * 4, [1.0] * 4)
    assert len(raster._near) <= 8


def test_what_runs_out_of_the_picture_is_cut_off() -> None:
    small = LinkRaster(LAYOUT, 200, 150)
    image = small.picture([GENTLE, STEEP, FLAT], np.full(3, 4.0), np.ones(3), (NEGATIVE, POSITIVE))
    whole = drawn([GENTLE, STEEP, FLAT], [4.0] * 3, [1.0] * 3)
    assert image == whole.copy(0, 0, 200, 150)
    assert alpha(image).any()


def test_the_reach_is_enough_for_the_thickest_link() -> None:
    assert THICKEST / 2 + 0.5 <= REACH
