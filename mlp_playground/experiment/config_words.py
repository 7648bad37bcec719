"""What is different between two experiments, in the learner's words: what a kept run is told apart by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mlp_playground.data.features import FEATURES
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import MNIST, MNIST_FULL, OWN, DataConfig, ExperimentConfig, TrainingConfig
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import AUTO, INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.numerals import counted

NAMES = {MNIST: "MNIST (5,000 digits)", MNIST_FULL: "MNIST (all digits)", OWN: "own data"}


def differences(config: ExperimentConfig, other: ExperimentConfig) -> tuple[str, ...]:
    """How `config` differs from `other`, each as "this instead of that"; nothing where it makes no difference.

    Settings that mean nothing in either experiment, such as a spiral's turns for another problem, are passed over.
    """
    return (*_network(config, other), *_training(config, other), *_features(config, other), *_data(config, other))


def _network(config: ExperimentConfig, other: ExperimentConfig) -> Iterator[str]:
    ours, theirs = config.network, other.network
    if len(ours.hidden) != len(theirs.hidden):
        yield f"{_layers(ours.hidden)} instead of {_layers(theirs.hidden)}"
    else:
        for layer, (width, before) in enumerate(zip(ours.hidden, theirs.hidden, strict=True), 1):
            if width != before:
                yield f"{_count(width, 'neuron')} in layer {layer} instead of {before}"
    yield from _activations(ours.activations, theirs.activations)
    for name, word in (("off", "off"), ("frozen", "frozen")):
        cells, before = getattr(ours, name), getattr(theirs, name)
        if len(cells) != len(before):
            yield f"{_count(len(cells), 'neuron')} {word} instead of {len(before) or 'none'}"
        elif cells != before:
            yield f"other neurons {word}"
    yield from _initializer(config, other)


def _layers(hidden: tuple[int, ...]) -> str:
    if not hidden:
        return "no hidden layer"
    return f"{_count(len(hidden), 'hidden layer')} ({'-'.join(str(width) for width in hidden)})"


def _count(n: int, what: str) -> str:
    return f"{n or 'no'} {what}{'' if n == 1 else 's'}"


def _activations(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[str]:
    if len(ours) == len(theirs) and len(set(zip(ours, theirs, strict=True))) > 1:
        for layer, (name, before) in enumerate(zip(ours, theirs, strict=True), 1):
            if name != before:
                yield f"{ACTIVATIONS[name].label} in layer {layer} instead of {ACTIVATIONS[before].label}"
    elif set(ours) != set(theirs) and ours and theirs:
        yield f"{_labels(ours)} instead of {_labels(theirs)}"


def _labels(names: tuple[str, ...]) -> str:
    return " and ".join(ACTIVATIONS[name].label for name in dict.fromkeys(names))


def _initializer(config: ExperimentConfig, other: ExperimentConfig) -> Iterator[str]:
    ours, theirs = (
        (each.network.initializer, each.network.initializer_scale if _is_scaled(each) else None)
        for each in (config, other)
    )
    if ours != theirs:
        yield f"first weights {_first_weights(*ours)} instead of {_first_weights(*theirs)}"


def _is_scaled(config: ExperimentConfig) -> bool:
    name = config.network.initializer
    return name != AUTO and INITIALIZERS[name].scaled


def _first_weights(name: str, scale: float | None) -> str:
    label = "automatic" if name == AUTO else INITIALIZERS[name].label
    return label if scale is None else f"{label} {scale:g}"


def _rate(value: float) -> str:
    return f"{value:g}" if value else "none"


TRAINING: dict[str, tuple[str, Callable[[Any], str]]] = {
    "optimizer": ("", lambda name: OPTIMIZERS[name].label),
    "learning_rate": ("learning rate", lambda value: f"{value:g}"),
    "batch_size": ("batch size", lambda size: str(size or "all")),
    "l1": ("L1 rate", _rate),
    "l2": ("L2 rate", _rate),
    "loss": ("loss", lambda name: "automatic" if name == AUTO else HEADS[name].label),
    "schedule": ("schedule", lambda name: SCHEDULES[name].label),
    "planned_epochs": ("planned epochs", str),
    "clip_norm": ("clipping", _rate),
    "dropout": ("dropout", lambda share: f"{100 * share:g}\u202f%" if share else "none"),
}
"""Of each field of a TrainingConfig what it is called and how its values are written."""


def _training(config: ExperimentConfig, other: ExperimentConfig) -> Iterator[str]:
    for field, (name, text) in TRAINING.items():
        if field == "planned_epochs" and not (_has_plan(config.training) or _has_plan(other.training)):
            continue
        yield from _told(name, getattr(config.training, field), getattr(other.training, field), text)


def _has_plan(training: TrainingConfig) -> bool:
    return training.schedule != "constant"


def _told(name: str, value: object, before: object, text: Callable[[Any], str]) -> Iterator[str]:
    if value != before:
        yield f"{name} {text(value)} instead of {text(before)}".strip()


def _features(config: ExperimentConfig, other: ExperimentConfig) -> Iterator[str]:
    """Of points in the plane; what else there is the network sees as it is."""
    if config.features == other.features or "plane" not in (config.data.space, other.data.space):
        return
    more = [FEATURES[name].label for name in config.features if name not in other.features]
    less = [FEATURES[name].label for name in other.features if name not in config.features]
    parts = [f"{word} {', '.join(labels)}" for word, labels in (("with", more), ("without", less)) if labels]
    yield " and ".join(parts)


def _data(config: ExperimentConfig, other: ExperimentConfig) -> Iterator[str]:
    ours, theirs = config.data, other.data
    if ours.name != theirs.name:
        yield f"{_called(ours)} instead of {_called(theirs)}"
    elif ours.own_in_use != theirs.own_in_use:
        yield "other own data"
    yield from _points(ours, theirs)
    if ours.is_digits and theirs.is_digits:
        yield from _told("digits", ours.deskew, theirs.deskew, lambda on: "straightened" if on else "as they were")
        if ours.folder != theirs.folder and ours.name == theirs.name:
            yield "digits from another folder"
    if config.seed != other.seed:
        yield f"other first weights and order (seed {config.seed} instead of {other.seed})"


def _called(data: DataConfig) -> str:
    return NAMES.get(data.name) or TOYS[data.name].label


def _points(ours: DataConfig, theirs: DataConfig) -> Iterator[str]:
    """Of points, curves and bits."""
    if ours.is_digits or theirs.is_digits:
        return
    yield from _told("noise", ours.noise, theirs.noise, lambda share: f"{100 * share:g}\u202f%")
    if OWN not in (ours.name, theirs.name):
        yield from _told("", ours.samples, theirs.samples, lambda n: counted(n, "point"))
    yield from _told("test share", ours.test_share, theirs.test_share, lambda share: f"{100 * share:g}\u202f%")
    options = {option for data in (ours, theirs) if data.name in TOYS for option in TOYS[data.name].options}
    for option in sorted(options):
        yield from _told(option, getattr(ours, option), getattr(theirs, option), lambda value: f"{value:g}")
    if ours.seed != theirs.seed:
        yield f"other points (seed {ours.seed} instead of {theirs.seed})"
