"""What helps, as changes of the experiment: the same ones that a user could make by hand."""

from __future__ import annotations

from math import floor, log10

from mlp_playground.experiment import edits
from mlp_playground.experiment.config import MAX_NEURONS, ExperimentConfig
from mlp_playground.experiment.doctor.finding import Cure
from mlp_playground.experiment.edits import Edit
from mlp_playground.experiment.lineage import Lineage, composed, unchanged
from mlp_playground.nn.initializers import AUTO

STEP = 10
"""A learning rate that is wrong is wrong by a factor: a tenth or ten times is the next one to try."""
USUAL, PLAIN = 0.01, 0.1
"""Learning rates up to which nothing is wrong with them as such: for optimizers that scale each weight's gradient, and
for those that take it as it is."""
PLAIN_RULES = "sgd", "momentum", "nesterov"
MOVE = 5e-3
"""‖ΔW‖ / ‖W‖ of one step while there is much to learn: the gallery's healthy runs begin with 0.003 to 0.03."""
L2 = 0.03
"""Holds back 1,185 parameters that learn 40 points by heart (the gallery's example), and still lets them learn."""
WIDTH = 8
"""Neurons with which one layer closes a ring, and learns XOR, in nearly all starts."""


def learning_rate(rate: float, *, restarts: bool = False) -> Cure:
    """Another one, in one digit."""
    rate = one_digit(rate)
    again = " and start again" if restarts else ""
    return Cure(
        f"learning rate {rate:g}",
        f"Set the learning rate to {rate:g}{again}",
        lambda now: _settings(now, now.changed("training", learning_rate=rate)),
        restarts,
    )


def smaller_steps(config: ExperimentConfig, *, restarts: bool = False) -> Cure:
    """A tenth of the learning rate, or what is usual if that is still more."""
    return learning_rate(min(config.training.learning_rate / STEP, _usual(config)), restarts=restarts)


def larger_steps(config: ExperimentConfig, update: float) -> Cure:
    """So that a step moves weights by a usual share, where it moves them by `update` now: up to a learning rate that
    is usual, and ten times the present one at least."""
    rate = config.training.learning_rate
    factor = min(max(MOVE / max(update, 1e-12), STEP), STEP**4)
    return learning_rate(min(rate * factor, max(_usual(config), rate * STEP)))


def another_start(config: ExperimentConfig, instead: Cure) -> Cure:
    """What is wrong with how the run began: its first weights, or its steps; else `instead`."""
    if config.network.initializer != AUTO:
        return first_weights()
    if config.training.learning_rate > _usual(config):
        return smaller_steps(config, restarts=True)
    return instead


def _usual(config: ExperimentConfig) -> float:
    return PLAIN if config.training.optimizer in PLAIN_RULES else USUAL


def weight_decay(config: ExperimentConfig) -> Cure:
    """L2, or more of it."""
    rate = L2 if config.training.l2 < L2 else one_digit(3 * config.training.l2)
    return Cure(
        f"L2 rate {rate:g}",
        f"Make large weights costly: set the L2 rate to {rate:g}",
        lambda now: _settings(now, now.changed("training", l2=rate)),
    )


def less_weight_decay(config: ExperimentConfig) -> Cure:
    """Where L2 itself throws the weights beyond 0."""
    rate = one_digit(0.1 / config.training.learning_rate)
    return Cure(
        f"L2 rate {rate:g}",
        f"Set the L2 rate to {rate:g}, and start again",
        lambda now: _settings(now, now.changed("training", l2=rate)),
        restarts=True,
    )


def first_weights() -> Cure:
    """Random ones of the size that suits each layer's activation."""
    return Cure(
        "first weights auto",
        "Start again from random first weights of a size that suits each layer",
        lambda now: _settings(now, now.changed("network", initializer=AUTO)),
        restarts=True,
    )


def leaky(layer: int) -> Cure:
    """Lets the dead neurons of a layer hear again."""
    name = f"leaky ReLU in layer {layer + 1}"
    return Cure(name, f"Make layer {layer + 1} leaky ReLU", lambda now: edits.set_activation(now, "leaky-relu", layer))


def straight_through() -> Cure:
    """An activation that hands gradients on as they are, and first weights that suit it."""

    def edit(now: ExperimentConfig) -> Edit:
        changed = edits.set_activation(now, "leaky-relu")
        return Edit(changed.config.changed("network", initializer=AUTO), changed.lineage)

    words = "Give all layers leaky ReLU with first weights that suit it, and start again"
    return Cure("leaky ReLU and its first weights", words, edit, restarts=True)


def wider(config: ExperimentConfig) -> Cure:
    """Room for more folds: a layer where there is none, else more neurons where there are few."""
    hidden = config.network.hidden
    if not hidden:
        return Cure(f"a layer of {WIDTH} neurons", f"Add a layer of {WIDTH} neurons", _with_layer)
    width = WIDTH if min(hidden) < WIDTH else min(2 * min(hidden), MAX_NEURONS)
    where = "layer 1" if len(hidden) == 1 else "each layer"
    return Cure(f"{width} neurons in {where}", f"Widen {where} to {width} neurons", lambda now: _widened(now, width))


def _widened(now: ExperimentConfig, width: int) -> Edit:
    """With at least so many neurons in each layer."""
    result = Edit(now, _unmoved(now))
    for layer, narrow in enumerate(now.network.hidden):
        if narrow < width:
            step = edits.set_width(result.config, layer, width)
            result = Edit(step.config, composed(result.lineage, step.lineage))
    return result


def _with_layer(now: ExperimentConfig) -> Edit:
    layer = edits.insert_layer(now, 0)
    wide = edits.set_width(layer.config, 0, WIDTH)
    return Edit(wide.config, composed(layer.lineage, wide.lineage))


def _settings(now: ExperimentConfig, after: ExperimentConfig) -> Edit:
    """A change that leaves every neuron where it is."""
    return Edit(after, _unmoved(now))


def _unmoved(config: ExperimentConfig) -> Lineage:
    return unchanged((1, *config.network.hidden, 1))[1:-1]


def one_digit(number: float) -> float:
    """Rounded to its first digit: 0.0312 becomes 0.03."""
    return round(number, -floor(log10(number)))
