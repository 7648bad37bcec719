"""Each example is trained, and what its card says of it is measured on the network's parameters and the points."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from itertools import pairwise, product
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.experiment.config import MNIST_FULL, ExperimentConfig, parse
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.gallery import GALLERY, Example
from mlp_playground.experiment.trainer import Trainer

EACH = pytest.mark.parametrize("example", GALLERY.values(), ids=GALLERY)
MNIST = os.environ.get("MLP_MNIST", "")
Matrix = NDArray[np.float64]

FOLDS = {
    "tanh": np.tanh,
    "relu": lambda Z: np.maximum(Z, 0),
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
}


def run(config: ExperimentConfig, epochs: int) -> Trainer:
    trainer = Trainer(config)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


@lru_cache(maxsize=len(GALLERY))
def trained(name: str) -> Trainer:
    """At the moment of which the card speaks; not to be changed."""
    return run(GALLERY[name].config, GALLERY[name].epochs)


def with_changes(name: str, part: str = "", /, **values: object) -> Trainer:
    """The same, but for what a reader is told to try."""
    return run(GALLERY[name].config.changed(part, **values), GALLERY[name].epochs)  # type: ignore[arg-type]


def weights(trainer: Trainer) -> list[tuple[Matrix, Matrix]]:
    """W (n_out, n_in) and b (n_out, 1) of each layer."""
    return [
        (W.astype(np.float64), b.astype(np.float64)[:, None])
        for W, b in zip(trainer.network.W, trainer.network.b, strict=True)
    ]


def forward(trainer: Trainer, X: Matrix, layers: list[tuple[Matrix, Matrix]] | None = None) -> list[Matrix]:
    """What each hidden layer answers to the inputs `X` (n_in, N), and the output's sums: by hand, in double
    precision."""
    layers = layers or weights(trainer)
    A, answers = X, []
    for (W, b), name in zip(layers[:-1], trainer.config.network.activations, strict=True):
        A = FOLDS[name](W @ A + b)
        answers.append(A)
    W, b = layers[-1]
    return [*answers, W @ A + b]


def points(trainer: Trainer) -> Matrix:
    """All points' inputs (n_in, N), training and test, without the row of ones."""
    return trainer.material.X[:-1].astype(np.float64)


def train_accuracy(trainer: Trainer) -> float:
    share = trainer.measure().train_accuracy
    assert share is not None
    return share


def test_accuracy(trainer: Trainer) -> float:
    share = trainer.measure().test_accuracy
    assert share is not None
    return share


test_accuracy.__test__ = False  # type: ignore[attr-defined]


def far_away(trainer: Trainer) -> set[bool]:
    """Which answers there are a thousand units from the middle: both, if the border runs to infinity."""
    angle = np.linspace(0, 2 * np.pi, 3600)
    Z = forward(trainer, 1000 * np.stack([np.cos(angle), np.sin(angle)]))[-1][0]
    return set((Z > 0).tolist())


def dead(trainer: Trainer) -> NDArray[np.bool_]:
    """Which neurons of the first layer answer 0 to every point."""
    return np.asarray((forward(trainer, points(trainer))[0] == 0).all(axis=1))


# -- all of them ------------------------------------------------------------------------------------------------------


def test_the_gallery_is_large_enough_and_no_title_is_there_twice() -> None:
    assert len(GALLERY) >= 16
    assert len({example.title for example in GALLERY.values()}) == len(GALLERY)
    assert len({example.config for example in GALLERY.values()}) == len(GALLERY)


@EACH
def test_the_texts_are_sentences_that_fit_on_a_card(example: Example) -> None:
    assert 1 <= len(example.title.split()) <= 4
    for text, longest, ends in ((example.words, 190, "."), (example.watch, 130, (".", "?"))):
        assert text.endswith(ends)
        assert not text[0].islower()
        assert "  " not in text
        assert len(text) <= longest


def test_an_example_that_a_text_names_is_there() -> None:
    texts = " ".join(example.words + example.watch for example in GALLERY.values())
    titles = {example.title for example in GALLERY.values()}
    for name in ("Wide and slow", "Deep and quick", "Overfitting, held back"):
        assert name in titles
        assert name in texts


@EACH
def test_the_config_is_the_same_from_json(example: Example) -> None:
    assert parse(json.loads(example.config.model_dump_json())) == example.config
    assert example.epochs > 0
    assert example.config.data.folder is None


# -- what works -------------------------------------------------------------------------------------------------------


def test_one_neuron_draws_one_line_and_gets_at_most_three_quarters_of_xor() -> None:
    trainer = trained("xor-one")
    assert 0.6 < train_accuracy(trainer) < 0.78
    assert 0.6 < test_accuracy(trainer) < 0.78
    (w, b), *_ = weights(trainer)
    X = np.random.default_rng(0).uniform(-6, 6, (2, 5000))
    along = (w @ X + b)[0]
    answers = (forward(trainer, X)[-1][0] > 0)[np.argsort(along)]
    assert np.count_nonzero(answers[1:] != answers[:-1]) == 1


def test_four_neurons_solve_xor_and_differ_from_the_one_in_nothing_else() -> None:
    assert test_accuracy(trained("xor-four")) > 0.98
    assert GALLERY["xor-four"].config.changed("network", hidden=(1,), activations=("relu",)) == (
        GALLERY["xor-one"].config
    )


def test_the_circle_is_a_closed_polygon_of_at_most_twice_as_many_sides_as_neurons() -> None:
    trainer = trained("circle")
    assert test_accuracy(trainer) > 0.98
    assert far_away(trainer) == {False}
    axis = np.linspace(-6, 6, 601)
    X = np.stack(np.meshgrid(axis, axis)).reshape(2, -1)
    (W, b), *_ = weights(trainer)
    Z = forward(trainer, X)[-1].reshape(601, 601) > 0
    on_the_border = np.zeros_like(Z)
    on_the_border[:, 1:] |= Z[:, 1:] != Z[:, :-1]
    on_the_border[1:] |= Z[1:] != Z[:-1]
    # where the same neurons are awake the network is linear, so there the border is one straight piece
    sides = {tuple(column) for column in (W @ X + b > 0)[:, on_the_border.ravel()].T.tolist()}
    assert 6 <= len(sides) <= 12


def test_two_clouds_need_three_numbers_which_do_not_help_with_xor() -> None:
    trainer = trained("gaussian")
    assert trainer.material.architecture.n_parameters == 3
    assert test_accuracy(trainer) > 0.98
    assert test_accuracy(with_changes("gaussian", "data", name="xor")) < 0.6


def test_three_layers_learn_the_spiral() -> None:
    assert test_accuracy(trained("spiral")) > 0.95


def test_two_squares_replace_the_hidden_layer() -> None:
    trainer = trained("features")
    assert trainer.material.architecture.n_parameters == 3
    assert test_accuracy(trainer) > 0.99
    assert test_accuracy(with_changes("features", features=("x1", "x2"))) < 0.65


def test_three_arms_are_told_apart_by_three_outputs() -> None:
    trainer = trained("three-arms")
    assert len(weights(trainer)[-1][0]) == 3
    assert test_accuracy(trainer) > 0.85


def test_eight_steps_add_up_to_a_sine() -> None:
    x = np.linspace(0, 2 * np.pi, 500)[None]
    far = forward(trained("sine"), x)[-1] - np.sin(x)
    assert sqrt(np.square(far).mean()) < 0.1


def test_all_64_patterns_of_parity_are_right_but_of_1024_only_those_that_it_saw() -> None:
    patterns = np.array(list(product((-1.0, 1.0), repeat=6))).T
    odd = (patterns > 0).sum(axis=0) % 2 == 1
    assert ((forward(trained("parity"), patterns)[-1][0] > 0) == odd).all()
    more = with_changes("parity", "data", bits=10)
    assert 0.22 < more.material.n_train / 1024 < 0.26
    assert train_accuracy(more) > 0.95
    assert 0.52 < test_accuracy(more) < 0.8


def test_the_digits_of_the_sample_are_read() -> None:
    trainer = trained("mnist")
    assert (len(trainer.material.data.train), len(trainer.material.data.test)) == (4000, 1000)
    assert test_accuracy(trainer) > 0.92
    planned = GALLERY["mnist"].config.training.planned_epochs
    assert test_accuracy(run(GALLERY["mnist"].config, planned)) >= 0.94


@pytest.mark.skipif(not MNIST, reason="MLP_MNIST doesn't name a folder with the four MNIST files")
def test_98_in_100_of_all_digits_are_read() -> None:
    example = GALLERY["mnist-full"]
    trainer = run(example.config.changed("data", folder=MNIST), example.epochs)
    assert test_accuracy(trainer) >= 0.98
    accuracies = trainer.history.table()[4]
    assert accuracies[-1] > accuracies[-3] + 0.003


def test_all_of_mnist_is_in_the_gallery() -> None:
    config = GALLERY["mnist-full"].config
    assert config.data.name == MNIST_FULL
    assert (config.training.schedule, config.training.planned_epochs) == ("linear", GALLERY["mnist-full"].epochs)


# -- what goes wrong --------------------------------------------------------------------------------------------------


def test_two_folds_leave_the_ring_open() -> None:
    trainer = trained("too-small")
    assert test_accuracy(trainer) < 0.9
    assert far_away(trainer) == {False, True}
    assert test_accuracy(with_changes("too-small", "network", hidden=(3,))) > 0.95


def test_wide_learns_the_spiral_slower_than_deep_with_as_many_numbers() -> None:
    wide, deep = trained("too-wide"), trained("deep")
    assert wide.material.architecture.n_parameters == 2497
    assert deep.material.architecture.n_parameters == 2549
    assert wide.config.model_copy(update={"network": deep.config.network}) == deep.config
    assert wide.epoch == deep.epoch
    assert test_accuracy(wide) < 0.65
    assert test_accuracy(deep) > 0.95
    assert test_accuracy(with_changes("too-wide", "data", name="xor")) > 0.98


def test_ten_sigmoid_layers_keep_the_gradient_from_the_first() -> None:
    trainer = trained("too-deep")
    assert trainer.config.data == GALLERY["gaussian"].config.data
    assert train_accuracy(trainer) < 0.6
    first, last = (slope(trainer, layer) for layer in (0, 10))
    assert 0 < first < last / 1000
    for other in (("tanh",) * 10, ("relu",) * 10):
        assert test_accuracy(with_changes("too-deep", "network", activations=other)) > 0.95
    assert test_accuracy(with_changes("too-deep", "network", hidden=(8, 8), activations=("sigmoid",) * 2)) > 0.95


def slope(trainer: Trainer, layer: int, step: float = 1e-4) -> float:
    """The mean size of ∂loss/∂w over a layer's weights, from differences of the loss on the training points."""
    X = points(trainer)[:, : trainer.material.n_train]
    y = trainer.material.Y_train[0].astype(np.float64)
    layers = weights(trainer)

    def loss() -> float:
        z = forward(trainer, X, layers)[-1][0]
        return float((np.logaddexp(0, z) - y * z).mean())

    W, slopes = layers[layer][0], []
    for cell in np.ndindex(W.shape):
        before, losses = W[cell], []
        for value in (before + step, before - step):
            W[cell] = value
            losses.append(loss())
        W[cell] = before
        slopes.append(abs(losses[0] - losses[1]) / (2 * step))
    return float(np.mean(slopes))


def test_twins_stay_twins() -> None:
    trainer = trained("twins")
    for W, b in weights(trainer)[:-1]:
        assert (W[0] == W).all()
        assert (b == b[0]).all()
        assert np.ptp(W[0]) > 0.1  # they have learned, all of them the same
    assert test_accuracy(trainer) < 0.75
    assert test_accuracy(with_changes("twins", "network", initializer="xavier")) > 0.95


def test_large_first_weights_saturate_tanh() -> None:
    trainer = trained("saturated")
    *hidden, _ = forward(trainer, points(trainer))
    assert np.mean([np.abs(A) > 0.99 for A in hidden]) > 0.7
    assert test_accuracy(trainer) < 0.85
    widths = trainer.material.architecture.widths
    assert all(10 * sqrt(2 / (n_in + n_out)) < 5 for n_in, n_out in pairwise(widths))  # Xavier's spread, times ten
    assert test_accuracy(with_changes("saturated", "network", initializer="xavier")) > 0.98


def test_most_relus_are_dead_and_stay_dead() -> None:
    trainer = trained("dead")
    gone = dead(trainer)
    assert len(gone) == 16
    assert gone.sum() >= 12
    assert test_accuracy(trainer) < 0.8
    assert dead(run(trainer.config, trainer.epoch + 100))[gone].all()
    assert not dead(with_changes("dead", "training", learning_rate=0.01)).any()


def test_steps_past_the_limit_climb_until_no_number_is_left() -> None:
    trainer = trained("large-steps")
    losses = trainer.history.table()[1]
    assert len(losses) == trainer.epoch + 1
    assert (np.diff(losses) > 0).all()
    with pytest.raises(Diverged):
        run(trainer.config, 200)
    X = trainer.material.X_train.astype(np.float64)
    # of a squared error the steepest curve is the largest eigenvalue λ of X Xᵀ / N; steps up to 2 / λ go down
    limit = 2 / np.linalg.eigvalsh(X @ X.T / X.shape[1]).max()
    assert 0.14 < limit < 0.15
    assert run(trainer.config.changed("training", learning_rate=0.1), 100).measure().test_loss < 1e-4


def test_overfitting_learns_its_points_by_heart_and_l2_holds_it_back() -> None:
    free, held = trained("overfit"), trained("overfit-l2")
    assert free.config.changed("training", l2=0.03) == held.config
    assert (free.material.n_train, free.material.architecture.n_parameters) == (40, 1185)
    assert train_accuracy(free) == 1
    assert test_accuracy(free) < 0.75
    assert train_accuracy(held) < 1
    assert test_accuracy(held) > test_accuracy(free) + 0.05
    _, train, test, *_ = free.history.table()
    assert train[-1] < 0.01
    assert test.argmin() < 50
    assert test[-1] > 1.5 * test.min()
