"""What does not fit in an experiment, as the run itself refuses it."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.shapes import trace
from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.change import Change, make
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.shape_question import misfit_of, subject_of
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer

HIDDEN = NetworkConfig(hidden=(4,), activations=("relu",))
CURVES = np.zeros((5, 1))


def table(columns: int, classes: int) -> ExperimentConfig:
    """An experiment with a table of so many columns and classes."""
    X = np.random.default_rng(0).normal(size=(columns, 30)).astype(np.float32)
    task = "binary" if classes == 2 else "classes"
    names = tuple(f"c{k}" for k in range(classes))
    inputs = tuple(f"x{k}" for k in range(columns))
    ones, zeros = (1.0,) * columns, (0.0,) * columns
    own = OwnData("a table", task, Samples(X, np.arange(30) % classes), inputs, names, ones, zeros)
    return ExperimentConfig(data={"name": "own", "own": own}, network=HIDDEN)


def refused(change: Change) -> tuple[str, str]:
    """Where an experiment that the run refuses does not fit, and why."""
    with pytest.raises(InvalidValue):
        make(Trainer(ExperimentConfig()), change)
    subject = misfit_of(change)
    assert subject is not None
    last = trace(subject)[-1]
    assert last.mismatch is not None
    return last.name, last.mismatch.words


def test_a_loss_for_other_targets_is_named_at_the_loss() -> None:
    now = ExperimentConfig()
    for data, loss, words in (
        ("xor", "classes", "1 output"),
        ("spiral3", "binary", "one output"),
        ("sine", "binary", "numbers"),
    ):
        config = now.changed("data", name=data).changed("training", loss=loss)
        place, why = refused(Change("paste", now, config, restarts=True))
        assert place == "loss"
        assert words in why


def test_weights_of_a_file_that_are_for_another_table_are_named_where_they_are_read() -> None:
    now, three = ExperimentConfig(), table(3, 3)

    def opened(config: ExperimentConfig, other: ExperimentConfig) -> Change:
        theta = Trainer(other).network.theta
        return Change("open", now, config, opens=Moment(config, theta, 0, 0, CURVES))

    place, why = refused(opened(three, table(5, 3)))
    assert place == "layer 1"
    assert "5 weights" in why
    assert "3 inputs" in why
    other = NetworkConfig(hidden=(7,), activations=("relu",))
    place, why = refused(opened(three.changed("network", **dict(other)), table(3, 5).changed("network", **dict(other))))
    assert place == "loss"
    assert "5 outputs" in why
    assert "3 classes" in why


def test_what_was_refused_for_something_else_has_no_misfit() -> None:
    now = ExperimentConfig()
    seven = now.changed("network", hidden=(7,), activations=("relu",))
    odd = Moment(seven, np.zeros(7 * 3 + 8 + 5, np.float32), 0, 0, CURVES)
    assert misfit_of(Change("open", now, seven, opens=odd)) is None
    assert misfit_of(Change("fine", now, table(3, 3), restarts=True)) is None
    large = now.changed("training", batch_size=1024)
    assert misfit_of(Change("batch", now, large)) is None, "than there are samples"
    lost = now.changed("data", name="mnist-full", folder="/nowhere")
    assert misfit_of(Change("digits", now, lost)) is None


def test_the_subject_of_a_moment_fits() -> None:
    for config in (ExperimentConfig(features=("x1", "x2", "x1*x2"), network=HIDDEN), table(4, 3)):
        snapshot = observe(Trainer(config), Look(resolution=64))
        steps = trace(subject_of(snapshot))
        assert steps[-1].mismatch is None
        assert sum(step.parameters for step in steps) == snapshot.architecture.n_parameters
