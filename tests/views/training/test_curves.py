"""The chart: thinned without losing a peak, on either axis, and idle while hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.chart import line_pens, thinned
from mlp_playground.views.theme import DARK, LIGHT, palette
from mlp_playground.views.training.curves import Curves

Take = Callable[..., Snapshot]
LEFT = Qt.MouseButton.LeftButton
REGRESSION = ExperimentConfig().changed("data", name="plane")


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    widget = Curves()
    qtbot.addWidget(widget)
    widget.resize(420, 220)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def table(n: int, accuracy: bool = True) -> np.ndarray:
    epochs = np.arange(n, dtype=np.float64)
    right = 1 - 0.5 * np.exp(-epochs / 20) if accuracy else np.full(n, np.nan)
    return np.stack([epochs, np.exp(-epochs / 30), 1.1 * np.exp(-epochs / 30), right, right * 0.98])


def with_curves(take: Take, curves: np.ndarray, config: ExperimentConfig | None = None) -> Snapshot:
    return replace(take(config), curves=curves)


def lines(curves: Curves) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.asarray(line.xData), np.asarray(line.yData)) for line in curves._lines]


def ranges(curves: Curves) -> tuple[list[float], list[float]]:
    x, y = curves._plot.getPlotItem().getViewBox().viewRange()
    return list(x), list(y)


# -- thinning ---------------------------------------------------------------------------------------------------------


@given(st.integers(0, 5000), st.integers(0, 2**32 - 1))
def test_thinning_keeps_the_extremes_the_ends_and_the_order(n: int, seed: int) -> None:
    x, y = np.arange(n, dtype=np.float64), np.random.default_rng(seed).normal(size=n)
    few_x, few_y = thinned(x, y)
    assert len(few_x) == len(few_y) <= 1202
    assert np.all(np.diff(few_x) >= 0)
    assert set(zip(few_x, few_y, strict=True)) <= set(zip(x, y, strict=True))
    if n:
        assert (few_y.min(), few_y.max()) == (y.min(), y.max())
        assert few_x[-1] == x[-1]


def test_a_single_peak_among_thousands_survives() -> None:
    for n in (3000, 4000, 4096):
        for place in (0, 1, 777, n // 2, n - 2, n - 1):
            y = np.zeros(n)
            y[place] = 5.0
            assert thinned(np.arange(float(n)), y)[1].max() == 5.0, (n, place)


def test_short_curves_stay_as_they_are() -> None:
    x = np.arange(500.0)
    assert thinned(x, x)[0] is x


# -- drawing ----------------------------------------------------------------------------------------------------------


def test_loss_and_accuracy_are_the_snapshots(curves: Curves, take: Take, qtbot: QtBot) -> None:
    values = table(50)
    curves.show_snapshot(with_curves(take, values))
    for (x, y), row in zip(lines(curves), values[1:3], strict=True):
        assert np.array_equal(x, values[0])
        assert np.array_equal(y, row)
    qtbot.mouseClick(curves.accuracy, LEFT)
    for (_, y), row in zip(lines(curves), values[3:], strict=True):
        assert np.allclose(y, 100 * row)
    assert not curves.log.isEnabled()
    qtbot.mouseClick(curves.loss, LEFT)
    assert np.array_equal(lines(curves)[0][1], values[1])
    assert curves.log.isEnabled()


def test_everything_lies_within_the_axes(curves: Curves, take: Take, qtbot: QtBot) -> None:
    values = table(200)
    curves.show_snapshot(with_curves(take, values))
    x, y = ranges(curves)
    assert x[0] <= 0 < 199 <= x[1]
    assert y[0] <= 0 < 1.1 <= y[1]
    qtbot.mouseClick(curves.log, LEFT)
    _, y = ranges(curves)
    assert y[0] <= np.log10(values[1:3].min())
    assert y[1] >= np.log10(values[1:3].max())
    qtbot.mouseClick(curves.log, LEFT)
    qtbot.mouseClick(curves.accuracy, LEFT)
    _, y = ranges(curves)
    assert y[0] <= 49
    assert y[1] >= 100


def test_a_bad_accuracy_lowers_the_axis(curves: Curves, take: Take) -> None:
    values = table(20)
    values[4, 3] = 0.07
    curves.accuracy.setChecked(True)
    curves.show_snapshot(with_curves(take, values))
    assert ranges(curves)[1][0] <= 7


def test_a_loss_of_exactly_0_can_be_drawn_logarithmically(curves: Curves, take: Take) -> None:
    values = table(20)
    values[1:3, 10:] = 0.0
    curves.log.setChecked(True)
    curves.show_snapshot(with_curves(take, values))
    assert all(np.isfinite(ranges(curves)[1]))


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        np.empty((5, 0)),
        np.array([[0.0], [0.7], [0.7], [0.5], [0.5]]),
        np.array([[0.0], [np.nan], [np.nan], [np.nan], [np.nan]]),
        np.array([[0.0, 1, 2], [0.7, np.inf, 0.7], [0.7, np.nan, 1e30], [0.5] * 3, [0.5] * 3]),
        np.concatenate([table(4000)[:2], np.full((3, 4000), np.nan)]),
    ],
    ids=["none", "one", "no numbers", "beyond numbers", "half"],
)
def test_odd_curves_are_drawn_too(curves: Curves, take: Take, values: np.ndarray, log: bool) -> None:
    curves.log.setChecked(log)
    curves.show_snapshot(with_curves(take, values))
    assert not curves.grab().isNull()
    curves.accuracy.setChecked(True)
    assert not curves.grab().isNull()


def test_a_regression_has_no_accuracy_to_choose(curves: Curves, take: Take, qtbot: QtBot) -> None:
    curves.accuracy.setChecked(True)
    curves.show_snapshot(with_curves(take, table(5)))
    assert curves.accuracy.isEnabled()
    curves.show_snapshot(with_curves(take, table(5, accuracy=False), REGRESSION))
    assert not curves.accuracy.isEnabled()
    assert curves.loss.isChecked()
    assert np.array_equal(lines(curves)[0][1], table(5)[1])
    curves.show_snapshot(with_curves(take, table(5)))
    assert curves.accuracy.isEnabled()


def test_a_hidden_chart_does_no_work_and_catches_up_when_shown(
    curves: Curves, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    curves.show_snapshot(with_curves(take, table(5)))
    calls: list[int] = []
    set_data = curves._lines[0].setData
    monkeypatch.setattr(curves._lines[0], "setData", lambda *a: (calls.append(1), set_data(*a)))
    curves.hide()
    curves.show_snapshot(with_curves(take, table(9)))
    assert calls == []
    curves.show()
    assert calls
    assert np.array_equal(lines(curves)[0][1], table(9)[1])


def test_the_same_curves_are_not_drawn_again(curves: Curves, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    curves.show_snapshot(with_curves(take, table(5)))
    calls: list[int] = []
    monkeypatch.setattr(curves._lines[0], "setData", lambda *a: calls.append(1))
    curves.show_snapshot(with_curves(take, table(5)))
    assert calls == []
    curves.show_snapshot(with_curves(take, table(6)))
    assert calls == [1]


def test_train_and_test_differ_in_colour_and_in_dashes(curves: Curves) -> None:
    for theme in (LIGHT, DARK):
        train, test = line_pens(theme)
        assert train.color() != test.color()
        assert train.dashPattern() != test.dashPattern()


def test_the_chart_follows_the_theme(curves: Curves, take: Take) -> None:
    curves.show_snapshot(with_curves(take, table(50)))
    curves.setPalette(palette(LIGHT))
    assert curves._plot.backgroundBrush().color().name() == LIGHT.background
    curves.setPalette(palette(DARK))
    assert curves._plot.backgroundBrush().color().name() == DARK.background
