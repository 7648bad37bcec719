"""The reader of IDX files: what it reads, and that nothing else does harm."""

from __future__ import annotations

import gzip
import struct
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mlp_playground.data.idx import read_idx, read_pair
from mlp_playground.errors import InvalidValue


def header(*shape: int, code: int = 8) -> bytes:
    return struct.pack(f">HBB{len(shape)}I", 0, code, len(shape), *shape)


def idx(array: NDArray[np.uint8]) -> bytes:
    return header(*array.shape) + array.tobytes()


PICTURES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
LABELS = np.array([7, 0], dtype=np.uint8)
WHOLE = idx(PICTURES)
PACKED = gzip.compress(WHOLE, mtime=0)


@contextmanager
def peak_memory_below(limit: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < limit
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file that every example of a hypothesis test overwrites."""
    return tmp_path_factory.mktemp("idx") / "some-file"


@pytest.mark.parametrize("array", [PICTURES, LABELS, PICTURES[0], np.empty((0, 28, 28), np.uint8)])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["a", "a.gz"])  # the name must not matter
def test_reads_what_was_written(tmp_path: Path, array: NDArray[np.uint8], packed: bool, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(idx(array)) if packed else idx(array))
    read = read_idx(path)
    assert read.dtype == np.uint8
    np.testing.assert_array_equal(read, array, strict=True)
    assert not read.flags.writeable


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "IDX file", id="empty"),
        pytest.param(b"\0\0\x08", "IDX file", id="three bytes"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "IDX file", id="a picture"),
        pytest.param(header(2, code=0x0D) + bytes(8), "0x0d", id="floats"),
        pytest.param(header() + bytes(8), "0 dimensions", id="no dimensions"),
        pytest.param(header(1, 1, 1, 1) + bytes(1), "4 dimensions", id="four dimensions"),
        pytest.param(header(2, 3, 4)[:-1], "inside its header", id="half a header"),
        pytest.param(WHOLE[:-1], "cut short", id="short"),
        pytest.param(WHOLE + b"\0", "too long", id="long"),
        pytest.param(header(60_000, 28, 28), "cut short", id="only a header"),
        pytest.param(header(2**32 - 1, 2**32 - 1, 2**32 - 1), "256 MB", id="huge"),
        pytest.param(header(0, 2**32 - 1, 2**32 - 1), "256 MB", id="nothing times huge"),
        pytest.param(PACKED[:-9], "gzip", id="gzip cut short"),
        pytest.param(PACKED[:-8] + bytes(8), "gzip", id="gzip with a wrong checksum"),
        pytest.param(PACKED[:10] + b"\xff" * 20, "gzip", id="gzip with an unknown block"),
        pytest.param(PACKED + b"more", "gzip", id="gzip with an appendix"),
        pytest.param(b"\x1f\x8b", "gzip", id="gzip without a header"),
        pytest.param(gzip.compress(WHOLE[:-1]), "cut short", id="packed short"),
        pytest.param(gzip.compress(WHOLE + b"\0"), "too long", id="packed long"),
        pytest.param(gzip.compress(header(60_000, 28, 28)), "cut short", id="packed header"),
    ],
)
def test_refuses_with_the_name_and_the_reason(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "my-digits"
    path.write_bytes(content)
    with pytest.raises(InvalidValue, match=what) as error:
        read_idx(path)
    assert "my-digits" in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"nowhere\.gz"):
        read_idx(tmp_path / "nowhere.gz")


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(header(10) + bytes(50_000_000)))
    with peak_memory_below(1_000_000), pytest.raises(InvalidValue, match="too long"):
        read_idx(path)


anything = st.binary(max_size=200)
nearly = st.builds(
    lambda code, sizes, content: header(*sizes, code=code) + content,
    st.sampled_from([8, 8, 8, 9]),
    st.lists(st.one_of(st.integers(0, 5), st.integers(0, 2**32 - 1)), max_size=4),
    anything,
)
flipped = st.builds(
    lambda packed, at, bit: packed[:at] + bytes([packed[at] ^ bit]) + packed[at + 1 :],
    st.just(PACKED),
    st.integers(0, len(PACKED) - 1),
    st.integers(1, 255),
)


@given(st.one_of(anything, nearly, nearly.map(gzip.compress), anything.map(lambda b: b"\x1f\x8b\x08" + b), flipped))
def test_any_bytes_parse_or_are_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with peak_memory_below(2_000_000):
        try:
            array = read_idx(file)
        except InvalidValue:
            return
    assert array.dtype == np.uint8
    assert 1 <= array.ndim <= 3


def test_pair(tmp_path: Path) -> None:
    images, labels = tmp_path / "images", tmp_path / "labels"
    images.write_bytes(WHOLE)
    labels.write_bytes(idx(LABELS))
    X, y = read_pair(images, labels)
    np.testing.assert_array_equal(X, PICTURES)
    np.testing.assert_array_equal(y, LABELS)


@pytest.mark.parametrize(
    ("pictures", "labels", "what"),
    [
        (PICTURES, LABELS[:1], "labels: '1 labels'.*2 labels"),
        (PICTURES, np.array([3, 10], np.uint8), "label 10"),
        (PICTURES, PICTURES, "labels: one number"),
        (LABELS, LABELS, "images: .*pictures"),
        (PICTURES[:0], LABELS[:0], "images: .*pictures"),
    ],
)
def test_a_wrong_pair_is_refused(
    tmp_path: Path, pictures: NDArray[np.uint8], labels: NDArray[np.uint8], what: str
) -> None:
    (tmp_path / "images").write_bytes(idx(pictures))
    (tmp_path / "labels").write_bytes(idx(labels))
    with pytest.raises(InvalidValue, match=what):
        read_pair(tmp_path / "images", tmp_path / "labels")
