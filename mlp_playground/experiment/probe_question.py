"""What a snapshot gives to probe its network's layers, now and as they were when the run began with such a network."""

from __future__ import annotations

from dataclasses import dataclass

from mlp_playground.analysis.probe import Probe, probe
from mlp_playground.analysis.specimens import Specimens, specimens
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.network import Network

MOST_TRAIN, MOST_TEST = 4000, 2000
"""Samples of each part: with handwritten digits an answer takes a tenth of a second, and is sure to about 1 %."""


@dataclass(frozen=True, eq=False)
class Probed:
    """The probes of a moment, and of the first kept moment `start` that had such a network and the same data, where
    that is another one."""

    now: Probe
    then: Probe | None = None
    start: Frame | None = None


class ProbeObserver:
    """Answers on a worker's thread. How it was before it finds out once."""

    def __init__(self) -> None:
        self._then: tuple[Frame, Specimens, Probe] | None = None

    def observe(self, snapshot: Snapshot) -> Probed:
        """Probe the snapshot's network."""
        samples = specimens(snapshot.data, told_as(snapshot.config), MOST_TRAIN, MOST_TEST)
        now = probe(Network(snapshot.architecture, snapshot.theta), samples)
        start = start_of(snapshot)
        return Probed(now) if start is None else Probed(now, self._before(start, samples), start)

    def _before(self, start: Frame, samples: Specimens) -> Probe:
        if self._then is None or self._then[0] is not start or self._then[1] is not samples:
            self._then = start, samples, probe(Network(start.architecture, start.theta), samples)
        return self._then[2]


def start_of(snapshot: Snapshot) -> Frame | None:
    """The first kept moment of the run with the snapshot's network and data; None where that is its own."""
    config = snapshot.config
    for frame in snapshot.past.frames:
        is_same = frame.architecture == snapshot.architecture and frame.config.features == config.features
        if is_same and frame.config.data == config.data:
            return frame if frame.steps < snapshot.steps else None
    return None


def told_as(config: ExperimentConfig) -> tuple[str, ...]:
    """The features as which the network is told points of the plane; of other data none."""
    return config.features if config.data.space == "plane" else ()
