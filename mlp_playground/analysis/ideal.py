"""The picture that a neuron would like best, found uphill from noise along its sum's gradient (Erhan et al., 2009)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.excitement import Cell
from mlp_playground.nn.arrays import Array, frozen
from mlp_playground.nn.network import Network
from mlp_playground.registry import Registry

STEPS = 240
"""Of a climb: what comes after them can't be seen."""
FIRST_STEP, LAST_STEP = 0.03, 0.01
"""How far the average pixel is moved by the first step and the last one, of the way from blank to full ink."""
NOISE = 0.4
"""The most ink of a pixel at the start."""


@dataclass(frozen=True)
class Smoothing:
    """What holds a picture back while it climbs, each in units of the average pixel's gradient: what ink costs
    everywhere (`thrift`) and where there is much already (`decay`), and how strongly a pixel is drawn to the four
    beside it (`blur`)."""

    name: str
    label: str
    words: str
    thrift: float = 0.0
    decay: float = 0.0
    blur: float = 0.0


SMOOTHINGS: Registry[Smoothing] = Registry(
    "smoothing",
    Smoothing("none", "no smoothing", "Every pixel for itself: excites most, and looks like noise to us"),
    Smoothing("some", "some smoothing", "Ink costs a little, and pixels side by side stay alike", 0.4, 0.1, 2.0),
    Smoothing("much", "much smoothing", "Only broad shapes are left", 0.4, 0.1, 6.0),
)


@dataclass(frozen=True, eq=False)
class Climb:
    """A picture on its way after `step` steps: `x` (rows, columns), ink 0…1, and the neuron's sum with it (`z`) and
    before each of the last STEPS steps (`heights`). `flat`: there was no way up, as no pixel changes the sum."""

    x: NDArray[np.float32]
    z: float
    step: int = 0
    heights: tuple[float, ...] = ()
    flat: bool = False

    def __post_init__(self) -> None:
        frozen(self.x)

    @property
    def is_done(self) -> bool:
        """Whether more steps would change nothing that can be seen."""
        return self.flat or self.step >= STEPS


@np.errstate(over="ignore", invalid="ignore")
def slope(network: Network, x: Array, cell: Cell) -> tuple[float, Array]:
    """A neuron's sum z for one input `x` (n_in,), and its gradient ∂z/∂x (n_in,), by backpropagation to the input."""
    layer, neuron = cell
    folds = network.architecture.folds[:layer]
    A: Array = x[:, None]
    tape: list[tuple[Array, Array]] = []
    for W, b, fold in zip(network.W, network.b, folds, strict=False):
        Z: Array = W @ A + b[:, None]
        A = np.empty_like(Z)
        fold.apply(Z, A)
        tape.append((Z, A))
    w = network.W[layer][neuron]
    z = float(w @ A[:, 0] + network.b[layer][neuron])
    dA: Array = w[:, None]
    for W, fold, (Z, A) in zip(network.W[layer - 1 :: -1] if layer else (), folds[::-1], tape[::-1], strict=True):
        dZ = np.empty_like(Z)
        fold.chain(dA, Z, A, dZ)
        dA = W.T @ dZ
    return z, dA[:, 0]


def noise(network: Network, cell: Cell, shape: tuple[int, int], rng: np.random.Generator) -> Climb:
    """The start of a climb: pixels of little ink, each drawn by itself."""
    x = rng.uniform(0, NOISE, shape).astype(np.float32)
    return Climb(x, slope(network, x.ravel(), cell)[0])


def climb(network: Network, start: Climb, cell: Cell, smoothing: Smoothing, steps: int) -> Climb:
    """So many steps further uphill, each shorter than the one before; beyond STEPS all are of the last one's length, so
    that a picture that is done can follow a network that goes on learning."""
    x, heights = start.x, list(start.heights)
    z, gradient = slope(network, x.ravel(), cell)
    for step in range(start.step, start.step + steps):
        size = float(np.abs(gradient).mean())
        if not 0 < size < np.inf:
            return Climb(x, z, step, tuple(heights[-STEPS:]), flat=True)
        x = _step(x, gradient.reshape(x.shape) / size, smoothing, _rate(step))
        heights.append(z)
        z, gradient = slope(network, x.ravel(), cell)
    return Climb(x, z, start.step + steps, tuple(heights[-STEPS:]))


def _rate(step: int) -> float:
    return FIRST_STEP + (LAST_STEP - FIRST_STEP) * min(step / STEPS, 1.0)


def _step(x: NDArray[np.float32], pull: Array, smoothing: Smoothing, rate: float) -> NDArray[np.float32]:
    """Uphill on: what excites, minus Σ (thrift x + ½ decay x²) and ½ blur times the squared differences of pixels side
    by side."""
    edged = np.pad(x, 1, mode="edge")
    beside = edged[:-2, 1:-1] + edged[2:, 1:-1] + edged[1:-1, :-2] + edged[1:-1, 2:] - 4 * x
    pull = pull - smoothing.thrift - smoothing.decay * x + smoothing.blur * beside
    return np.clip(x + rate * pull, 0, 1).astype(np.float32)
