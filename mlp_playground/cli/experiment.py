"""From the options of `train` to an experiment. What can't apply is refused and never passed over."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mlp_playground.cli.options import ALLOWED_DATA, DATA, DEFAULTS, SCALED, TABLE, TAKING
from mlp_playground.cli.table import OPTIONS as ONLY_FOR_TABLES
from mlp_playground.cli.table import read_own
from mlp_playground.cli.values import alternatives
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import (
    DIGITS_DEFAULT,
    DIGITS_EPOCHS,
    MNIST_FULL,
    OWN,
    REGRESS,
    DataConfig,
    ExperimentConfig,
    parse,
)
from mlp_playground.experiment.trainer import Trainer

Given = Mapping[str, Any]
"""The values of the options that were typed, by the options' names."""

ONLY_FOR_POINTS = ("--samples", "--noise", "--test-share", "--features")
ONLY_FOR_DIGITS = ("--deskew",)


def start(given: Given) -> Trainer:
    """A trainer at the experiment that the options ask for. Raises InvalidValue, which names an option, or OSError.

    What was made of a table is told on standard error.
    """
    data, told = _data(given)
    with _options_named():
        trainer = Trainer(_config(given, data))
        trainer.check_can_learn()
    for line in told:
        print(line, file=sys.stderr)
    return trainer


def _config(given: Given, data: DataConfig) -> ExperimentConfig:
    _refuse_what_cannot_apply(given, data)
    base = DIGITS_DEFAULT if data.is_digits else ExperimentConfig()
    epochs = {"--epochs": DIGITS_EPOCHS[data.name]} if data.is_digits else {}
    given = {**DEFAULTS, **epochs, **given}
    content = base.model_dump()
    content["data"] |= {"name": data.name, "own": data.own, "folder": data.folder, "seed": given["--seed"]}
    for option in TABLE:
        if option.place and option.name in given:
            *part, key = option.place
            (content[part[0]] if part else content)[key] = given[option.name]
    network = content["network"]
    network["activations"] = _activations(given, len(network["hidden"]), network["activations"][0])
    return parse(content)


def _data(given: Given) -> tuple[DataConfig, tuple[str, ...]]:
    """The samples' name, with their folder or what is in their file, and what there is to tell of that."""
    text: str = given.get("--data", DEFAULTS["--data"])
    if text in (*DATA, MNIST_FULL):
        return DataConfig(name=text), ()
    if Path(text).is_file():
        own, told = read_own(Path(text), given)
        return DataConfig(name=OWN, own=own), told
    if not text or not Path(text).is_dir():  # Path("") is the present folder
        raise InvalidValue("--data", text, ALLOWED_DATA)
    return DataConfig(name=MNIST_FULL, folder=str(Path(text).resolve())), ()


def _activations(given: Given, layers: int, usual: str) -> tuple[str, ...]:
    """One activation for each hidden layer, from one name for all of them or from one for each."""
    names: tuple[str, ...] = given.get("--activation", (usual,))
    if "--activation" in given and layers == 0:
        raise InvalidValue("--activation", ",".join(names), "left out: there is no hidden layer")
    if len(names) not in (1, layers):
        there_are = "there is 1 hidden layer" if layers == 1 else f"there are {layers} hidden layers"
        allowed = f"one name, or one for each hidden layer: {there_are}, and these are {len(names)} names"
        raise InvalidValue("--activation", ",".join(names), allowed)
    return names * layers if len(names) == 1 else names


def _refuse_what_cannot_apply(given: Given, data: DataConfig) -> None:
    left_out = f"left out with --data {given.get('--data', DEFAULTS['--data'])}"
    if data.is_digits:
        for option in ONLY_FOR_POINTS:
            _refuse(given, option, f"{left_out}: it is for points in the plane")
    else:
        for option in ONLY_FOR_DIGITS:
            _refuse(given, option, f"{left_out}: it is for handwritten digits")
    if data.problem == REGRESS:
        _refuse(given, "--until-test-accuracy", f"{left_out}: answers are numbers, not right or wrong")
    if data.space != "plane":
        _refuse(given, "--features", f"{left_out}: it is for points in the plane")
    if data.name == OWN:
        _refuse(given, "--samples", f"{left_out}: the file is taken whole")
    else:
        for option in ONLY_FOR_TABLES:
            _refuse(given, option, "left out, or used with a CSV file as --data")
    for option, takers in TAKING.items():
        if data.name not in takers:
            _refuse(given, f"--{option}", f"left out, or used with --data {alternatives(takers)}")
    if given.get("--init") not in SCALED:
        _refuse(given, "--init-scale", f"left out, or used with --init {alternatives(SCALED)}")


def _refuse(given: Given, option: str, allowed: str) -> None:
    if option in given:
        value = given[option]
        raise InvalidValue(option, ",".join(value) if isinstance(value, tuple) else value, allowed)


@contextmanager
def _options_named() -> Iterator[None]:
    """What the experiment or its samples refuse is told by the option's name, as only that was typed."""
    try:
        yield
    except InvalidValue as error:
        option = next((name for field, name in _OPTIONS.items() if error.field.startswith(field)), error.field)
        raise InvalidValue(option, error.value, error.allowed) from error


_OPTIONS = {option.field: option.name for option in TABLE if option.place} | {
    "MNIST folder": "--data",
    "activation of layer": "--activation",
    "batch size": "--batch",
    "loss": "--loss",
    "training samples": "--samples",
}
"""How a message of the experiment or its samples begins, and the option to blame."""
