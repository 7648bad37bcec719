"""Pictures as files: the right size, real vectors, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views import export
from mlp_playground.views.export import check_format, picture, save_picture
from mlp_playground.views.picture_frame import Showing
from mlp_playground.views.theme import DARK, LIGHT

Take = Callable[..., Snapshot]
LINE = ExperimentConfig().changed("network", hidden=(), activations=())
RIGHT_IS_BLUE = (4.0, 0.0, 0.0)
DIGITS = DIGITS_DEFAULT.changed("network", hidden=(4,), activations=("relu",))
SMALL = ExperimentConfig().changed("network", hidden=(3,), activations=("tanh",))
SPACES = {
    "digits": DIGITS,
    "numbers": LINE.changed("data", name="plane"),
    "classes": SMALL.changed("data", name="spiral3"),
    "line": SMALL.changed("data", name="sine"),
    "bits": SMALL.changed("data", name="parity", bits=3),
    "many bits": SMALL.changed("data", name="parity", bits=9),
}
SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.usefixtures("qapp")


def is_orange(colour: QColor) -> bool:
    return colour.red() - colour.blue() > 60


def is_blue(colour: QColor) -> bool:
    return colour.blue() - colour.red() > 60


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_png_is_twice_as_fine_as_a_screen_and_shows_the_answer(take: Take, tmp_path: Path, theme: object) -> None:
    path = tmp_path / "picture.png"
    save_picture(path, take(LINE, RIGHT_IS_BLUE), theme, Showing(False, False))  # type: ignore[arg-type]
    image = QImage(str(path))
    assert (image.width(), image.height()) == (2 * 698, 2 * 754)
    assert image.pixelColor(2, 2).name() == theme.background  # type: ignore[attr-defined]
    assert is_orange(image.pixelColor(300, 800))
    assert is_blue(image.pixelColor(1200, 800))


def test_an_svg_is_well_formed_and_made_of_vectors(take: Take, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    snapshot = take(LINE, RIGHT_IS_BLUE)
    save_picture(path, snapshot)
    root = ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg"
    kinds = [element.tag.removeprefix(SVG) for element in root.iter()]
    points = len(snapshot.data.train) + len(snapshot.data.test)
    drawn = sum(kinds.count(kind) for kind in ("circle", "ellipse", "rect", "path", "polygon"))
    assert drawn >= points
    assert kinds.count("polyline") + kinds.count("path") > 0, "the boundary"
    assert kinds.count("image") == 1, "the map alone is made of pixels"
    texts = " ".join("".join(element.itertext()) for element in root.iter(SVG + "text"))
    assert "XOR" in texts
    assert "x₁" in texts


def drawn_svg(path: Path) -> QImage:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    assert renderer.viewBoxF() == QRectF(0, 0, 698, 754)
    image = QImage(698, 754, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, 698, 754))
    painter.end()
    return image


def test_an_svg_looks_like_the_png(take: Take, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    save_picture(path, take(LINE, RIGHT_IS_BLUE), showing=Showing(False, False))
    image = drawn_svg(path)
    assert is_orange(image.pixelColor(150, 400))
    assert is_blue(image.pixelColor(600, 400))


@pytest.mark.parametrize("ending", [".png", ".svg"])
@pytest.mark.parametrize("config", SPACES.values(), ids=SPACES)
def test_every_space_can_be_saved(take: Take, tmp_path: Path, config: ExperimentConfig, ending: str) -> None:
    path = tmp_path / f"picture{ending}"
    save_picture(path, take(config, look=Look(64, digits=48)))
    assert path.stat().st_size > 5000
    image = drawn_svg(path) if ending == ".svg" else QImage(str(path)).scaled(698, 754)
    assert (image.width(), image.height()) == (698, 754)
    inside = {image.pixel(x, y) for x in range(60, 670, 5) for y in range(100, 700, 5)}
    assert len(inside) > 5


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("classes", ["3 arms · network 2–3–3", "x₁", "x₂"]),
        ("line", ["sine · network 1–3–1", "½ π", "1½ π", "x", "y"]),
        ("bits", ["parity · network 3–3–1", "00", "01", "11", "10", "0", "1"]),
        ("many bits", ["parity · network 9–3–1", "bits 1–5", "bits", "6–9"]),
    ],
)
def test_an_svgs_texts_say_what_it_shows(take: Take, tmp_path: Path, name: str, texts: list[str]) -> None:
    path = tmp_path / "picture.svg"
    save_picture(path, take(SPACES[name]))
    found = ["".join(each.itertext()).strip() for each in ElementTree.parse(path).getroot().iter(SVG + "text")]
    assert set(texts) <= set(found)
    assert found[1].startswith("epoch 0 · ")


@pytest.mark.parametrize("name", ["classes", "line", "bits"])
def test_an_svg_of_every_space_looks_like_the_png(take: Take, tmp_path: Path, name: str) -> None:
    snapshot, path = take(SPACES[name]), tmp_path / "picture.svg"
    save_picture(path, snapshot)
    vectors, pixels = drawn_svg(path), picture(snapshot, fineness=1)
    colours = [
        (vectors.pixelColor(x, y).getRgb(), pixels.pixelColor(x, y).getRgb())
        for x in range(50, 690, 9)
        for y in range(80, 740, 9)
    ]
    off = [sum(abs(a - b) for a, b in zip(*pair, strict=True)) for pair in colours]
    assert sum(each > 90 for each in off) / len(off) < 0.02  # points and letters are smoothed in another way


def test_the_picture_shows_what_the_reader_chose(take: Take) -> None:
    snapshot = take(LINE, RIGHT_IS_BLUE)
    pictures = [
        picture(snapshot, LIGHT, Showing(points, line), 1) for points in (True, False) for line in (True, False)
    ]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[i + 1 :])


@pytest.mark.parametrize("name", ["a.gif", "a", ".png", "a.png.txt", "a.svgz", ""])
def test_another_ending_is_refused_with_what_is_allowed(take: Take, tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match=r"\.png or \.svg"):
        save_picture(tmp_path / name, take(LINE))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.PNG", "a.Svg", "ä b.png"])
def test_endings_count_in_any_case(take: Take, tmp_path: Path, name: str) -> None:
    check_format(Path(name))
    save_picture(tmp_path / name, take(LINE))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_folder_is_named(take: Take, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        save_picture(tmp_path / "nowhere" / "a.png", take(LINE))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text("old")

    def fail(*_args: object) -> None:
        raise RuntimeError("in the midst of it")

    monkeypatch.setattr(export, "paint_field", fail)
    with pytest.raises(RuntimeError):
        save_picture(path, take(LINE))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_where_a_folder_stands_no_file_is_written(take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(OSError, match=r"a\.png"):
        save_picture(tmp_path / "a.png", take(LINE))
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_a_picture_is_as_private_as_the_users_other_files(take: Take, tmp_path: Path, ending: str) -> None:
    before = os.umask(0o077)
    try:
        save_picture(tmp_path / f"a{ending}", take(LINE))
    finally:
        os.umask(before)
    assert (tmp_path / f"a{ending}").stat().st_mode & 0o777 == 0o600
