"""The health of a run's network at one moment, and at those before it: measured away from the run, and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, log2
from time import perf_counter
from weakref import WeakKeyDictionary

from mlp_playground.analysis.health import LayerHealth, examine, update_ratios
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.dry_step import dry_step
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.network import Network

MOMENTS = 60
"""Moments of the past that are looked at: a chart of one layer has some 100 pixels."""
AT_ONCE = 0.03
"""Seconds for those that were never looked at, so that the numbers of now need not wait for all; one at least."""


@dataclass(frozen=True, eq=False)
class Checkup:
    """Each layer's health after `epochs` (with the part of the present one) and `steps`.

    `updates` are each layer's ‖ΔW‖ / ‖W‖ of the very next step; None where that can't be told, as the frame lacks the
    optimizer's memory, or there is no such step.
    """

    epochs: float
    steps: int
    layers: tuple[LayerHealth, ...]
    updates: tuple[float, ...] | None


def check(frame: Frame, material: Material) -> Checkup:
    """The health of the network of `frame`, which was trained with `material`."""
    network = Network(frame.architecture, frame.theta)
    layers = examine(network, material.X, material.Y, material.n_train)
    return Checkup(frame.progress, frame.steps, layers, _updates(frame, material))


def _updates(frame: Frame, material: Material) -> tuple[float, ...] | None:
    try:
        after = dry_step(frame, material)
    except (Diverged, InvalidValue):
        return None
    return None if after is None else update_ratios(frame.architecture, frame.theta, after)


@dataclass(frozen=True, eq=False)
class Record:
    """What is known `now`, and of the moments `before`, the oldest first; `is_complete` if asking again tells no more
    of those."""

    now: Checkup
    before: tuple[Checkup, ...]
    is_complete: bool


class Checkups:
    """Remembers what was found at each moment. For one thread."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Frame, Checkup] = WeakKeyDictionary()
        self._run: Frame | None = None
        self._watched: list[Checkup] = []

    def now(self, snapshot: Snapshot) -> Checkup:
        """That of the moment on screen."""
        shown = snapshot.at or snapshot.present
        found = self._of(shown, snapshot.material)
        self._watch(found, snapshot.past.frames[0])
        return found

    def record(self, snapshot: Snapshot) -> Record:
        """The same with the moments before it that had as many layers and the same data, as far as is known yet. Of
        those that were never looked at some are now, so asking again tells more.

        Moments that were on screen themselves are among them: of large networks only those know their updates.
        """
        now, shown = self.now(snapshot), snapshot.at or snapshot.present
        alike = [frame for frame in snapshot.past.frames if frame.steps < now.steps and _are_alike(frame, shown)]
        # a power of two: as there are more frames, those that were looked at stay among the chosen ones
        wanted = alike[:: 2 ** ceil(log2(max(len(alike) / MOMENTS, 1)))]
        self._learn([frame for frame in wanted if frame not in self._known], snapshot.material)
        known = [self._known[frame] for frame in wanted if frame in self._known]
        found = {each.steps: each for each in (*known, *self._watched) if each.steps < now.steps}
        same_depth = [found[steps] for steps in sorted(found) if len(found[steps].layers) == len(now.layers)]
        return Record(now, tuple(same_depth), len(known) == len(wanted))

    def whole_record(self, snapshot: Snapshot) -> Record:
        """All that can be known of the moments before, however long that takes."""
        while not (record := self.record(snapshot)).is_complete:
            pass
        return record

    def _learn(self, frames: list[Frame], material: Material) -> None:
        """Look at as many of these as there is time for."""
        end = perf_counter() + AT_ONCE
        for frame in frames:
            self._of(frame, material)
            if perf_counter() > end:
                return

    def _of(self, frame: Frame, material: Material) -> Checkup:
        if frame not in self._known:
            self._known[frame] = check(frame, replace(material, architecture=frame.architecture))
        return self._known[frame]

    def _watch(self, found: Checkup, run: Frame) -> None:
        """Keep what was found at a moment of the run that began with the frame `run`."""
        if run is not self._run:
            self._run, self._watched = run, []
        self._watched = [each for each in self._watched if each.steps < found.steps]
        if len(self._watched) >= 2 * MOMENTS:
            del self._watched[1::2]
        self._watched.append(found)


def _are_alike(one: Frame, other: Frame) -> bool:
    """Whether both networks have as many layers and learn the same."""
    ours, theirs = ((f.config.data, f.config.features, f.architecture.head) for f in (one, other))
    return ours == theirs and len(one.architecture.widths) == len(other.architecture.widths)
