"""What is exported: one moment of a run, with the words and scales that a reader outside the program needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Scale
from mlp_playground.data.features import FEATURES, expand
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network, with_ones


@dataclass(frozen=True)
class Subject:
    """A network with its parameters `theta` (n_parameters,), its data, and how far it has learned."""

    config: ExperimentConfig
    architecture: Architecture
    data: Dataset
    theta: Array
    epoch: int

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot) -> Subject:
        """The moment that a snapshot shows."""
        return cls(snapshot.config, snapshot.architecture, snapshot.data, snapshot.theta, snapshot.epoch)

    @classmethod
    def of_trainer(cls, trainer: Trainer) -> Subject:
        """The moment at which a trainer is."""
        material = trainer.material
        return cls(trainer.config, material.architecture, material.data, trainer.network.theta.copy(), trainer.epoch)

    @cached_property
    def network(self) -> Network:
        """The network itself."""
        return Network(self.architecture, self.theta)

    @property
    def features(self) -> tuple[str, ...]:
        """What is computed of a sample before the first layer; none where the network is told the sample itself."""
        plain = self.data.space != "plane" or self.config.features == ("x1", "x2")
        return () if plain else self.config.features

    @property
    def deskews(self) -> bool:
        """Whether the network is used to digits that were straightened."""
        return self.data.space == "pictures" and self.config.data.deskew

    @property
    def scales(self) -> tuple[Scale, ...]:
        """How the user's own columns become the network's numbers; none where they are its numbers already."""
        return tuple(self.data.inputs) if any(_scales(each) for each in self.data.inputs) else ()

    @property
    def scaling(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The same as two vectors (n_in,): a column c of the user's is (c − middle) · factor to the network."""
        return np.array([middle_of(each) for each in self.scales]), np.array([each.factor for each in self.scales])

    @property
    def target(self) -> Scale | None:
        """How the user's own numbers to predict became the network's; None where they are the same."""
        target = self.data.target
        return target if self.data.task == "regression" and target is not None and _scales(target) else None

    @property
    def widths_text(self) -> str:
        """The layers as one writes them: `2–8–8–1`."""
        return "–".join(str(width) for width in self.architecture.widths)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the numbers of a sample are called; for pictures, nothing."""
        if self.data.inputs:
            return tuple(each.name for each in self.data.inputs)
        names = {"plane": ("x1", "x2"), "line": ("x",), "pictures": ()}
        return names.get(self.data.space, tuple(f"bit {k + 1}" for k in range(self.data.n_in)))

    def own(self, X: Array) -> NDArray[np.float64]:
        """The network's numbers `X` (n_in, N) in the units of the user's own columns, float64."""
        if not self.scales:
            return X.astype(np.float64)
        middle, factor = self.scaling
        return np.asarray(X.astype(np.float64) / factor[:, None] + middle[:, None])

    def answers(self, X: Array) -> NDArray[np.float64]:
        """What the program answers the samples `X` (n_in, N): probabilities, or numbers in the user's units (n_out, N).

        Computed as everywhere in the program, in float32.
        """
        told = expand(self.config.features, X.astype(np.float32)) if self.data.space == "plane" else X
        Z = self.network.predict(with_ones(told.astype(np.float32), np.float32))
        A = np.empty_like(Z)
        self.architecture.the_head.answer(Z, A)
        answers = A.astype(np.float64)
        return answers if self.target is None else (answers - self.target.offset) / self.target.factor


def feature_labels(names: tuple[str, ...]) -> str:
    """Features as they are written on screen: `x₁, x₂, sin x₁`."""
    return ", ".join(FEATURES[name].label for name in names)


def _scales(scale: Scale) -> bool:
    return (scale.factor, scale.offset) != (1.0, 0.0)


def middle_of(scale: Scale) -> float:
    """The user's own number that the network knows as 0; 0 and never −0."""
    return 0.0 - scale.offset / scale.factor
