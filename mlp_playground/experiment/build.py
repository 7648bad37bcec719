"""From the experiment as a value to what a trainer needs: the samples as matrices and the network's architecture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from mlp_playground.data import mnist, toy
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.download import mnist_folder
from mlp_playground.data.features import expand
from mlp_playground.experiment.config import MNIST, DataConfig, ExperimentConfig
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, initial, with_ones


@dataclass(frozen=True)
class Material:
    """What training works on: the samples, the architecture that fits them, and both as float32 matrices.

    `X_…` (n_in + 1, N) are features or pixels with a row of ones below; `Y_…` (n_out, N) the targets.
    """

    data: Dataset
    architecture: Architecture
    X_train: Array
    Y_train: Array
    X_test: Array
    Y_test: Array


@lru_cache(maxsize=2)
def dataset(data: DataConfig) -> Dataset:
    """The samples that `data` names. Raises InvalidValue or OSError if the files of the full MNIST can't be read."""
    if data.name == MNIST:
        return mnist.load_sample()
    if data.is_digits:
        return mnist.load_folder(Path(data.folder) if data.folder else mnist_folder())
    return toy.make(data.name, data.samples, data.noise, data.test_share, data.seed)


def architecture(config: ExperimentConfig, data: Dataset) -> Architecture:
    """The network's shape: inputs from the features (or pixels), outputs from the classes."""
    n_in = data.n_in if data.image_shape else len(config.features)
    n_out = len(data.classes) if data.task == "classes" else 1
    return Architecture((n_in, *config.network.hidden, n_out), config.network.activations, data.task)


def inputs(config: ExperimentConfig, data: Dataset, samples: Samples) -> Array:
    """What the network sees of `samples`: features or pixels with a row of ones, (n_in + 1, N), float32."""
    return with_ones(samples.X if data.image_shape else expand(config.features, samples.X), np.float32)


def material(config: ExperimentConfig) -> Material:
    """All of it for `config`. Raises as `dataset` does."""
    data = dataset(config.data)
    shape = architecture(config, data)
    targets, n_out = shape.the_head.targets, shape.widths[-1]
    return Material(
        data,
        shape,
        inputs(config, data, data.train),
        targets(data.train.y, n_out).astype(np.float32),
        inputs(config, data, data.test),
        targets(data.test.y, n_out).astype(np.float32),
    )


def first_parameters(config: ExperimentConfig, shape: Architecture) -> Array:
    """The initial weights that the seed stands for: always the same for the same config."""
    names = [config.network.initializer] * (len(shape.widths) - 1)
    return initial(shape, names, np.random.default_rng([config.seed, 2]))
