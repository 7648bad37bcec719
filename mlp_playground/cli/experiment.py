"""From the options of `train` to an experiment. What can't apply is refused and never passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mlp_playground.cli.options import DATA, DEFAULTS, SCALED, TABLE, TAKING
from mlp_playground.cli.values import alternatives
from mlp_playground.data.toy import TOYS
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import (
    DATA_NAMES,
    DIGITS_DEFAULT,
    DIGITS_EPOCHS,
    MNIST_FULL,
    ExperimentConfig,
    parse,
)
from mlp_playground.experiment.trainer import Trainer

Given = Mapping[str, Any]
"""The values of the options that were typed, by the options' names."""

ONLY_FOR_POINTS = ("--samples", "--noise", "--test-share", "--features")
ONLY_FOR_DIGITS = ("--deskew",)


def start(given: Given) -> Trainer:
    """A trainer at the experiment that the options ask for. Raises InvalidValue, which names an option, or OSError."""
    with _options_named():
        trainer = Trainer(_config(given))
        trainer.check_can_learn()
        return trainer


def _config(given: Given) -> ExperimentConfig:
    name, folder = _data(given.get("--data", DEFAULTS["--data"]))
    _refuse_what_cannot_apply(given, name)
    base = ExperimentConfig() if name in TOYS else DIGITS_DEFAULT
    epochs = {} if name in TOYS else {"--epochs": DIGITS_EPOCHS[name]}
    given = {**DEFAULTS, **epochs, **given}
    content = base.model_dump()
    content["data"] |= {"name": name, "folder": folder, "seed": given["--seed"]}
    for option in TABLE:
        if option.place and option.name in given:
            *part, key = option.place
            (content[part[0]] if part else content)[key] = given[option.name]
    network = content["network"]
    network["activations"] = _activations(given, len(network["hidden"]), network["activations"][0])
    return parse(content)


def _data(text: str) -> tuple[str, str | None]:
    """Name and folder of the samples."""
    if text in DATA_NAMES:
        return text, None
    if not text or not Path(text).is_dir():  # Path("") is the present folder
        raise InvalidValue("--data", text, f"{', '.join(DATA)}, or a folder with the four files of the full MNIST")
    return MNIST_FULL, str(Path(text).resolve())


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


def _refuse_what_cannot_apply(given: Given, data: str) -> None:
    if data not in TOYS:
        for option in ONLY_FOR_POINTS:
            _refuse(given, option, f"left out with --data {given['--data']}: it is for points in the plane")
    else:
        for option in ONLY_FOR_DIGITS:
            _refuse(given, option, f"left out with --data {data}: it is for handwritten digits")
        if TOYS[data].task == "regression":
            why = "answers are numbers, not right or wrong"
            _refuse(given, "--until-test-accuracy", f"left out with --data {data}: {why}")
        if TOYS[data].space != "plane":
            _refuse(given, "--features", f"left out with --data {data}: it is for points in the plane")
    for option, takers in TAKING.items():
        if data not in takers:
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
