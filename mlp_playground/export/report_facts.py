"""The words and numbers of a report: settings, results, shapes, health."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlp_playground.analysis import confusion as analysis
from mlp_playground.data.features import FEATURES
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.export.text import one_line, small
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.initializers import AUTO, INITIALIZERS, suited
from mlp_playground.nn.network import Network
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.numerals import counted, grouped, percent

Rows = tuple[tuple[str, ...], ...]


def summary(snapshot: Snapshot) -> tuple[str, str]:
    """The experiment's name, and what came of it in one sentence."""
    widths = "–".join(str(width) for width in snapshot.architecture.widths)
    label = one_line(snapshot.data.label)
    title = f"{label[:1].upper()}{label[1:]} with the network {widths}"
    metrics, epochs = snapshot.metrics, "1 epoch" if snapshot.epoch == 1 else f"{grouped(snapshot.epoch)} epochs"
    parameters = grouped(snapshot.architecture.n_parameters)
    learned = f"A network of {parameters} parameters has learned for {epochs}"
    if snapshot.steps == 0:
        return title, f"A network of {parameters} parameters before it has learned anything."
    if metrics.test_accuracy is None:
        loss = f"Its mean loss is {small(metrics.train_loss)} on the training and {small(metrics.test_loss)}"
        return title, f"{learned}. {loss} on the test samples."
    return title, f"{learned}. It is right on {percent(metrics.test_accuracy)} of the samples that it has never seen."


def settings(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """The experiment in words, as names and values; what is switched off is left out."""
    config, data, training = snapshot.config, snapshot.data, snapshot.config.training
    rows = [("Data", _data(snapshot))]
    if config.data.space == "plane":
        rows.append(("Features", ", ".join(FEATURES[name].label for name in config.features)))
    rows.append(("Network", _network(snapshot)))
    rows.append(("First weights", _first_weights(snapshot)))
    rows.append(("Loss", snapshot.architecture.the_head.label))
    size = training.batch_size or len(data.train)
    rows.append(("Optimizer", f"{OPTIMIZERS[training.optimizer].label}, minibatches of {grouped(size)} samples"))
    rate = f"{training.learning_rate:g}"
    if training.schedule != "constant":
        planned = grouped(training.planned_epochs)
        rate += f", schedule {SCHEDULES[training.schedule].label} over {planned} epochs"
    rows.append(("Learning rate", rate))
    penalties = [f"{name} {rate:g}" for name, rate in (("L1", training.l1), ("L2", training.l2)) if rate]
    rows += [("Penalties", ", ".join(penalties))] if penalties else []
    rows += [("Dropout", percent(training.dropout))] if training.dropout else []
    rows += [("Clipping", f"gradients of length {training.clip_norm:g}")] if training.clip_norm else []
    return tuple(rows)


def _data(snapshot: Snapshot) -> str:
    config, data = snapshot.config.data, snapshot.data
    counts = f"{grouped(len(data.train))} samples to learn from, {grouped(len(data.test))} to test on"
    more = [f"noise {percent(config.noise)}"] if config.noise and not config.is_digits else []
    options = TOYS[config.name].options if config.name in TOYS else ()
    more += [f"{name} {getattr(config, name):g}" for name in options]
    more += [] if config.is_digits else [f"seed {config.seed}"]
    return ", ".join([one_line(data.label), counts, *more])


def _network(snapshot: Snapshot) -> str:
    shape = snapshot.architecture
    words = ["–".join(str(width) for width in shape.widths)]
    labels = [ACTIVATIONS[name].label for name in shape.activations]
    words += [", ".join(dict.fromkeys(labels))] if labels else ["no hidden layer"]
    frozen = len(snapshot.config.network.frozen)
    words += [f"{counted(len(shape.off), 'neuron')} switched off"] if shape.off else []
    words += [f"{counted(frozen, 'neuron')} frozen"] if frozen else []
    return ", ".join(words)


def _first_weights(snapshot: Snapshot) -> str:
    network, seed = snapshot.config.network, f"seed {snapshot.config.seed}"
    if network.initializer == AUTO:
        names = [suited(AUTO, name).label for name in (*snapshot.architecture.activations, "linear")]
        return f"{', '.join(dict.fromkeys(names))} (automatic), {seed}"
    chosen = INITIALIZERS[network.initializer]
    scale = f" {network.initializer_scale:g}" if chosen.scaled else ""
    return f"{chosen.label}{scale}, {seed}"


def results_table(snapshot: Snapshot) -> tuple[tuple[str, ...], Rows]:
    """A table: training and test, samples, loss and right answers."""
    metrics, data = snapshot.metrics, snapshot.data
    rows = [
        ("samples", grouped(len(data.train)), grouped(len(data.test))),
        ("loss", small(metrics.train_loss), small(metrics.test_loss)),
    ]
    if metrics.train_accuracy is not None and metrics.test_accuracy is not None:
        rows.append(("right", percent(metrics.train_accuracy), percent(metrics.test_accuracy)))
    if data.task == "regression":
        rows += _errors(snapshot)
    return ("", "training", "test"), tuple(rows)


def _errors(snapshot: Snapshot) -> tuple[tuple[str, str, str], ...]:
    """Of numbers to predict, how far off the answers are, in the data's own units."""
    network, material, data = Network(snapshot.architecture, snapshot.theta), snapshot.material, snapshot.data
    train, test = (
        analysis.residuals(network, X, samples.y.astype(np.float32), data.target)
        for X, samples in ((material.X_train, data.train), (material.X_test, data.test))
    )
    return (
        ("typical error", small(train.typical), small(test.typical)),
        ("explained (R²)", percent(train.explained), percent(test.explained)),
    )


def confusion(snapshot: Snapshot) -> tuple[tuple[str, ...], Rows, tuple[tuple[float, ...], ...]] | None:
    """How many test samples of each class (row) are taken for which (column), each cell's shade being its share of the
    row; None where there are no classes."""
    data = snapshot.data
    if data.task == "regression":
        return None
    network, labels = Network(snapshot.architecture, snapshot.theta), data.test.y.astype(np.int64)
    found = analysis.confusion(network, snapshot.material.X_test, labels, len(data.classes))
    names = [one_line(name) for name in data.classes]
    counts, shares = found.counts, np.nan_to_num(found.shares)
    shades = np.where(np.eye(found.k) > 0, shares, np.sqrt(shares))  # a few mistakes must be seen, too
    rows = tuple((name, *(grouped(int(n)) if n else "·" for n in row)) for name, row in zip(names, counts, strict=True))
    return ("", *names), rows, tuple(tuple(map(float, row)) for row in shades)


def layers(snapshot: Snapshot) -> tuple[tuple[str, ...], Rows]:
    """A table: each layer's neurons, activation, shapes and parameters."""
    shape = snapshot.architecture
    folds = [ACTIVATIONS[name].label for name in shape.activations]
    rows = []
    for l, (n_out, columns) in enumerate(shape.shapes):
        n_in = columns - 1
        name = _layer(l, len(shape.shapes))
        fold = folds[l] if l < len(folds) else shape.the_head.label.split(" + ")[0]
        rows.append((name, fold, f"{n_out} × {n_in}", str(n_out), grouped(n_out * columns)))
    rows.append(("together", "", "", "", grouped(shape.n_parameters)))
    return ("", "activation", "W", "b", "parameters"), tuple(rows)


def hints(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """What the doctor has found, each as a title and its words; at least that there is nothing."""
    if not findings:
        return (("", "Nothing is wrong: no layer is dead or saturated, and gradients reach all of them."),)
    found = []
    for each in findings:
        facts = "; ".join(f"{name}: {value}" for name, value in each.facts)
        cure = each.cure.words[:1].lower() + each.cure.words[1:]
        found.append((f"{each.title}.", f"{facts}. {each.why} What would help: {cure}."))
    return tuple(found)


def _layer(l: int, n: int) -> str:
    return "output" if l == n - 1 else f"layer {l + 1}"
