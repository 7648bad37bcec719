"""A table's plane on the canvas: samples where the slice projects them, its names, and what the reader does not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.difference import difference
from mlp_playground.analysis.slice import column_slice
from mlp_playground.data.dataset import Samples, Task
from mlp_playground.data.extent import HOME
from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import DataConfig, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.field_picture import PICTURES, paint_field
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.canvas.plane_picture import PlanePicture, to_screen
from mlp_playground.views.figures.export import save_figure
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.theme import LIGHT

Take = Callable[..., Snapshot]
PLACE = QRectF(70, 10, 480, 480)
PICTURE = PlanePicture()
SHAPE = {"hidden": (), "activations": ()}


def own(n_in: int = 3, task: Task = "binary", n: int = 24) -> OwnData:
    rng = np.random.default_rng(0)
    X = rng.uniform(-5, 5, (n_in, n)).astype(np.float32)
    names, scaling = ("length", "width", "age")[:n_in], ((2.0, 0.1, 1.0)[:n_in], (-3.0, 1.0, 0.0)[:n_in])
    if task == "regression":
        return OwnData("t.csv", task, Samples(X, X[0] / 5), names, (), *scaling, "price", 0.01, -1.5)
    return OwnData("t.csv", task, Samples(X, (X[0] > 0).astype(np.int64)), names, ("no", "yes"), *scaling)


def config(data: OwnData) -> ExperimentConfig:
    return ExperimentConfig(data=DataConfig(name="own", own=data)).changed("network", **SHAPE)


@pytest.fixture
def moment(take: Take) -> Snapshot:
    """A network that answers by the third column alone, seen through the first and the third."""
    return take(config(own()), (0.0, 0.0, 4.0, 0.0), Look(64, slice=(0, 2)))


def painted(paint: Callable[[QPainter], object]) -> np.ndarray:
    image = QImage(580, 540, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    table = np.frombuffer(image.constBits(), np.uint8).reshape(540, -1, 4)
    return table[:, :580, 2::-1].astype(int)


def overlay(moment: Snapshot) -> np.ndarray:
    assert moment.field is not None
    plane = moment.field.slice
    return painted(lambda p: PICTURE.paint_overlay(p, PLACE, moment.data, LIGHT, Showing(), plane))


def test_samples_stand_where_the_plane_has_them(qtbot: QtBot, moment: Snapshot) -> None:
    assert moment.field is not None
    pixels, plane = overlay(moment), column_slice(moment.data, 0, 2)
    assert moment.field.slice is plane
    seen = 0
    for (u1, u2), label in zip(plane.project(moment.data.train.X).T, moment.data.train.y, strict=True):
        at = to_screen(PLACE, HOME, u1, u2).toPoint()
        colour = pixels[at.y(), at.x()].tolist()
        seen += colour == list(LIGHT.class_colour(int(label)).toTuple())[:3]
    assert seen >= len(moment.data.train) - 2, "but for one or two that others hide"


def test_another_plane_moves_them(qtbot: QtBot, take: Take, moment: Snapshot) -> None:
    whole = take(config(own()), (0.0, 0.0, 4.0, 0.0), Look(64))
    assert (overlay(whole) != overlay(moment)).any()
    without = painted(lambda p: PICTURE.paint_overlay(p, PLACE, whole.data, LIGHT, Showing()))
    assert (without == overlay(whole)).all(), "the principal components, unless another one is given"


def test_the_map_and_its_boundary_are_drawn(qtbot: QtBot, moment: Snapshot) -> None:
    field = moment.field
    assert field is not None
    place = PICTURES["table"].place(QRectF(0, 0, 540, 540), moment.data)
    pixels = painted(
        lambda p: PICTURES["table"].paint_map(p, place, field, moment.data, LIGHT, Showing(test_points=False))
    )
    middle = int(place.center().x())
    assert pixels[int(place.top()) + 30, middle, 2] > pixels[int(place.top()) + 30, middle, 0] + 60, "blue above"
    assert pixels[int(place.bottom()) - 30, middle, 0] > pixels[int(place.bottom()) - 30, middle, 2] + 60
    across = pixels[int(place.top()) + 40 : int(place.bottom()) - 40, middle].max(axis=1)
    assert across.min() < 110, "the boundary"


@pytest.mark.parametrize(
    ("look", "task", "expected"),
    [
        ((0, 2), "binary", r"length = (\S+)   age = (\S+)   \d+\u202f% (yes|no)"),
        (None, "binary", r"component 1 = (\S+)   component 2 = (\S+)   \d+\u202f% (yes|no)"),
        ((0, 2), "regression", r"length = (\S+)   age = (\S+)   price (\S+)"),
    ],
)
def test_the_words_are_in_the_tables_units(take: Take, look: tuple[int, int] | None, task: Task, expected: str) -> None:
    moment = take(config(own(task=task)), (0.0, 0.0, 0.2, 0.0), Look(64, slice=look))
    assert moment.field is not None
    words = PICTURE.words(moment.field, moment.data, Showing(), 0.75, 0.25)
    match = re.fullmatch(expected, words.replace("−", "-"))
    assert match, words
    if look is not None:
        assert float(match[1]) == pytest.approx((3 + 3) / 2), "the plane's 3 is 2 · length − 3"
        assert float(match[2]) == pytest.approx(3)
    if task == "regression":  # 0.2 · age is what the network says, which is 0.01 · price − 1.5
        assert float(match[3]) == pytest.approx((0.2 * 3 + 1.5) / 0.01, rel=0.02)


def test_two_columns_are_a_plane_with_their_names(take: Take) -> None:
    moment = take(config(own(2)), (1.0, 0.0, 0.0), Look(64))
    assert moment.field is not None
    words = PICTURE.words(moment.field, moment.data, Showing(), 0.5, 0.5)
    assert words.startswith("length = 1.50   width = −10.0   ")


def test_a_difference_is_told_in_the_users_own_units(take: Take) -> None:
    now, before = (take(config(own(2, "regression")), theta, Look(64)) for theta in ((1.0, 0.0, 0.5), (1.0, 0.0, 0.0)))
    assert now.field is not None
    assert before.field is not None
    field = replace(now.field, difference=difference(now.field, before.field))
    words = PICTURE.words(field, now.data, Showing(), 0.5, 0.5)
    assert words.endswith("   difference 50"), "0.5 of the network's, which are 0.01 of the price's each"


def test_a_hyphen_in_a_name_is_no_minus(take: Take) -> None:
    named = replace(own(2), inputs=("x-ray", "width"), classes=("no-one", "some-one"))
    moment = take(config(named), (1.0, 0.0, 0.0), Look(64))
    assert moment.field is not None
    words = PICTURE.words(moment.field, moment.data, Showing(), 0.1, 0.5)
    assert re.fullmatch(r"x-ray = −0\.90   width = −10\.0   \d+\u202f% no-one", words), words


@pytest.mark.parametrize(
    ("look", "note"),
    [((0, 2), "2 of 3 columns; the others stay at their mean"), (None, "3 columns, seen where they vary most: ")],
)
def test_the_picture_says_what_is_not_seen(
    take: Take, qtbot: QtBot, tmp_path: Path, look: tuple[int, int] | None, note: str
) -> None:
    moment = take(config(own()), (0.0, 0.0, 4.0, 0.0), Look(64, slice=look))
    save_figure(tmp_path / "a.svg", FIGURES["boundary"], Scene(moment), FigureOptions())
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert note in svg
    for name in ("length", "age") if look else ("component 1", "component 2"):
        assert f">{name}<" in svg
    assert moment.field is not None
    if look is None:
        assert moment.field.slice is not None
        assert f"{100 * sum(moment.field.slice.shares):.0f}\u202f%" in svg


def test_the_canvas_shows_it_and_follows_another_plane(qtbot: QtBot, take: Take, moment: Snapshot) -> None:
    canvas = FieldCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.show()
    canvas.show_snapshot(moment)
    first = canvas.grab().toImage()
    other = take(config(own()), (0.0, 0.0, 4.0, 0.0), Look(64, slice=(1, 2)))
    same_data = Snapshot(**{**vars(moment), "field": other.field})
    canvas.show_snapshot(same_data)
    second = canvas.grab().toImage()
    assert first != second
    fresh = FieldCanvas()
    qtbot.addWidget(fresh)
    fresh.resize(400, 400)
    fresh.show()
    fresh.show_snapshot(same_data)
    assert fresh.grab().toImage() == second, "nothing is left of the plane before"


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (10, 300), (300, 10), (36, 36), (700, 90)], ids=str)
def test_any_room_will_do(qtbot: QtBot, moment: Snapshot, size: tuple[int, int]) -> None:
    field = moment.field
    assert field is not None
    painted(lambda p: paint_field(p, QRectF(0, 0, *size), field, moment.data, LIGHT, Showing()))
