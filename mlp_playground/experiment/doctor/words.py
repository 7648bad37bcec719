"""How the doctor writes numbers and names."""

from __future__ import annotations

from math import isfinite

from mlp_playground.numerals import grouped, with_power

FEW = 4
"""Layers whose bars have room for a word below them."""
MANY = 100
"""Times; more than that is not worth its digits."""


def number(value: float) -> str:
    """Two digits, with a power of ten where it is far from 1."""
    if not isfinite(value):
        return "∞"
    if value == 0 or 0.01 <= abs(value) < 1000:
        return f"{float(f'{value:.1e}'):g}"
    return with_power(value)


def loss_words(value: float) -> str:
    """Three digits, as two that are alike must be told apart."""
    return f"{value:.3g}" if 1e-3 <= value < 1000 else number(value)


def percent(share: float) -> str:
    """A share of 1, or what is no number any more; what is not all or nothing is not written so."""
    if not share <= MANY:
        return f"over {grouped(MANY * 100)}\u202f%"
    whole = round(share * 100)
    if whole == 100 and share < 1:
        return "over 99\u202f%"
    if whole == 0 and share > 0:
        return "under 1\u202f%"
    return f"{whole}\u202f%"


def times(ratio: float) -> str:
    """How many times one number is another, as it is said: in two digits, as it changes all the time."""
    if 10 <= ratio < 1e6:
        return f"{grouped(float(f'{ratio:.1e}'))} times"
    return f"{number(ratio)} times"


def layer_name(layer: int) -> str:
    """Of a hidden layer, counted from 0."""
    return f"Layer {layer + 1}"


def layer_names(n: int) -> tuple[str, ...]:
    """Of the hidden layers, below bars: short ones where there are many."""
    return tuple(f"layer {layer + 1}" if n <= FEW else f"{layer + 1}" for layer in range(n))
