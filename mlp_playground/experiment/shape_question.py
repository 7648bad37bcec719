"""What the trace of shapes is about: a moment's network and data, or an experiment whose parts do not fit."""

from __future__ import annotations

from mlp_playground.analysis.shapes import SUBSCRIPTS, Shape, Subject, trace
from mlp_playground.data.dataset import Dataset
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.batches import batch_size
from mlp_playground.experiment.build import dataset
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.initializers import AUTO
from mlp_playground.nn.network import Architecture


def subject_of(snapshot: Snapshot) -> Subject:
    """The network of a moment before its data."""
    return _subject(snapshot.config, snapshot.data, snapshot.architecture)


def misfit_of(change: Change) -> Subject | None:
    """What does not fit in an experiment that the run has refused: its loss and its targets, or, of a file, its weights
    and its table. None where it was refused for something else."""
    try:
        subject = _wanted(change)
    except (InvalidValue, OSError):  # such as larger minibatches than there are samples
        return None
    return subject if trace(subject)[-1].mismatch is not None else None


def _wanted(change: Change) -> Subject:
    config = change.after
    data = dataset(config.data)
    n_in = len(config.features) if data.space == "plane" else data.n_in
    n_out = len(data.classes) if data.task == "classes" else 1
    head = data.task if config.training.loss == AUTO else config.training.loss
    wanted = Architecture((n_in, *config.network.hidden, n_out), config.network.activations, head)
    changed = {} if change.opens is None else _weights_of(wanted, len(change.opens.theta))
    return _subject(config, data, wanted, changed)


def _subject(
    config: ExperimentConfig, data: Dataset, architecture: Architecture, changed: dict[str, Shape] | None = None
) -> Subject:
    features = architecture.widths[0] if data.space == "plane" else None
    batch = batch_size(config.training.batch_size, len(data.train))
    return Subject(architecture, data.n_in, features, len(data.classes), batch, changed or {})


def _weights_of(wanted: Architecture, given: int) -> dict[str, Shape]:
    """The shapes that `given` parameters must have, where they are not those of the `wanted` network but of one for
    other inputs or, else, other outputs; none where they are of a quite different one."""
    more = given - wanted.n_parameters
    n_in, first = wanted.widths[:2]
    before, n_out = wanted.widths[-2:]
    last = str(len(wanted.widths) - 1).translate(SUBSCRIPTS)
    if more and more % first == 0 and n_in + more // first > 0:
        return {"W₁": (first, n_in + more // first)}
    if more and more % (before + 1) == 0 and n_out + more // (before + 1) > 0:
        outputs = n_out + more // (before + 1)
        return {f"W{last}": (outputs, before), f"b{last}": (outputs,)}
    return {}
