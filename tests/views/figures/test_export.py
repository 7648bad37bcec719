"""Pictures as files: the right size, real vectors, the same bytes each time, whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from mlp_playground.app.scenes import prepared
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.figures import plane_figures
from mlp_playground.views.figures.export import FORMATS, as_image, save_figure
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES, views_of
from mlp_playground.views.theme import DARK, LIGHT

Take = Callable[..., Snapshot]
LINE = ExperimentConfig().changed("network", hidden=(), activations=())
RIGHT_IS_BLUE = (4.0, 0.0, 0.0)
SMALL = ExperimentConfig().changed("network", hidden=(3,), activations=("tanh",))
SPACES = {
    "digits": DIGITS_DEFAULT.changed("network", hidden=(2,), activations=("relu",)),
    "classes": SMALL.changed("data", name="spiral3"),
    "line": SMALL.changed("data", name="sine"),
    "bits": SMALL.changed("data", name="parity", bits=3),
}
SIDE = FigureOptions(500, 460, dpi=96)
BARE = replace(SIDE, axes=False, legend=False, title=False)
SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(path: Path, options: FigureOptions) -> QImage:
    """An SVG as pixels, drawn by Qt's reader, or a PNG."""
    if path.suffix == ".png":
        return QImage(str(path))
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(options.width, options.height, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def off(one: QImage, other: QImage) -> float:
    """The share of places where two pictures clearly differ: points and letters are smoothed in other ways."""
    assert one.size() == other.size()
    places = [(x, y) for x in range(3, one.width() - 3, 9) for y in range(3, one.height() - 3, 9)]
    pairs = ((one.pixelColor(*at).getRgb(), other.pixelColor(*at).getRgb()) for at in places)
    return sum(sum(abs(a - b) for a, b in zip(*pair, strict=True)) > 90 for pair in pairs) / len(places)


@pytest.mark.parametrize("name", SPACES)
def test_every_view_of_every_space_is_vectors_that_look_like_the_pixels(take: Take, tmp_path: Path, name: str) -> None:
    scene = Scene(take(SPACES[name], look=Look(64, digits=4)))
    views = views_of(scene.snapshot.data, SPACES[name])
    assert len(views) >= 4
    for view in views:
        scene = prepared(scene, view)
        svg, pdf = tmp_path / f"{view}.svg", tmp_path / f"{view}.pdf"
        save_figure(svg, FIGURES[view], scene, SIDE)
        kinds = {element.tag.removeprefix(SVG) for element in ElementTree.parse(svg).getroot().iter()}
        assert "image" not in kinds, view
        assert "text" in kinds
        assert kinds & {"path", "polyline"}, view
        assert off(drawn(svg, SIDE), as_image(FIGURES[view], scene, SIDE)) < 0.05, view
        save_figure(pdf, FIGURES[view], scene, SIDE)
        content = pdf.read_bytes()
        assert content.startswith(b"%PDF-1.")
        assert not re.search(rb"/Subtype\s*/Image", content), view


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_scene_gives_the_same_bytes(take: Take, tmp_path: Path, ending: str) -> None:
    paths = [tmp_path / f"{number}.{ending}" for number in range(2)]
    for path in paths:
        for view in ("boundary", "network"):
            save_figure(path.with_stem(path.stem + view), FIGURES[view], Scene(take(SMALL)), SIDE)
    for view in ("boundary", "network"):
        first, second = (path.with_stem(path.stem + view).read_bytes() for path in paths)
        assert first == second
        assert b"Date" not in first, "it would be another one a second later"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_what_is_drawn_is_the_answer_on_the_themes_ground(take: Take, tmp_path: Path, theme: object) -> None:
    scene = Scene(take(LINE, RIGHT_IS_BLUE), Showing(False, False))
    for ending in ("png", "svg"):
        options = replace(BARE, dark=theme is DARK)
        save_figure(tmp_path / f"a.{ending}", FIGURES["boundary"], scene, options)
        image = drawn(tmp_path / f"a.{ending}", options)
        assert image.pixelColor(2, 2).name() == theme.background  # type: ignore[attr-defined]
        left, right = image.pixelColor(80, 230), image.pixelColor(420, 230)
        assert left.red() - left.blue() > 60
        assert right.blue() - right.red() > 60


def test_without_a_ground_what_is_behind_it_shines_through(take: Take, tmp_path: Path) -> None:
    options = replace(SIDE, transparent=True)
    for ending in ("png", "svg"):
        save_figure(tmp_path / f"a.{ending}", FIGURES["boundary"], Scene(take(LINE)), options)
        image = drawn(tmp_path / f"a.{ending}", options)
        assert image.pixelColor(1, 1).alpha() == 0
        assert image.pixelColor(200, 250).alpha() == 255
    assert as_image(FIGURES["boundary"], Scene(take(LINE)), SIDE).pixelColor(1, 1).alpha() == 255


def test_a_size_and_a_fineness_are_kept_in_each_format(take: Take, tmp_path: Path) -> None:
    options = FigureOptions(600, 300, dpi=200)
    for ending in FORMATS:
        save_figure(tmp_path / f"a.{ending}", FIGURES["loss"], Scene(take(LINE)), options)
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height(), image.dotsPerMeterX(), image.dotsPerMeterY()) == (600, 300, 7874, 7874)
    # 600 pixels of 1/200 inch are 3 inches: 76.2 mm, and 216 points
    assert '<svg width="76.2mm" height="38.1mm"' in (tmp_path / "a.svg").read_text()
    assert re.search(rb"/MediaBox \[0 0 216[.0]* 108[.0]*\]", (tmp_path / "a.pdf").read_bytes())


def test_letters_grow_with_the_dots_per_inch_and_not_with_the_size(take: Take) -> None:
    def ink(options: FigureOptions) -> int:
        image = as_image(FIGURES["loss"], Scene(take(LINE)), options)
        rows = range(options.height // 4)
        return sum(any(image.pixelColor(x, y) != ground for x in range(0, 400, 2)) for y in rows for ground in [GROUND])

    small, wide, fine = (FigureOptions(*size, axes=False, legend=False) for size in SIZES)
    assert ink(small) == ink(wide)
    assert 1.7 < ink(fine) / ink(small) < 2.3


GROUND = QColor(LIGHT.background)
SIZES = ((480, 400, 96), (900, 400, 96), (960, 800, 192))


@pytest.mark.parametrize("name", ["a.gif", "a", ".png", "a.png.txt", "a.svgz", ""])
def test_another_ending_is_refused_with_what_is_allowed(take: Take, tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match=r"\.png, \.svg or \.pdf"):
        save_figure(tmp_path / name, FIGURES["loss"], Scene(take(LINE)), SIDE)
    assert list(tmp_path.iterdir()) == []


def test_endings_count_in_any_case_and_folders_are_no_files(take: Take, tmp_path: Path) -> None:
    scene = Scene(take(LINE))
    for name in ("a.PNG", "a.Svg", "ä b.pdf"):
        save_figure(tmp_path / name, FIGURES["loss"], scene, SIDE)
        assert (tmp_path / name).is_file()
    with pytest.raises(OSError, match="nowhere"):
        save_figure(tmp_path / "nowhere" / "a.png", FIGURES["loss"], scene, SIDE)
    (tmp_path / "b.png").mkdir()
    with pytest.raises(OSError, match=r"b\.png"):
        save_figure(tmp_path / "b.png", FIGURES["loss"], scene, SIDE)
    with pytest.raises(InvalidValue, match="network, loss, accuracy: these data are no pictures"):
        save_figure(tmp_path / "c.png", FIGURES["digits"], scene, SIDE)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text("old")

    def fail(*_args: object) -> None:
        raise RuntimeError("in the midst of it")

    monkeypatch.setattr(plane_figures, "paint_field", fail)
    with pytest.raises(RuntimeError):
        save_figure(path, FIGURES["boundary"], Scene(take(LINE)), SIDE)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_is_as_private_as_the_users_other_files(take: Take, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        save_figure(tmp_path / "a.png", FIGURES["loss"], Scene(take(LINE)), SIDE)
    finally:
        os.umask(before)
    assert (tmp_path / "a.png").stat().st_mode & 0o777 == 0o600
