"""Scripts that learn: with the program's own data, first weights and order, and in NumPy to the same parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import MNIST, MNIST_FULL, ExperimentConfig
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.export.codes import CODES
from mlp_playground.export.subject import Subject
from mlp_playground.export.weights import weights
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES
from tests.export.subjects import config, run, table

RATES = {
    "sgd": 0.05,
    "momentum": 0.01,
    "nesterov": 0.01,
    "rmsprop": 0.003,
    "adagrad": 0.03,
    "adam": 0.01,
    "adamw": 0.01,
}
STRICT: dict[str, Any] = {"l1": 0.003, "l2": 0.01, "clip_norm": 0.5, "schedule": "warm-up", "planned_epochs": 8}


def experiments() -> dict[str, ExperimentConfig]:
    """Every optimizer, schedule, initializer, head and activation, and all that a run can have besides."""
    found: dict[str, ExperimentConfig] = {}
    for name, rate in RATES.items():
        usual = {"optimizer": name, "learning_rate": rate}
        found[name] = config("moons", (4, 3), ("tanh", "silu"), training=usual)
        found[f"{name}, strict"] = config("moons", (4,), ("gelu",), training=usual | STRICT)
    for name in SCHEDULES:
        found[name] = config("circle", (3,), training={"schedule": name, "planned_epochs": 5})
    for name in INITIALIZERS:
        found[name] = config("xor", (3, 2), initializer=name, initializer_scale=0.3)
    names = [name for name, fold in ACTIVATIONS.items() if fold.learns]
    found["activations"] = config("circle", (3,) * 10, tuple(names[:10]))
    found["dropout, off, frozen"] = config(
        "spiral3", (6, 5), ("softplus", "elu"), ("x1", "x2^2", "sin(x2)"), off=((0, 1), (1, 0)),
        frozen=((0, 2), (1, 1), (2, 1)), training={"dropout": 0.3, "optimizer": "momentum", "batch_size": 7},
    )  # fmt: skip
    found["off alone"] = config("gaussian", (4,), off=((0, 3),), training={"batch_size": 0})
    for name, head in HEADS.items():
        data = {"binary": "moons", "classes": "spiral3", "regression": "hills"}[head.task]
        found[f"head {name}"] = config(data, (4,), training={"loss": name})
    found["no hidden layer"] = config("plane", ())
    for task, n_in in (("binary", 4), ("classes", 2), ("regression", 4)):
        found[f"table, {task}"] = config(table(task, n_in), (3,), data_more={"noise": 0.1})
    found["bits"] = config("parity", (4,), data_more={"bits": 3})
    return found


def recipe(trainer: Trainer, code: str, folder: Path) -> Path:
    path = folder / "recipe.py"
    CODES[code].written(Subject.of_trainer(trainer), recipe=True).save(path)
    return path


def test_the_points_are_those_of_the_program(tmp_path: Path) -> None:
    for name in TOYS:
        for seed, samples, noise in ((0, 500, 0.2), (7, 61, 0.0)):
            trainer = Trainer(
                config(name, (), data_more={"seed": seed, "samples": samples, "noise": noise, "turns": 1.3})
            )
            X, Y, X_test, Y_test = run(recipe(trainer, "numpy", tmp_path))["load"]()
            own = trainer.material
            assert np.abs(X - own.data.train.X).max() < 1e-5, name
            assert np.abs(X_test - own.data.test.X).max() < 1e-5, name
            assert np.abs(np.concatenate([Y, Y_test], axis=1) - own.Y).max() < 1e-5, name


def test_a_numpy_recipe_learns_what_the_program_learns(tmp_path: Path) -> None:
    """The same parameters after four epochs: the same first weights, order and steps, but for rounding."""
    assert set(RATES) == set(OPTIMIZERS)
    for name, experiment in experiments().items():
        trainer = Trainer(experiment)
        for _ in range(4):
            trainer.run_epoch()
        theirs = run(recipe(trainer, "numpy", tmp_path))
        theirs["train"]()
        ours = weights(Subject.of_trainer(trainer), as_columns=True)
        for l in range(len(theirs["W"])):
            # Adagrad and RMSProp divide by what may be nearly nothing at first
            assert np.abs(theirs["W"][l] - ours[f"W{l + 1}"]).max() < 2e-4, name
            assert np.abs(theirs["b"][l] - ours[f"b{l + 1}"]).max() < 2e-4, name
        X, Y, metrics = theirs["X_train"], theirs["Y_train"], trainer.measure()
        assert theirs["loss"](X, Y) == pytest.approx(metrics.train_loss, abs=1e-3), name
        if metrics.train_accuracy is not None:
            assert theirs["accuracy"](X, Y) == pytest.approx(metrics.train_accuracy, abs=0.04), name
        X = trainer.material.data.test.X
        subject = Subject.of_trainer(trainer)
        scale = 1.0 if subject.target is None else subject.target.factor
        assert np.abs((theirs["predict"](subject.own(X)) - subject.answers(X)) * scale).max() < 2e-3, name


def test_digits_lie_beside_the_script_or_in_mnist_s_files(tmp_path: Path) -> None:
    trainer = Trainer(config(MNIST, (3,), data_more={"deskew": True}))
    path = recipe(trainer, "numpy", tmp_path)
    assert (tmp_path / "recipe-data.npz").exists()
    text = path.read_text(encoding="utf-8")
    for what in ("images", "labels"):  # a hundred digits are enough to look at
        text = text.replace(f'file["test_{what}"]', f'file["test_{what}"][100:110]')
        text = text.replace(f'file["train_{what}"]', f'file["test_{what}"][:100]')
    path.write_text(text, encoding="utf-8")
    X, Y, X_test, _ = run(path)["load"]()
    own = trainer.material
    assert X.shape[1] == 100
    assert np.abs(np.concatenate([X, X_test], axis=1) - own.data.test.X[:, :110]).max() < 1e-5
    assert np.array_equal(Y, own.Y[:, own.n_train : own.n_train + 100])


def test_many_rows_of_a_table_are_written_short_or_lie_beside_the_script(tmp_path: Path) -> None:
    for n, sign in ((50, "train_rows = np.array(["), (1000, 'numbers("""'), (5000, 'train_rows = data["train_rows"]')):
        rng = np.random.default_rng(n)
        samples = Samples(rng.uniform(-5, 5, (4, n)).astype(np.float32), rng.integers(0, 2, n))
        # columns far from 0, whose digits must not get lost
        own = OwnData(
            "t.csv", "binary", samples, tuple("abcd"), ("x", "y"), (1 / 3, 1e-6, 40.0, 1.0), (-668.3, 1, 0, 0)
        )
        trainer = Trainer(config(own, (2,)))
        path = recipe(trainer, "numpy", tmp_path)
        assert sign in path.read_text(encoding="utf-8")
        assert (tmp_path / "recipe-data.npz").exists() == (n == 5000)
        names = run(path)
        X, Y, X_test, Y_test = names["load"]()
        assert np.abs(names["inputs"](X) - trainer.material.data.train.X).max() < 2e-6
        assert np.abs(names["inputs"](X_test) - trainer.material.data.test.X).max() < 2e-6
        assert np.array_equal(np.concatenate([Y, Y_test], axis=1), trainer.material.Y)


def test_the_full_mnist_is_read_from_its_four_files(tmp_path: Path) -> None:
    import gzip
    import struct

    rng = np.random.default_rng(0)
    full = config(MNIST, (3,)).changed("data", name=MNIST_FULL)
    trainer = Trainer(config(MNIST, (3,)))
    subject = Subject(full, trainer.material.architecture, trainer.material.data, trainer.network.theta, 0)
    path = tmp_path / "recipe.py"
    CODES["numpy"].written(subject, recipe=True).save(path)
    folder = tmp_path / "mnist"
    folder.mkdir()
    images, labels = rng.integers(0, 256, (5, 28, 28), np.uint8), np.arange(5, dtype=np.uint8)
    for part in ("train", "t10k"):
        content = struct.pack(">4B3i", 0, 0, 8, 3, 5, 28, 28) + images.tobytes()
        (folder / f"{part}-images-idx3-ubyte").write_bytes(content)
        content = struct.pack(">4Bi", 0, 0, 8, 1, 5) + labels.tobytes()
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(content))
    text = path.read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "script", "__file__": str(path)}
    exec(text, names)
    X, Y, X_test, _ = names["load"]()
    assert np.array_equal(X, images.reshape(5, 784).T / 255)
    assert np.array_equal(X, X_test)
    assert np.array_equal(Y.argmax(axis=0), labels)


def test_recipes_for_other_libraries_are_python(tmp_path: Path) -> None:
    for name, experiment in experiments().items():
        trainer = Trainer(experiment)
        for code in ("torch", "keras"):
            compile(recipe(trainer, code, tmp_path).read_text(encoding="utf-8"), f"{name} {code}", "exec")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Keras's own
@pytest.mark.parametrize("code", ["torch", "keras"])
def test_recipes_for_other_libraries_learn_alike(code: str, tmp_path: Path) -> None:
    """Other first weights and another order, but in the end the same kind of network."""
    pytest.importorskip(code, reason=f"{code} is not installed")
    for name, experiment in experiments().items():
        trainer = Trainer(experiment)
        for _ in range(2):
            trainer.run_epoch()
        theirs = run(recipe(trainer, code, tmp_path))
        theirs["train"]()
        subject = Subject.of_trainer(trainer)
        X = subject.own(trainer.material.data.test.X).T
        answers = theirs["predict"](theirs["torch"].tensor(X, dtype=theirs["torch"].float32) if code == "torch" else X)
        assert np.isfinite(np.asarray(answers)).all(), name
    separable = config("gaussian", (4,), training={"learning_rate": 0.03})
    trainer = Trainer(separable)
    for _ in range(30):
        trainer.run_epoch()
    theirs = run(recipe(trainer, code, tmp_path))
    theirs["train"]()
    X = trainer.material.data.test.X.T
    answers = theirs["predict"](theirs["torch"].tensor(X) if code == "torch" else X)
    assert np.mean((np.asarray(answers)[:, 0] > 0.5) == trainer.material.data.test.y) == 1.0
    assert trainer.measure().test_accuracy == 1.0
