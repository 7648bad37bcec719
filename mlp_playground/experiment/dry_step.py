"""What the very next step of a run would change, found on a copy: the run itself is not touched."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.batches import Batches, batch_size
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.stepper import Stepper
from mlp_playground.experiment.streams import ORDER, Streams
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.optimizers import recall


class _DryStep(Stepper):
    """A run that makes one step by the one minibatch that it holds."""

    def __init__(self, frame: Frame, material: Material) -> None:
        self.epoch, self._progress = frame.epoch, frame.progress
        self._streams = Streams(frame.config.seed, frame.generators, frame.epoch)
        chosen = self._next_batch(frame, material)
        one = Batches(material.X.T[chosen].T, material.Y.T[chosen].T, len(chosen))
        self._use(frame.config, material, frame.theta, one)
        recall(self._rule, frame.memory or {})

    @property
    def progress(self) -> float:
        """That of the run, by which a schedule goes."""
        return self._progress

    def _next_batch(self, frame: Frame, material: Material) -> NDArray[np.int64]:
        """The training samples of the run's next minibatch."""
        size = batch_size(frame.config.training.batch_size, material.n_train)
        order = frame.order if frame.position else None
        if order is None:
            order = self._streams.draw_from(ORDER).permutation(material.n_train)
        return order[frame.position * size : (frame.position + 1) * size]

    def stepped(self) -> Array:
        """The parameters (n_parameters,) after the step."""
        self.check_can_learn()
        self._batches.arrange(self._batches.order)  # as they are
        with np.errstate(over="ignore", invalid="ignore"):
            self._learn(*self._minibatches[0])
        return self.network.theta


def dry_step(frame: Frame, material: Material) -> Array | None:
    """The parameters (n_parameters,) that the run would have one minibatch after `frame`, to the bit.

    None where that can't be told, as the frame lacks the optimizer's memory. Raises Diverged where the step would, and
    InvalidValue for a network that can't learn.
    """
    return None if frame.memory is None else _DryStep(frame, material).stepped()
