"""MNIST as a Dataset: the built-in sample of 5,000 digits, or the four files in a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.deskew import deskew
from mlp_playground.data.idx import read_pair
from mlp_playground.errors import InvalidValue
from mlp_playground.resources import resource

IMAGE_SHAPE = (28, 28)
CLASSES = tuple("0123456789")
FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")

Bytes = NDArray[np.uint8]


def load_sample(*, deskewed: bool = False) -> Dataset:
    """The program's own digits, as written or straightened: 4,000 to train with, 1,000 to test."""
    with np.load(resource("data/mnist_sample.npz"), allow_pickle=False) as arrays:
        train = _samples(arrays["train_images"], arrays["train_labels"], deskewed)
        test = _samples(arrays["test_images"], arrays["test_labels"], deskewed)
    return _dataset("MNIST sample", train, test, deskewed)


def load_folder(folder: Path, *, deskewed: bool = False) -> Dataset:
    """MNIST from the four IDX files in `folder`, plain or gzipped, under either of their usual names.

    The digits are as written or straightened. Raises InvalidValue when a file is missing, or isn't what it should be;
    its text names the file.
    """
    found = {name: _find(folder, name) for name in FILES}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        allowed = (
            f"a folder with MNIST's four files; missing: {', '.join(missing)}"
            " (also fine: a dot in front of idx, and .gz at the end)"
        )
        raise InvalidValue("MNIST folder", str(folder), allowed)
    train_images, train_labels, test_images, test_labels = (path for path in found.values() if path is not None)
    train = _read_samples(train_images, train_labels, deskewed)
    test = _read_samples(test_images, test_labels, deskewed)
    return _dataset("MNIST", train, test, deskewed)


def is_mnist_folder(folder: Path) -> bool:
    """Whether the four files are there; what is in them is not looked at."""
    return all(_find(folder, name) is not None for name in FILES)


def _find(folder: Path, name: str) -> Path | None:
    """The file of that name in `folder`, or of one of its accepted spellings; a plain file loads faster than a .gz."""
    dotted = name.replace("-idx", ".idx")
    for spelling in (name, dotted, f"{name}.gz", f"{dotted}.gz"):
        path = folder / spelling
        if path.is_file():  # some archives unpack to a folder of the file's name
            return path
    return None


def _read_samples(images: Path, labels: Path, deskewed: bool) -> Samples:
    X, y = read_pair(images, labels)
    if X.shape[1:] != IMAGE_SHAPE:
        raise InvalidValue(images.name, f"pictures of {X.shape[1]} × {X.shape[2]} pixels", "pictures of 28 × 28 pixels")
    return _samples(X, y, deskewed)


def _samples(images: Bytes, labels: Bytes, deskewed: bool) -> Samples:
    """Samples from grey pictures (N, 28, 28), 0 to 255, and labels (N,)."""
    rows = images.reshape(len(images), -1)
    # one pass from bytes to float32: with 60,000 pictures every further copy would cost 188 MB.
    # Divided as rows and then transposed: a picture's pixels stay side by side, which minibatches profit from
    grey = np.divide(rows, np.float32(255), dtype=np.float32)
    if deskewed:
        deskew(grey.reshape(-1, *IMAGE_SHAPE))
    return Samples(grey.T, labels.astype(np.int64))


def _dataset(label: str, train: Samples, test: Samples, deskewed: bool) -> Dataset:
    label += ", deskewed" if deskewed else ""
    return Dataset(label, "classes", train, test, CLASSES, "pictures", IMAGE_SHAPE)
