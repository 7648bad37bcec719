"""The zip: what is packed comes out to the bit, and nothing is unpacked before its size is known."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.archive import Archive, pack

SOME = np.arange(6, dtype=np.float32)


def archive(array: np.ndarray = SOME) -> Archive:
    return Archive(pack({"a.txt": "ä\n"}, {"b/c": array}), "x.mlp")


def npy(dtype: str = "<f4", shape: str = "(6,)", order: str = "False", data: bytes = SOME.tobytes()) -> bytes:
    """An array's bytes with a head that may be wrong."""
    head = f"{{'descr': '{dtype}', 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + data


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)
    return buffer.getvalue()


@pytest.mark.parametrize("dtype", ["<f4", "<f8", "<i8"])
@pytest.mark.parametrize("shape", [(), (1,), (0,), (6,), (2, 3), (0, 3), (5, 0)])
def test_arrays_come_out_to_the_bit_and_can_not_be_changed(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.frombuffer(np.random.default_rng(0).bytes(int(np.prod(shape)) * 8), dtype)[: int(np.prod(shape))]
    array = array.reshape(shape)
    again = archive(array).array("b/c", array.size)
    assert (again.dtype, again.shape) == (array.dtype, shape)
    assert again.tobytes() == array.tobytes()
    assert not again.flags.writeable


def test_columns_in_memory_and_big_ends_make_no_difference() -> None:
    table = np.arange(6, dtype=np.float32).reshape(2, 3)
    for other in (np.asfortranarray(table), table.astype(">f4"), table[:, ::-1][:, ::-1]):
        assert np.array_equal(archive(other).array("b/c", 6), table)


def test_texts_come_out_as_bytes() -> None:
    assert archive().text("a.txt", 10) == "ä\n".encode()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert pack({"a.txt": "a"}, {"b": SOME}) == pack({"a.txt": "a"}, {"b": SOME})


def test_other_programs_can_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(pack({"a.txt": "a"}, {"b": SOME}))) as file:
        assert file.namelist() == ["a.txt", "b.npy"]
        assert {member.external_attr >> 16 for member in file.infolist()} == {0o644}
        assert np.array_equal(np.load(io.BytesIO(file.read("b.npy")), allow_pickle=False), SOME)


def test_a_missing_member_is_named() -> None:
    with pytest.raises(InvalidValue, match=r"^file: 'x.mlp' .* a whole experiment; “b.npy” is missing in it"):
        archive().array("b", 6)


def test_other_members_do_no_harm() -> None:
    assert np.array_equal(Archive(zipped(a=npy(), other=b"junk"), "x").array("a", 6), SOME)


# -- sizes ----------------------------------------------------------------------------------------------------------


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", fail)


def test_what_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = Archive(pack({"a": "x" * 1000}, {"b": np.zeros(1000, np.float32)}), "x")
    unread(monkeypatch)
    with pytest.raises(InvalidValue, match=r"^b\.npy: '4,128 bytes' is not allowed; it must be at most 336 bytes"):
        packed.array("b", 10)
    with pytest.raises(InvalidValue, match=r"^a: '1,000 bytes'"):
        packed.text("a", 999)


def test_a_bomb_is_unpacked_no_further_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gigabyte of zeros in a megabyte, of which the zip says that it is 100 bytes: all reads together stay small."""
    bomb = zipped(a=bytes(30_000_000))
    small = bomb.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 100))
    assert len(small) == len(bomb) != 0
    got: list[int] = []
    true = zipfile.ZipExtFile._read1  # type: ignore[attr-defined]

    def counted(self: Any, n: int) -> bytes:
        got.append(n)
        return true(self, n)  # type: ignore[no-any-return]

    monkeypatch.setattr(zipfile.ZipExtFile, "_read1", counted)
    with pytest.raises(InvalidValue, match="is damaged"):
        Archive(small, "x").array("a", 1000)
    assert sum(got) <= 100


def test_a_long_table_of_contents_is_refused_before_it_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped(**{f"m{i}": b"" for i in range(1000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(InvalidValue, match="table of contents"):
        Archive(many, "x")


def test_a_second_table_of_contents_is_refused() -> None:
    good = zipped(a=npy())
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    with pytest.raises(InvalidValue, match="table of contents"):
        Archive(good[:-22] + locator + good[-22:], "x")


# -- damage ---------------------------------------------------------------------------------------------------------

WRONG_HEADS: dict[str, bytes] = {
    "no head": b"junk",
    "empty": b"",
    "pickle": npy(dtype="|O"),
    "text": npy(dtype="<U6"),
    "half": npy(dtype="<f2"),
    "big end": npy(dtype=">f4"),
    "record": npy().replace(b"'<f4'", b"[('a', '<f4')]"),
    "columns": npy(order="True"),
    "other keys": npy().replace(b"descr", b"descx"),
    "too long a shape": npy(shape="(7,)"),
    "too short a shape": npy(shape="(5,)"),
    "huge shape": npy(shape="(99999999999999999999,)"),
    "huge product": npy(shape="(4294967296, 4294967296)"),
    "nothing times all": npy(shape="(0, 4294967296)"),
    "negative": npy(shape="(-6,)"),
    "deep": npy(shape="(1, 1, 6)"),
    "words": npy(shape="(six,)"),
    "code": npy(shape="(__import__('os').getpid(),)"),
    "version 2": npy().replace(b"\x01\x00", b"\x02\x00", 1),
    "wrong length": npy().replace(b"NUMPY\x01\x00", b"NUMPY\x01\x00\xff\xff", 1),
}


@pytest.mark.parametrize("kind", WRONG_HEADS)
def test_an_array_with_a_wrong_head_is_refused(kind: str) -> None:
    with pytest.raises(InvalidValue, match=r"^a: "):
        Archive(zipped(a=WRONG_HEADS[kind]), "x").array("a", 100)


def test_a_wrong_checksum_is_told() -> None:
    packed = bytearray(pack({}, {"b": SOME}))
    with zipfile.ZipFile(io.BytesIO(bytes(packed))) as file:
        start = file.getinfo("b.npy").header_offset + 30 + len("b.npy")
    packed[start + 40] ^= 1
    with pytest.raises(InvalidValue, match=r"“b\.npy” in it is damaged"):
        Archive(bytes(packed), "x").array("b", 6)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.writestr("a.npy", npy())
    with pytest.raises(InvalidValue, match="packed in a way"):
        Archive(buffer.getvalue(), "x").array("a", 6)


def test_a_member_under_lock_and_key_is_refused() -> None:
    good = bytearray(zipped(a=npy()))
    with zipfile.ZipFile(io.BytesIO(bytes(good))) as file:
        directory = file.start_dir
    good[6] |= 1  # the flag for "encrypted", where the member begins and in the table of contents
    good[directory + 8] |= 1
    with pytest.raises(InvalidValue, match="damaged"):
        Archive(bytes(good), "x").array("a", 6)


def test_a_zip_cut_off_anywhere_is_refused() -> None:
    whole = pack({"a": "text"}, {"b": SOME})
    for end in range(len(whole)):
        with pytest.raises(InvalidValue, match="a whole experiment"):
            Archive(whole[:end], "x").array("b", 6)


def used_or_refused(content: bytes) -> None:
    try:
        made = Archive(content, "x")
        made.text("a", 100)
        array = made.array("b", 6)
    except InvalidValue:
        return
    assert array.size <= 6


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_bytes_are_used_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(pack({"a": "text"}, {"b": SOME}))
    for place, value in changes:
        content[place % len(content)] = value
    used_or_refused(bytes(content))


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_used_or_refused(content: bytes) -> None:
    used_or_refused(b"PK\3\4" + content)
