"""The script that makes the built-in MNIST sample, on a small CSV of the same form."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "make_mnist_sample.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_mnist_sample", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """Five pictures of each of three classes; a picture's first pixel is its row number."""
    rows = [",".join([str(i)] + ["255"] * 783 + [str(i % 3)]) for i in range(15)]
    path = tmp_path / "digits.csv.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_splits_every_class_alike_and_keeps_labels_with_pictures(script: ModuleType, csv: Path) -> None:
    images, labels = script.read_csv(csv, sha256(csv))
    assert images.shape == (15, 28, 28)
    assert images.dtype == labels.dtype == np.uint8
    parts = script.split_by_class(images, labels, 2, np.random.default_rng(0))
    assert np.bincount(parts["train_labels"]).tolist() == [3, 3, 3]
    assert np.bincount(parts["test_labels"]).tolist() == [2, 2, 2]
    for part in ("train", "test"):
        np.testing.assert_array_equal(parts[f"{part}_images"][:, 0, 0] % 3, parts[f"{part}_labels"])
    used = np.concatenate([parts["train_images"], parts["test_images"]])[:, 0, 0]
    assert sorted(used.tolist()) == list(range(15))


def test_a_second_run_writes_the_same_bytes(
    script: ModuleType, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images, labels = script.read_csv(csv, sha256(csv))
    written = []
    for day in (0, 1):
        monkeypatch.setattr(time, "time", lambda day=day: 1.7e9 + day * 86400)
        path = tmp_path / f"{day}.npz"
        script.write(path, script.split_by_class(images, labels, 2, np.random.default_rng(0)))
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_another_file_is_refused(script: ModuleType, csv: Path) -> None:
    with pytest.raises(SystemExit, match="SHA-256"):
        script.read_csv(csv)
