"""What a snapshot gives to judge its network's answers by: a confusion of classes, or residuals of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlp_playground.analysis.confusion import Confusion, Residuals, confusion, residuals
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network


@dataclass(frozen=True)
class JudgeQuestion:
    """How a moment's network answers the samples to test with, or (`train`) those that it learns from."""

    snapshot: Snapshot
    train: bool = False


def judged(question: JudgeQuestion) -> Confusion | Residuals:
    """The answer, which takes a fifth of a second for all of MNIST."""
    snapshot = question.snapshot
    data, material = snapshot.data, snapshot.material
    samples = data.train if question.train else data.test
    X = material.X_train if question.train else material.X_test
    network = Network(snapshot.architecture, snapshot.theta)
    if data.task == "regression":
        return residuals(network, X, samples.y.astype(np.float32), data.target)
    return confusion(network, X, samples.y.astype(np.int64), len(data.classes))
