"""Where a recipe's samples come from: drawn as the program draws them, read from files, or in the script itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10

import numpy as np
from numpy.typing import NDArray

from mlp_playground.data.dataset import Samples, test_count
from mlp_playground.experiment.config import MNIST, DataConfig
from mlp_playground.export.arrays import Numbers
from mlp_playground.export.common import DESKEW
from mlp_playground.export.subject import Subject, middle_of
from mlp_playground.export.text import function, joined
from mlp_playground.export.toy_code import toy_code
from mlp_playground.resources import resource

FINE = 1e-6
"""How far a number in a script may be from the network's own, in the network's scale."""

TARGETS = {
    "binary": "y[None, :]",
    "tanh-squared": "2 * y[None, :] - 1",
    "classes": "np.eye({n})[:, y]",
    "regression": "y[None, :]",
    "huber": "y[None, :]",
}
"""From labels y (N,) to targets Y (n_out, N), by head."""

READ_IDX = '''
def read(name):
    """The numbers in one of MNIST's files (IDX), plain or packed."""
    path = FOLDER / name
    content = path.read_bytes() if path.exists() else gzip.decompress((FOLDER / f"{name}.gz").read_bytes())
    sizes = np.frombuffer(content, ">i4", count=content[3], offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * len(sizes)).reshape(sizes)
'''


LOAD_SAMPLE = """
path = Path(__file__)
with np.load(path.with_name(f"{path.stem}-data.npz")) as file:  # comes with this script
    train = digits(file["train_images"], file["train_labels"])
    test = digits(file["test_images"], file["test_labels"])
return *train, *test
"""
LOAD_FILES = """
train = digits(read("train-images-idx3-ubyte"), read("train-labels-idx1-ubyte"))
test = digits(read("t10k-images-idx3-ubyte"), read("t10k-labels-idx1-ubyte"))
return *train, *test
"""
FOLDER = 'FOLDER = Path(__file__).with_name("mnist")  # a folder with MNIST\'s four files'
WORDS = "The samples as columns, and their targets: those to learn from, then those to test on."


@dataclass(frozen=True)
class DataCode:
    """The part of a script that defines `load()`, which gives X_train, Y_train, X_test, Y_test, samples as columns. It
    takes `imports`, and where the samples are many they are in a file `beside` the script."""

    code: str
    imports: tuple[str, ...] = ()
    beside: bytes | None = None


def data_code(subject: Subject) -> DataCode:
    """Where the subject's samples come from."""
    data = subject.config.data
    if data.own_in_use is not None:
        return _own(subject)
    return _digits(data) if data.is_digits else _toy(subject)


def _targets(subject: Subject) -> str:
    target = subject.target
    if target is not None:
        return f"(y[None, :] - {middle_of(target)!r}) * {target.factor!r}"
    return TARGETS[subject.architecture.head].format(n=subject.architecture.widths[-1])


def _toy(subject: Subject) -> DataCode:
    data = subject.config.data
    draw, call = toy_code(data)
    n_test = test_count(data.samples, data.test_share)
    load = f"""
rng = np.random.default_rng([{data.seed}, 1])
X, y = {call}
order = rng.permutation(len(y))
test, train = order[:{n_test}], order[{n_test}:]
Y = {_targets(subject)}
return X[:, train], Y[:, train], X[:, test], Y[:, test]
"""
    return DataCode(joined(draw, function("load()", WORDS, load)))


def _own(subject: Subject) -> DataCode:
    data = subject.data
    numbers = Numbers("data", _samples("train", data.train, subject) | _samples("test", data.test, subject))
    targets = function("targets(y)", "", f"return {_targets(subject)}")
    load = function("load()", WORDS, "return train_rows.T, targets(train_y), test_rows.T, targets(test_y)")
    return DataCode(joined(numbers.reading, numbers.assignments, targets, load), numbers.imports, numbers.beside)


def _digits(data: DataConfig) -> DataCode:
    shaped, straight = ("deskew(images / 255)", ", straightened") if data.deskew else ("(images / 255)", "")
    words = f"Pictures (N, 28, 28) as columns (784, N), grey from 0 to 1{straight}, and their targets (10, N)."
    digits = function(
        "digits(images, labels)", words, f"return {shaped}.reshape(-1, 784).T, np.eye(10)[:, labels]"
    )  # fmt: skip
    parts = DESKEW if data.deskew else "", digits
    if data.name == MNIST:
        sample = resource("data/mnist_sample.npz").read_bytes()
        return DataCode(joined(*parts, function("load()", WORDS, LOAD_SAMPLE)), ("from pathlib import Path",), sample)
    code = joined(FOLDER, READ_IDX, *parts, function("load()", WORDS, LOAD_FILES))
    return DataCode(code, ("import gzip", "from pathlib import Path"))


def _samples(name: str, samples: Samples, subject: Subject) -> dict[str, NDArray[np.generic]]:
    """Samples as rows, in the user's own units, with as many digits as count."""
    X = subject.own(samples.X).T
    factors = [each.factor for each in subject.scales] or [1.0] * len(samples.X)
    y: NDArray[np.generic] = samples.y
    if subject.target is not None:
        target = subject.target
        own = (samples.y.astype(np.float64) - target.offset) / target.factor
        y = np.round(own, _decimals(target.factor))
    tidy = np.stack([np.round(column, _decimals(f)) for column, f in zip(X.T, factors, strict=True)], axis=1)
    return {f"{name}_rows": tidy, f"{name}_y": y}


def _decimals(factor: float) -> int:
    """After the point, so that what is scaled by `factor` is right to FINE."""
    return ceil(log10(abs(factor) / FINE))
