"""Steps through the graph: buttons, a clock that plays them, and how far one is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.views.parts import RoundButton, number_label

BEAT = 1500
"""Milliseconds for each step while it plays: time to read a sentence's formula."""
_PLAY = "Play the steps one after the other"


class GraphPlayer(QWidget):
    """`position` steps of all are done. `moved` says that the user is at another one, `began_anew` that they are where
    it begins and done with what they looked at."""

    moved = Signal()
    began_anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = ()
        self.position = 0
        self._from: int | None = None
        self._is_held = False
        self.reset = RoundButton("reset", "To the beginning, and follow the run again", 24, flat=True)
        self.back = RoundButton("back", "One step back (← in the graph)", 24, flat=True)
        self.play = RoundButton("play", _PLAY, 24, flat=True)
        self.forth = RoundButton("step", "One step on (→ in the graph)", 24, flat=True)
        self.count = number_label("", "forward 88/88", 9)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.reset, self.back, self.play, self.forth, self.count):
            row.addWidget(part)
        row.insertSpacing(4, 4)
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._on_beat)
        self.reset.clicked.connect(self._on_reset)
        self.back.clicked.connect(lambda: self.go(-1))
        self.forth.clicked.connect(lambda: self.go(1))
        self.play.clicked.connect(self._on_play)
        self._tell()

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps so far."""
        return self.steps[: self.position]

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Offer these; one stays where one is, as far as they go."""
        self.steps = steps
        self.position = min(self.position, len(steps))
        self._tell()

    def stand_at(self, step: Step | None) -> None:
        """Go on from that step, if it is one, as the reader looks at it."""
        self._from = self.steps.index(step) + 1 if step in self.steps else None

    def go(self, by: int) -> None:
        """Some steps on or back; that is the user's own pace from now on."""
        self._stop()
        self.go_to((self.position if self._from is None else self._from) + by)

    def go_to(self, position: int) -> None:
        """To after so many steps."""
        position = min(max(position, 0), len(self.steps))
        if position == 0:
            self._stop()
        if position != self.position or self._from is not None:
            self.position, self._from = position, None
            self._tell()
            self.moved.emit()

    def show_held(self, is_held: bool) -> None:
        """Whether a moment is held, which to begin anew lets go."""
        self._is_held = is_held
        self.reset.setEnabled(is_held or self.position > 0)

    def _on_reset(self) -> None:
        self._stop()
        self.go_to(0)
        self.began_anew.emit()

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]
        self._stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _on_play(self) -> None:
        if self.is_playing:
            self._stop()
            return
        self.play.show_sign("pause", "Stop here")
        self._timer.start()
        self.go_to(1 if self.position == len(self.steps) else self.position + 1)

    def _on_beat(self) -> None:
        self.go_to(self.position + 1)
        if self.position == len(self.steps):
            self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        self.play.show_sign("play", _PLAY)

    def _tell(self) -> None:
        """Which way one goes, and the number of the step there."""
        for button, can in (
            (self.back, self.position > 0),
            (self.reset, self._is_held or self.position > 0),
            (self.forth, self.position < len(self.steps)),
            (self.play, len(self.steps) > 0),
        ):
            button.setEnabled(can)
        if not self.position:
            self.count.setText(f"{len(self.steps)} steps")
            return
        phase = self.steps[self.position - 1].phase
        so_far = [step for step in self.done if step.phase is phase]
        of = [step for step in self.steps if step.phase is phase]
        self.count.setText(f"{_WAYS[phase]} {len(so_far)}/{len(of)}")


_WAYS = {Phase.FORWARD: "forward", Phase.BACKWARD: "back", Phase.UPDATE: "update"}
