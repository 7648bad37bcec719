"""Examples to open and try: for each thing that networks can do, or that goes wrong, an experiment that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mlp_playground.experiment.config import (
    DIGITS_DEFAULT,
    DIGITS_EPOCHS,
    MNIST_FULL,
    DataConfig,
    ExperimentConfig,
    NetworkConfig,
    TrainingConfig,
)
from mlp_playground.nn.initializers import AUTO
from mlp_playground.registry import Registry


@dataclass(frozen=True)
class Example:
    """One experiment, at its start. What `words` say of it holds after `epochs`, when its picture is taken.

    `watch` says what to look at and what to try next.
    """

    name: str
    title: str
    words: str
    watch: str
    config: ExperimentConfig
    epochs: int


def _experiment(
    data: DataConfig,
    *hidden: int,
    activation: str = "tanh",
    features: tuple[str, ...] = ("x1", "x2"),
    initializer: str = AUTO,
    scale: float = 0.5,
    **training: Any,
) -> ExperimentConfig:
    """One seed, the data's, draws everything."""
    network = NetworkConfig(
        hidden=hidden,
        activations=(activation,) * len(hidden),
        initializer=initializer,
        initializer_scale=scale,
    )
    return ExperimentConfig(
        data=data, features=features, network=network, training=TrainingConfig(**training), seed=data.seed
    )


_SAME_BUDGET: dict[str, Any] = {"activation": "relu", "learning_rate": 0.003, "batch_size": 32}
_TO_BE_PARTED_BY_A_LINE = DataConfig(name="gaussian", noise=0.1, seed=0)
_MIXED_RING = DataConfig(name="circle", noise=0.4, samples=400, test_share=0.9, seed=10)

GALLERY: Registry[Example] = Registry(
    "example",
    Example(
        "xor-one",
        "XOR, one neuron",
        "Opposite corners belong together. One neuron parts the plane along one straight line, and no line gets more "
        "than about three quarters of the points right.",
        "However long it trains, the line only turns; then add three neurons with the + above the layer.",
        _experiment(DataConfig(name="xor", seed=6), 1, activation="relu"),
        60,
    ),
    Example(
        "xor-four",
        "XOR, four neurons",
        "What one neuron can't do, four can: each folds the plane along a line of its own, and the output adds the "
        "folds up.",
        "Move over the neurons to see their folds, then take other first weights (Ctrl+R): about one start in seven "
        "gets stuck.",
        _experiment(DataConfig(name="xor", seed=6), 4, activation="relu"),
        100,
    ),
    Example(
        "circle",
        "Circle of straight pieces",
        "ReLU neurons fold along straight lines, so the border around the inner class is a polygon: six neurons give "
        "it twelve sides at most.",
        "Count the sides, then remove neurons one by one: three can still close the ring, two never can.",
        _experiment(DataConfig(name="circle", seed=0), 6, activation="relu"),
        100,
    ),
    Example(
        "gaussian",
        "No hidden layer",
        "One straight line parts these two clouds, so no hidden layer is needed: three numbers are learned, two "
        "weights and a bias.",
        "See the line turn into its place, then choose XOR: there the same network does no better than guessing.",
        _experiment(_TO_BE_PARTED_BY_A_LINE, learning_rate=0.03),
        20,
    ),
    Example(
        "spiral",
        "Spiral, three layers",
        "Two arms wound around each other. Three layers of eight neurons learn to tell them apart, and each layer "
        "bends what the one before has bent.",
        "Look through the neurons' pictures from left to right: straight edges first, then bent ones, then pieces of "
        "the arms.",
        _experiment(DataConfig(name="spiral", seed=0), 8, 8, 8),
        300,
    ),
    Example(
        "features",
        "Features, no layer",
        "Told x₁² and x₂² instead of x₁ and x₂, the output neuron alone learns the circle: where the squares are the "
        "axes, a straight line parts the classes.",
        "Three numbers are learned here; switch the squares off and x₁ and x₂ on, and they do hardly better than "
        "guessing.",
        _experiment(DataConfig(name="circle", seed=0), features=("x1^2", "x2^2")),
        60,
    ),
    Example(
        "three-arms",
        "Three spiral arms",
        "Three classes, three outputs: softmax makes them probabilities that add up to 1, and the largest gives the "
        "colour.",
        "The paler the ground, the less sure is the network; try five arms next.",
        _experiment(DataConfig(name="spiral3", seed=9), 16, 16, activation="relu"),
        200,
    ),
    Example(
        "sine",
        "Sine curve",
        "Not a class but a number is predicted here: the curve's height at x. Eight S-shaped steps, each moved and "
        "stretched, add up to a wave.",
        "Move over the neurons to see the steps; then change tanh to ReLU, and the curve gets corners.",
        _experiment(DataConfig(name="sine", noise=0.1, seed=3), 8, learning_rate=0.03),
        200,
    ),
    Example(
        "parity",
        "Parity of six bits",
        "Is the number of ones odd? Each bit turns the answer over, so none of them tells anything by itself: XOR with "
        "six inputs. Twelve neurons learn all 64 patterns.",
        "Set Bits to 10: it learns the quarter of all patterns that it is shown, and gets only some two in three of "
        "the others right.",
        _experiment(DataConfig(name="parity", bits=6, seed=0), 12, learning_rate=0.03),
        60,
    ),
    Example(
        "too-small",
        "Too small",
        "Two ReLU neurons fold the plane twice, and a border with two folds can't close: a side of the ring stays "
        "open, however long it trains.",
        "Add one neuron with the + above the layer: three folds can close the ring.",
        _experiment(DataConfig(name="circle", seed=3), 2, activation="relu"),
        100,
    ),
    Example(
        "too-wide",
        "Wide and slow",
        "One layer of 624 neurons has 2,497 numbers to learn, more than enough for the spiral. Yet after 100 epochs it "
        "does little better than guessing.",
        "Let it go on: it gets there after some 1,000 epochs, of which Deep and quick needs a tenth.",
        _experiment(DataConfig(name="spiral", seed=0), 624, **_SAME_BUDGET),
        100,
    ),
    Example(
        "deep",
        "Deep and quick",
        "Four layers of 28 neurons, with 2,549 numbers to learn: hardly more than Wide and slow has, and the same "
        "settings. After 100 epochs nearly all new points are right.",
        "Compare the two on XOR as well, where one layer is enough: there the wide network is no worse.",
        _experiment(DataConfig(name="spiral", seed=0), 28, 28, 28, 28, **_SAME_BUDGET),
        100,
    ),
    Example(
        "too-deep",
        "Too deep",
        "One line would part these clouds, but ten sigmoid layers don't find it: on its way back each layer shrinks "
        "the gradient, and less than a thousandth reaches the first.",
        "Reset and give all layers tanh or ReLU: then ten learn it within seconds, as do two of sigmoid.",
        _experiment(_TO_BE_PARTED_BY_A_LINE, *(8,) * 10, activation="sigmoid", optimizer="sgd", learning_rate=0.1),
        40,
    ),
    Example(
        "twins",
        "Twin neurons",
        "All weights begin with the same value. So these four neurons hear the same, answer the same and learn the "
        "same: together they draw one line, as one neuron would.",
        "Give one link another weight (double click), and they count as two; choose Xavier under More, and four close "
        "the ring.",
        # four: where a matrix product takes rows by fours, all of them are summed up in the same order
        _experiment(DataConfig(name="circle", seed=0), 4, initializer="constant"),
        60,
    ),
    Example(
        "saturated",
        "Weights too large",
        "First weights more than ten times too large push most answers of tanh to its flat ends, −1 and +1. There the "
        "slope is nearly 0, so the layers hardly learn.",
        "See the hard edges in the neurons' pictures, then choose Xavier under More: the same network gets all points "
        "right.",
        _experiment(
            DataConfig(name="circle", seed=0),
            *(8, 8, 8),
            initializer="normal",
            scale=5.0,
            optimizer="sgd",
            learning_rate=0.03,
        ),
        30,
    ),
    Example(
        "dead",
        "Dead ReLUs",
        "Steps that are too large have thrown most of the 16 neurons to where they answer 0 for every point. A 0 "
        "passes no gradient back, so they stay there.",
        "Their pictures are grey but for a corner at most; then reset and train with a learning rate of 0.01: none of "
        "them dies.",
        _experiment(DataConfig(name="rings", seed=2), 16, activation="relu", learning_rate=0.3),
        30,
    ),
    Example(
        "large-steps",
        "Steps too large",
        "Nothing is easier to predict than a tilted plane. But each step jumps across the bottom of the valley and "
        "lands higher on the other side: the error grows and grows.",
        "Press play, and soon the numbers are too large for a computer; then reset and take 0.1, as steps up to 0.14 "
        "go down.",
        _experiment(DataConfig(name="plane", seed=0), optimizer="sgd", learning_rate=0.2, batch_size=0),
        4,
    ),
    Example(
        "overfit",
        "Overfitting",
        "A noisy ring, 40 points to learn from, and 1,185 numbers to learn: the network gets every one of them right "
        "by drawing bays around single points, and many new ones wrong.",
        "The training loss falls towards 0, and the test loss soon turns and climbs; compare Overfitting, held back.",
        _experiment(_MIXED_RING, 32, 32),
        300,
    ),
    Example(
        "overfit-l2",
        "Overfitting, held back",
        "The same 40 points and the same network, but L2 makes large weights costly. It can't bend around single "
        "points any more: more mistakes in training, fewer on new points.",
        "Set the L2 rate to 0 while it runs, and the bays come back.",
        _experiment(_MIXED_RING, 32, 32, l2=0.03),
        300,
    ),
    Example(
        "mnist",
        "MNIST, 5,000 digits",
        "Real handwriting, 28 × 28 pixels a digit. Shown 4,000 digits ten times, the network reads more than nine in "
        "ten of 1,000 that it has never seen.",
        "Look at the digits that it gets wrong (they are framed): would you have read them?",
        DIGITS_DEFAULT,
        10,
    ),
    Example(
        "mnist-full",
        "MNIST, all 70,000",
        "60,000 digits to learn from: six epochs are enough to read 98 in 100 new ones. It needs MNIST's four files, "
        "11 MB, which the program can download once or take from a folder.",
        "See the test accuracy rise once more in the last two epochs, as the learning rate comes down to 0.",
        DIGITS_DEFAULT.changed("data", name=MNIST_FULL).changed("training", planned_epochs=DIGITS_EPOCHS[MNIST_FULL]),
        DIGITS_EPOCHS[MNIST_FULL],
    ),
)
"""In the order in which they are shown."""
