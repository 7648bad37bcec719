"""Maps of a snapshot's layers by neighbours (t-SNE), a little at a time: one sees how far it is, and can stop."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mlp_playground.analysis.layer_map import LayerMap, Sheet, map_layers, on_sheet
from mlp_playground.analysis.specimens import seen_by_layers, specimens
from mlp_playground.analysis.tsne import STEPS, Neighbourhood, Unfolding, beginning, neighbourhood, unfold
from mlp_playground.experiment.map_question import samples_of
from mlp_playground.experiment.probe_question import told_as
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network

MOST = 1000
"""Samples: each step looks at all pairs, and of so many takes 4 ms a layer."""
AT_ONCE = 4
"""Steps of each layer before the next picture."""
FEW = 2
"""Numbers of a layer up to which they are the map themselves."""


@dataclass(frozen=True, eq=False)
class Work:
    """How far the maps of a moment are. `start` are those by main directions, from which they unfold; `seen`, `near`
    and `states` are each layer's numbers, neighbours and map, None where that is not known yet, or never will be."""

    snapshot: Snapshot
    start: LayerMap
    seen: tuple[Array, ...]
    near: tuple[Neighbourhood | None, ...]
    states: tuple[Unfolding | None, ...]

    @property
    def done(self) -> float:
        """The share of the work that is done; neighbours count as some steps."""
        layers = [state for A, state in zip(self.seen, self.states, strict=True) if len(A) > FEW]
        return sum(state.steps / STEPS for state in layers if state is not None) / len(layers) if layers else 1.0

    @property
    def found(self) -> LayerMap:
        """The maps as they are now."""
        sheets = (
            sheet if state is None else Sheet(sheet.width, on_sheet(state.Y.astype(float)), None)
            for sheet, state in zip(self.start.sheets, self.states, strict=True)
        )
        return replace(self.start, sheets=tuple(sheets))


def begin(snapshot: Snapshot) -> Work:
    """The first of the snapshot's maps."""
    all_of_them = samples_of(snapshot)
    n_train = round(all_of_them.n_train * min(MOST / len(all_of_them), 1))
    samples = specimens(snapshot.data, told_as(snapshot.config), n_train, min(MOST, len(all_of_them)) - n_train)
    network = Network(snapshot.architecture, snapshot.theta)
    seen = tuple(seen_by_layers(network, samples))
    nothing = (None,) * len(seen)
    return Work(snapshot, map_layers(network, samples), seen, nothing, nothing)


def go_on(work: Work) -> Work:
    """A little later: the neighbours of one more layer, or some steps of all."""
    for l, A in enumerate(work.seen):
        if len(A) > FEW and work.near[l] is None:
            near = (*work.near[:l], neighbourhood(A), *work.near[l + 1 :])
            states = (*work.states[:l], beginning(work.start.sheets[l].points), *work.states[l + 1 :])
            return replace(work, near=near, states=states)
    states = tuple(
        state if state is None or near is None else unfold(state, near, AT_ONCE)
        for state, near in zip(work.states, work.near, strict=True)
    )
    return replace(work, states=states)
