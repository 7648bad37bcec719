"""Illnesses of what comes back to the layers to learn from, and of the steps that are made of it."""

from __future__ import annotations

from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.doctor import cures
from mlp_playground.experiment.doctor.case import Case
from mlp_playground.experiment.doctor.finding import Bars, Finding, Lines
from mlp_playground.experiment.doctor.neurons import NOT_LEARNED
from mlp_playground.experiment.doctor.words import layer_names, number, times
from mlp_playground.nn.activations import ACTIVATIONS

APART, S_APART = 10.0, 100.0
"""First and last hidden layer: how many times the gradient that arrives at one may be that at the other. With ReLU and
He's first weights it hardly changes on its way. An S-shaped curve lets less than its slope through at every layer, and
tanh learns the gallery's problems with a twentieth."""
TOO_LOW, TOO_HIGH = 1e-4, 0.02
"""‖ΔW‖ / ‖W‖ of one step: a thousandth is usual. Below, thousands of steps are needed to change a weight by its own
size; above, some fifty steps turn every weight over."""
ENOUGH = 1e-3
"""Mean |∂loss/∂z| of a layer that larger steps could make use of; where less arrives, something else is wrong."""
JUMPS, JUMP = 0.25, 1.2
"""Share of the last epochs after which the loss was `JUMP` times that of the epoch before: in the gallery's healthy
runs some in a hundred while there is much left to learn."""
RECENT = 20
"""Epochs that count as the last ones."""
GROWN = 2.0
"""A loss that is so many times that of the first weights is growing beyond all bounds."""


def vanishing(case: Case) -> Finding | None:
    """Far less gradient arrives at the first hidden layer than at the last."""
    ratio = _ratio(case)
    if ratio is None or ratio * _allowed(case) >= 1 or case.wrong < NOT_LEARNED:
        return None
    arriving = [layer.arriving for layer in case.layers]
    return Finding(
        "vanishing",
        "The gradient vanishes on its way back",
        (
            ("layer 1", f"{times(1 / ratio if ratio else inf)} less than layer {len(arriving)}"),
            ("arrives there", f"{number(arriving[0])} for each sample and neuron, in the mean"),
            (f"at layer {len(arriving)}", number(arriving[-1])),
            *_moved(case, 0),
        ),
        _gradient_bars(case, 0),
        "On its way back the gradient is multiplied by each layer's weights and by the slope of its activation. Where "
        "that is less than 1 again and again, hardly anything is left for the first layers: they stay as random as "
        "they began, and the others learn from their noise.",
        cures.another_start(case.config, cures.straight_through()),
        ((0, 0),),
    )


def exploding(case: Case) -> Finding | None:
    """Far more gradient arrives at the first hidden layer than at the last."""
    ratio = _ratio(case)
    if ratio is None or ratio <= _allowed(case) or case.wrong < NOT_LEARNED:
        return None
    arriving = [layer.arriving for layer in case.layers]
    return Finding(
        "exploding",
        "The gradient explodes on its way back",
        (
            ("layer 1", f"{times(ratio)} more than layer {len(arriving)}"),
            ("arrives there", f"{number(arriving[0])} for each sample and neuron, in the mean"),
            (f"at layer {len(arriving)}", number(arriving[-1])),
            *_moved(case, 0),
        ),
        _gradient_bars(case, 0),
        "On its way back the gradient is multiplied by each layer's weights. Where that is more than 1 again and "
        "again, it grows from layer to layer: steps that are right for the last layer tear the first ones apart.",
        cures.another_start(case.config, cures.straight_through()),
        ((0, 0),),
    )


def _ratio(case: Case) -> float | None:
    """What arrives at the first hidden layer over what arrives at the last; None where there is nothing to compare."""
    arriving = [layer.arriving for layer in case.layers]
    if len(arriving) < 2 or not all(map(isfinite, arriving)) or not arriving[-1]:
        return None
    return arriving[0] / arriving[-1]


def _allowed(case: Case) -> float:
    bounded = [ACTIVATIONS[layer.activation] for layer in case.layers]
    return S_APART if any(each.low is not None and each.high is not None for each in bounded) else APART


def _gradient_bars(case: Case, ill: int) -> Bars:
    arriving = tuple(layer.arriving for layer in case.layers)
    title = "mean |∂loss/∂z| in each hidden layer"
    return Bars(title, layer_names(len(arriving)), arriving, (ill,), logarithmic=True)


def _moved(case: Case, layer: int) -> tuple[tuple[str, str], ...]:
    """How far the next step moves it, where that is known."""
    updates = case.checkup.updates
    return (
        () if updates is None else (("next step", f"moves layer 1 by {number(updates[layer])} of its weights' size"),)
    )


def divergence(case: Case) -> Finding | None:
    """The numbers have left what a computer can hold, or are on their way."""
    epochs, loss = case.curves[0], case.curves[1]
    grown = len(loss) > 2 and loss[-1] > GROWN * loss[0] and loss[-1] > loss[-2] > loss[-3]
    if not case.diverged and not grown:
        return None
    training = case.config.training
    by_decay = training.learning_rate * training.l2 > 1
    shown = np.isfinite(loss)
    return Finding(
        "divergence",
        "The loss grows without end" if not case.diverged else "The run has diverged",
        (
            ("loss", _from_to(epochs[shown], loss[shown])),
            ("learning rate", f"{training.learning_rate:g}"),
            *((("what happened", case.diverged),) if case.diverged else ()),
        ),
        Lines(
            "training and test data, epoch by epoch",
            epochs[shown],
            loss[shown],
            case.curves[2][shown],
            logarithmic=True,
        ),
        "A step goes as far as the slope says, times the learning rate. In a steep valley one that is too long lands "
        "higher on the other side, where the slope is larger still: each step is longer than the one before.",
        cures.less_weight_decay(case.config) if by_decay else cures.smaller_steps(case.config, restarts=True),
    )


def _from_to(epochs: NDArray[np.float64], loss: NDArray[np.float64]) -> str:
    if not len(loss):
        return "beyond all numbers before an epoch was over"
    return f"{loss[0]:.3g} in epoch {int(epochs[0])}, {loss[-1]:.3g} in epoch {int(epochs[-1])}"


def rate_too_low(case: Case) -> Finding | None:
    """Steps so small that nothing moves, although there is much left to learn."""
    updates = case.checkup.updates
    if updates is None or not case.has_begun or case.wrong < NOT_LEARNED or max(updates) >= TOO_LOW:
        return None
    if case.has_small_steps or min(layer.arriving for layer in case.checkup.layers) < ENOUGH:
        return None
    epochs, loss = case.curves[0], case.curves[1]
    return Finding(
        "low-rate",
        "The learning rate is too low",
        (
            ("next step", f"moves no layer by more than {number(max(updates))} of its weights' size; 0.001 is usual"),
            ("loss", _from_to(epochs, loss)),
            ("learning rate", f"{case.config.training.learning_rate:g}"),
        ),
        _update_bars(updates, TOO_LOW, number(TOO_LOW)),
        "Each step follows the slope by the learning rate times its size. These steps are so small that it would take "
        "thousands of them to change a weight by as much as it is: the way down is right, but at a snail's pace.",
        cures.larger_steps(case.config, max(updates)),
    )


def rate_too_high(case: Case) -> Finding | None:
    """Steps so large that the loss jumps up and down, although there is much left to learn."""
    updates = case.checkup.updates
    if updates is None or not case.has_begun or case.wrong < NOT_LEARNED or max(updates) <= TOO_HIGH:
        return None
    epochs, loss = case.curves[0][-RECENT:], case.curves[1][-RECENT:]
    jumps = int((loss[1:] > JUMP * loss[:-1]).sum())
    if jumps <= JUMPS * (len(loss) - 1):
        return None
    return Finding(
        "high-rate",
        "The learning rate is too high",
        (
            ("loss", f"rose by more than a fifth in {jumps} of the last {len(loss) - 1} epochs"),
            ("next step", f"moves a layer by {max(updates):.2g} of its weights' size; 0.001 is usual"),
            ("learning rate", f"{case.config.training.learning_rate:g}"),
        ),
        Lines("training and test data, the last epochs", epochs, loss, case.curves[2][-RECENT:]),
        "Steps that are too long jump across the valley instead of going down into it: the loss goes up as often as "
        "down, and what one minibatch teaches the next one throws over.",
        cures.smaller_steps(case.config),
    )


def _update_bars(updates: tuple[float, ...], limit: float, words: str) -> Bars:
    names = (*layer_names(len(updates) - 1), "out")
    ill = tuple(range(len(updates)))
    return Bars("the next step, as a share of the weights", names, updates, ill, limit, words, logarithmic=True)
