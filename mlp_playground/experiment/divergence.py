"""When a run leaves the numbers that a computer can hold: which layer went first, and what would help."""

from __future__ import annotations

import numpy as np

from mlp_playground.experiment.config import TrainingConfig
from mlp_playground.nn.network import Gradient, Tape


class Diverged(ArithmeticError):
    """Training left the numbers that a computer can hold. The network keeps the last finite parameters."""


def why(training: TrainingConfig, epoch: int, tape: Tape, gradient: Gradient) -> str:
    """What happened in epoch number `epoch` (from 0), told from the last pass forward and back, and what to try."""
    rate = training.learning_rate
    if rate * training.l2 > 1:
        advice = f"The L2 rate of {training.l2:g} pulls the weights beyond 0 at each step: try {0.1 / rate:g}."
    else:
        advice = f"The learning rate of {rate:g} is probably too large: try {rate / 10:g}."
    what = f"In epoch {epoch + 1} the numbers grew beyond what a computer can hold."
    return f"{what} {_first_to_go(tape, gradient)} {advice}"


def _first_to_go(tape: Tape, gradient: Gradient) -> str:
    """The layer whose numbers were the first to leave what float32 can hold, on the way forward or then back."""
    last = len(tape.Z)
    names = [f"layer {l + 1}" for l in range(last - 1)] + ["the output layer"]
    for name, Z in zip(names, tape.Z, strict=True):
        if not np.isfinite(Z).all():
            return f"The sums of {name} were the first."
    for name, block in zip(names[::-1], gradient.blocks[::-1], strict=True):
        if not np.isfinite(block).all():
            return f"The gradients of {name} were the first."
    return "The gradients of all layers together were too large."
