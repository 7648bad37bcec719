"""Where the selected neuron stands after an edit: a picture of a network doesn't tell which neuron was which."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.edits import Edit
from mlp_playground.experiment.lineage import Lineage, composed, inverted, unchanged
from mlp_playground.views.diagram.network_layout import Cell


class Follower:
    """Remembers the edits that were asked for until a network comes that has them."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def expect(self, config: ExperimentConfig, make: Callable[..., Edit], *values: Any, **named: Any) -> None:
        """An edit of the experiment `config` as it will be after the edits expected before; what can't be is not."""
        try:
            self._edits.append(make(self._edits[-1].config if self._edits else config, *values, **named))
        except InvalidValue:
            return

    def take(self, before: NetworkConfig, now: NetworkConfig) -> Lineage | None:
        """The lineage of the hidden layers of `now`, which has come after `before`; None where nobody expected it."""
        come = [number for number, edit in enumerate(self._edits, 1) if edit.config.network == now]
        if not come:
            if now != before:
                self._edits.clear()
            return None
        done, self._edits = self._edits[: come[-1]], self._edits[come[-1] :]
        return reduce(composed, (edit.lineage for edit in done), unchanged((1, *before.hidden))[1:])


def moved(cell: Cell, lineage: Lineage | None, before: NetworkConfig, now: NetworkConfig) -> Cell | None:
    """Where the neuron at `cell` of the network `before` is in the network `now`; None: it is gone.

    Inputs stay in the first column and outputs in the last one. Of hidden neurons without a lineage the place counts.
    """
    column, index = cell
    if column > len(before.hidden):
        return len(now.hidden) + 1, index
    if column == 0 or lineage is None:
        return cell if column <= len(now.hidden) else None
    there = inverted(lineage, before.hidden)[column - 1]
    neuron = there.neurons[index]
    return None if there.layer is None or neuron is None else (there.layer, neuron)
