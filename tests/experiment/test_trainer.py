"""The trainer: what a step does, what an edit keeps, and what happens when numbers run away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.data.drawing import add_points
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.lineage import Origin
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.trainer import Trainer

# 250 points to train with: 25 minibatches of 10
XOR = parse({"network": {"hidden": [4], "activations": ["relu"]}})


def logistic(batch_size: int = 250, **training: Any) -> ExperimentConfig:
    """No hidden layer: small enough to work by hand."""
    return XOR.changed("network", hidden=(), activations=()).changed(
        "training", optimizer="sgd", batch_size=batch_size, learning_rate=0.1, **training
    )


def runaway() -> ExperimentConfig:
    """A regression that doubles its weights a few hundred times over."""
    deep = XOR.changed("data", name="plane").changed("network", hidden=(8, 8), activations=("relu", "relu"))
    return deep.changed("training", optimizer="sgd", learning_rate=1000)


def trained(config: ExperimentConfig, steps: int) -> Trainer:
    trainer = Trainer(config)
    for _ in range(steps):
        trainer.step()
    return trainer


def state(trainer: Trainer) -> tuple[object, ...]:
    """All of a run that may be compared before and after."""
    history = trainer.history.table().tobytes()
    return trainer.config, trainer.network.theta.tobytes(), trainer.epoch, trainer.step_count, history


def answers(trainer: Trainer) -> NDArray[Any]:
    return np.array(trainer.network.predict(trainer.material.X_test))


def until_diverged(trainer: Trainer, steps: int = 2000) -> str:
    try:
        for _ in range(steps):
            trainer.step()
    except Diverged as error:
        return str(error)
    pytest.fail(f"still going after {steps} steps")


def test_one_step_on_all_samples_is_one_step_down_the_slope() -> None:
    trainer = Trainer(logistic())
    X, y, (w1, w2, b) = trainer.material.data.train.X, trainer.material.data.train.y, trainer.network.theta.tolist()
    off = [1 / (1 + np.exp(-(w1 * x1 + w2 * x2 + b))) - label for (x1, x2), label in zip(X.T, y, strict=True)]
    slope = [np.mean(off * X[0]), np.mean(off * X[1]), np.mean(off)]
    trainer.step()
    assert trainer.network.theta == pytest.approx(
        [w1 - 0.1 * slope[0], w2 - 0.1 * slope[1], b - 0.1 * slope[2]], abs=1e-5
    )


def test_metrics_are_loss_and_accuracy_of_all_samples() -> None:
    trainer = trained(XOR, 30)
    told = trainer.measure()
    for samples, loss, accuracy in (
        (trainer.material.data.train, told.train_loss, told.train_accuracy),
        (trainer.material.data.test, told.test_loss, told.test_accuracy),
    ):
        hidden = np.maximum(trainer.network.W[0] @ samples.X + trainer.network.b[0][:, None], 0)
        p = 1 / (1 + np.exp(-(trainer.network.W[1] @ hidden + trainer.network.b[1])[0].astype(float)))
        assert loss == pytest.approx(-np.mean(np.log(np.where(samples.y, p, 1 - p))), rel=1e-4)
        assert accuracy == pytest.approx(np.mean((p > 0.5) == samples.y))


def test_four_relus_learn_xor() -> None:
    trainer = Trainer(XOR.changed(seed=3))  # from some first weights, as of seed 0, four ReLUs get stuck
    for _ in range(100):
        trainer.run_epoch()
    metrics = trainer.measure()
    assert metrics.test_accuracy is not None
    assert metrics.test_accuracy > 0.95
    assert metrics.train_loss < 0.15


def test_digits_are_learned_within_an_epoch() -> None:
    trainer = Trainer(DIGITS_DEFAULT.changed("network", hidden=(32,), activations=("relu",)))
    trainer.run_epoch()
    accuracy = trainer.measure().test_accuracy
    assert accuracy is not None
    assert accuracy > 0.75


def test_the_same_config_gives_the_same_run_to_the_bit() -> None:
    first, second = trained(XOR, 60), trained(XOR, 60)
    assert state(first) == state(second)


@pytest.mark.parametrize("change", [{"seed": 1}, {"data": {"seed": 1}}], ids=["weights", "data"])
def test_another_seed_gives_another_run(change: dict[str, Any]) -> None:
    other = parse({"network": {"hidden": [4], "activations": ["relu"]}, **change})
    assert state(trained(XOR, 5))[1] != state(trained(other, 5))[1]


def test_measuring_and_predicting_do_not_change_a_run() -> None:
    quiet, watched = trained(XOR, 40), Trainer(XOR)
    for _ in range(40):
        watched.measure()
        watched.step()
        answers(watched)
    assert state(watched) == state(quiet)


def test_steps_and_epochs_are_counted() -> None:
    trainer = Trainer(XOR)
    assert (trainer.batches_per_epoch, trainer.epoch, trainer.step_count) == (25, 0, 0)
    for _ in range(24):
        trainer.step()
    assert (trainer.epoch, trainer.step_count) == (0, 24)
    trainer.step()
    assert (trainer.epoch, trainer.step_count) == (1, 25)


def test_run_epoch_finishes_the_epoch_that_was_begun() -> None:
    trainer = trained(XOR, 3)
    trainer.run_epoch()
    assert (trainer.epoch, trainer.step_count) == (1, 25)
    assert state(trainer) == state(trained(XOR, 25))


def test_the_last_minibatch_may_be_smaller() -> None:
    trainer = Trainer(XOR.changed("training", batch_size=64))
    trainer.run_epoch()
    assert (trainer.batches_per_epoch, trainer.step_count) == (4, 4)


def test_a_smaller_last_minibatch_counts_its_own_samples_only() -> None:
    # from equal weights, minibatches of 249 and 1: the second step must be the slope of that one sample
    trainer = Trainer(logistic(249))
    trainer.step()
    w1, w2, b = before = trainer.network.theta.copy()
    trainer.step()
    X, y = trainer.material.data.train.X, trainer.material.data.train.y
    off = 1 / (1 + np.exp(-(w1 * X[0] + w2 * X[1] + b))) - y
    candidates = before - 0.1 * np.stack([off * X[0], off * X[1], off], axis=1)
    assert np.abs(candidates - trainer.network.theta).max(axis=1).min() < 1e-5


def test_a_batch_size_of_0_takes_all_samples_at_once() -> None:
    everything, counted = trained(logistic(0), 3), trained(logistic(250), 3)
    assert (everything.batches_per_epoch, everything.epoch) == (1, 3)
    assert state(everything)[1:] == state(counted)[1:]


def test_a_batch_of_more_than_all_samples_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"batch size: 251 .* at most 250"):
        Trainer(logistic(251))


@pytest.mark.parametrize(
    "refused",
    [
        XOR.changed("training", batch_size=251),
        XOR.changed("training", batch_size=251, optimizer="sgd").changed("network", activations=("tanh",)),
        XOR.changed("data", samples=18),
    ],
    ids=["batch", "network", "data"],
)
@pytest.mark.parametrize("steps", [0, 33])
def test_a_batch_that_can_not_be_filled_is_refused_and_all_stays(refused: ExperimentConfig, steps: int) -> None:
    trainer = trained(XOR, steps)
    before = state(trainer)
    for attempt in (
        lambda: trainer.adopt(refused),
        lambda: trainer.reset(refused),
        lambda: trainer.go_to(Moment(refused, np.zeros(17, np.float32), 1, 25, np.zeros((5, 0)))),
    ):
        with pytest.raises(InvalidValue, match=r"batch size: .* the number of training samples, or 0 for all"):
            attempt()
        assert state(trainer) == before
    trainer.step()
    assert state(trainer) == state(trained(XOR, steps + 1))


def test_each_epoch_is_recorded_with_the_first_moment() -> None:
    trainer = trained(XOR, 75)
    table = trainer.history.table()
    assert table[0].tolist() == [0, 1, 2, 3]
    assert table[1, -1] == trainer.measure().train_loss
    assert table[1, 0] == Trainer(XOR).measure().train_loss


def test_reset_goes_back_to_the_very_beginning() -> None:
    trainer = trained(XOR, 60)
    trainer.reset()
    assert state(trainer) == state(Trainer(XOR))
    for _ in range(60):
        trainer.step()
    assert state(trainer) == state(trained(XOR, 60))


def test_regression_has_no_accuracy() -> None:
    trainer = trained(XOR.changed("data", name="hills"), 25)
    metrics = trainer.measure()
    assert metrics.train_accuracy is metrics.test_accuracy is None
    assert np.isfinite([metrics.train_loss, metrics.test_loss]).all()
    assert np.isnan(trainer.history.table()[3:]).all()


def test_l1_drives_useless_weights_to_exactly_zero() -> None:
    everything = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")
    config = logistic(25, l1=0.03).changed(features=everything)
    trainer = trained(config.changed("training", learning_rate=0.03), 2000)
    weights = dict(zip(everything, trainer.network.W[0][0], strict=True))
    assert weights["x1*x2"] > 0.1
    assert sum(w == 0 for w in weights.values()) >= 3


def test_l1_does_not_touch_the_biases() -> None:
    trainer = trained(logistic(l1=100.0), 1)
    assert (trainer.network.W[0] == 0).all()
    assert trainer.network.b[0][0] != 0


def test_l2_shrinks_weights_in_proportion() -> None:
    free, bound = trained(logistic(), 1), trained(logistic(l2=2.0), 1)
    first = Trainer(logistic()).network
    assert free.network.W[0] - bound.network.W[0] == pytest.approx(0.1 * 2 * first.W[0], rel=1e-3)
    assert free.network.b[0] == bound.network.b[0]


# -- dropout --------------------------------------------------------------------------------------------------------

SILENCED = XOR.changed("training", dropout=0.4)


def test_a_step_with_dropout_is_one_down_the_slope_of_those_who_speak() -> None:
    config = SILENCED.changed("training", optimizer="sgd", learning_rate=0.1, batch_size=0).changed(seed=6)
    trainer = Trainer(config)
    (W1, w2), (b1, b2) = ([each.astype(float) for each in parts] for parts in (trainer.network.W, trainer.network.b))
    data = trainer.material.data.train
    order = np.random.default_rng([6, 3]).permutation(250)
    X, y = data.X[:, order].astype(float), data.y[order]
    speaks = np.random.default_rng([6, 4]).random((4, 250), np.float32) >= 0.4
    trainer.step()
    slopes = np.zeros((4, 250, 4))  # neuron, sample: of its two weights and bias, and of the weight that hears it
    off = np.zeros(250)
    for i in range(250):
        z = W1 @ X[:, i] + b1
        a = [max(z[j], 0) / 0.6 if speaks[j, i] else 0 for j in range(4)]
        off[i] = (1 / (1 + np.exp(-(w2[0] @ a + b2[0]))) - y[i]) / 250
        for j in range(4):
            back = off[i] * w2[0, j] / 0.6 if speaks[j, i] and z[j] > 0 else 0
            slopes[j, i] = back * X[0, i], back * X[1, i], back, off[i] * a[j]
    total = slopes.sum(axis=1)
    assert trainer.network.W[0] == pytest.approx(W1 - 0.1 * total[:, :2], abs=1e-6)
    assert trainer.network.b[0] == pytest.approx(b1 - 0.1 * total[:, 2], abs=1e-6)
    assert trainer.network.W[1][0] == pytest.approx(w2[0] - 0.1 * total[:, 3], abs=1e-6)
    assert trainer.network.b[1] == pytest.approx(b2 - 0.1 * off.sum(), abs=1e-6)


def test_dropout_is_the_same_run_to_the_bit_and_another_one_than_without() -> None:
    first, second = trained(SILENCED, 60), trained(SILENCED, 60)
    assert state(first) == state(second)
    assert state(first)[1] != state(trained(XOR, 60))[1]
    first.reset()
    for _ in range(60):
        first.step()
    assert state(first) == state(second)


def test_dropout_does_not_alter_the_order_of_the_samples() -> None:
    # without a hidden layer there is nobody to silence: what is left of dropout is nothing
    assert state(trained(logistic(10, dropout=0.9), 60))[1:] == state(trained(logistic(10), 60))[1:]


def test_the_curves_are_of_the_network_in_which_all_speak() -> None:
    trainer = trained(SILENCED, 25)
    material = trainer.material
    loss = material.architecture.the_head.loss(trainer.network.predict(material.X_train), material.Y_train)
    assert trainer.history.table()[1, -1] == pytest.approx(loss, rel=1e-6)


def test_dropout_may_change_in_the_middle_of_an_epoch() -> None:
    trainer = trained(XOR, 30)
    theta = trainer.network.theta.copy()
    trainer.adopt(SILENCED)
    assert (trainer.network.theta == theta).all()
    assert (trainer.epoch, trainer.step_count) == (1, 30)
    trainer.step()
    assert (trainer.epoch, trainer.step_count) == (1, 31)
    silenced, plain = trainer.network.theta.copy(), trained(XOR, 31).network.theta
    assert (silenced != plain).any()
    trainer.adopt(XOR)
    trainer.run_epoch()
    assert (trainer.epoch, trainer.step_count) == (2, 50)


def test_dropout_that_goes_and_comes_back_leaves_no_trace() -> None:
    for config, other in ((SILENCED, XOR), (XOR, SILENCED)):
        trainer = trained(config, 30)
        trainer.adopt(other)
        trainer.adopt(config)
        trainer.step()
        assert state(trainer) == state(trained(config, 31))


def test_a_moment_with_dropout_goes_on_the_same_way() -> None:
    moment = trained(SILENCED, 60).moment()
    runs = [Trainer(XOR), trained(SILENCED, 7)]
    for run in runs:
        run.go_to(moment)
        run.run_epoch()
    assert state(runs[0]) == state(runs[1])


# -- edits ----------------------------------------------------------------------------------------------------------


def test_adopting_the_same_experiment_changes_nothing() -> None:
    trainer = trained(XOR, 33)
    trainer.adopt(XOR)
    for _ in range(33):
        trainer.step()
    assert state(trainer) == state(trained(XOR, 66))


@pytest.mark.parametrize(
    "changed",
    [
        XOR.changed("network", hidden=(7,)),
        XOR.changed("network", activations=("tanh",)),
        XOR.changed("training", learning_rate=0.5),
        XOR.changed("data", name="spiral"),
        XOR.changed(seed=8),
        XOR.changed(features=("x1*x2",)),
    ],
    ids=["width", "activation", "rate", "data", "seed", "features"],
)
def test_before_the_first_step_an_edit_begins_anew(changed: ExperimentConfig) -> None:
    trainer = Trainer(XOR)
    trainer.adopt(changed)
    assert state(trainer) == state(Trainer(changed))


@pytest.mark.parametrize(
    "changed",
    [
        *(XOR.changed("data", name=name) for name in ("circle", "spiral5", "sine", "parity")),
        XOR.changed(seed=5),
        DIGITS_DEFAULT,
    ],
    ids=["circle", "classes", "line", "bits", "seed", "digits"],
)
def test_other_data_or_another_seed_begin_a_new_run(changed: ExperimentConfig) -> None:
    trainer = trained(XOR, 30)
    number = trainer.run_id
    trainer.adopt(changed)
    assert state(trainer) == state(Trainer(changed))
    assert trainer.run_id != number


@pytest.mark.parametrize(
    "changed",
    [{"noise": 0.2}, {"samples": 300}, {"test_share": 0.2}, {"seed": 7}, {"deskew": True}, {"bits": 6}, {"turns": 2.5}],
    ids=str,
)
@pytest.mark.parametrize("optimizer", ["adam", "nesterov"])
def test_other_samples_of_the_same_kind_keep_all_that_was_learned(optimizer: str, changed: dict[str, Any]) -> None:
    config = XOR.changed("data", name="spiral").changed("training", optimizer=optimizer)
    trainer = trained(config, 30)
    before, samples = trainer.moment(), trainer.material.X
    trainer.adopt(config.changed("data", **changed))
    after = trainer.moment()
    assert after.theta.tobytes() == before.theta.tobytes()
    assert {name: m.tobytes() for name, m in after.memory.items()} == {
        name: m.tobytes() for name, m in before.memory.items()
    }
    assert (after.epoch, after.steps, after.run_id) == (1, 30, before.run_id)
    assert after.curves.tobytes() == before.curves.tobytes()
    assert dict(after.generators) == dict(before.generators)
    fresh = build.material(trainer.config)
    assert trainer.material.X.tobytes() == fresh.X.tobytes()
    assert (fresh.X.tobytes() == samples.tobytes()) == ("deskew" in changed or "bits" in changed)
    trainer.run_epoch()
    assert trainer.epoch == 2
    assert trainer.step_count == 30 + trainer.batches_per_epoch  # an epoch of the new samples, from its beginning


def test_what_is_measured_after_other_samples_is_of_them() -> None:
    trainer = trained(XOR, 30)
    old = trainer.measure()
    noisy = XOR.changed("data", noise=0.5)
    trainer.adopt(noisy)
    fresh, told = build.material(noisy), trainer.measure()
    loss = fresh.architecture.the_head.loss(trainer.network.predict(fresh.X_train), fresh.Y_train)
    assert told.train_loss == pytest.approx(loss, rel=1e-6)
    assert told.train_loss != old.train_loss


def test_the_curves_go_on_with_other_samples() -> None:
    trainer = trained(XOR, 60)
    trainer.adopt(XOR.changed("data", noise=0.1))
    trainer.run_epoch()
    assert trainer.history.table()[0].tolist() == [0, 1, 2, 3]
    assert trainer.history.table()[1, -1] == trainer.measure().train_loss


def test_fewer_samples_than_a_minibatch_has_are_refused_in_the_middle_of_a_run_too() -> None:
    trainer = trained(XOR.changed("training", batch_size=200), 3)
    with pytest.raises(InvalidValue, match=r"batch size: 200 .* at most 50"):
        trainer.adopt(trainer.config.changed("data", samples=100))
    assert state(trainer) == state(trained(XOR.changed("training", batch_size=200), 3))


def drawn(*labels: int) -> ExperimentConfig:
    """Ten points of the user's own for each of these labels."""
    own = None
    for label in labels:
        own = add_points(own, np.random.default_rng(label).normal(label, 0.5, (2, 10)), label)
    return XOR.changed("data", name="own", own=own).changed("training", batch_size=2)


def test_a_point_more_keeps_all_that_was_learned() -> None:
    trainer = trained(drawn(0, 1), 13)
    before = trainer.moment()
    own = add_points(before.config.data.own, np.ones((2, 1)), 1)
    trainer.adopt(before.config.changed("data", own=own))
    after = trainer.moment()
    assert after.theta.tobytes() == before.theta.tobytes()
    assert all((after.memory[name] == before.memory[name]).all() for name in ("m", "v", "t"))
    assert (after.steps, after.epoch, after.run_id) == (13, 2, before.run_id)
    assert trainer.material.X.shape[1] == 21


@pytest.mark.parametrize(("labels", "outputs"), [((0, 1, 2), 3), ((0, 1, 2, 3), 4)])
def test_other_numbers_of_classes_keep_the_hidden_layers(labels: tuple[int, ...], outputs: int) -> None:
    trainer = trained(drawn(0, 1), 13)
    hidden, number = trainer.network.blocks[0].copy(), trainer.run_id
    trainer.adopt(drawn(*labels))
    fresh = Trainer(drawn(*labels))
    assert trainer.material.architecture.widths == (2, 4, outputs)
    assert (trainer.network.blocks[0] == hidden).all()
    assert (trainer.network.blocks[1] == fresh.network.blocks[1]).all()
    assert (trainer.run_id, trainer.step_count) == (number, 13)
    trainer.run_epoch()


def test_other_inputs_begin_a_new_run() -> None:
    config = XOR.changed("data", name="parity", bits=4).changed("training", batch_size=2)
    trainer = trained(config, 13)
    number = trainer.run_id
    trainer.adopt(config.changed("data", bits=5))
    assert state(trainer) == state(Trainer(config.changed("data", bits=5)))
    assert trainer.run_id != number


def test_before_the_first_step_a_change_is_of_the_same_run() -> None:
    trainer = Trainer(XOR)
    number = trainer.run_id
    trainer.adopt(XOR.changed("network", hidden=(5,)), (Origin(1, (0, 1, 2, 3, None)),))
    assert trainer.run_id == number
    trainer.adopt(trainer.config.changed(seed=1))
    assert trainer.run_id != number


def test_another_learning_rate_goes_on_in_the_middle_of_an_epoch() -> None:
    trainer = trained(XOR, 30)
    theta = trainer.network.theta.copy()
    trainer.adopt(XOR.changed("training", learning_rate=1e-12))
    trainer.step()
    assert trainer.network.theta == pytest.approx(theta, abs=1e-9)
    assert (trainer.epoch, trainer.step_count) == (1, 31)


def test_a_learning_rate_that_goes_and_comes_back_leaves_no_trace() -> None:
    trainer = trained(XOR, 30)
    trainer.adopt(XOR.changed("training", learning_rate=0.5))
    trainer.adopt(XOR)
    trainer.step()
    assert state(trainer)[1:] == state(trained(XOR, 31))[1:]  # Adam kept its memory, and the order its place


def test_another_batch_size_starts_the_epoch_over() -> None:
    trainer = trained(XOR, 30)
    theta = trainer.network.theta.copy()
    trainer.adopt(XOR.changed("training", batch_size=50))
    assert (trainer.network.theta == theta).all()
    assert trainer.batches_per_epoch == 5
    trainer.run_epoch()
    assert (trainer.epoch, trainer.step_count) == (2, 35)


def test_another_optimizer_starts_without_memory() -> None:
    trainer = trained(XOR, 30)
    theta = trainer.network.theta.copy()
    trainer.adopt(XOR.changed("training", optimizer="sgd"))
    trainer.adopt(XOR)
    trainer.step()
    # Adam's first step is the learning rate for each parameter that has a gradient at all
    moved = np.abs(trainer.network.theta - theta)
    assert moved[moved > 0] == pytest.approx(0.01, rel=1e-3)


def test_a_penalty_acts_from_the_next_step_on() -> None:
    trainer = trained(logistic(), 3)
    trainer.adopt(logistic(l1=100.0))
    trainer.step()
    assert (trainer.network.W[0] == 0).all()


def test_adding_a_neuron_keeps_what_was_learned() -> None:
    trainer = trained(XOR, 60)
    before, history = answers(trainer), trainer.history.table()
    trainer.adopt(XOR.changed("network", hidden=(5,)), (Origin(1, (0, 1, None, 2, 3)),))
    assert trainer.material.architecture.widths == (2, 5, 1)
    assert answers(trainer) == pytest.approx(before, abs=1e-5)
    assert (trainer.epoch, trainer.step_count) == (2, 60)
    assert trainer.history.table().tobytes() == history.tobytes()
    trainer.run_epoch()
    assert trainer.epoch == 3


def test_removing_a_neuron_keeps_the_others() -> None:
    trainer = trained(XOR, 60)
    old = trainer.network
    trainer.adopt(XOR.changed("network", hidden=(3,)), (Origin(1, (0, 1, 3)),))
    assert (trainer.network.blocks[0] == old.blocks[0][[0, 1, 3]]).all()
    assert (trainer.network.blocks[1] == old.blocks[1][:, [0, 1, 3, 4]]).all()


def test_inserting_and_removing_a_relu_layer_keeps_the_answers() -> None:
    trainer = trained(XOR, 60)
    before = answers(trainer)
    deeper = XOR.changed("network", hidden=(4, 4), activations=("relu", "relu"))
    trainer.adopt(deeper, (Origin(1, (0, 1, 2, 3)), Origin(None, (None,) * 4)))
    assert answers(trainer) == pytest.approx(before, abs=1e-5)
    trainer.adopt(XOR, (Origin(1, (0, 1, 2, 3)),))
    assert answers(trainer) == pytest.approx(before, abs=1e-5)


def test_another_activation_keeps_the_weights() -> None:
    trainer = trained(XOR, 60)
    theta = trainer.network.theta.copy()
    trainer.adopt(XOR.changed("network", activations=("tanh",)))
    assert (trainer.network.theta == theta).all()
    assert trainer.material.architecture.activations == ("tanh",)


def test_features_that_come_and_go_keep_the_answers() -> None:
    trainer = trained(XOR, 60)
    before = answers(trainer)
    trainer.adopt(XOR.changed(features=("x1^2", "x1", "sin(x2)", "x2")))
    assert trainer.material.architecture.widths == (4, 4, 1)
    assert answers(trainer) == pytest.approx(before, abs=1e-5)
    trainer.adopt(XOR)
    assert answers(trainer) == pytest.approx(before, abs=1e-5)


@pytest.mark.parametrize("name", ["sine", "parity"])
def test_features_change_nothing_where_they_do_not_count(name: str) -> None:
    config = XOR.changed("data", name=name)
    trainer = trained(config, 60)
    theta = trainer.network.theta.tobytes()
    trainer.adopt(config.changed(features=("x1^2",)))
    assert trainer.network.theta.tobytes() == theta
    trainer.adopt(trainer.config.changed("network", hidden=(5,)), (Origin(1, (0, 1, None, 2, 3)),))
    assert trainer.material.architecture.widths == ({"sine": 1, "parity": 4}[name], 5, 1)
    trainer.run_epoch()
    assert trainer.epoch == 3


def test_a_width_without_a_lineage_is_refused_and_all_stays() -> None:
    trainer = trained(XOR, 60)
    before = state(trainer)
    for hidden in ((3,), (5,)):
        with pytest.raises(InvalidValue, match="lineage"):
            trainer.adopt(XOR.changed("network", hidden=hidden))
    assert state(trainer) == before
    trainer.step()
    assert state(trainer) == state(trained(XOR, 61))


def test_data_that_cannot_be_read_is_refused_and_all_stays(tmp_path: Any) -> None:
    trainer = trained(XOR, 33)
    before = state(trainer)
    with pytest.raises(InvalidValue, match="MNIST folder"):
        trainer.adopt(XOR.changed("data", name="mnist-full", folder=str(tmp_path)))
    assert state(trainer) == before
    trainer.step()
    assert state(trainer) == state(trained(XOR, 34))


@pytest.mark.parametrize("error", [InvalidValue("x", 1, "2"), OSError("disk"), MemoryError()])
def test_an_edit_that_fails_half_way_leaves_all_as_before(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    trainer = trained(XOR, 33)
    before = state(trainer)
    monkeypatch.setattr(build, "first_parameters", fail)
    wider = XOR.changed("network", hidden=(5,)), (Origin(1, (0, 1, 2, 3, None)),)
    for changed, lineage in (wider, (XOR.changed(seed=5), None), (XOR.changed(features=("x1",)), None)):
        with pytest.raises(type(error)):
            trainer.adopt(changed, lineage)
    assert state(trainer) == before


# -- divergence -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_run_that_explodes_says_so_and_stays_finite(optimizer: str) -> None:
    config = (
        runaway()
        .changed("training", optimizer=optimizer)
        .changed("network", hidden=(8,) * 8, activations=("linear",) * 8)
    )
    trainer = Trainer(config)
    message = until_diverged(trainer)
    assert "learning rate of 1000 is probably too large: try 100." in message
    assert np.isfinite(trainer.network.theta).all()
    assert not any(np.isnan(x) for x in (trainer.measure().train_loss, trainer.measure().test_loss))


def test_a_step_that_diverged_does_not_count() -> None:
    trainer = Trainer(runaway())
    until_diverged(trainer)
    before = state(trainer)
    until_diverged(trainer)
    assert state(trainer) == before


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_smaller_learning_rate_brings_a_diverged_run_back(optimizer: str) -> None:
    config = runaway().changed("training", optimizer=optimizer)
    trainer = Trainer(config.changed("training", learning_rate=0.01))
    trainer.run_epoch()
    good = trainer.network.theta.copy()
    trainer.adopt(config)
    trainer.network.theta[:] = 1e15  # wherever the huge rate took it
    until_diverged(trainer)
    trainer.network.theta[:] = good
    trainer.adopt(config.changed("training", learning_rate=0.01))
    start = trainer.measure().train_loss
    for _ in range(20):
        trainer.run_epoch()
    assert (trainer.network.theta != good).any()
    assert trainer.measure().train_loss < start


def test_a_gradient_too_large_to_be_squared_is_divergence_not_a_standstill() -> None:
    trainer = Trainer(runaway().changed("training", optimizer="adam"))
    trainer.network.theta[:] = 1e4  # gradients of some 1e24: finite, but their squares are not
    with pytest.raises(Diverged, match=r"The (sums|gradients) of .*layer.* were the first|all layers together"):
        trainer.step()


# -- moments --------------------------------------------------------------------------------------------------------


def test_a_moment_is_all_of_the_run() -> None:
    trainer = trained(XOR, 60)
    moment = trainer.moment()
    told = moment.config, moment.theta.tobytes(), moment.epoch, moment.steps, moment.curves.tobytes()
    assert told == state(trainer)
    assert moment.curve_stride == trainer.history.stride
    trainer.step()
    assert moment.theta.tobytes() == told[1]


def test_going_to_a_moment_of_another_run() -> None:
    first, second = trained(XOR, 60), Trainer(DIGITS_DEFAULT.changed("network", hidden=(4,), activations=("relu",)))
    second.go_to(first.moment())
    assert state(second) == state(first)
    second.run_epoch()
    assert second.history.table()[0].tolist() == [0, 1, 2, 3]


def test_the_same_moment_goes_on_the_same_way() -> None:
    moment = trained(XOR, 60).moment()
    runs = [Trainer(XOR), trained(XOR, 7)]
    for run in runs:
        run.go_to(moment)
        run.run_epoch()
    assert state(runs[0]) == state(runs[1])


def test_training_on_does_not_write_into_the_moment() -> None:
    moment = trained(XOR, 60).moment()
    kept = moment.theta.copy()
    trainer = Trainer(XOR)
    trainer.go_to(moment)
    trainer.run_epoch()
    assert (moment.theta == kept).all()


def test_a_moment_whose_parameters_do_not_fit_is_refused_and_all_stays() -> None:
    trainer = trained(XOR, 33)
    before = state(trainer)
    with pytest.raises(InvalidValue, match="a vector of 17 numbers"):
        trainer.go_to(Moment(XOR, np.zeros(16, np.float32), 1, 25, np.zeros((5, 0))))
    assert state(trainer) == before


@pytest.mark.parametrize(("layer", "named"), [(0, "The sums of layer 1"), (1, "The sums of the output layer")])
def test_divergence_names_the_layer_that_went_first(layer: int, named: str) -> None:
    plane = XOR.changed("data", name="plane").changed("network", hidden=(4,), activations=("relu",))
    trainer = Trainer(plane)
    trainer.network.blocks[layer][...] = 3e38
    with pytest.raises(Diverged, match=named):
        trainer.step()
