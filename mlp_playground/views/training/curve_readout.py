"""The crosshair over the curves, and a small table of what every visible run was there."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isnan

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlp_playground.numerals import grouped
from mlp_playground.views.painting import painting
from mlp_playground.views.run_curves import CurveShowing, Plot, Reading, Record
from mlp_playground.views.run_looks import paint_run_sample, run_pens
from mlp_playground.views.theme import RADIUS, SPACE, Theme, font, theme_of

ROW = 15.0
"""Pixels of a line of the table."""
NAME, NUMBER = 92.0, 56.0
"""Pixels of its columns."""
SAMPLE = 24.0
PARTS = ("train", "test")


def value_text(value: float, showing: CurveShowing) -> str:
    """A loss or an accuracy as it is read off."""
    if not isfinite(value):
        return "–" if isnan(value) else "∞"
    if showing.accuracy:
        return f"{value:.1f}\u202f%"
    return f"{value:.4f}" if 0.001 <= value < 1000 or value == 0 else f"{value:.2e}"


def time_text(seconds: float) -> str:
    """Seconds of training as a learner would say them."""
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def paint_crosshair(
    painter: QPainter, plot: Plot, readings: Sequence[Reading], showing: CurveShowing, x: float, theme: Theme
) -> None:
    """The line at x, and a dot on each curve at its record."""
    here = plot.point(x, plot.y.low).x()
    painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(here, plot.place.top()), QPointF(here, plot.place.bottom()))
    painter.setPen(QPen(QColor(theme.background), 1))
    for reading in readings:
        if reading.at is not None:
            _paint_dots(painter, plot, reading.run.style, reading.at, showing, theme)


def _paint_dots(
    painter: QPainter, plot: Plot, style: int | None, at: Record, showing: CurveShowing, theme: Theme
) -> None:
    pens = run_pens(theme, style)
    for part in showing.parts:
        if isfinite(at.values[part]):
            painter.setBrush(pens[part].color())
            centre = plot.point(at.seconds if showing.seconds else at.epoch, at.values[part])
            if plot.place.adjusted(-2, -2, 2, 2).contains(centre):
                painter.drawEllipse(centre, 3.5, 3.5)


class Readout(QWidget):
    """The table of what every visible run was where the mouse is: above the chart, as it must not hide what it reads
    off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rows: list[tuple[str, int | None, Record]] = []
        self._showing, self._title = CurveShowing(), ""
        self.hide()

    def show_above(
        self, chart: QWidget, here: float, readings: Sequence[Reading], showing: CurveShowing, x: float
    ) -> None:
        """Show it over `chart`, at so many of its pixels from the left; where no room is above, beside the line."""
        window = chart.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._rows = [(each.run.title, each.run.style, each.at) for each in readings if each.at is not None]
        self._showing, self._title = showing, self._place(x)
        width = round(SAMPLE + NAME + len(showing.parts) * NUMBER + 2 * SPACE)
        self.resize(width, round((len(self._rows) + 1) * ROW + SPACE))
        corner = chart.mapTo(window, QPoint(round(here), 0))
        left, top = corner.x() - width // 2, corner.y() - self.height()
        if top < 0:
            beside = corner.x() + 2 * SPACE
            left, top = beside if beside + width < window.width() else corner.x() - 2 * SPACE - width, corner.y()
        self.move(min(max(left, SPACE), max(window.width() - width - SPACE, 0)), top)
        self.show()
        self.raise_()
        self.update()

    def _place(self, x: float) -> str:
        """The place in words; of the present run, which is the first if it is there, in epochs and in seconds."""
        if not self._rows or self._rows[0][1] is not None:
            return time_text(x) if self._showing.seconds else f"epoch {grouped(round(x))}"
        at = self._rows[0][2]
        return f"epoch {grouped(at.epoch)}" + (f" · {time_text(at.seconds)}" if isfinite(at.seconds) else "")

    def texts(self) -> list[tuple[str, ...]]:
        """What it says: the place and the columns' names, then each run's title and numbers."""
        parts = self._showing.parts
        rows = [(title, *(value_text(at.values[part], self._showing) for part in parts)) for title, _, at in self._rows]
        return [(self._title, *(PARTS[part] for part in parts)), *rows]

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.setFont(font(8.5))
            line = QRectF(SPACE, SPACE / 2, self.width() - 2 * SPACE, ROW)
            title, *rows = self.texts()
            _paint_row(painter, line, title, 0.0, (theme.text, theme.muted))
            for texts, (_, style, _) in zip(rows, self._rows, strict=True):
                line.translate(0, ROW)
                _paint_row(painter, line, texts, SAMPLE, (theme.text, theme.text))
                paint_run_sample(painter, QPointF(line.left(), line.center().y()), style, theme)


def _paint_row(
    painter: QPainter, line: QRectF, texts: tuple[str, ...], indent: float, colours: tuple[str, str]
) -> None:
    """A name and its numbers, in a colour each."""
    name = QRectF(line.left() + indent, line.top(), SAMPLE + NAME - indent - 4, ROW)
    painter.setPen(QColor(colours[0]))
    cut = QFontMetricsF(painter.font()).elidedText(texts[0], Qt.TextElideMode.ElideRight, name.width())
    painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, cut)
    painter.setPen(QColor(colours[1]))
    for column, text in enumerate(texts[1:]):
        place = QRectF(line.left() + SAMPLE + NAME + column * NUMBER, line.top(), NUMBER, ROW)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
