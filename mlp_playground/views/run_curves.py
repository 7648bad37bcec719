"""The curves of several runs on common axes: what screen and figures draw, and what is read off under the mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from mlp_playground.experiment.runs import STYLES, Run
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.chart import (
    Axis,
    Curve,
    Numbers,
    accuracy_axis,
    epoch_axis,
    loss_axis,
    paint_chart,
    seconds_axis,
    zoomed,
)
from mlp_playground.views.run_looks import paint_run_mark, run_pens
from mlp_playground.views.theme import Theme


@dataclass(frozen=True, eq=False)
class RunCurves:
    """One run's table (5, n) and seconds (n,), as a History has them; `style` is its look, None for the present run."""

    title: str
    table: Numbers
    seconds: Numbers
    style: int | None = None

    @classmethod
    def of_run(cls, run: Run) -> RunCurves:
        """Those of a kept run."""
        return cls(run.title, run.moment.curves, run.moment.seconds, run.style)

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot) -> RunCurves:
        """Those of the present run."""
        return cls("now", snapshot.curves, snapshot.seconds)

    def x(self, showing: CurveShowing) -> Numbers:
        """Where its records are: epochs or seconds (n,), NaN where nobody counted them."""
        epochs = self.table[0]
        if not showing.seconds:
            return epochs
        return self.seconds if len(self.seconds) == len(epochs) else np.full(len(epochs), np.nan)

    def y(self, showing: CurveShowing, part: int) -> Numbers:
        """Loss, or accuracy in percent, of train (0) or test (1)."""
        return 100 * self.table[3 + part] if showing.accuracy else self.table[1 + part]


@dataclass(frozen=True)
class CurveShowing:
    """What is drawn: loss or accuracy, straight or logarithmic, over epochs or seconds of training, of train and test
    or one of them; `zoom` is the part of the way along that is seen, None for all of it."""

    accuracy: bool = False
    logarithmic: bool = False
    seconds: bool = False
    parts: tuple[int, ...] = (0, 1)
    zoom: tuple[float, float] | None = None


@dataclass(frozen=True)
class Plot:
    """Where a chart's curves are, in pixels, and its axes."""

    place: QRectF
    x: Axis
    y: Axis

    def x_at(self, pixel: float) -> float:
        """The number on the axis below a pixel."""
        share = (pixel - self.place.left()) / max(self.place.width(), 1.0)
        return self.x.low + min(max(share, 0.0), 1.0) * (self.x.high - self.x.low)

    def point(self, x: float, y: float) -> QPointF:
        """Where two numbers are."""
        across, up = float(self.x.share(np.array(x))), float(self.y.share(np.array(y)))
        return QPointF(self.place.left() + across * self.place.width(), self.place.bottom() - up * self.place.height())


def axes_of(runs: Sequence[RunCurves], showing: CurveShowing) -> tuple[Axis, Axis]:
    """Axes that hold all of what is shown of the runs."""
    along = [run.x(showing) for run in runs]
    x = (seconds_axis if showing.seconds else epoch_axis)(np.concatenate([*along, np.empty(0)]))
    if showing.zoom is not None:
        x = zoomed(x, *showing.zoom)
    seen = [(at >= x.low) & (at <= x.high) for at in along]
    shown = [run.y(showing, part)[is_seen] for run, is_seen in zip(runs, seen, strict=True) for part in showing.parts]
    values = np.concatenate([*shown, np.empty(0)])
    return x, accuracy_axis(values) if showing.accuracy else loss_axis(values, logarithmic=showing.logarithmic)


def now_of(snapshot: Snapshot, showing: CurveShowing) -> float | None:
    """Where on the x axis the moment is that a snapshot is of, if that is a past one."""
    if snapshot.at is None:
        return None
    if not showing.seconds:
        return snapshot.at.progress
    if not len(snapshot.seconds):
        return None
    return float(np.interp(snapshot.at.progress, snapshot.curves[0], snapshot.seconds))


def paint_runs(
    painter: QPainter, area: QRectF, runs: Sequence[RunCurves], showing: CurveShowing, theme: Theme,
    *, axes: bool = True, now: float | None = None, compact: bool = False,
) -> Plot:  # fmt: skip
    """All curves, the present run's on top. `now` is the moment on the x axis that is looked at, of the present run."""
    x, y = axes_of(runs, showing)
    ordered = sorted(runs, key=lambda run: run.style is None)
    curves = [curve for run in ordered for curve in _curves(run, showing, theme)]
    return Plot(paint_chart(painter, area, x, y, curves, theme, axes=axes, now=now, compact=compact), x, y)


def _curves(run: RunCurves, showing: CurveShowing, theme: Theme) -> Iterator[Curve]:
    pens, x = run_pens(theme, run.style), run.x(showing)
    for part in showing.parts:
        y = run.y(showing, part)
        if run.style is None:
            yield Curve(x, y, pens[part])
        else:
            mark = partial(paint_run_mark, style=run.style, theme=theme)
            yield Curve(x, y, pens[part], mark, shift=run.style / STYLES, stays=True)


@dataclass(frozen=True)
class Record:
    """What a run was at one of its records: losses, or accuracies in percent, of train and test; NaN for what is not
    known, the seconds included."""

    epoch: float
    seconds: float
    values: tuple[float, float]


@dataclass(frozen=True)
class Reading:
    """A run at the record that was asked for; None: it has none there."""

    run: RunCurves
    at: Record | None


def read_off(runs: Sequence[RunCurves], showing: CurveShowing, x: float) -> list[Reading]:
    """The record of each run that is nearest to x, of those that reached it."""
    return [Reading(run, _record(run, showing, x)) for run in runs]


def _record(run: RunCurves, showing: CurveShowing, x: float) -> Record | None:
    along = run.x(showing)
    known = np.flatnonzero(np.isfinite(along))
    if not len(known):
        return None
    k = int(known[np.abs(along[known] - x).argmin()])
    # half a gap behind the last record it is over
    gap = float(np.diff(along[known]).max()) if len(known) > 1 else 0.0
    if x > along[known[-1]] + gap / 2:
        return None
    seconds = float(run.seconds[k]) if len(run.seconds) == run.table.shape[1] else np.nan
    return Record(float(run.table[0, k]), seconds, (float(run.y(showing, 0)[k]), float(run.y(showing, 1)[k])))
