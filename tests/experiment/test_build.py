"""From the config to matrices: the right samples, features, targets and shapes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.build import dataset, first_parameters, material
from mlp_playground.experiment.config import DIGITS_DEFAULT, DataConfig, ExperimentConfig, parse


def test_points_become_their_features_above_a_row_of_ones() -> None:
    built = material(parse({"features": ["x2", "x1*x2"]}))
    points = built.data.train.X
    assert built.X_train.shape == (3, 250)
    assert (built.X_train == np.stack([points[1], points[0] * points[1], np.ones(250)])).all()
    assert (built.Y_train == built.data.train.y).all()
    assert built.X_train.dtype == built.Y_train.dtype == np.float32


@pytest.mark.parametrize("name", ["parity", "sine"])
def test_bits_and_curves_are_seen_as_they_are_whatever_features_are_chosen(name: str) -> None:
    built, other = (material(parse({"data": {"name": name}, "features": names})) for names in (["x2"], ["x1", "x1^2"]))
    assert built.X.tobytes() == other.X.tobytes()
    assert (built.X_train[:-1] == built.data.train.X).all()
    assert (built.X_test[:-1] == built.data.test.X).all()
    assert (built.X[-1] == 1).all()
    assert (np.concatenate([built.data.train.y, built.data.test.y]) == built.Y).all()


@pytest.mark.parametrize(
    ("name", "loss", "allowed"),
    [("spiral3", "binary", "auto or classes"), ("parity", "classes", "auto or binary or tanh-squared")],
)
def test_a_loss_for_other_data_is_refused(name: str, loss: str, allowed: str) -> None:
    with pytest.raises(InvalidValue, match=f"^loss: '{loss}' is not allowed; it must be {allowed} for these data$"):
        material(parse({"data": {"name": name}, "training": {"loss": loss}}))


def test_digits_become_their_pixels_whatever_features_are_chosen() -> None:
    built = material(DIGITS_DEFAULT.changed(features=("x1",)))
    assert (built.X_train[:-1] == built.data.train.X).all()
    assert (built.X_test[-1] == 1).all()
    targets = built.Y[:, built.n_train :]
    assert (targets.argmax(axis=0) == built.data.test.y).all()
    assert (targets.sum(axis=0) == 1).all()


@pytest.mark.parametrize(
    ("config", "widths", "head"),
    [
        (parse({"data": {"name": "spiral"}, "features": ["x1", "x2", "sin(x1)"]}), (3, 1, 1), "binary"),
        (parse({"data": {"name": "plane"}}), (2, 1, 1), "regression"),
        (parse({"data": {"name": "spiral3"}, "features": ["x1", "x2", "sin(x1)"]}), (3, 1, 3), "classes"),
        (parse({"data": {"name": "spiral5"}}), (2, 1, 5), "classes"),
        (parse({"data": {"name": "parity"}}), (4, 1, 1), "binary"),
        (parse({"data": {"name": "parity", "bits": 7}, "features": ["x1"]}), (7, 1, 1), "binary"),
        (parse({"data": {"name": "parity"}, "training": {"loss": "tanh-squared"}}), (4, 1, 1), "tanh-squared"),
        (parse({"data": {"name": "chirp"}, "features": ["x1", "x2"]}), (1, 1, 1), "regression"),
        (parse({"data": {"name": "step"}, "training": {"loss": "huber"}}), (1, 1, 1), "huber"),
        (parse({"network": {"hidden": [], "activations": []}}), (2, 1), "binary"),
        (DIGITS_DEFAULT, (784, 128, 64, 10), "classes"),
    ],
)
def test_the_architecture_fits_the_data(config: ExperimentConfig, widths: tuple[int, ...], head: str) -> None:
    shape = material(config).architecture
    assert (shape.widths, shape.head) == (widths, head)


def test_first_parameters_are_those_of_the_seed() -> None:
    config = ExperimentConfig()
    shape = material(config).architecture
    first, again, other = (first_parameters(config.changed(seed=seed), shape) for seed in (0, 0, 1))
    assert first.tobytes() == again.tobytes() != other.tobytes()


def test_the_same_samples_are_not_made_twice() -> None:
    assert dataset(DataConfig(name="circle")) is dataset(DataConfig(name="circle"))


@pytest.mark.parametrize("name", ["spiral", "spiral3", "spiral5"])
def test_the_spirals_turns_reach_its_points(name: str) -> None:
    wide, usual = (dataset(DataConfig(name=name, turns=turns)).train.X for turns in (0.5, 1.75))
    assert usual.tobytes() == dataset(DataConfig(name=name)).train.X.tobytes() != wide.tobytes()


def test_training_data_of_one_class_are_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^training samples: 'all of class .* it must be of two classes or more"):
        material(parse({"data": {"samples": 10, "test_share": 0.95}}))


def test_digits_are_straightened_where_that_is_wanted() -> None:
    written, straight = (dataset(DIGITS_DEFAULT.changed("data", deskew=on).data) for on in (False, True))
    assert written.label != straight.label
    assert written.test.X.tobytes() != straight.test.X.tobytes()


def test_a_folder_without_mnist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="MNIST folder"):
        dataset(DataConfig(name="mnist-full", folder=str(tmp_path)))


def test_without_a_folder_the_full_mnist_is_looked_for_in_the_users_data() -> None:
    with pytest.raises(InvalidValue, match="mlp-playground-tests"):  # the folder that the tests have for a home
        dataset(DataConfig(name="mnist-full"))
