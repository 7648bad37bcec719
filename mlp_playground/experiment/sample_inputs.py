"""The test samples as a network sees them, for whoever looks at a snapshot's neurons with all of them."""

from __future__ import annotations

from functools import lru_cache

from mlp_playground.data.dataset import Dataset
from mlp_playground.data.features import expand
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.arrays import Array, frozen


def inputs_of(snapshot: Snapshot) -> Array:
    """The inputs (n_in, N) of the snapshot's network for its test samples: features, or the data's own numbers."""
    data = snapshot.data
    return _features(data, snapshot.config.features) if data.space == "plane" else data.test.X


@lru_cache(maxsize=2)
def _features(data: Dataset, features: tuple[str, ...]) -> Array:
    return frozen(expand(features, data.test.X))
