"""Reads IDX files, the format in which MNIST is handed around, plain or gzipped.

A file that somebody picked may be anything, so nothing in it is believed before it was checked.
"""

from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue

Bytes = NDArray[np.uint8]

MAX_BYTES = 2**28  # 256 MB; MNIST's largest file holds 47 MB
UBYTE = 0x08  # the type code of unsigned bytes, the only one that MNIST uses
MAX_DIMENSIONS = 3
GZIP_MAGIC = b"\x1f\x8b"
GZIP_MAX_RATIO = 1032  # deflate can't pack tighter than this: a small file can't make us reserve much memory


def read_idx(path: Path) -> Bytes:
    """The array of an IDX file of unsigned bytes with 1 to 3 dimensions; read-only.

    Whether it is gzipped is told from its content, not its name.
    Raises InvalidValue, naming the file and what is wrong, for whatever isn't such a file, whole and nothing more.
    """
    try:
        with path.open("rb") as file:
            return _read_file(file, path.name, path.stat().st_size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidValue(path.name, "broken gzip data", f"a whole .gz file ({error})") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidValue(path.name, reason, "a file that can be read") from error


def read_pair(images: Path, labels: Path) -> tuple[Bytes, Bytes]:
    """Pictures (N, rows, columns) and their labels (N,), 0 to 9, from two IDX files; N ≥ 1.

    Raises InvalidValue when a file is wrong in itself or the two don't belong together.
    """
    X, y = read_idx(images), read_idx(labels)
    if X.ndim != 3 or X.size == 0:
        raise InvalidValue(images.name, f"shape {X.shape}", "pictures: (how many, rows, columns)")
    if y.ndim != 1:
        raise InvalidValue(labels.name, f"shape {y.shape}", "labels: one number for each picture")
    if len(X) != len(y):
        raise InvalidValue(labels.name, f"{len(y)} labels", f"{len(X)} labels, as many as {images.name} has pictures")
    if y.max() > 9:
        raise InvalidValue(labels.name, f"label {y.max()}", "labels from 0 to 9")
    return X, y


def _read_file(file: BinaryIO, name: str, size: int) -> Bytes:
    """Read the opened file of `size` bytes on disk; errors of gzip are the caller's."""
    gzipped = file.read(2) == GZIP_MAGIC
    file.seek(0)
    if not gzipped:
        return _read_stream(file, name, size)
    with gzip.GzipFile(fileobj=file) as unpacked:
        # GzipFile reads like any binary file; typeshed only doesn't call it one
        return _read_stream(unpacked, name, size * GZIP_MAX_RATIO)  # type: ignore[arg-type]


def _read_stream(stream: BinaryIO, name: str, at_most: int) -> Bytes:
    """Read header and content of a stream that can't hold more than `at_most` bytes."""
    shape = _read_header(stream, name)
    total = math.prod(shape)
    # read() reserves what it is asked for, so a header that promises too much is refused before it
    content = stream.read(total) if total <= at_most else b""
    if len(content) < total:
        raise InvalidValue(name, "cut short", f"a whole file: its header promises {total:,} bytes of content")
    if stream.read(1):
        raise InvalidValue(name, "too long", f"a file of {total:,} bytes of content, as its header says")
    return np.frombuffer(content, dtype=np.uint8).reshape(shape)


def _read_header(stream: BinaryIO, name: str) -> tuple[int, ...]:
    """The shape from an IDX header: two zero bytes, type code, number of dimensions, then four bytes for each."""
    magic = stream.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0":
        raise InvalidValue(name, f"bytes {magic.hex(' ')}", "an IDX file, which starts with the bytes 00 00")
    code, dimensions = magic[2], magic[3]
    if code != UBYTE:
        raise InvalidValue(name, f"type code 0x{code:02x}", "an IDX file of unsigned bytes (type code 0x08)")
    if not 1 <= dimensions <= MAX_DIMENSIONS:
        raise InvalidValue(name, f"{dimensions} dimensions", f"an IDX file with 1 to {MAX_DIMENSIONS} dimensions")
    sizes = stream.read(4 * dimensions)
    if len(sizes) < 4 * dimensions:
        raise InvalidValue(name, "cut short", "a whole file: it ends inside its header")
    shape = tuple(int(size) for size in np.frombuffer(sizes, dtype=">u4"))
    if math.prod(max(size, 1) for size in shape) > MAX_BYTES:  # max: NumPy refuses (0, huge, huge) as well
        raise InvalidValue(name, f"shape {shape}", f"an IDX file of at most {MAX_BYTES // 2**20} MB")
    return shape
