"""What a snapshot gives to map its network's layers."""

from __future__ import annotations

from mlp_playground.analysis.layer_map import LayerMap, map_layers
from mlp_playground.analysis.specimens import Specimens, specimens
from mlp_playground.experiment.probe_question import told_as
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.nn.network import Network

MOST = 2000
"""Samples on a map: so many can still be told apart, and are mapped in a hundredth of a second."""


class MapObserver:
    """Answers on a worker's thread; remembers the moment before, from which directions go on."""

    def __init__(self) -> None:
        self._before: LayerMap | None = None

    def observe(self, snapshot: Snapshot) -> LayerMap:
        """Map the layers of the snapshot's network."""
        network = Network(snapshot.architecture, snapshot.theta)
        is_passing = snapshot.state is RunState.RUNNING
        self._before = map_layers(network, samples_of(snapshot), self._before, gently=is_passing)
        return self._before


def samples_of(snapshot: Snapshot) -> Specimens:
    """Which samples are mapped: of pictures those to test with, of other data as many of both parts as is fair."""
    data, told = snapshot.data, told_as(snapshot.config)
    if data.space == "pictures":
        return specimens(data, told, 0, MOST)
    total = len(data.train) + len(data.test)
    most_train = len(data.train) if total <= MOST else round(MOST * len(data.train) / total)
    return specimens(data, told, most_train, MOST - most_train)
