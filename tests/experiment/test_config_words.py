"""Two experiments told apart in words: every setting that makes a difference, and no other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import (
    DIGITS_DEFAULT,
    DataConfig,
    ExperimentConfig,
    NetworkConfig,
    TrainingConfig,
    parse,
)
from mlp_playground.experiment.config_words import TRAINING, differences

BASE = parse({"network": {"hidden": [4, 4], "activations": ["tanh", "tanh"]}, "training": {"learning_rate": 0.03}})


def own(seed: int) -> OwnData:
    X = np.random.default_rng(seed).normal(size=(2, 9)).astype(np.float32)
    return OwnData("drawn", "binary", Samples(X, (X[0] > X[1]).astype(np.int64)))


OURS, THEIRS = (BASE.changed("data", name="own", own=own(seed)) for seed in (1, 2))
SPIRAL, PARITY = BASE.changed("data", name="spiral"), BASE.changed("data", name="parity")
NARROW = "\u202f"

TOLD: list[tuple[str, ExperimentConfig, dict[str, Any], str]] = [
    ("training", BASE, {"optimizer": "sgd"}, "SGD instead of Adam"),
    ("training", BASE, {"learning_rate": 0.1}, "learning rate 0.1 instead of 0.03"),
    ("training", BASE, {"batch_size": 0}, "batch size all instead of 10"),
    ("training", BASE, {"l1": 0.1}, "L1 rate 0.1 instead of none"),
    ("training", BASE, {"l2": 0.001}, "L2 rate 0.001 instead of none"),
    ("training", BASE, {"loss": "binary"}, "loss sigmoid + binary cross-entropy instead of automatic"),
    ("training", BASE, {"schedule": "linear"}, "schedule linear instead of constant"),
    ("training", BASE.changed("training", schedule="linear"), {"planned_epochs": 7}, "planned epochs 7 instead of 100"),
    ("training", BASE, {"planned_epochs": 7}, ""),
    ("training", BASE, {"clip_norm": 1.0}, "clipping 1 instead of none"),
    ("training", BASE, {"dropout": 0.25}, f"dropout 25{NARROW}% instead of none"),
    ("network", BASE, {"hidden": (8, 4)}, "8 neurons in layer 1 instead of 4"),
    ("network", BASE, {"hidden": (4, 1)}, "1 neuron in layer 2 instead of 4"),
    (
        "network",
        BASE,
        {"hidden": (8, 8, 8), "activations": ("tanh",) * 3},
        "3 hidden layers (8-8-8) instead of 2 hidden layers (4-4)",
    ),
    ("network", BASE, {"hidden": (), "activations": ()}, "no hidden layer instead of 2 hidden layers (4-4)"),
    ("network", BASE, {"activations": ("relu", "relu")}, "ReLU instead of tanh"),
    ("network", BASE, {"activations": ("tanh", "relu")}, "ReLU in layer 2 instead of tanh"),
    ("network", BASE, {"off": ((0, 1),)}, "1 neuron off instead of none"),
    ("network", BASE, {"frozen": ((0, 1), (1, 1))}, "2 neurons frozen instead of none"),
    ("network", BASE.changed("network", off=((0, 1),)), {"off": ((0, 2),)}, "other neurons off"),
    ("network", BASE, {"initializer": "zeros"}, "first weights zeros instead of automatic"),
    ("network", BASE, {"initializer_scale": 9.0}, ""),
    (
        "network",
        BASE.changed("network", initializer="normal"),
        {"initializer_scale": 2.0},
        "first weights normal 2 instead of normal 0.5",
    ),
    ("", BASE, {"features": ("x1", "x1*x2")}, "with x₁x₂ and without x₂"),
    ("", DIGITS_DEFAULT, {"features": ("x1",)}, ""),
    ("", BASE, {"seed": 2}, "other first weights and order (seed 2 instead of 0)"),
    ("data", BASE, {"name": "circle"}, "circle instead of XOR"),
    ("data", BASE, {"noise": 0.1}, f"noise 10{NARROW}% instead of 0{NARROW}%"),
    ("data", BASE, {"samples": 1000}, f"1{NARROW}000 points instead of 500 points"),
    ("data", OURS, {"samples": 1000}, ""),
    ("data", BASE, {"test_share": 0.2}, f"test share 20{NARROW}% instead of 50{NARROW}%"),
    ("data", BASE, {"seed": 4}, "other points (seed 4 instead of 0)"),
    ("data", SPIRAL, {"turns": 3.0}, "turns 3 instead of 1.75"),
    ("data", BASE, {"turns": 3.0}, ""),
    ("data", PARITY, {"bits": 8}, "bits 8 instead of 4"),
    ("data", OURS, {"own": own(2)}, "other own data"),
    ("data", BASE, {"own": own(2)}, ""),
    ("data", DIGITS_DEFAULT, {"deskew": True}, "digits straightened instead of as they were"),
    ("data", DIGITS_DEFAULT, {"folder": "/digits"}, "digits from another folder"),
]


@pytest.mark.parametrize("row", range(len(TOLD)))
def test_each_difference_is_told_and_what_means_nothing_is_not(row: int) -> None:
    part, base, values, words = TOLD[row]
    changed = base.changed(part, **values)  # type: ignore[arg-type]
    assert changed != base
    assert differences(changed, base) == ((words,) if words else ())
    assert differences(base, base) == ()
    assert bool(differences(base, changed)) == bool(words)


def test_no_setting_is_forgotten() -> None:
    tried = {(part, name) for part, _, values, _ in TOLD for name in values}
    for part, kind in (("data", DataConfig), ("network", NetworkConfig), ("training", TrainingConfig)):
        assert {name for name in kind.model_fields if (part, name) not in tried} == set()
    assert {"features", "seed"} <= {name for part, name in tried if not part}
    assert TRAINING.keys() == TrainingConfig.model_fields.keys()


def test_several_differences_come_one_after_the_other() -> None:
    other = BASE.changed("training", learning_rate=0.1).changed("network", hidden=(8, 4))
    assert differences(other, BASE) == ("8 neurons in layer 1 instead of 4", "learning rate 0.1 instead of 0.03")
    digits = differences(DIGITS_DEFAULT, BASE)
    assert digits[0] == "128 neurons in layer 1 instead of 4"
    assert "MNIST (5,000 digits) instead of XOR" in digits
