"""`mlp-playground train`: an experiment from options, its progress on standard error, its result on standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from time import perf_counter

from mlp_playground.cli.experiment import start
from mlp_playground.cli.options import read
from mlp_playground.cli.render import check_picture, check_target, draw, load_qt
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.trainer import Trainer

TELL_EVERY = 0.5
"""Seconds between two lines of progress."""


def main(arguments: Sequence[str]) -> bool:
    """Train as the options say. Returns whether it went well; raises InvalidValue or OSError before it trains."""
    given, as_json = read(arguments)
    image, save = _targets(given.get("--image"), given.get("--save"))
    trainer = start(given)
    began = perf_counter()
    diverged = _train(trainer, given.get("--until-test-accuracy"))
    _report(trainer, perf_counter() - began, bool(diverged), as_json)
    if save is not None:
        document.save(Document(trainer.moment()), save)
    if image is not None:
        draw(trainer, image)
    if diverged:
        print(f"Training diverged. {diverged}", file=sys.stderr)
    return not diverged


def _targets(image: str | None, save: str | None) -> tuple[Path | None, Path | None]:
    """Where picture and experiment go; whatever could keep them from being written is told before the training."""
    if save is not None:
        check_target("--save", save)
    if image is not None:
        check_picture(image)
        if save is not None and os.path.realpath(image) == os.path.realpath(save):
            raise InvalidValue("--image", image, "another file than that of --save")
        load_qt()
    return Path(image) if image else None, Path(save) if save else None


def _train(trainer: Trainer, until: float | None) -> str:
    """Learn for the planned epochs, or until enough test samples are right. Returns why it diverged, if it did."""
    epochs, told = trainer.config.training.planned_epochs, perf_counter()
    try:
        while trainer.epoch < epochs:
            trainer.run_epoch()
            if until is not None and (trainer.measure().test_accuracy or 0.0) >= until:
                break
            if perf_counter() - told > TELL_EVERY:
                told = perf_counter()
                _tell(trainer, epochs)
    except Diverged as error:
        return str(error)
    return ""


def _tell(trainer: Trainer, epochs: int) -> None:
    metrics = trainer.measure()
    losses = f"loss {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test"
    print(f"epoch {trainer.epoch} of {epochs}: {losses}", file=sys.stderr)


def _report(trainer: Trainer, seconds: float, diverged: bool, as_json: bool) -> None:
    metrics = trainer.measure()
    if not as_json:
        _print_text(trainer, seconds)
        return
    result = {
        "train_loss": _json_number(metrics.train_loss),
        "test_loss": _json_number(metrics.test_loss),
        "train_accuracy": metrics.train_accuracy,
        "test_accuracy": metrics.test_accuracy,
        "epochs": trainer.epoch,
        "steps": trainer.step_count,
        "seconds": round(seconds, 6),
        "parameters": trainer.material.architecture.n_parameters,
        "seed": trainer.config.seed,
        "diverged": diverged,
    }
    print(json.dumps(result, allow_nan=False))


def _print_text(trainer: Trainer, seconds: float) -> None:
    metrics, architecture = trainer.measure(), trainer.material.architecture
    shape = "–".join(str(width) for width in architecture.widths)
    print(f"network    {shape}, {architecture.n_parameters} parameters")
    print(f"trained    {trainer.epoch} epochs, {trainer.step_count} steps, {seconds:.2f} s")
    print(f"loss       {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test")
    if metrics.train_accuracy is not None and metrics.test_accuracy is not None:
        print(f"right      {metrics.train_accuracy:.1%} train, {metrics.test_accuracy:.1%} test")


def _json_number(value: float) -> float | None:
    """JSON knows no infinity: a loss too large for a number is null."""
    return value if isfinite(value) else None
