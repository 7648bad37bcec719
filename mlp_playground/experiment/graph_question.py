"""What the graph of a moment is asked about: which samples are followed, and what a step by them would change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.trace.graph import graph_of
from mlp_playground.analysis.trace.passes import Trace, trace
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.example import Example
from mlp_playground.data.features import expand
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.dry_step import DryStep, next_masks, next_samples, step_from
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Network, with_ones
from mlp_playground.nn.optimizers import OPTIMIZERS

MOST_NUMBERS = 4_000_000
"""Of a graph: some 30 MB."""


class Which(Enum):
    """Which samples are followed."""

    SAMPLE = "one training sample"
    MINIBATCH = "the next minibatch"
    EXAMPLE = "the point looked at"
    HARDEST = "the training sample with the largest loss"


@dataclass(frozen=True)
class Wish:
    """`which` samples; of the training samples the `number` (from 0), or the `example`."""

    which: Which = Which.SAMPLE
    number: int = 0
    example: Example | None = None


@dataclass(frozen=True, eq=False)
class GraphQuestion:
    """A moment and what to follow through its network."""

    snapshot: Snapshot
    wish: Wish

    @property
    def frame(self) -> Frame:
        """The moment itself, to go on from."""
        return self.snapshot.at or self.snapshot.present


@dataclass(frozen=True, eq=False)
class Followed:
    """`samples` are the training samples' numbers (m,), None for an example. `step` is what the optimizer would do by
    them; None, and `why_no_step` says why there is none. `is_next`: it is just what the run will do next.
    """

    trace: Trace
    samples: NDArray[np.int64] | None
    step: DryStep | None
    why_no_step: str
    is_next: bool


def follow(question: GraphQuestion) -> Followed:
    """The answer. Raises InvalidValue where there are more numbers than anybody could hold or read."""
    snapshot, wish, frame = question.snapshot, question.wish, question.frame
    if wish.which is Which.EXAMPLE and wish.example is not None:
        x, X1, Y, samples = *_of_example(snapshot, wish.example), None
    else:
        samples = _chosen(question)
        x = snapshot.data.train.X.T[samples].T
        material = snapshot.material
        X1, Y = material.X.T[samples].T, material.Y.T[samples].T
    is_next = wish.which is Which.MINIBATCH
    masks = next_masks(frame, X1.shape[1]) if is_next else None
    graph = graph_of(
        Network(frame.architecture, frame.theta), x, Y, _features(snapshot), masks, _joining_penalty(snapshot)
    )
    step, why = _step(frame, X1, Y, silences=is_next)
    has_memory = frame.memory is not None
    return Followed(trace(graph), samples, step, why, is_next and has_memory)


def _chosen(question: GraphQuestion) -> NDArray[np.int64]:
    """The numbers of the training samples."""
    snapshot, wish = question.snapshot, question.wish
    n_train = snapshot.material.n_train
    if wish.which is Which.HARDEST:
        network = Network(snapshot.architecture, snapshot.theta)
        Z = network.predict(snapshot.material.X_train)
        losses = snapshot.architecture.the_head.losses(Z, snapshot.material.Y_train)
        return np.array([losses.argmax()])
    if wish.which is not Which.MINIBATCH:
        return np.array([min(wish.number, n_train - 1)])
    samples = next_samples(question.frame, n_train)
    numbers = len(samples) * sum(snapshot.architecture.widths) * 4
    if numbers > MOST_NUMBERS:
        allowed = "smaller for the graph, whose every number is kept: follow one sample, or choose smaller minibatches"
        raise InvalidValue("minibatch", len(samples), allowed)
    return samples


def _of_example(snapshot: Snapshot, example: Example) -> tuple[Array, Array, Array | None]:
    """Its x (n, 1), what the network hears of it (n_in + 1, 1), and its target (n_out, 1) if there is one."""
    _check_example(snapshot.data, example)
    x: Array = np.asarray(example.x, np.float32)[:, None]
    heard = expand(snapshot.config.features, x) if snapshot.data.space == "plane" else x
    if example.target is None:
        return x, with_ones(heard, np.float32), None
    regression, architecture = snapshot.data.task == "regression", snapshot.architecture
    y = np.array([example.target], np.float32) if regression else np.array([example.target], np.int64)
    Y = architecture.the_head.targets(y, architecture.widths[-1])
    return x, with_ones(heard, np.float32), Y.astype(np.float32)


def _check_example(data: Dataset, example: Example) -> None:
    """Raise InvalidValue for one of other data: a moment that is held may be of data that are gone."""
    known = example.target is None or data.task == "regression" or 0 <= example.target < max(len(data.classes), 2)
    if len(example.x) != data.n_in or not known:
        raise InvalidValue("what is looked at", example.words, "a sample of this moment's data: take the newest moment")


def _features(snapshot: Snapshot) -> tuple[str, ...] | None:
    """Those that are made of a point, if the network does not hear it as it is."""
    features = snapshot.config.features
    return features if snapshot.data.space == "plane" and features != ("x1", "x2") else None


def _joining_penalty(snapshot: Snapshot) -> float:
    """The rate of a penalty whose gradient joins the loss's; all others pull beside the step."""
    training = snapshot.config.training
    return 0.0 if OPTIMIZERS[training.optimizer].decouples else training.l2


def _step(frame: Frame, X1: Array, Y: Array | None, *, silences: bool) -> tuple[DryStep | None, str]:
    if Y is None:
        return None, "Nobody knows the right answer here, so there is no loss and nothing to learn from."
    try:
        return step_from(frame, X1, Y, silences=silences), ""
    except (InvalidValue, Diverged) as error:
        return None, f"Training would stop here: {error}"
