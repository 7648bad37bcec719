"""The large canvas, judged by its pixels and its words, against networks whose answers are worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import exp, tanh

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.field import feature_map
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.extent import HOME
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.canvas.field_picture import paint_field
from mlp_playground.views.canvas.picture_frame import Showing, square
from mlp_playground.views.canvas.plane_picture import to_screen
from mlp_playground.views.theme import DARK, LIGHT, palette

Take = Callable[..., Snapshot]

LINE = ExperimentConfig().changed("network", hidden=(), activations=())
RIGHT_IS_BLUE = (4.0, 0.0, 0.0)  # logit = 4 x₁
TOP_IS_BLUE = (0.0, 4.0, 0.0)
HIDDEN = LINE.changed("network", hidden=(2,), activations=("tanh",))
FAR = [(5.97, -5.97, 0), (5.97, -5.97, 1)]
"""Two samples in a corner, where no test looks: of one class alone there is nothing to learn."""
THETA = (0.7, -0.3, 0.2, 0.5, 0.4, -0.1, 1.2, -0.9, 0.3)  # rows (w₁, w₂, b) of two neurons, then of the output
REGRESSION = LINE.changed("data", name="plane")
SPACES = {
    "two classes": HIDDEN,
    "numbers": HIDDEN.changed("data", name="hills"),
    "three classes": HIDDEN.changed("data", name="spiral3"),
    "a curve": HIDDEN.changed("data", name="sine"),
    "bits": HIDDEN.changed("data", name="parity", bits=5),
}
EVERY = pytest.mark.parametrize("config", SPACES.values(), ids=SPACES)


@pytest.fixture
def canvas(qtbot: QtBot) -> FieldCanvas:
    widget = FieldCanvas()
    qtbot.addWidget(widget)
    widget.resize(434, 434)
    widget.show_options(Showing(test_points=False, boundary=False))
    widget.show()
    return widget


def pictured(canvas: FieldCanvas) -> QImage:
    return canvas.grab().toImage()


def at(canvas: FieldCanvas, x1: float, x2: float) -> QPointF:
    return to_screen(square(QRectF(canvas.rect())), HOME, x1, x2)


def pixel(canvas: FieldCanvas, x1: float, x2: float) -> QColor:
    place = at(canvas, x1, x2)
    return pictured(canvas).pixelColor(int(place.x()), int(place.y()))


def is_orange(colour: QColor) -> bool:
    return colour.red() - colour.blue() > 60


def is_blue(colour: QColor) -> bool:
    return colour.blue() - colour.red() > 60


def with_points(
    snapshot: Snapshot, train: list[tuple[float, float, int]], test: list[tuple[float, float, int]]
) -> Snapshot:
    def samples(points: list[tuple[float, float, int]]) -> Samples:
        table = np.array(points, np.float64).reshape(-1, 3)
        return Samples(table[:, :2].T.astype(np.float32).copy(), table[:, 2].astype(np.int64))

    data = Dataset("made", "binary", samples([*train, *FAR]), samples(test), ("orange", "blue"))
    assert snapshot.field is not None
    return replace(snapshot, data=data, field=replace(snapshot.field, mistakes=None))


def without_points(snapshot: Snapshot) -> Snapshot:
    return with_points(snapshot, [], [])


# -- pixels -----------------------------------------------------------------------------------------------------------


def test_the_map_is_orange_and_blue_where_the_network_says_so(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(without_points(take(LINE, RIGHT_IS_BLUE)))
    assert is_orange(pixel(canvas, -3, 0.5))
    assert is_blue(pixel(canvas, 3, 0.5))
    canvas.show_snapshot(without_points(take(LINE, TOP_IS_BLUE)))
    assert is_blue(pixel(canvas, 0.5, 3))
    assert is_orange(pixel(canvas, 0.5, -3))


def test_everywhere_the_map_agrees_with_the_sign_of_the_networks_answer(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(without_points(take(HIDDEN, THETA)))
    image = pictured(canvas)
    compared = 0
    for x1 in np.linspace(-5.7, 5.7, 13):
        for x2 in np.linspace(-5.7, 5.7, 13):
            z = by_hand(x1, x2)
            if abs(z) < 0.5:
                continue
            place = at(canvas, x1, x2)
            colour = image.pixelColor(int(place.x()), int(place.y()))
            assert (colour.blue() > colour.red()) == (z > 0), (x1, x2, z)
            compared += 1
    assert compared > 80


def test_the_boundary_is_drawn_where_the_answer_is_undecided_and_can_be_hidden(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(without_points(take(LINE, RIGHT_IS_BLUE)))
    plain = pixel(canvas, 0, 2.5)
    canvas.show_options(Showing(boundary=True))
    assert pixel(canvas, 0, 2.5).lightness() < 90 < plain.lightness()  # a thin line, smoothed
    assert pixel(canvas, 1.5, 2.5).lightness() > 90
    canvas.show_options(Showing(boundary=False))
    assert pixel(canvas, 0, 2.5) == plain


def test_a_regression_has_no_boundary(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(take(REGRESSION, (0.2, 0.0, 0.0)))
    canvas.show_options(Showing(test_points=False, boundary=False))
    without = pictured(canvas)
    canvas.show_options(Showing(test_points=False, boundary=True))
    assert pictured(canvas) == without


def test_test_points_can_be_hidden_and_train_points_stay(canvas: FieldCanvas, take: Take) -> None:
    bare = take(LINE, RIGHT_IS_BLUE)
    canvas.show_snapshot(with_points(bare, [(-3, 3, 1)], [(3, 3, 0)]))
    hidden = pictured(canvas)
    canvas.show_options(Showing(test_points=True, boundary=False))
    shown = pictured(canvas)
    train, test = at(canvas, -3, 3), at(canvas, 3, 3)
    assert differs_around(hidden, shown, test)
    assert not differs_around(hidden, shown, train)
    canvas.show_snapshot(without_points(bare))
    assert differs_around(hidden, pictured(canvas), train)


def differs_around(one: QImage, other: QImage, place: QPointF, radius: int = 6) -> bool:
    x, y = int(place.x()), int(place.y())
    steps = range(-radius, radius + 1)
    return any(one.pixel(x + i, y + j) != other.pixel(x + i, y + j) for i in steps for j in steps)


def shape_of(bare: QImage, image: QImage, place: QPointF, radius: int = 9) -> np.ndarray:
    """Which pixels around `place` the point covers."""
    x, y = int(place.x()), int(place.y())
    steps = range(-radius, radius + 1)
    return np.array([[bare.pixel(x + i, y + j) != image.pixel(x + i, y + j) for i in steps] for j in steps])


def test_classes_differ_by_shape_too(canvas: FieldCanvas, take: Take) -> None:
    canvas.resize(834, 834)
    moment = take(LINE, (0.0, 0.0, 0.0))
    canvas.show_snapshot(without_points(moment))
    bare = pictured(canvas)
    canvas.show_snapshot(with_points(moment, [(-3, 3, 0), (3, 3, 1)], []))
    image = pictured(canvas)
    covered = {}
    for name, x1 in (("square", -3.0), ("circle", 3.0)):
        mask = shape_of(bare, image, at(canvas, x1, 3.0))
        rows, columns = np.where(mask.any(axis=1))[0], np.where(mask.any(axis=0))[0]
        box = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
        covered[name] = mask.sum() / box
    assert covered["square"] > 0.97  # all of its box; a disc takes π/4 of it, and its line a little more
    assert covered["circle"] < 0.92


def test_train_points_are_filled_with_their_colour_and_test_points_are_hollow(canvas: FieldCanvas, take: Take) -> None:
    canvas.resize(834, 834)
    canvas.show_options(Showing(test_points=True, boundary=False))
    moment = take(LINE, (0.0, 0.0, 0.0))  # undecided everywhere: a neutral map
    canvas.show_snapshot(with_points(moment, [(-3, 3, 0), (3, 3, 1)], [(-3, -3, 0), (3, -3, 1)]))
    assert pixel(canvas, -3, 3) == QColor(LIGHT.orange)
    assert pixel(canvas, 3, 3) == QColor(LIGHT.blue)
    ground = pixel(canvas, 0.5, 0.5)
    assert pixel(canvas, -3, -3) == ground
    assert pixel(canvas, 3, -3) == ground


def test_other_data_bring_their_own_points(canvas: FieldCanvas, take: Take) -> None:
    moment = take(LINE, RIGHT_IS_BLUE)
    canvas.show_snapshot(with_points(moment, [(-3, 3, 0)], []))
    before = pictured(canvas)
    canvas.show_snapshot(with_points(moment, [(3, -3, 0)], []))
    after = pictured(canvas)
    assert differs_around(before, after, at(canvas, -3, 3))
    assert differs_around(before, after, at(canvas, 3, -3))


def test_the_focus_map_takes_the_place_of_the_answer(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(without_points(take(LINE, RIGHT_IS_BLUE)))
    canvas.show_options(Showing(False, True, focus=feature_map("x2", 64)))
    assert is_blue(pixel(canvas, -3, 5))
    assert is_orange(pixel(canvas, 3, -5))
    neither = pixel(canvas, 0, 0.0)
    assert not is_blue(neither)
    assert not is_orange(neither)
    assert neither.lightness() > 90, "no boundary over a neuron's map"


def test_a_change_of_theme_repaints_points_and_axes(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(with_points(take(LINE, (0.0, 0.0, 0.0)), [(3, 3, 1)], []))
    assert pixel(canvas, 3, 3) == QColor(LIGHT.blue)
    canvas.setPalette(palette(DARK))
    assert pixel(canvas, 3, 3) == QColor(DARK.blue)


def test_after_a_resize_the_points_stand_at_their_new_places(canvas: FieldCanvas, take: Take) -> None:
    canvas.show_snapshot(with_points(take(LINE, (0.0, 0.0, 0.0)), [(3, 3, 1)], []))
    pictured(canvas)
    canvas.resize(300, 500)
    assert pixel(canvas, 3, 3) == QColor(LIGHT.blue)


def test_without_a_snapshot_nothing_fails(canvas: FieldCanvas, qtbot: QtBot) -> None:
    assert not pictured(canvas).isNull()
    with qtbot.waitSignal(canvas.pointed_at) as told:
        qtbot.mouseMove(canvas, canvas.rect().center())
    assert told.args == [""]


# -- every space -------------------------------------------------------------------------------------------------------


@EVERY
def test_the_canvas_shows_what_an_export_shows(canvas: FieldCanvas, take: Take, config: ExperimentConfig) -> None:
    moment = take(config, look=Look(128))
    assert moment.field is not None
    canvas.setPalette(palette(LIGHT))
    canvas.show_options(Showing())
    canvas.show_snapshot(moment)
    shown = pictured(canvas)
    drawn = QImage(canvas.size(), QImage.Format.Format_RGB32)
    drawn.fill(QColor(LIGHT.background))
    painter = QPainter(drawn)
    paint_field(painter, QRectF(canvas.rect()), moment.field, moment.data, LIGHT, Showing())
    painter.end()
    assert away(shown, drawn) < 0.5
    canvas.show_snapshot(take(config, np.zeros_like(moment.theta)))
    assert away(pictured(canvas), drawn) > 0.5, "another network's answers"


def away(one: QImage, other: QImage) -> float:
    """How far two pictures' colours are from each other on average, of 255."""
    tables = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8).astype(int)
        for image in (one, other)
    ]
    assert one.size() == other.size()
    return float(np.abs(tables[0] - tables[1]).mean())


@EVERY
def test_a_picture_does_not_remember_other_data(
    canvas: FieldCanvas, take: Take, qtbot: QtBot, config: ExperimentConfig
) -> None:
    moment = take(config)
    for before in SPACES.values():
        canvas.show_snapshot(take(before))
        pictured(canvas)
    canvas.show_snapshot(moment)
    fresh = FieldCanvas()
    qtbot.addWidget(fresh)
    fresh.resize(canvas.size())
    fresh.show_options(canvas.showing)
    fresh.show_snapshot(moment)
    assert pictured(canvas) == pictured(fresh)
    assert canvas.place() == fresh.place()


@EVERY
def test_no_size_is_too_small(canvas: FieldCanvas, take: Take, config: ExperimentConfig) -> None:
    canvas.setMinimumSize(0, 0)
    canvas.show_options(Showing())
    canvas.show_snapshot(take(config))
    for size in ((1, 1), (20, 20), (8, 300), (500, 12), (36, 36)):
        canvas.resize(*size)
        assert pictured(canvas).size() == QSize(*size)
        place = canvas.place()
        assert canvas.words_at(place.right(), place.bottom()) != ""
        assert canvas.words_at(place.right() + 1, place.top()) == ""


@EVERY
def test_the_place_follows_the_data_and_the_size(canvas: FieldCanvas, take: Take, config: ExperimentConfig) -> None:
    assert canvas.place().isEmpty()
    canvas.show_snapshot(take(config))
    canvas.resize(500, 300)
    place = canvas.place()
    assert QRectF(canvas.rect()).contains(place)
    shape = place.width() / place.height()
    expected = {"bits": 2.0, "a curve": 466 / 266}.get(next(k for k, v in SPACES.items() if v is config), 1.0)
    assert shape == pytest.approx(expected, abs=0.01)


# -- words ------------------------------------------------------------------------------------------------------------


def by_hand(x1: float, x2: float) -> float:
    """The logit of HIDDEN with THETA."""
    a = [tanh(w1 * x1 + w2 * x2 + b) for w1, w2, b in (THETA[0:3], THETA[3:6])]
    return THETA[6] * a[0] + THETA[7] * a[1] + THETA[8]


def hovered(qtbot: QtBot, canvas: FieldCanvas, x1: float, x2: float) -> tuple[float, float, str]:
    """What the canvas says with the mouse near a place: the coordinates as it tells them, and the rest."""
    with qtbot.waitSignal(canvas.pointed_at) as told:
        qtbot.mouseMove(canvas, at(canvas, x1, x2).toPoint())
    match = re.fullmatch(r"x₁ = (\S+)   x₂ = (\S+)   (.+)", told.args[0].replace("−", "-"))
    assert match, told.args
    return float(match[1]), float(match[2]), match[3]


@pytest.mark.parametrize("place", [(-4.0, 4.0), (1.0, -2.0), (0.3, 0.2), (5.5, 5.5), (-5.9, -5.9)])
def test_the_words_are_the_networks_own_answer(
    canvas: FieldCanvas, take: Take, qtbot: QtBot, place: tuple[float, float]
) -> None:
    canvas.show_snapshot(take(HIDDEN, THETA, Look(resolution=512)))
    x1, x2, words = hovered(qtbot, canvas, *place)
    assert x1 == pytest.approx(place[0], abs=0.05)
    assert x2 == pytest.approx(place[1], abs=0.05)
    p = 1 / (1 + exp(-by_hand(x1, x2)))
    share, name = re.fullmatch(r"(\d+)\u202f% (\w+)", words).groups()  # type: ignore[union-attr]
    assert name == ("blue" if p >= 0.5 else "orange")
    assert float(share) == pytest.approx(100 * max(p, 1 - p), abs=1.3)


def test_a_regressions_words_are_its_prediction(canvas: FieldCanvas, take: Take, qtbot: QtBot) -> None:
    canvas.show_snapshot(take(REGRESSION, (0.1, -0.05, 0.02), Look(resolution=512)))
    x1, x2, words = hovered(qtbot, canvas, 3.0, -4.0)
    value = float(words.removeprefix("prediction "))
    assert value == pytest.approx(0.1 * x1 - 0.05 * x2 + 0.02, abs=0.012)


def test_over_a_focused_neuron_the_words_are_its_value(canvas: FieldCanvas, take: Take, qtbot: QtBot) -> None:
    moment = take(HIDDEN, THETA, Look(512, focus=(0, 1)))
    assert moment.field is not None
    canvas.show_snapshot(moment)
    canvas.show_options(Showing(focus=moment.field.focus))
    x1, x2, words = hovered(qtbot, canvas, 1.0, 2.0)
    assert float(words.removeprefix("value ")) == pytest.approx(tanh(0.5 * x1 + 0.4 * x2 - 0.1), abs=0.02)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("three classes", r"x₁ = [−\d]\S+   x₂ = [−\d]\S+   \d+\u202f% (orange|blue|green)"),
        ("a curve", r"x = \d\.\d\d   prediction [+−]\d+\.\d\d"),
        ("bits", r"bits [01]{5}   \d+\u202f% (even|odd)"),
    ],
)
def test_each_space_has_its_words_under_the_mouse(
    canvas: FieldCanvas, take: Take, qtbot: QtBot, name: str, words: str
) -> None:
    canvas.show_snapshot(take(SPACES[name]))
    place = canvas.place()
    for share in (0.01, 0.5, 0.99):
        with qtbot.waitSignal(canvas.pointed_at) as told:
            where = place.topLeft() + QPointF(place.width() * share, place.height() * share)
            qtbot.mouseMove(canvas, where.toPoint())
        assert re.fullmatch(words, told.args[0]), told.args
    with qtbot.waitSignal(canvas.pointed_at) as told:
        qtbot.mouseMove(canvas, (place.bottomRight() + QPointF(3, 3)).toPoint())
    assert told.args == [""]


def test_beside_the_square_and_after_leaving_it_says_nothing(canvas: FieldCanvas, take: Take, qtbot: QtBot) -> None:
    canvas.show_snapshot(take(LINE, RIGHT_IS_BLUE))
    hovered(qtbot, canvas, 0, 0)
    with qtbot.waitSignal(canvas.pointed_at) as told:
        qtbot.mouseMove(canvas, QRectF(canvas.rect()).bottomLeft().toPoint())
    assert told.args == [""]
    hovered(qtbot, canvas, 0, 0)
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    with qtbot.waitSignal(canvas.pointed_at) as told:
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert told.args == [""]


def test_the_mouse_needs_no_button(canvas: FieldCanvas) -> None:
    assert canvas.hasMouseTracking()
