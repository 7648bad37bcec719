"""Goes back and forth through the run: by hand, by key, or as a film; and on from where the reader has come to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject

from mlp_playground.app.controller import Controller
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.viewing import Viewing
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.canvas.output_panel import OutputPanel
from mlp_playground.views.canvas.time_bar import TimeBar
from mlp_playground.views.space.space_panel import SpacePanel

A_FRAME, SHORTEST, LONGEST = 50, 1500, 10_000
"""Milliseconds that a moment of the film takes, unless all of them would be over too soon or take too long."""


class TimeMachine(QObject):
    """Connects the time bars of `panels` with the run: all of them show the same moment, and each can choose it."""

    def __init__(
        self,
        panels: Sequence[OutputPanel | SpacePanel],
        controller: Controller,
        clock: FrameClock,
        viewing: Viewing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bars, self._controller = tuple(panel.time for panel in panels), controller
        self._bar = self._bars[0]
        self._viewing = viewing
        self._frames: tuple[Frame, ...] = ()
        self._compared_run: tuple[Frame, ...] = ()
        self._since = QElapsedTimer()
        self._length = SHORTEST
        for panel in panels:
            self._connect_bar(panel.time, clock)
            panel.go_on.clicked.connect(controller.toggle_play)
            controller.moment_changed.connect(panel.go_on.show_moment)
        controller.moment_changed.connect(viewing.look_back)
        controller.moment_changed.connect(self._on_moment)
        clock.snapshot_taken.connect(self._on_snapshot)
        clock.ticked.connect(self._on_tick)

    def _connect_bar(self, bar: TimeBar, clock: FrameClock) -> None:
        bar.moment_wanted.connect(self.go_to)
        bar.film_wanted.connect(self.toggle_film)
        bar.comparison_wanted.connect(self._compare_with)
        self._controller.moment_changed.connect(bar.show_moment)
        self._controller.draft_changed.connect(lambda draft: bar.show_draft(draft is not None))
        clock.text_due.connect(bar.show_snapshot)

    @property
    def plays(self) -> bool:
        """Whether the film runs."""
        return bool(self._frames)

    def go_to(self, frame: Frame | None) -> None:
        """Look at a moment, or (None) at the present one."""
        self._stop()
        self._controller.look_at(frame)

    def go_to_epoch(self, epoch: float) -> None:
        """Look at the kept moment that is nearest to an epoch, or at the present one."""
        present, frames = self._bar.present, self._bar.past.frames
        if present is None or not frames:
            return
        nearest = min((present, *frames), key=lambda frame: abs(frame.progress - epoch))
        self.go_to(None if nearest.steps == present.steps else nearest)

    def go(self, steps: int) -> None:
        """So many kept moments later, or earlier."""
        self._bar.go(steps)

    def toggle_film(self) -> None:
        """Play from the moment shown to now, from the present one the whole run; or stop."""
        if self.plays:
            self._stop()
            return
        if not self._bar.slider.isEnabled():
            return
        frames, at = self._bar.past.frames, self._bar.at
        start = 0 if at is None else self._bar.past.place(at)
        self._frames = frames[start:]
        self._length = min(max(A_FRAME * len(self._frames), SHORTEST), LONGEST)
        self._since.start()
        self._show_film(True)
        self._controller.look_at(self._frames[0])

    def compare_with_now(self) -> None:
        """Take the present answers away from those shown; or, if anything is compared, stop that."""
        is_comparing = self._viewing.look.compare is not None
        self._compare_with(None if is_comparing else self._bar.present)

    def _stop(self) -> None:
        self._frames = ()
        self._show_film(False)

    def _show_film(self, is_playing: bool) -> None:
        for bar in self._bars:
            bar.show_film(is_playing)

    def _compare_with(self, frame: Frame | None) -> None:
        self._compared_run = self._bar.past.frames[:1]
        self._viewing.compare_with(frame)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        """Another run, which began with another moment: an epoch of the former one says nothing there."""
        if self._viewing.look.compare is not None and snapshot.past.frames[:1] != self._compared_run:
            self._compare_with(None)

    def _on_tick(self) -> None:
        """The next moment of the film: as many later as time has passed, so that it takes as long on any machine."""
        if not self.plays:
            return
        index = self._since.elapsed() * len(self._frames) // self._length
        self._controller.look_at(self._frames[index] if index < len(self._frames) else None)

    def _on_moment(self, frame: Frame | None) -> None:
        if frame is None and self.plays:
            self._stop()
