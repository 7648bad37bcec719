"""The bar below the picture on which the reader goes back through the run: every moment that was kept, and now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.time_words import at_edit, epoch_number
from mlp_playground.views.controls import Slider
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import RoundButton, flat_button, number_label
from mlp_playground.views.theme import SPACE, theme_of

BUTTON = 24
"""Pixels across of the button that plays, of this way and of others below it: so that their sliders stand in line."""
FILM_TIP = "Play the run as a film (Shift+Space)"
PAUSE_TIP = "Stop the film (Shift+Space)"
NOW_TIP = "Back to how it is now (End)"
SLIDER_TIP = "Time machine: go back through the run (comma and period, one kept moment at a time)"
EMPTY_TIP = "Time machine: there is no past yet; press play first"
COMPARE_TIP = "Compare: picture and diagram show this moment minus another one (C: minus now)"
COMPARE_DIGITS_TIP = "Compare: the diagram shows the weights of this moment minus those of another one (C: minus now)"
DRAFT_TIP = "Time machine: the run has a past, the drawing has none; draw points of two classes first"


class TimeSlider(Slider):
    """A slider over the moments of a run; ticks stand where the network or its data were edited."""

    def __init__(self) -> None:
        super().__init__(0, 1, 1)
        self._ticks: tuple[int, ...] = ()
        self.setAccessibleName("Time machine")

    def show_ticks(self, ticks: tuple[int, ...]) -> None:
        """Mark these values."""
        if ticks != self._ticks:
            self._ticks = ticks
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(QPainter(self)) as painter:
            painter.setPen(QPen(QColor(theme_of(self.palette()).muted), 1.5))
            for tick in self._ticks:
                x = self.x_of(tick)
                painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - 2))
        super().paintEvent(event)


class TimeBar(QWidget):
    """Shows which moment of the run is on screen. Several bars may show it; each follows what it is told.

    `moment_wanted` carries the Frame to look at, or None: the present one. `film_wanted`: play the moments one after
    the other, or stop that. `comparison_wanted` carries the Frame to compare the answers with, or None: none.
    """

    moment_wanted = Signal(object)
    film_wanted = Signal()
    comparison_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, can_compare: bool = True) -> None:
        super().__init__(parent)
        self._past = Past()
        self._at: Frame | None = None
        self._has_draft = False
        self._snapshot: Snapshot | None = None
        self.film = RoundButton("film", FILM_TIP, BUTTON, flat=True)
        self.film.clicked.connect(self.film_wanted)
        self.slider = TimeSlider()
        self.slider.valueChanged.connect(self._on_moved)
        self.words = number_label("", "epoch 99\u202f999.9", 9)
        self.now = flat_button("Now", NOW_TIP)
        self.now.clicked.connect(lambda: self.moment_wanted.emit(None))
        self.compare = flat_button("Compare", COMPARE_TIP, checkable=True)
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setMenu(self._comparisons())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.film)
        row.addWidget(self.slider, 1)
        row.addWidget(self.words)
        row.addWidget(self.now)
        row.addWidget(self.compare)
        self.compare.setVisible(can_compare)
        self._dress()

    def _comparisons(self) -> QMenu:
        menu = QMenu(self)
        for text, frame_of in (
            ("Compare with the &start", lambda: self._past.frames[0]),
            ("Compare with &now", lambda: self.present),
            ("Compare with the moment s&hown", lambda: self._at or self.present),
            ("Do &not compare", lambda: None),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, of=frame_of: self.comparison_wanted.emit(of()))
        return menu

    @property
    def past(self) -> Past:
        """The moments that can be chosen."""
        return self._past

    @property
    def present(self) -> Frame | None:
        """How the run is now; None before the first picture."""
        return None if self._snapshot is None else self._snapshot.present

    @property
    def at(self) -> Frame | None:
        """The moment that is chosen; None: the present one."""
        return self._at

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the run."""
        self._snapshot = snapshot
        self.compare.setToolTip(COMPARE_TIP if snapshot.field is not None else COMPARE_DIGITS_TIP)
        self.compare.setChecked(snapshot.compared is not None)
        if snapshot.past is not self._past:
            self._past = snapshot.past
            frames = self._past.frames
            self.slider.show_ticks(tuple(i for i, frame in enumerate(frames) if frame.is_edit))
        self._dress()

    def show_moment(self, frame: Frame | None) -> None:
        """Show which moment is chosen."""
        self._at = frame
        self._dress()

    def show_draft(self, is_draft: bool) -> None:
        """Rest while there is a drawing that has no past."""
        self._has_draft = is_draft
        self._dress()

    def show_film(self, is_playing: bool) -> None:
        """Show whether the film plays."""
        self.film.show_sign("pause" if is_playing else "film", PAUSE_TIP if is_playing else FILM_TIP)

    def go(self, steps: int) -> None:
        """So many moments later, or earlier; from now first to one before it, as the last that was kept may be now."""
        if not self.slider.isEnabled():
            return
        now, frames, value = self.present, self._past.frames, self.slider.value()
        is_double = value == len(frames) and now is not None and frames[-1].steps == now.steps
        self.slider.setValue(value + steps - int(is_double and steps < 0))

    def _dress(self) -> None:
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, len(self._past.frames))
        self.slider.setValue(len(self._past.frames) if self._at is None else self._past.place(self._at))
        self.slider.blockSignals(blocked)
        frames, now = self._past.frames, self.present
        has_past = len(frames) > 1 or (now is not None and bool(frames) and now.steps > frames[0].steps)
        enabled = has_past and not self._has_draft
        for widget in (self.slider, self.film):
            widget.setEnabled(enabled)
        self.compare.setEnabled(now is not None)
        self.now.setEnabled(enabled and self._at is not None)
        self.now.setToolTip(NOW_TIP if self._at is not None else "The picture shows how it is now")
        edit = at_edit(self._at, self._past) if self._at is not None else ""
        tip = SLIDER_TIP if enabled else DRAFT_TIP if self._has_draft else EMPTY_TIP
        self.slider.setToolTip(f"{tip}\nshown: {edit}" if edit else tip)
        epoch = 0 if now is None else now.epoch
        self.words.setText(f"{grouped(epoch)} · now" if self._at is None else f"epoch {epoch_number(self._at)}")

    def _on_moved(self, value: int) -> None:
        frames = self._past.frames
        self.moment_wanted.emit(frames[value] if value < len(frames) else None)
