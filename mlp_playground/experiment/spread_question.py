"""What a snapshot gives to ask how its layers' numbers are spread: live, or for a picture to take home."""

from __future__ import annotations

from mlp_playground.analysis.distributions import Spreads, spreads
from mlp_playground.analysis.training_pass import training_samples
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network


def spreads_of(snapshot: Snapshot, name: str) -> Spreads:
    """How the quantity `name` of QUANTITIES is spread in the layers of the snapshot's network."""
    chosen = training_samples(snapshot.data, snapshot.config.features, snapshot.architecture)
    return spreads(Network(snapshot.architecture, snapshot.theta), chosen, name)
