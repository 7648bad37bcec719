"""What a network makes of handwritten digits: its answers, and what each neuron looks for or fires at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.field import Levels, to_levels
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network, with_ones

SAMPLE = 1000
"""How many test digits the class profiles are averaged over: enough to be steady, few enough to be quick."""


@dataclass(frozen=True)
class DigitsField:
    """Answers for the first test digits, and pictures of the neurons.

    `probabilities` (10, k) are for the first k test digits. `weight_images` (n_1, rows, columns) are the first
    layer's weights as colour levels, each picture scaled to its own largest weight. `profiles[l]` (n_l, 10), each
    within −1…1, is every neuron's mean activation by class, relative to its largest.
    """

    probabilities: NDArray[np.float32]
    weight_images: Levels
    profiles: tuple[NDArray[np.float32], ...]


@np.errstate(over="ignore", invalid="ignore")
def observe_digits(
    network: Network, X1: Array, y: NDArray[np.int64], image_shape: tuple[int, int], k: int
) -> DigitsField:
    """Look at `network` through test digits `X1` (n_pixels + 1, N) with classes `y` (N,); answers for the first k."""
    X1, y = X1[:, :SAMPLE], y[:SAMPLE]
    n_classes = network.architecture.widths[-1]
    membership = np.eye(n_classes, dtype=np.float32)[y]
    membership /= np.maximum(membership.sum(axis=0), 1)
    profiles: list[NDArray[np.float32]] = []
    hidden, Z = network.layers(X1)
    for A in hidden:
        means = A[:-1] @ membership
        largest = np.maximum(np.abs(means).max(axis=1, keepdims=True), 1e-6)
        profiles.append(frozen((means / largest).astype(np.float32)))
    Z = Z[:, :k]
    probabilities = np.empty_like(Z)
    network.architecture.the_head.answer(Z, probabilities)
    return DigitsField(frozen(probabilities.astype(np.float32)), weight_images(network, image_shape), tuple(profiles))


def weight_images(network: Network, image_shape: tuple[int, int]) -> Levels:
    """The first layer's weights as pictures (n_1, rows, columns) in colour levels: ink on blue excites the neuron."""
    W = network.W[0].reshape(-1, *image_shape)
    return frozen(to_levels(W, np.maximum(np.abs(W).max(axis=(1, 2), keepdims=True), 1e-6)))


@dataclass(frozen=True)
class Misread:
    """Of the test digits of this moment: `answers` (N,) are what the network reads, `wrong` (m,) the places, from the
    first, of those whose answer is not the truth."""

    answers: NDArray[np.int64]
    wrong: NDArray[np.int64]


@np.errstate(over="ignore", invalid="ignore")
def misread(network: Network, X: Array, y: NDArray[np.int64]) -> Misread:
    """Which of the digits `X` (n_pixels, N) with classes `y` (N,) the network reads as others."""
    parts = [network.predict(with_ones(X[:, i : i + SAMPLE], np.float32)) for i in range(0, len(y), SAMPLE)]
    answers = np.concatenate([Z.argmax(axis=0) for Z in parts]).astype(np.int64)
    return Misread(frozen(answers), frozen(np.flatnonzero(answers != y)))
