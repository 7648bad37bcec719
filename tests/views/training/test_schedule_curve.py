"""The schedule's small curve: it goes where the factor goes, and says where the run is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.views.theme import LIGHT, palette
from mlp_playground.views.training.schedule_curve import ScheduleCurve


@pytest.fixture
def curve(qtbot: QtBot) -> ScheduleCurve:
    widget = ScheduleCurve()
    qtbot.addWidget(widget)
    widget.setPalette(palette(LIGHT))
    widget.resize(280, widget.height())
    return widget


def shot(curve: ScheduleCurve) -> QImage:
    return curve.grab().toImage()


def is_near(image: QImage, x: float, y: float, colour: str) -> bool:
    """Whether a pixel at most one away has that colour."""
    around = [(round(x) + dx, round(y) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return any(image.pixelColor(*place) == QColor(colour) for place in around)


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("t", [0.05, 0.3, 0.7, 0.95])
def test_it_is_where_the_learning_rate_is(curve: ScheduleCurve, name: str, t: float) -> None:
    factor = SCHEDULES[name].factor
    curve.show_schedule(factor, None)
    ends = [curve.place_of(x) for x in (0.0, 1.0)]
    curve.show_schedule(lambda x: 1.0, None)
    top = curve.place_of(0).y()
    curve.show_schedule(lambda x: 0.0, None)
    bottom = curve.place_of(0).y()
    curve.show_schedule(factor, None)
    place = curve.place_of(t)
    assert place.x() == pytest.approx(ends[0].x() + t * (ends[1].x() - ends[0].x()))
    assert place.y() == pytest.approx(bottom + factor(t) * (top - bottom))
    assert is_near(shot(curve), place.x(), place.y(), LIGHT.muted)


def test_without_a_plan_there_is_no_dot(curve: ScheduleCurve) -> None:
    factor = SCHEDULES["cosine"].factor
    curve.show_schedule(factor, None)
    image = shot(curve)
    assert not any(
        image.pixelColor(x, y) == QColor(LIGHT.accent) for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("done", [0.0, 0.4, 1.0])
def test_the_dot_is_where_the_run_is(curve: ScheduleCurve, done: float) -> None:
    curve.show_schedule(SCHEDULES["linear"].factor, done)
    place, image = curve.place_of(done), shot(curve)
    x, y = round(place.x()), round(place.y())
    assert {image.pixelColor(x + dx, y + dy).name() for dx in (-1, 0, 1) for dy in (-1, 0, 1)} == {LIGHT.accent}
