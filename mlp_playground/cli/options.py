"""The options of `train` as a table: what each may be, and which field of the experiment it sets."""

from __future__ import annotations

from argparse import Namespace
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlp_playground.cli.film import add_length
from mlp_playground.cli.looks import add_looks
from mlp_playground.cli.parser import Parser
from mlp_playground.cli.values import Kind, column, columns, field, number, one_of, some_of, widths
from mlp_playground.data.features import FEATURES
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import (
    DATA_NAMES,
    DIGITS_EPOCHS,
    MAX_LAYERS,
    MAX_NEURONS,
    MNIST,
    MNIST_FULL,
    OWN,
    DataConfig,
    ExperimentConfig,
    NetworkConfig,
    TrainingConfig,
)
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import AUTO, INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES

DATA = tuple(name for name in DATA_NAMES if name not in (MNIST_FULL, OWN))
ALLOWED_DATA = f"{', '.join(DATA)}, or a folder with the four files of the full MNIST, or a CSV file of yours"
FIRST_DATA = DATA[0]
SCALED = tuple(each.name for each in INITIALIZERS.values() if each.scaled)
TAKING = {option: tuple(each.name for each in TOYS.values() if option in each.options) for option in ("turns", "bits")}
"""Which data each option of their own is for."""


@dataclass(frozen=True)
class Option:
    """One option: its name, what it may be, and what it means. `place` is its field in the experiment, part first."""

    name: str
    kind: Kind
    words: str
    place: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """How a message of the experiment calls it: `training learning rate`."""
        return " ".join(self.place).replace("_", " ")


def _text(allowed: str) -> Kind:
    return Kind(allowed, str)


TABLE = (
    Option("--data", _text(ALLOWED_DATA), "the samples"),
    Option("--target", column(), "what to predict from a CSV file, usually its last column"),
    Option("--inputs", columns(), "what to predict it from, usually all other columns of numbers"),
    Option("--task", one_of(("classify", "regress")), "tell the target's values apart, or predict it as a number"),
    Option("--hidden", widths(MAX_LAYERS, MAX_NEURONS), "neurons of each hidden layer", ("network", "hidden")),
    Option(
        "--activation",
        some_of(ACTIVATIONS, "one name for all hidden layers, or one for each, such as relu,tanh"),
        "activation function",
        ("network", "activations"),
    ),
    Option("--optimizer", one_of(OPTIMIZERS), "how a gradient becomes a step", ("training", "optimizer")),
    Option("--lr", field(TrainingConfig, "learning_rate"), "learning rate", ("training", "learning_rate")),
    Option(
        "--batch",
        field(TrainingConfig, "batch_size"),
        "samples in a minibatch, 0 for all at once",
        ("training", "batch_size"),
    ),
    Option(
        "--epochs",
        field(TrainingConfig, "planned_epochs"),
        "how often to learn from every sample",
        ("training", "planned_epochs"),
    ),
    Option("--noise", field(DataConfig, "noise"), "how far points stray", ("data", "noise")),
    Option("--samples", field(DataConfig, "samples"), "points, train and test together", ("data", "samples")),
    Option("--test-share", field(DataConfig, "test_share"), "share of the points kept to test", ("data", "test_share")),
    Option("--turns", field(DataConfig, "turns"), "how often each of a spiral's arms goes around", ("data", "turns")),
    Option("--bits", field(DataConfig, "bits"), "how many bits parity counts", ("data", "bits")),
    # the experiment itself reads yes and no as true and false
    Option("--deskew", one_of(("yes", "no")), "straighten slanted digits", ("data", "deskew")),
    Option("--features", some_of(FEATURES, "one or more of"), "what the network sees of a point", ("features",)),
    Option("--init", one_of((AUTO, *INITIALIZERS)), "initializer", ("network", "initializer")),
    Option(
        "--init-scale",
        field(NetworkConfig, "initializer_scale"),
        "for --init normal the standard deviation, uniform the bound, constant the weight",
        ("network", "initializer_scale"),
    ),
    Option("--loss", one_of((AUTO, *HEADS)), "auto is the usual one for the data", ("training", "loss")),
    Option("--schedule", one_of(SCHEDULES), "learning rate over the epochs", ("training", "schedule")),
    Option("--clip", field(TrainingConfig, "clip_norm"), "longest gradient, 0 for any", ("training", "clip_norm")),
    Option("--l1", field(TrainingConfig, "l1"), "rate of the L1 penalty", ("training", "l1")),
    Option("--l2", field(TrainingConfig, "l2"), "rate of the L2 penalty", ("training", "l2")),
    Option(
        "--dropout",
        field(TrainingConfig, "dropout"),
        "share of the hidden neurons that are silent in each step",
        ("training", "dropout"),
    ),
    Option("--seed", field(ExperimentConfig, "seed"), "for points, first weights and sample order", ("seed",)),
    Option("--until-test-accuracy", number(float, 0, 1), "stop once this share of the test samples is right"),
    Option("--save", _text("a file"), "write the experiment with its weights, for the window and for export"),
)

DEFAULTS: Mapping[str, Any] = {"--data": FIRST_DATA, "--epochs": 200, "--seed": 0}
"""For the rest the window's own defaults hold."""


def read(arguments: Sequence[str]) -> tuple[dict[str, Any], Namespace]:
    """The values of the table's options that were given, by name, and all others. Raises InvalidValue."""
    found: Namespace = _parser().parse_args(_joined(arguments))
    texts = {option: getattr(found, option.name) for option in TABLE}
    return {o.name: o.kind.of(o.name, text) for o, text in texts.items() if text is not None}, found


def _joined(arguments: Sequence[str]) -> Iterator[str]:
    """`--init-scale -1e-3` as `--init-scale=-1e-3`: argparse would take such a number for another option."""
    names = {option.name for option in TABLE}
    rest = deque(arguments)
    while rest:
        each = rest.popleft()
        has_value = each in names and rest and not rest[0].startswith("--")
        yield f"{each}={rest.popleft()}" if has_value else each


def _default(name: str) -> str:
    """What holds for an option that is left out, in brackets, where it is not the window's default."""
    if name not in DEFAULTS:
        return ""
    digits = f", for MNIST {DIGITS_EPOCHS[MNIST]}, for the full one {DIGITS_EPOCHS[MNIST_FULL]}"
    digits = digits if name == "--epochs" else ""
    return f" (default: {DEFAULTS[name]}{digits})"


def _parser() -> Parser:
    parser = Parser("train", "Train a network without a window.")
    for option in TABLE:
        text = f"{option.words}: {option.kind.allowed}{_default(option.name)}".replace("%", "%%")
        parser.add_argument(option.name, dest=option.name, help=text, metavar=option.name[2:].upper())
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    words = (
        "write a picture, as often as you like: FILE.png, FILE.svg or FILE.pdf, or a film of the run: FILE.gif or "
        "FILE.webp; `export --help` lists the views"
    )
    parser.add_argument("--export", action="append", default=[], metavar="[VIEW=]FILE", help=words)
    add_looks(parser)
    add_length(parser)
    return parser
