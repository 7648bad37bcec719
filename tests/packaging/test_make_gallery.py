"""The examples' pictures: all there, small, of today's examples; and the script that makes them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mlp_playground.experiment.gallery import GALLERY, Example
from mlp_playground.resources import resource
from mlp_playground.views.data.gallery_dialog import PICTURE, picture_name
from mlp_playground.views.theme import DARK, LIGHT, Theme

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "make_gallery.py"
LARGEST = 20_000
EACH = pytest.mark.parametrize("example", GALLERY.values(), ids=GALLERY)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gallery", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pixels(image: QImage) -> np.ndarray:
    """(rows, columns, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows, columns = image.height(), image.width()
    return np.frombuffer(image.constBits(), np.uint8).reshape(rows, columns, 4)[:, :, :3].astype(int)


@EACH
@THEMES
def test_the_picture_is_there_small_and_of_todays_example(script: ModuleType, example: Example, theme: Theme) -> None:
    path = resource(picture_name(example, theme))
    assert path.stat().st_size < LARGEST
    image = QImage(str(path))
    assert (image.width(), image.height()) == (2 * PICTURE, 2 * PICTURE)
    assert 2 < image.colorCount() <= 64
    assert image.text("made of") == script.fingerprint(example)


def test_no_picture_is_left_of_an_example_that_is_gone() -> None:
    wanted = {Path(picture_name(example, theme)).name for example in GALLERY.values() for theme in (LIGHT, DARK)}
    assert {path.name for path in resource("gallery").iterdir()} == wanted


@pytest.mark.parametrize("name", ["gaussian", "large-steps", "mnist-full"])
def test_the_script_makes_the_same_picture_again(
    script: ModuleType, qapp: QApplication, tmp_path: Path, name: str
) -> None:
    made = [script.make(GALLERY[name], tmp_path / folder) for folder in ("one", "other")]
    for one, other in zip(*made, strict=True):
        assert one.read_bytes() == other.read_bytes()
        shipped = pixels(QImage(str(resource(f"gallery/{one.name}"))))
        # on another machine sums are rounded otherwise, which moves a border by less than a pixel
        assert np.abs(pixels(QImage(str(one))) - shipped).mean() < 2
    light, dark = made[0]
    assert pixels(QImage(str(light))).mean() > pixels(QImage(str(dark))).mean()


def test_mistakes_among_the_digits_are_framed(script: ModuleType, qapp: QApplication) -> None:
    image = pixels(QImage(str(resource(picture_name(GALLERY["mnist"], LIGHT)))))
    red_less_blue = image[:, :, 2] - image[:, :, 0]
    assert np.count_nonzero(red_less_blue > 100) > 100  # grey has none of either


def test_few_colours_are_kept_and_many_are_reduced_to_near_ones(script: ModuleType) -> None:
    few = np.array([[0, 0, 0], [255, 255, 255], [10, 200, 30]], np.uint8)[np.arange(30) % 3]
    colours, which = script.reduced(few, 8)
    assert len(colours) == 3
    np.testing.assert_array_equal(colours[which], few)
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    colours, which = script.reduced(ramp, 16)
    assert len(colours) == 16
    assert np.abs(colours[which].astype(int) - ramp).max() <= 256 / 16
