"""MNIST as a dataset: the built-in sample, and folders with the four files."""

from __future__ import annotations

import gzip
import os
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.mnist import FILES, is_mnist_folder, load_folder, load_sample
from mlp_playground.errors import InvalidValue

MNIST = os.environ.get("MLP_MNIST", "")


def write_idx(path: Path, array: NDArray[np.uint8]) -> None:
    content = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def make_folder(folder: Path, names: tuple[str, ...] = FILES, size: int = 28) -> NDArray[np.uint8]:
    """Five digits to train with and three to test with; the train pictures are returned."""
    pictures = np.random.default_rng(0).integers(0, 256, (5, size, size), dtype=np.uint8)
    labels = np.array([3, 1, 4, 1, 5], np.uint8)
    for name, array in zip(names, (pictures, labels, pictures[:3], labels[:3]), strict=True):
        write_idx(folder / name, array)
    return pictures


def check_form(samples: Samples, n: int) -> None:
    assert samples.X.shape == (784, n)
    assert samples.X.dtype == np.float32
    assert samples.X.flags.f_contiguous  # a picture's pixels lie side by side
    assert samples.y.dtype == np.int64
    assert 0 <= samples.X.min() < samples.X.max() <= 1


def check_meaning(dataset: Dataset, label: str) -> None:
    assert (dataset.label, dataset.task, dataset.image_shape) == (label, "classes", (28, 28))
    assert dataset.classes == ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")


def test_sample() -> None:
    sample = load_sample()
    check_meaning(sample, "MNIST sample")
    check_form(sample.train, 4000)
    check_form(sample.test, 1000)
    assert np.bincount(sample.train.y.astype(int)).tolist() == [400] * 10
    assert np.bincount(sample.test.y.astype(int)).tolist() == [100] * 10


def test_sample_holds_no_digit_twice() -> None:
    sample = load_sample()
    pictures = np.hstack([sample.train.X, sample.test.X]).T
    assert len({picture.tobytes() for picture in pictures}) == 5000


def test_labels_of_the_sample_fit_its_pictures() -> None:
    sample = load_sample()
    means = np.stack([sample.train.X[:, sample.train.y == digit].mean(axis=1) for digit in range(10)])
    distances = (means**2).sum(axis=1)[:, np.newaxis] - 2 * means @ sample.test.X
    # the nearest mean picture is right in four of five cases, and in one of ten where labels are mixed up
    assert (distances.argmin(axis=0) == sample.test.y).mean() > 0.75


def slants(X: NDArray[np.float32]) -> NDArray[np.float64]:
    """How far the ink of each picture moves right per row."""
    y, x = np.mgrid[:28, :28].reshape(2, -1)
    return np.array([np.cov(y, x, aweights=p)[0, 1] / np.cov(y, x, aweights=p)[0, 0] for p in X.T])


def test_the_sample_straightened() -> None:
    written, sample = load_sample(), load_sample(deskewed=True)
    check_meaning(sample, "MNIST sample, deskewed")
    check_form(sample.train, 4000)
    check_form(sample.test, 1000)
    for part, same in ((sample.train, written.train), (sample.test, written.test)):
        assert (part.y == same.y).all()
        assert np.median(np.abs(slants(same.X[:, ::20]))) > 0.1
        assert np.median(np.abs(slants(part.X[:, ::20]))) < 1e-5


def test_a_folder_straightened(tmp_path: Path) -> None:
    make_folder(tmp_path)
    mnist = load_folder(tmp_path, deskewed=True)
    check_meaning(mnist, "MNIST, deskewed")
    check_form(mnist.train, 5)
    for part, written in ((mnist.train, load_folder(tmp_path).train), (mnist.test, load_folder(tmp_path).test)):
        assert (part.X != written.X).any(axis=0).all()
        assert (np.abs(slants(part.X)) < np.abs(slants(written.X))).all()


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("dotted", [False, True])
def test_folder(tmp_path: Path, ending: str, dotted: bool) -> None:
    names = tuple((name.replace("-idx", ".idx") if dotted else name) + ending for name in FILES)
    pictures = make_folder(tmp_path, names)
    assert is_mnist_folder(tmp_path)
    mnist = load_folder(tmp_path)
    check_meaning(mnist, "MNIST")
    check_form(mnist.train, 5)
    check_form(mnist.test, 3)
    np.testing.assert_array_equal(mnist.train.X, (pictures.reshape(5, 784).T / 255).astype(np.float32))
    assert mnist.train.y.tolist() == [3, 1, 4, 1, 5]
    assert mnist.test.y.tolist() == [3, 1, 4]


def test_a_folder_of_a_files_name_is_not_taken_for_it(tmp_path: Path) -> None:
    make_folder(tmp_path, tuple(name.replace("-idx", ".idx") for name in FILES))
    (tmp_path / FILES[0]).mkdir()
    assert len(load_folder(tmp_path).train) == 5


def test_missing_files_are_named(tmp_path: Path) -> None:
    make_folder(tmp_path)
    (tmp_path / FILES[1]).unlink()
    (tmp_path / FILES[2]).unlink()
    assert not is_mnist_folder(tmp_path)
    with pytest.raises(InvalidValue, match=f"missing: {FILES[1]}, {FILES[2]} .*\\.gz"):
        load_folder(tmp_path)


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert not is_mnist_folder(tmp_path / "nowhere")
    with pytest.raises(InvalidValue, match="nowhere"):
        load_folder(tmp_path / "nowhere")


def test_pictures_of_another_size_are_refused(tmp_path: Path) -> None:
    make_folder(tmp_path, size=27)
    with pytest.raises(InvalidValue, match=f"{FILES[0]}.*27 × 27"):
        load_folder(tmp_path)


@pytest.mark.skipif(not MNIST, reason="MLP_MNIST doesn't name a folder with the four MNIST files")
def test_the_real_files() -> None:
    mnist = load_folder(Path(MNIST))
    check_form(mnist.train, 60_000)
    check_form(mnist.test, 10_000)
    assert mnist.train.y[:5].tolist() == [5, 0, 4, 1, 9]
    assert mnist.test.y[:5].tolist() == [7, 2, 1, 0, 4]
    assert mnist.train.X.mean() == pytest.approx(0.1307, abs=1e-4)  # the mean that everybody quotes


@pytest.mark.skipif(not MNIST, reason="MLP_MNIST doesn't name a folder with the four MNIST files")
def test_the_sample_is_a_part_of_the_real_files() -> None:
    mnist, sample = load_folder(Path(MNIST)), load_sample()
    label_of = {mnist.train.X[:, i].tobytes(): label for i, label in enumerate(mnist.train.y)}
    for part in (sample.train, sample.test):
        assert [label_of.get(part.X[:, i].tobytes()) for i in range(len(part))] == part.y.tolist()
