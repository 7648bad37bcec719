"""Activation functions: the fold that follows each layer's linear step. Without one, all layers collapse into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlp_playground.nn.arrays import Array
from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Activation:
    """One activation `a = f(z)`.

    `apply(Z, out)` writes f(Z) into `out`. `chain(dA, Z, A, out)` writes dA ∘ f′(Z) into `out`, which must not be
    `dA`; all arrays have the layer's shape (n, batch). `initializer` is what `auto` chooses for a layer that uses it.
    `low` and `high` bound what it answers (the scale of a neuron's picture); None means without a bound. Where `learns`
    is false the slope is 0 wherever there is one, and training is refused.
    """

    name: str
    label: str
    formula: str
    words: str
    initializer: str
    apply: Callable[[Array, Array], object]
    chain: Callable[[Array, Array, Array, Array], object]
    low: float | None = None
    high: float | None = None
    learns: bool = True


LEAK = 0.01
"""Leaky ReLU's slope below 0 (Maas et al., 2013)."""
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
"""λ and α of Klambauer et al. (2017), for which mean 0 and variance 1 are a fixed point."""
GELU_SCALE, GELU_CUBE = 0.7978845608028654, 0.044715
"""√(2/π) and the factor of z³ in Hendrycks and Gimpel's (2016) form with tanh."""

# constants as arrays without axes: NumPy takes a third longer to turn a Python number into one at every call
_ZERO, _HALF, _ONE = (np.array(value, np.float32) for value in (0.0, 0.5, 1.0))


def _relu(Z: Array, out: Array) -> None:
    np.maximum(Z, _ZERO, out=out)


def _relu_chain(dA: Array, _Z: Array, A: Array, out: Array) -> None:
    # the sign of a rectified number is 1 or 0: the slope, without a mask of another type
    np.sign(A, out)
    np.multiply(out, dA, out)


def _tanh_chain(dA: Array, _Z: Array, A: Array, out: Array) -> None:
    np.multiply(A, A, out)
    np.subtract(_ONE, out, out)
    np.multiply(out, dA, out)


def sigmoid(Z: Array, out: Array) -> None:
    """Write 1 / (1 + e^−Z) into `out`, as (1 + tanh(Z / 2)) / 2, which can't overflow."""
    np.multiply(Z, _HALF, out)
    np.tanh(out, out)
    np.add(out, _ONE, out)
    np.multiply(out, _HALF, out)


def _sigmoid_chain(dA: Array, _Z: Array, A: Array, out: Array) -> None:
    np.subtract(_ONE, A, out)
    np.multiply(out, A, out)
    np.multiply(out, dA, out)


def _linear(Z: Array, out: Array) -> None:
    np.copyto(out, Z)


def _linear_chain(dA: Array, _Z: Array, _A: Array, out: Array) -> None:
    np.copyto(out, dA)


def _leaky(Z: Array, out: Array) -> None:
    np.multiply(Z, LEAK, out)
    np.maximum(out, Z, out=out)


def _leaky_chain(dA: Array, Z: Array, _A: Array, out: Array) -> None:
    np.multiply(dA, LEAK, out)
    np.copyto(out, dA, where=Z > 0)


def _elu(Z: Array, out: Array) -> None:
    np.minimum(Z, _ZERO, out=out)
    np.expm1(out, out)
    np.copyto(out, Z, where=Z > 0)


def _elu_chain(dA: Array, Z: Array, A: Array, out: Array) -> None:
    np.add(A, _ONE, out)  # for z < 0: eᶻ = f + 1
    np.multiply(out, dA, out)
    np.copyto(out, dA, where=Z > 0)


def _selu(Z: Array, out: Array) -> None:
    np.minimum(Z, _ZERO, out=out)
    np.expm1(out, out)
    np.multiply(out, SELU_ALPHA, out)
    np.copyto(out, Z, where=Z > 0)
    np.multiply(out, SELU_SCALE, out)


def _selu_chain(dA: Array, Z: Array, A: Array, out: Array) -> None:
    np.add(A, SELU_SCALE * SELU_ALPHA, out)  # for z < 0: λα eᶻ = f + λα
    np.copyto(out, SELU_SCALE, where=Z > 0)
    np.multiply(out, dA, out)


def _gelu(Z: Array, out: Array) -> None:
    _gelu_gate(Z, out)
    np.multiply(out, Z, out)


def _gelu_gate(Z: Array, out: Array) -> None:
    """(1 + tanh(√(2/π)(z + 0.044715 z³))) / 2: the share of z that passes."""
    np.multiply(Z, Z, out)
    np.multiply(out, GELU_CUBE, out)
    np.add(out, _ONE, out)
    np.multiply(out, Z, out)
    np.multiply(out, GELU_SCALE, out)
    np.tanh(out, out)
    np.add(out, _ONE, out)
    np.multiply(out, _HALF, out)


def _gelu_chain(dA: Array, Z: Array, _A: Array, out: Array) -> None:
    # f = z g(u) with g = (1 + tanh u) / 2, so f′ = g + z · 2 g (1 − g) · u′
    _gelu_gate(Z, out)
    inner = GELU_SCALE * (1 + 3 * GELU_CUBE * Z * Z)
    np.add(out, 2 * Z * out * (1 - out) * inner, out)
    np.multiply(out, dA, out)


def _silu(Z: Array, out: Array) -> None:
    sigmoid(Z, out)
    np.multiply(out, Z, out)


def _silu_chain(dA: Array, Z: Array, A: Array, out: Array) -> None:
    sigmoid(Z, out)
    np.add(out, A * (1 - out), out)  # f′ = σ + f (1 − σ)
    np.multiply(out, dA, out)


def _softplus(Z: Array, out: Array) -> None:
    np.logaddexp(_ZERO, Z, out)


def _softplus_chain(dA: Array, Z: Array, _A: Array, out: Array) -> None:
    sigmoid(Z, out)
    np.multiply(out, dA, out)


def _sign(Z: Array, out: Array) -> None:
    np.copyto(out, _ONE)
    np.copyto(out, -_ONE, where=Z < 0)


def _sign_chain(_dA: Array, _Z: Array, _A: Array, out: Array) -> None:
    np.copyto(out, _ZERO)


def silenced(fold: Activation, neurons: Sequence[int]) -> Activation:
    """`fold` for a layer whose `neurons` answer 0 whatever they hear, for arrays (n, batch)."""
    off = list(neurons)

    def apply(Z: Array, out: Array) -> None:
        fold.apply(Z, out)
        out[off] = 0

    def chain(dA: Array, Z: Array, A: Array, out: Array) -> None:
        fold.chain(dA, Z, A, out)
        out[off] = 0  # what they hear has no effect, so nothing is learned of it

    return replace(fold, apply=apply, chain=chain)


ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    Activation(
        "tanh",
        "tanh",
        "tanh(z)",
        "An S-shaped curve from −1 to +1: smooth, and flat far from its line.",
        "xavier",
        np.tanh,
        _tanh_chain,
        -1.0,
        1.0,
    ),
    Activation(
        "relu",
        "ReLU",
        "max(0, z)",
        "Zero on one side of its line and straight on the other: it folds space along that line.",
        "he",
        _relu,
        _relu_chain,
        0.0,
    ),
    Activation(
        "leaky-relu",
        "leaky ReLU",
        "z if z > 0, else 0.01 z",
        "ReLU that lets a hundredth through on its far side, so that no neuron can die.",
        "he",
        _leaky,
        _leaky_chain,
    ),
    Activation(
        "elu",
        "ELU",
        "z if z > 0, else exp(z) − 1",
        "Straight on one side, a soft landing at −1 on the other (Clevert et al., 2016).",
        "he",
        _elu,
        _elu_chain,
    ),
    Activation(
        "selu",
        "SELU",
        "1.0507 · (z if z > 0, else 1.6733 (exp(z) − 1))",
        "ELU scaled so that signals keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017).",
        "lecun",
        _selu,
        _selu_chain,
    ),
    Activation(
        "gelu",
        "GELU",
        "z (1 + tanh(√(2/π) (z + 0.0447 z³))) / 2",
        "A ReLU with a rounded corner and a small dip (Hendrycks and Gimpel, 2016; the form with tanh).",
        "he",
        _gelu,
        _gelu_chain,
    ),
    Activation(
        "silu",
        "SiLU",
        "z / (1 + exp(−z))",
        "Also called swish: z times its own sigmoid, smooth everywhere, with a small dip.",
        "he",
        _silu,
        _silu_chain,
    ),
    Activation(
        "softplus",
        "softplus",
        "log(1 + exp(z))",
        "ReLU with its corner rounded off: always above 0, and its slope is the sigmoid.",
        "he",
        _softplus,
        _softplus_chain,
        0.0,
    ),
    Activation(
        "sigmoid",
        "sigmoid",
        "1 / (1 + exp(−z))",
        "An S-shaped curve from 0 to 1: a soft switch, whose slope is never more than a quarter.",
        "xavier",
        sigmoid,
        _sigmoid_chain,
        0.0,
        1.0,
    ),
    Activation(
        "linear",
        "linear",
        "z",
        "No fold at all: however many such layers, together they are one layer.",
        "xavier",
        _linear,
        _linear_chain,
    ),
    Activation(
        "sign",
        "sign (step)",
        "+1 if z ≥ 0, else −1",
        "The first artificial neurons' all or nothing. Its slope is 0 everywhere, so gradients can't teach through it.",
        "xavier",
        _sign,
        _sign_chain,
        -1.0,
        1.0,
        learns=False,
    ),
)
