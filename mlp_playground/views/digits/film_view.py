"""A few neurons from noise to stroke detectors: on one sheet, and as a film."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.excitement import Cell
from mlp_playground.experiment.feature_look import FeatureLook
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.controls import Slider
from mlp_playground.views.digits.film_picture import Strip
from mlp_playground.views.digits.film_sheets import MomentView, StripView, moment_words
from mlp_playground.views.digits.weight_gallery import LEAST, Gallery, Shown
from mlp_playground.views.parts import RoundButton, label, number_label
from mlp_playground.views.theme import SPACE

BEAT = 100
"""Milliseconds that each moment stays: the whole film takes up to eight seconds."""
GALLERY = round(3 * LEAST + 16)
PLAY, PAUSE = ("play", "Play the film, from the moment shown"), ("pause", "Stop the film")
SWAP = "Click a neuron here to film it in place of the one that is framed at the right"
NO_PAST = "Nothing was learned yet: play, and the neurons' pictures come in here as they change."


class FilmView(QWidget):
    """`filmed_chosen` carries the neurons to film, `neuron_chosen` the one that was clicked."""

    filmed_chosen = Signal(tuple)
    neuron_chosen = Signal(int)
    scale_changed = Signal()
    pointed_at = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._strip: Strip | None = None
        self._row = 0
        self._at: Frame | None = None
        self._steps: int | None = None  # of the moment shown; None: the last one, whichever that is
        self.gallery, self.sheet, self.large = Gallery(LEAST), StripView(), MomentView()
        self.gallery.setFixedWidth(GALLERY)
        self.gallery.view.setToolTip(SWAP)
        self.play = RoundButton(*PLAY, 24)
        self.slider = Slider(0, 1, 0)
        self.slider.setToolTip("The moment that is shown large")
        self.slider.setAccessibleName("Moment of the film")
        self.when = number_label("", "epoch 1000 · test 100.0 %", 9)
        self.note = label("", 9, muted=True)
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._on_beat)
        self._lay_out()
        self.play.clicked.connect(self.toggle_play)
        self.slider.valueChanged.connect(self._on_moved)
        self.gallery.view.clicked.connect(self._on_picked)
        for view in (self.sheet, self.large):
            view.row_clicked.connect(self._on_row)
        self.sheet.moment_clicked.connect(self.slider.setValue)
        for pointing in (self.sheet, self.gallery.view):
            pointing.pointed_at.connect(self.pointed_at)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        bar.addWidget(self.play)
        bar.addWidget(self.slider, 1)
        bar.addWidget(self.when)
        pictures = QHBoxLayout()
        pictures.setSpacing(2 * SPACE)
        pictures.addWidget(self.sheet, 3)
        pictures.addWidget(self.large, 2)
        right = QVBoxLayout()
        right.setSpacing(SPACE // 2)
        right.addWidget(self.note)
        right.addLayout(pictures, 1)
        right.addLayout(bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.gallery)
        row.addLayout(right, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 120)

    @property
    def scale(self) -> float | None:
        """Where the scale of all pictures ends."""
        return None if self._strip is None else self._strip.film.scale

    @property
    def strip(self) -> Strip | None:
        """What is drawn."""
        return self._strip

    def show_look(self, snapshot: Snapshot, look: FeatureLook, _cell: Cell) -> None:
        """The film up to this moment; the last one stays in view while nobody has gone to another."""
        if look.film is None or look.weights is None or look.order is None:
            return
        strip = Strip.of(look.film, look.moments, snapshot.data)
        self._strip = strip
        self._row = min(self._row, len(strip.names) - 1)
        if snapshot.at is not self._at:  # a moment was chosen elsewhere; the present is the last one
            self._at, self._steps = snapshot.at, None if snapshot.at is None else snapshot.steps
        last = len(strip.moments) - 1
        self._place_slider(strip, last)
        self.note.setText(NO_PAST if last == 0 else "")
        self.note.setVisible(last == 0)
        for widget in (self.slider, self.play):
            widget.setEnabled(last > 0)
        self.scale_changed.emit()
        self.gallery.show_weights(Shown(look.weights, look.order, snapshot.data))
        self._draw()

    def _place_slider(self, strip: Strip, last: int) -> None:
        """At the moment shown: in a long run it may have another number now, or only a near one is left."""
        away = [0 if self._steps is None else abs(frame.steps - self._steps) for frame in strip.moments]
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, max(last, 1))
        self.slider.setValue(last if self._steps is None else away.index(min(away)))
        self.slider.blockSignals(blocked)

    def toggle_play(self) -> None:
        """From the moment shown, or from the first one where the end is reached; or stop."""
        if self._timer.isActive():
            self.stop()
        elif self._strip is not None and len(self._strip.moments) > 1:
            if self.slider.value() >= len(self._strip.moments) - 1:
                self.slider.setValue(0)
            self._timer.start()
            self.play.show_sign(*PAUSE)

    def stop(self) -> None:
        """Stay at the moment shown."""
        self._timer.stop()
        self.play.show_sign(*PLAY)

    def _on_beat(self) -> None:
        assert self._strip is not None
        if self.slider.value() >= len(self._strip.moments) - 1:
            self.stop()
        else:
            self.slider.setValue(self.slider.value() + 1)

    def _on_moved(self, _value: int) -> None:
        if self._strip is not None:
            moment = self.slider.value()
            is_last = moment >= len(self._strip.moments) - 1
            self._steps = None if is_last else self._strip.moments[moment].steps
            self._draw()

    def _on_row(self, row: int) -> None:
        self._row = row
        self._draw()
        if self._strip is not None:
            self.neuron_chosen.emit(self._strip.film.neurons[row])

    def _on_picked(self, neuron: int) -> None:
        """A neuron of the gallery: it comes in for the marked one, or is marked where it is filmed already."""
        if self._strip is None:
            return
        filmed = list(self._strip.film.neurons)
        if neuron in filmed:
            self._row = filmed.index(neuron)
        else:
            filmed[self._row] = neuron
            self.filmed_chosen.emit(tuple(filmed))
        self._draw()

    def _draw(self) -> None:
        if self._strip is None:
            return
        moment = min(self.slider.value(), len(self._strip.moments) - 1)
        for view in (self.sheet, self.large):
            view.show_strip(self._strip, moment, self._row)
        neurons = self._strip.film.neurons
        self.gallery.show_selected(neurons[self._row], neurons)
        words = moment_words(self._strip, moment)
        if words != self.when.text():
            self.when.setText(words)

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)
