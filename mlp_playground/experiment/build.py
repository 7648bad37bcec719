"""From the experiment as a value to what a trainer needs: the samples as matrices and the network's architecture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from mlp_playground.data import mnist, own, toy
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.download import mnist_folder
from mlp_playground.data.features import expand
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import MNIST, DataConfig, ExperimentConfig
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import AUTO
from mlp_playground.nn.network import Architecture, initial, with_ones


@dataclass(frozen=True)
class Material:
    """What training works on: the samples, the architecture that fits them, and both as float32 matrices.

    `X` (n_in + 1, N) are features or pixels with a row of ones below, `Y` (n_out, N) the targets: first all samples for
    training, then those for testing. Both are read-only, as snapshots have them too.
    """

    data: Dataset
    architecture: Architecture
    X: Array
    Y: Array

    @cached_property
    def n_train(self) -> int:
        """How many of the columns are for training."""
        return len(self.data.train)

    @cached_property
    def X_train(self) -> Array:
        """The training samples' columns of `X`: a view."""
        return self.X[:, : self.n_train]

    @cached_property
    def Y_train(self) -> Array:
        """The training samples' columns of `Y`: a view."""
        return self.Y[:, : self.n_train]

    @cached_property
    def X_test(self) -> Array:
        """The test samples' columns of `X`: a view."""
        return self.X[:, self.n_train :]


@lru_cache(maxsize=2)
def dataset(data: DataConfig) -> Dataset:
    """The samples that `data` names. Raises InvalidValue if they can't be trained with, and InvalidValue or OSError if
    the files of the full MNIST can't be read."""
    if data.own_in_use is not None:
        return own.make(data.own_in_use, data.noise, data.test_share, data.seed)
    if data.name == MNIST:
        return mnist.load_sample(deskewed=data.deskew)
    if data.is_digits:
        return mnist.load_folder(_digits_folder(data), deskewed=data.deskew)
    return toy.make(data.name, data.samples, data.noise, data.test_share, data.seed, data.turns, data.bits)


def _digits_folder(data: DataConfig) -> Path:
    """Where the files are: an experiment from another machine may name a folder that this one lacks."""
    named = Path(data.folder) if data.folder else mnist_folder()
    return named if named.is_dir() or not mnist.is_mnist_folder(mnist_folder()) else mnist_folder()


def architecture(config: ExperimentConfig, data: Dataset) -> Architecture:
    """The network's shape: inputs from the features (or pixels), outputs from the classes.

    Raises InvalidValue for a loss that is not for such data.
    """
    n_in = len(config.features) if data.space == "plane" else data.n_in
    n_out = len(data.classes) if data.task == "classes" else 1
    name = data.task if config.training.loss == AUTO else config.training.loss
    if HEADS[name].task != data.task:
        allowed = [head.name for head in HEADS.values() if head.task == data.task]
        raise InvalidValue("loss", name, " or ".join([AUTO, *allowed]) + " for these data")
    return Architecture((n_in, *config.network.hidden, n_out), config.network.activations, name, config.network.off)


def material(config: ExperimentConfig) -> Material:
    """All of it for `config`. Raises as `dataset` does."""
    data = dataset(config.data)
    shape = architecture(config, data)
    train, test = (expand(config.features, s.X) if data.space == "plane" else s.X for s in (data.train, data.test))
    y = np.concatenate([data.train.y, data.test.y])
    Y = np.ascontiguousarray(shape.the_head.targets(y, shape.widths[-1]), np.float32)
    return Material(data, shape, frozen(with_ones(train, np.float32, test)), frozen(Y))


def first_parameters(config: ExperimentConfig, shape: Architecture) -> Array:
    """The initial weights that the seed stands for: always the same for the same config."""
    names = [config.network.initializer] * (len(shape.widths) - 1)
    rng = np.random.default_rng([config.seed, 2])
    return initial(shape, names, rng, scale=config.network.initializer_scale)
