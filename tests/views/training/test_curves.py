"""The chart of a run and of those kept beside it: what is drawn, what is read off, and what its list can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.runs import STYLES, Run, Runs
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.chart import line_pens
from mlp_playground.views.run_curves import RunCurves, axes_of
from mlp_playground.views.run_looks import NAMES, run_colour
from mlp_playground.views.theme import DARK, LIGHT, palette
from mlp_playground.views.training.curve_chart import CurveChart
from mlp_playground.views.training.curve_readout import time_text
from mlp_playground.views.training.curves import Curves

Take = Callable[..., Snapshot]
LEFT = Qt.MouseButton.LeftButton
REGRESSION = ExperimentConfig().changed("data", name="plane")


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    widget = Curves()
    qtbot.addWidget(widget)
    widget.resize(520, 260)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def table(n: int, accuracy: bool = True) -> np.ndarray:
    epochs = np.arange(n, dtype=np.float64)
    right = 1 - 0.5 * np.exp(-epochs / 20) if accuracy else np.full(n, np.nan)
    return np.stack([epochs, np.exp(-epochs / 30), 1.1 * np.exp(-epochs / 30), right, right * 0.98])


def with_curves(take: Take, curves: np.ndarray, config: ExperimentConfig | None = None) -> Snapshot:
    return replace(take(config), curves=curves, seconds=curves[0] / 4)


def kept(number: int, n: int = 30, **looks: object) -> Run:
    config = ExperimentConfig().changed("training", learning_rate=0.1)
    values = table(n) * np.array([[1], [2], [2], [1], [1]])
    moment = replace(Trainer(config).moment(), curves=values, seconds=values[0] / 2, epoch=n - 1, trained=n / 2)
    return replace(Run(number, moment, style=number), **looks)  # type: ignore[arg-type]


def two_runs() -> Runs:
    return Runs().put(kept(1)).put(kept(2, seen=False))


def shown(curves: Curves) -> dict[str, RunCurves]:
    return {run.title: run for run in curves.chart.runs}


def over(chart: CurveChart, x: float) -> QPoint:
    """The pixel above a number on the x axis."""
    assert chart.plot is not None
    return chart.plot.point(x, (chart.plot.y.low + chart.plot.y.high) / 2).toPoint()


# -- drawing ----------------------------------------------------------------------------------------------------------


def test_everything_lies_within_the_axes(curves: Curves, take: Take, qtbot: QtBot) -> None:
    values = table(200)
    curves.show_snapshot(with_curves(take, values))
    curves.show_runs(Runs().put(kept(1, 300)))
    x, y = axes_of(curves.chart.runs, curves.showing)
    assert (x.low, x.high, x.name) == (0, 299, "epoch")
    assert y.low == 0
    assert y.high >= 2.2, "the kept run's"
    qtbot.mouseClick(curves.log, LEFT)
    _, y = axes_of(curves.chart.runs, curves.showing)
    assert y.low <= 2 * values[1, -1]
    qtbot.mouseClick(curves.seconds, LEFT)
    x, _ = axes_of(curves.chart.runs, curves.showing)
    assert (x.high, x.name) == (149.5, "seconds of training")
    qtbot.mouseClick(curves.accuracy, LEFT)
    assert not curves.log.isEnabled()
    _, y = axes_of(curves.chart.runs, curves.showing)
    assert (y.low, y.high) == (40, 100), "the lowest begins at 49 %"


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        np.empty((5, 0)),
        np.array([[0.0], [0.7], [0.7], [0.5], [0.5]]),
        np.array([[0.0], [np.nan], [np.nan], [np.nan], [np.nan]]),
        np.array([[0.0, 1, 2], [0.7, np.inf, 0.7], [0.7, np.nan, 1e30], [0.5] * 3, [0.5] * 3]),
        np.array([[0.0, 1, 2], [0.0] * 3, [0.0] * 3, [0.5] * 3, [0.5] * 3]),
        np.concatenate([table(4000)[:2], np.full((3, 4000), np.nan)]),
    ],
    ids=["none", "one", "no numbers", "beyond numbers", "exactly 0", "half"],
)
def test_odd_curves_are_drawn_and_read_off_too(curves: Curves, take: Take, values: np.ndarray, log: bool) -> None:
    curves.log.setChecked(log)
    for snapshot in (with_curves(take, values), replace(with_curves(take, values), seconds=np.empty(0))):
        curves.show_snapshot(snapshot)
        for button in (curves.seconds, curves.accuracy, curves.loss):
            button.setChecked(not button.isChecked())
            assert not curves.grab().isNull()
            curves.chart._point_at(1.0)
            assert not curves.grab().isNull()


def test_a_regression_has_no_accuracy_to_choose(curves: Curves, take: Take, qtbot: QtBot) -> None:
    curves.accuracy.setChecked(True)
    curves.show_snapshot(with_curves(take, table(5)))
    assert curves.accuracy.isEnabled()
    curves.show_snapshot(with_curves(take, table(5, accuracy=False), REGRESSION))
    assert not curves.accuracy.isEnabled()
    assert curves.loss.isChecked()
    assert not curves.chart.showing.accuracy
    curves.show_snapshot(with_curves(take, table(5)))
    assert curves.accuracy.isEnabled()


def test_a_hidden_chart_does_no_work_and_the_same_curves_are_not_drawn_again(
    curves: Curves, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    curves.show_snapshot(with_curves(take, table(5)))
    drawn: list[int] = []
    show = curves.chart.show_runs
    monkeypatch.setattr(curves.chart, "show_runs", lambda *a: (drawn.append(len(a[0][0].table[0])), show(*a)))
    curves.show_snapshot(with_curves(take, table(5)))
    assert drawn == []
    curves.show_snapshot(with_curves(take, table(6)))
    assert drawn == [6]
    curves.hide()
    curves.show_snapshot(with_curves(take, table(9)))
    curves.show_runs(two_runs())
    assert drawn == [6]
    curves.show()
    assert drawn[-1] == 9
    assert list(shown(curves)) == ["now", "Run 1"]


def test_one_part_of_the_lines_stays(curves: Curves, take: Take, qtbot: QtBot) -> None:
    curves.show_snapshot(with_curves(take, table(5)))
    train, test = curves.parts
    qtbot.mouseClick(train, LEFT)
    assert curves.chart.showing.parts == (1,)
    qtbot.mouseClick(test, LEFT)
    assert curves.chart.showing.parts == (0,), "an empty chart would say nothing"
    qtbot.mouseClick(test, LEFT)
    assert curves.chart.showing.parts == (0, 1)


def test_lines_differ_in_more_than_their_colours(curves: Curves) -> None:
    for theme in (LIGHT, DARK):
        train, test = line_pens(theme)
        assert train.color() != test.color()
        assert train.dashPattern() != test.dashPattern()
        assert len({run_colour(theme, style).name() for style in range(STYLES)}) == STYLES
    assert len(set(NAMES)) == STYLES


def test_the_chart_follows_the_theme(curves: Curves, take: Take) -> None:
    curves.show_snapshot(with_curves(take, table(50)))
    for theme in (LIGHT, DARK):
        curves.setPalette(palette(theme))
        corner = curves.chart.grab().toImage().pixelColor(2, 2)
        assert corner == QColor(theme.background)


# -- reading off ------------------------------------------------------------------------------------------------------


def test_the_crosshair_tells_what_every_visible_run_was(curves: Curves, take: Take, qtbot: QtBot) -> None:
    values = table(100)
    curves.show_snapshot(with_curves(take, values))
    curves.show_runs(Runs().put(kept(1, 30)).put(kept(2, 100, name="wide")).put(kept(3, seen=False)))
    chart = curves.chart
    curves.grab()
    qtbot.mouseMove(chart, over(chart, 20))
    assert chart.readout.isVisible()
    assert chart.readout.texts() == [
        ("epoch 20 · 5 s", "train", "test"),
        ("now", f"{values[1, 20]:.4f}", f"{values[2, 20]:.4f}"),
        ("Run 1", f"{2 * values[1, 20]:.4f}", f"{2 * values[2, 20]:.4f}"),
        ("wide", f"{2 * values[1, 20]:.4f}", f"{2 * values[2, 20]:.4f}"),
    ]
    top = chart.mapTo(curves, QPoint()).y()
    assert chart.readout.geometry().bottom() <= top or chart.readout.y() >= top - chart.readout.height()
    qtbot.mouseMove(chart, over(chart, 60))
    assert [row[0] for row in chart.readout.texts()[1:]] == ["now", "wide"], "Run 1 was over"
    # over the seconds each run has its own record there
    qtbot.mouseClick(curves.seconds, LEFT)
    qtbot.mouseClick(curves.accuracy, LEFT)
    curves.grab()
    qtbot.mouseMove(chart, over(chart, 10))
    assert chart.readout.texts()[1] == ("now", f"{100 * values[3, 40]:.1f}\u202f%", f"{100 * values[4, 40]:.1f}\u202f%")
    assert chart.readout.texts()[3][1] == f"{100 * values[3, 20]:.1f}\u202f%"
    chart.leaveEvent(None)  # type: ignore[arg-type]
    assert not chart.readout.isVisible()


def test_keys_move_the_crosshair_from_record_to_record(curves: Curves, take: Take, qtbot: QtBot) -> None:
    curves.show_snapshot(with_curves(take, table(11)))
    chart = curves.chart
    curves.grab()
    for key, place in (("Left", 9.0), ("Left", 8.0), ("Right", 9.0), ("Right", 10.0), ("Right", 10.0)):
        qtbot.keyClick(chart, getattr(Qt.Key, f"Key_{key}"))
        assert chart.pointed == place
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.pointed is None


def test_a_drag_looks_closer_and_a_click_wants_that_moment(curves: Curves, take: Take, qtbot: QtBot) -> None:
    values = table(101)
    curves.show_snapshot(with_curves(take, values))
    chart = curves.chart
    curves.grab()
    qtbot.mousePress(chart, LEFT, pos=over(chart, 40))
    qtbot.mouseMove(chart, over(chart, 60))
    curves.grab()
    qtbot.mouseRelease(chart, LEFT, pos=over(chart, 60))
    x, y = axes_of(chart.runs, chart.showing)
    assert (x.low, x.high) == pytest.approx((40, 60), abs=1)
    assert y.high < 0.4, "what is not seen needs no room"
    curves.show_snapshot(with_curves(take, table(200)))
    assert axes_of(chart.runs, chart.showing)[0].high == x.high, "it stays while it trains"
    assert chart.whole.isVisible()
    curves.grab()
    with qtbot.waitSignal(chart.moment_wanted) as wanted:
        qtbot.mouseClick(chart, LEFT, pos=over(chart, 50.2))
    assert wanted.args == [50]
    qtbot.mouseClick(chart.whole, LEFT)
    assert axes_of(chart.runs, chart.showing)[0].high == 199
    assert not chart.whole.isVisible()


def test_a_run_whose_seconds_nobody_counted_says_so(curves: Curves, take: Take) -> None:
    for seconds, is_missing in ((np.arange(5.0), False), (np.full(5, np.nan), True), (np.empty(0), True)):
        curves.show_snapshot(replace(with_curves(take, table(5)), seconds=seconds))
        for is_over_seconds in (False, True):
            curves.seconds.setChecked(is_over_seconds)
            assert bool(curves.chart.missing) == (is_missing and is_over_seconds)
        assert not curves.grab().isNull()


def test_how_it_is_looked_at_comes_back(curves: Curves, take: Take, qtbot: QtBot) -> None:
    curves.show_snapshot(with_curves(take, table(5)))
    first = curves.remembered()
    for button in (curves.accuracy, curves.seconds, curves.runs_button):
        qtbot.mouseClick(button, LEFT)
    second = curves.remembered()
    assert second == {"curves_accuracy": True, "curves_log": False, "curves_seconds": True, "curves_list": True}
    for view in (first, second, first, {"curves_log": "x", "other": 3}):
        curves.show_again(view)
        assert curves.remembered() == (first | {"curves_log": True} if "other" in view else view)
        assert curves.loss.isChecked() != curves.accuracy.isChecked()


def test_a_past_moment_has_a_line(curves: Curves, take: Take) -> None:
    snapshot = with_curves(take, table(50))
    curves.show_snapshot(snapshot)
    assert curves.chart.now is None
    frame = replace(snapshot.present, epoch=20, position=0)
    curves.show_snapshot(replace(snapshot, at=frame))
    assert curves.chart.now == 20
    curves.seconds.setChecked(True)
    assert curves.chart.now == 5


def test_time_is_told_as_one_says_it() -> None:
    assert [time_text(seconds) for seconds in (0.01234, 59.4, 61, 3661)] == [
        "0.0123 s",
        "59.4 s",
        "1 min 1 s",
        "1 h 1 min",
    ]


# -- the list ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def listed(curves: Curves, take: Take, qtbot: QtBot) -> Curves:
    curves.show_snapshot(with_curves(take, table(5)))
    curves.show_runs(two_runs())
    qtbot.mouseClick(curves.runs_button, LEFT)
    return curves


def middle(curves: Curves, row: int, x: float | None = None) -> QPoint:
    rows = curves.list.rows
    place = rows.visualItemRect(rows.item(row))
    return QPointF(place.center().x() if x is None else x, place.center().y()).toPoint()


def test_the_list_says_what_is_different_and_how_good_it_was(listed: Curves) -> None:
    assert listed.runs_button.text() == "Runs 2"
    rows = listed.list.rows
    assert rows.isVisible()
    assert [rows.item(k).data(Qt.ItemDataRole.AccessibleTextRole) for k in range(rows.count())] == [
        "Run 2: learning rate 0.1 instead of 0.01",
        "Run 1: learning rate 0.1 instead of 0.01",
    ]
    tip = rows.item(0).toolTip().splitlines()
    assert tip[:3] == ["Run 2", "learning rate 0.1 instead of 0.01", "epoch 29, 15 s of training"]
    assert "loss 0.7607 train, 0.8368 test" in tip
    assert any(line.startswith("Click its line to show") for line in tip)
    assert not listed.grab().isNull()
    listed.show_runs(Runs())
    assert not rows.isVisible()
    assert listed.runs_button.text() == "Runs"


def test_what_is_wanted_of_a_run_comes_with_its_number(listed: Curves, qtbot: QtBot) -> None:
    rows, runs = listed.list.rows, listed.list
    assert not runs.restore.isEnabled()
    with qtbot.waitSignal(runs.seen_wanted) as seen:
        qtbot.mouseClick(rows.viewport(), LEFT, pos=middle(listed, 0, 10))
    assert seen.args == [2, True]
    qtbot.mouseClick(rows.viewport(), LEFT, pos=middle(listed, 1))
    assert runs.current == 1
    for signal, act in (
        (runs.restore_wanted, lambda: qtbot.mouseClick(runs.restore, LEFT)),
        (runs.restore_wanted, lambda: qtbot.keyClick(rows, Qt.Key.Key_Return)),
        (runs.delete_wanted, lambda: qtbot.mouseClick(runs.delete, LEFT)),
        (runs.delete_wanted, lambda: qtbot.keyClick(rows, Qt.Key.Key_Delete)),
    ):
        with qtbot.waitSignal(signal) as wanted:
            act()
        assert wanted.args == [1]
    with qtbot.waitSignal(runs.export_wanted):
        qtbot.mouseClick(runs.export, LEFT)
    run = kept(1)
    menu = runs.menu_for(run)
    looks = next(action.menu() for action in menu.actions() if action.text() == "&Look")
    assert [action.isChecked() for action in looks.actions()].index(True) == run.style
    with qtbot.waitSignal(runs.style_wanted) as styled:
        looks.actions()[5].trigger()
    assert styled.args == [1, 5]
    menu.deleteLater()


def test_a_name_is_typed_in_its_place_and_nothing_moves_meanwhile(listed: Curves, take: Take, qtbot: QtBot) -> None:
    rows, runs = listed.list.rows, listed.list
    rows.setCurrentRow(1)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_F2)
    editor = rows.findChild(QLineEdit)
    assert editor is not None
    assert (editor.text(), editor.maxLength()) == ("Run 1", 60)
    listed.show_runs(Runs().put(kept(7)))  # another run was left in the meantime
    assert rows.count() == 2
    editor.setText("  small  ")
    with qtbot.waitSignal(runs.name_wanted) as named:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert named.args == [1, "small"]
    listed.show_snapshot(with_curves(take, table(6)))
    assert rows.count() == 1, "then it is shown"
