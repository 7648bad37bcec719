"""The user's whole experiment as one immutable value: what views show, files keep and undo goes back to."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from mlp_playground.data.dataset import Space, Task, test_count
from mlp_playground.data.features import FEATURES
from mlp_playground.data.own import OwnData
from mlp_playground.data.toy import BITS, TOYS, TURNS
from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import AUTO, INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES

MNIST, MNIST_FULL, OWN = "mnist", "mnist-full", "own"
CLASSIFY, REGRESS = "classify", "regress"
"""The two kinds of problems: tell classes apart, or predict a number."""
DATA_NAMES = (*TOYS, MNIST, MNIST_FULL, OWN)
MAX_LAYERS, MAX_NEURONS = 10, 1024

Width = Annotated[int, Field(ge=1, le=MAX_NEURONS)]
Cell = tuple[Annotated[int, Field(ge=0, le=MAX_LAYERS)], Annotated[int, Field(ge=0, le=MAX_NEURONS)]]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
OwnSamples = Annotated[InstanceOf[OwnData] | None, PlainSerializer(lambda own: own and own.description())]


class _Value(BaseModel):
    """An immutable part of an experiment. Unknown fields, NaN and infinity are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class DataConfig(_Value):
    """Which samples. `folder` holds the four IDX files of the full MNIST; None means the user's data folder.

    `own` are the samples of the name `own`, which are taken whole: `samples` counts for toy problems. With another name
    they are only kept. `turns` says how often each of the spirals' arms goes around, `bits` how many inputs parity has;
    for other data they mean nothing. `deskew` straightens slanted digits.

    As plain data `own` is its description: whoever parses them puts the samples back (`OwnData.from_description`).
    """

    name: str = "xor"
    own: OwnSamples = Field(None, validate_default=True)
    noise: float = Field(0.0, ge=0, le=0.5)
    samples: int = Field(500, ge=10, le=10_000)
    test_share: float = Field(0.5, ge=0.05, le=0.95)
    seed: Seed = 0
    turns: float = Field(TURNS, ge=0.5, le=3)
    bits: int = Field(BITS, ge=2, le=10)
    deskew: bool = False
    folder: str | None = None

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        return _choice(name, DATA_NAMES)

    @field_validator("own")
    @classmethod
    def _there(cls, own: OwnData | None, info: ValidationInfo) -> OwnData | None:
        if own is None and info.data.get("name") == OWN:
            raise ValueError("samples of your own, drawn or read from a table")
        return own

    @property
    def is_digits(self) -> bool:
        """Handwritten digits, not points in the plane."""
        return self.name in (MNIST, MNIST_FULL)

    @property
    def own_in_use(self) -> OwnData | None:
        """The user's own samples, where they are what is learned."""
        return self.own if self.name == OWN else None

    @property
    def space(self) -> Space:
        """Where the samples live."""
        if self.own_in_use is not None:
            return self.own_in_use.space
        return "pictures" if self.is_digits else TOYS[self.name].space

    @property
    def task(self) -> Task:
        """What there is to learn of a sample: one of two classes, one of several, or a number."""
        if self.own_in_use is not None:
            return self.own_in_use.task
        return "classes" if self.is_digits else TOYS[self.name].task

    @property
    def problem(self) -> str:
        """CLASSIFY or REGRESS."""
        return REGRESS if self.task == "regression" else CLASSIFY

    @property
    def n_train(self) -> int | None:
        """How many of the points are for training; None for digits, whose files say that."""
        if self.is_digits:
            return None
        n = self.samples if self.own_in_use is None else len(self.own_in_use.samples)
        return n - test_count(n, self.test_share) if n > 1 else n


class NetworkConfig(_Value):
    """The hidden layers: their widths from left to right, an activation for each, and one initializer for all.

    `frozen` neurons (layer, neuron) keep their weights while the others learn, `off` ones answer 0. Layers count from
    0; the one after the last hidden layer is the output layer, of which neurons can be frozen only.
    """

    hidden: tuple[Width, ...] = Field((1,), max_length=MAX_LAYERS)
    activations: tuple[str, ...] = ("tanh",)
    initializer: str = AUTO
    initializer_scale: float = Field(0.5, ge=-1000, le=1000)
    frozen: tuple[Cell, ...] = ()
    off: tuple[Cell, ...] = ()

    @field_validator("activations")
    @classmethod
    def _known_activations(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_choice(name, tuple(ACTIVATIONS)) for name in names)

    @field_validator("initializer")
    @classmethod
    def _known_initializer(cls, name: str) -> str:
        return _choice(name, (AUTO, *INITIALIZERS))

    @field_validator("frozen", "off")
    @classmethod
    def _known_cells(cls, cells: tuple[Cell, ...], info: ValidationInfo) -> tuple[Cell, ...]:
        hidden = info.data.get("hidden", ())
        for layer, neuron in cells:
            is_output = layer == len(hidden) and info.field_name == "frozen"  # how many there are the data know
            if not is_output and not (layer < len(hidden) and neuron < hidden[layer]):
                raise ValueError(f"neurons that there are: layer {layer + 1} has no neuron {neuron + 1}")
        return tuple(sorted(set(cells)))

    @field_validator("activations")
    @classmethod
    def _one_each(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        hidden = info.data.get("hidden", names)  # missing where the widths themselves are wrong, which is told first
        if len(names) != len(hidden):
            raise ValueError(f"one name for each hidden layer: {len(hidden)}, not {len(names)}")
        return names


class TrainingConfig(_Value):
    """How the network learns. `l1` and `l2` are the rates of the penalties, 0 for none.

    `loss` names the head, `auto` the usual one for the data. The schedule is spread over `planned_epochs`.
    `clip_norm` bounds the gradient's length, 0 for no bound. `dropout` is the share of hidden neurons that are silent
    in each step. A `batch_size` of 0 takes all training samples at once.
    """

    optimizer: str = "adam"
    learning_rate: float = Field(0.01, gt=0, le=1000)
    batch_size: int = Field(10, ge=0, le=60_000)
    l1: float = Field(0.0, ge=0, le=100)
    l2: float = Field(0.0, ge=0, le=100)
    loss: str = AUTO
    schedule: str = "constant"
    planned_epochs: int = Field(100, ge=1, le=10_000_000)
    clip_norm: float = Field(0.0, ge=0)
    dropout: float = Field(0.0, ge=0, le=0.9)

    @field_validator("schedule")
    @classmethod
    def _known_schedule(cls, name: str) -> str:
        return _choice(name, tuple(SCHEDULES))

    @field_validator("loss")
    @classmethod
    def _known_loss(cls, name: str) -> str:
        return _choice(name, (AUTO, *HEADS))

    @field_validator("optimizer")
    @classmethod
    def _known_optimizer(cls, name: str) -> str:
        return _choice(name, tuple(OPTIMIZERS))


class ExperimentConfig(_Value):
    """Data, features, network, training and the seed of the first weights and of the sample order.

    `features` count for points in the plane; digits are seen by their pixels, curves, bits and tables as they are.
    """

    data: DataConfig = DataConfig()
    features: tuple[str, ...] = Field(("x1", "x2"), min_length=1)
    network: NetworkConfig = NetworkConfig()
    training: TrainingConfig = TrainingConfig()
    seed: Seed = 0

    @field_validator("features")
    @classmethod
    def _known_features(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        chosen = {_choice(name, tuple(FEATURES)) for name in names}
        return tuple(name for name in FEATURES if name in chosen)  # one order, whichever way they were clicked

    def changed(self, part: Literal["data", "network", "training", ""] = "", /, **values: Any) -> ExperimentConfig:
        """A copy with `values` changed in `part` (or at the top), checked like a new one. Raises InvalidValue."""
        # the parts themselves, as plain data would leave out the user's own samples
        return parse(dict(self) | ({part: dict(getattr(self, part)) | values} if part else values))


def most_parameters(config: ExperimentConfig) -> int:
    """How many parameters the network could have at most: inputs and outputs depend on data that aren't there yet."""
    widths = (MAX_NEURONS, *config.network.hidden, MAX_NEURONS)
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(widths))


def parse(content: object) -> ExperimentConfig:
    """The experiment that plain data (as from JSON) describes. Raises InvalidValue naming the first wrong field."""
    return checked(ExperimentConfig, content)


Model = TypeVar("Model", bound=BaseModel)


def checked(kind: type[Model], content: object) -> Model:
    """The value of that `kind` that plain data describe. Raises InvalidValue naming the first wrong field."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise _first_wrong(error) from None


def _choice(name: str, allowed: tuple[str, ...]) -> str:
    if name not in allowed:
        raise ValueError("one of " + ", ".join(allowed))
    return name


_ALLOWED = {
    "extra_forbidden": "left out: there is no such field",
    "is_instance_of": "samples of your own, drawn or read from a table",
    "model_type": "named values",
    "tuple_type": "a list",
    "too_long": f"a list of at most {MAX_LAYERS}",
    "too_short": "a list of at least 1",
    "missing": "given",
    "dict_type": "named values",
}
"""Where pydantic's own words don't end the sentence "it must be …", or mean nothing to a user."""


def _first_wrong(error: ValidationError) -> InvalidValue:
    first = error.errors(include_url=False)[0]
    # as one would say it: training learning rate, network hidden 2 (counted from 1)
    field = " ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"]) or "experiment"
    text = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    value = None if first["type"] == "missing" else first["input"]
    shown = type(value).__name__ if isinstance(value, dict) else value
    return InvalidValue(field.replace("_", " "), shown, _ALLOWED.get(first["type"], text))


DIGITS_EPOCHS = {MNIST: 50, MNIST_FULL: 6}
"""Over so many epochs the learning rate falls to 0: about four seconds of training with the sample, eight with all."""

DIGITS_DEFAULT = ExperimentConfig(
    data=DataConfig(name=MNIST, test_share=0.2, samples=5000),
    network=NetworkConfig(hidden=(128, 64), activations=("relu", "relu")),
    training=TrainingConfig(learning_rate=0.003, batch_size=64, schedule="linear", planned_epochs=DIGITS_EPOCHS[MNIST]),
)
"""The experiment that choosing MNIST starts with: 784-128-64-10. The recipe was measured on both sets (the README's
tables): at a constant learning rate the full one stays at 97.8 %."""
