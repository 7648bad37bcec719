"""The two pictures of a film of neurons on screen: its sheet of moments, and the neurons at one of them, large."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from mlp_playground.numerals import percent
from mlp_playground.views.digits.film_picture import (
    Strip,
    StripPlaces,
    epoch_words,
    moment_grid,
    paint_moment,
    paint_strip,
)
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import theme_of


class FilmPicture(PointingView):
    """What the two pictures of the film share; `paint` draws the strip into an area."""

    row_clicked = Signal(int)
    moment_clicked = Signal(int)

    def __init__(self, paint: Callable[[QPainter, QRectF, Strip], None]) -> None:
        super().__init__()
        self._paint = paint
        self.strip: Strip | None = None
        self.moment, self.row = 0, 0

    def show_strip(self, strip: Strip, moment: int, row: int) -> None:
        """Draw these, `moment` and `row` lit."""
        self.strip, self.moment, self.row = strip, moment, row
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.strip is not None:
            with painting(QPainter(self)) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint(painter, QRectF(self.rect()).adjusted(2, 2, -2, 0), self.strip)


class StripView(FilmPicture):
    """The sheet; a click goes to a moment and marks a neuron."""

    def __init__(self) -> None:
        super().__init__(self._paint_sheet)

    def _paint_sheet(self, painter: QPainter, area: QRectF, strip: Strip) -> None:
        paint_strip(painter, area, strip, theme_of(self.palette()), moment=self.moment, row=self.row)

    def _at(self, x: float, y: float) -> tuple[int, int] | None:
        if self.strip is None:
            return None
        places = StripPlaces(QRectF(self.rect()).adjusted(2, 2, -2, 0), self.strip)
        found = places.at(x, y)
        return None if found is None else (found[0], places.columns[found[1]])

    def words_at(self, x: float, y: float) -> str:
        found = self._at(x, y)
        if found is None or self.strip is None:
            return ""
        kind = "Output for" if self.strip.are_classes else "Neuron"
        return f"{kind} {self.strip.names[found[0]]} · {moment_words(self.strip, found[1])}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(*event.position().toTuple())
        if found is not None:
            self.row_clicked.emit(found[0])
            self.moment_clicked.emit(found[1])


class MomentView(FilmPicture):
    """The neurons at one moment; a click marks one."""

    def __init__(self) -> None:
        super().__init__(self._paint_neurons)

    def _paint_neurons(self, painter: QPainter, area: QRectF, strip: Strip) -> None:
        paint_moment(painter, area, strip, self.moment, theme_of(self.palette()), row=self.row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.strip is None:
            return
        grid = moment_grid(QRectF(self.rect()).adjusted(2, 2, -2, 0), self.strip)
        x, y = event.position().toTuple()
        row = grid.number_at(x - 2, y - 2, len(self.strip.names))
        if row is not None:
            self.row_clicked.emit(row)


def moment_words(strip: Strip, moment: int) -> str:
    """When it was, and how good the network was then."""
    frame = strip.moments[moment]
    words = f"epoch {epoch_words(frame)}"
    accuracy = None if frame.metrics is None else frame.metrics.test_accuracy
    return words if accuracy is None else f"{words} · test {percent(accuracy)}"
