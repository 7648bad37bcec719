"""`mlp-playground train`: an experiment from options, its progress on standard error, its result on standard output."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from time import perf_counter

from mlp_playground.cli.experiment import start
from mlp_playground.cli.export import check_views, draw, load_qt
from mlp_playground.cli.film import film_wanted
from mlp_playground.cli.looks import Looks, read_looks, refuse_looks, refuse_unheard
from mlp_playground.cli.options import read
from mlp_playground.cli.progress import Progress
from mlp_playground.cli.wanted import Wanted, check_target, wanted_of
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.trainer import Trainer


def main(arguments: Sequence[str]) -> bool:
    """Train as the options say. Returns whether it went well; raises InvalidValue or OSError before it trains."""
    given, found = read(arguments)
    save = _save(given.get("--save"))
    looks = _looks(found)
    pictures = _pictures(found.export, save)
    film = film_wanted(found, pictures, looks)
    trainer = start(given)
    if looks is not None:
        refuse_unheard(found, [wanted.view for wanted in pictures])
        check_views(trainer, pictures, looks)
    began = perf_counter()
    diverged = _train(trainer, given.get("--until-test-accuracy"))
    _report(trainer, perf_counter() - began, bool(diverged), found.json)
    if save is not None:
        document.save(Document(trainer.moment()), save)
    if looks is not None:
        draw(trainer, pictures, looks, film)
    if diverged:
        print(f"Training diverged. {diverged}", file=sys.stderr)
    return not diverged


def _looks(found: Namespace) -> Looks | None:
    """How the pictures are to look, if any are wanted."""
    if not found.export:
        refuse_looks(found, "left out, or used with --export")
        return None
    load_qt()
    return read_looks(found)


def _save(save: str | None) -> Path | None:
    """Where the experiment goes; whatever could keep it from being written is told before the training."""
    if save is None:
        return None
    check_target("--save", save)
    return Path(save)


def _pictures(texts: Sequence[str], save: Path | None) -> list[Wanted]:
    """The pictures to write, each to a file of its own; what could keep them from that is told before the training."""
    pictures = [wanted_of("--export", text) for text in texts]
    taken = set() if save is None else {os.path.realpath(save)}
    for wanted in pictures:
        if os.path.realpath(wanted.path) in taken:
            raise InvalidValue("--export", str(wanted.path), "another file than the others that are written")
        taken.add(os.path.realpath(wanted.path))
    return pictures


def _train(trainer: Trainer, until: float | None) -> str:
    """Learn for the planned epochs, or until enough test samples are right. Returns why it diverged, if it did."""
    epochs, progress = trainer.config.training.planned_epochs, Progress()
    try:
        while trainer.epoch < epochs:
            trainer.run_epoch()
            if until is not None and (trainer.measure().test_accuracy or 0.0) >= until:
                break
            progress.tell(lambda: _words(trainer, epochs))
    except Diverged as error:
        return str(error)
    return ""


def _words(trainer: Trainer, epochs: int) -> str:
    metrics = trainer.measure()
    losses = f"loss {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test"
    return f"epoch {trainer.epoch} of {epochs}: {losses}"


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
