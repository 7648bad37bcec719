"""What a snapshot gives to look at its network's space: live in the window, or for a picture to take home."""

from __future__ import annotations

from mlp_playground.analysis.space.cloud import Cloud, cloud_of
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Space, observe_space
from mlp_playground.analysis.space.stages import steps
from mlp_playground.data.dataset import Dataset
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network


def space_of(
    snapshot: Snapshot, wish: SpaceWish | None = None, before: Space | None = None, *, gently: bool = False
) -> Space:
    """The space of the snapshot's network; what was seen `before`, and `gently`, as for `observe_space`."""
    network = Network(snapshot.architecture, snapshot.theta)
    return observe_space(network, _cloud(snapshot.data, snapshot.config), wish, before, gently=gently)


def last_stage(network: Network, data: Dataset, config: ExperimentConfig) -> int:
    """The number of the last stage of its space, the first being 0."""
    return len(steps(network, features=_cloud(data, config).features)) - 1


def _cloud(data: Dataset, config: ExperimentConfig) -> Cloud:
    features = config.features if data.space == "plane" else ()
    return cloud_of(data, *([features] if features else []))
