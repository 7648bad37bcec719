"""What the visible views need of the run: put together from what they say, and how fine it can be just now."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.data.extent import Extent
from mlp_playground.experiment.snapshot import LIVE, Look, RunState, Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.canvas.picture_frame import Showing

UNSEEN, MOVING, FINE = 64, 128, 512
"""Pixels of the plane's side while only the diagram shows it, while the user moves it, and at rest."""
REST = 200
"""Milliseconds after which what has not moved counts as at rest."""


class Viewing(QObject):
    """Keeps the Look that `clock` asks the run for."""

    def __init__(self, clock: FrameClock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._look = clock, Look(resolution=LIVE)
        self._is_running: bool | None = None
        self._live = LIVE
        self._who_wants_whole: set[str] = set()
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._on_rest)
        clock.snapshot_taken.connect(self._on_snapshot)

    @property
    def look(self) -> Look:
        """What is asked for now."""
        return self._look

    def point_at(self, cell: tuple[int, int] | None) -> None:
        """A neuron's whole map too: (column, neuron), in which column 0 are the features, which need no run."""
        hidden = (cell[0] - 1, cell[1]) if cell is not None and cell[0] > 0 else None
        self._change(focus=hidden)

    def choose_plane(self, columns: tuple[int, int] | None) -> None:
        """Two columns of a table, or (None) its principal components."""
        self._change(slice=columns)

    def look_at(self, extent: Extent | None) -> None:
        """A part of the plane, or (None) its home."""
        self._change(extent=extent, resolution=MOVING)
        self._rest.start()

    def see_canvas(self, is_seen: bool) -> None:
        """Whether the canvas can be seen; behind another panel it needs nothing of its own."""
        self._live = LIVE if is_seen else UNSEEN
        if self._is_running:
            self._change(resolution=self._live)

    def show(self, showing: Showing) -> None:
        """What is drawn over the map."""
        self._change(folds=showing.folds)

    def look_back(self, frame: Frame | None) -> None:
        """A past moment of the run, or (None) the present one."""
        self._change(at=frame, resolution=self._live)
        self._rest.start()

    def compare_with(self, frame: Frame | None) -> None:
        """A moment of the run whose answers are taken away from those that are shown, or (None) nothing."""
        self._change(compare=frame)

    def want_whole(self, who: str, wanted: bool) -> None:
        """Whether the panel called `who` needs the present moment with the optimizer's memory."""
        self._who_wants_whole = self._who_wants_whole - {who} | ({who} if wanted else set())
        self._change(whole=bool(self._who_wants_whole))

    def on_sent(self, _revision: int) -> None:
        """The run is about to change: steps that follow each other closely need not be fine."""
        if self._look.resolution == FINE:
            self._change(resolution=self._live)
        if not self._is_running:
            self._rest.start()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        before, self._is_running = self._is_running, snapshot.state is RunState.RUNNING
        if self._is_running and self._look.resolution == FINE:
            self._change(resolution=self._live)
        elif before != self._is_running:
            self._rest.start()

    def _on_rest(self) -> None:
        self._change(resolution=self._live if self._is_running else FINE)

    def _change(self, **values: object) -> None:
        self._look = replace(self._look, **values)  # type: ignore[arg-type]
        self._clock.set_look(self._look)
