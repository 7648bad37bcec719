"""A zip of texts and NumPy arrays: a member's size is known to be bearable before it is read, and nothing is run."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.errors import InvalidValue

DTYPES = ("<f4", "<f8", "<i8")
"""The kinds of numbers that are read: float32, float64 and int64, little end first."""

_HEAD = re.compile(
    rb"\x93NUMPY\x01\x00(?P<length>..)"
    rb"\{'descr': '(?P<dtype>[^']{1,40})', 'fortran_order': False, 'shape': \((?P<shape>[\d, ]{0,60})\), \} *\n",
    re.DOTALL,
)
"""What NumPy writes before an array's bytes (its "npy" format, version 1.0). Read as text and not as Python, as NumPy
itself does: there is less that a stranger's file could ask for."""
_HEAD_LONGEST = 256

_END = struct.Struct("<4s4H2LH")
_DIRECTORY_LONGEST = 40_000
"""Bytes of the zip's table of contents, which Python lists whole before anybody can ask how long it is."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, RuntimeError, OSError)
"""All that zipfile raises for a zip that is none, is cut off, or wants what this program never writes."""


def pack(texts: Mapping[str, str], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The zip's bytes: each text under its name, each array under its name and `.npy`. The same content, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in texts.items():
            _add(archive, name, text.encode("utf-8"))
        for name, array in arrays.items():
            _add(archive, f"{name}.npy", _npy(array))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name)  # of 1980, the zip's own beginning of time
    member.external_attr = 0o644 << 16  # else whoever unpacks it by hand may not read it
    # weights hardly shrink, so the quickest level will do
    archive.writestr(member, content, zipfile.ZIP_DEFLATED, compresslevel=1)


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    plain = np.asarray(array, array.dtype.newbyteorder("<"), order="C")
    np.save(buffer, plain, allow_pickle=False)
    return buffer.getvalue()


class Archive:
    """The members of a zip with the bytes `content`; `name` is the file's, for messages. All raise InvalidValue."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        self._check_directory(content[-_END.size :], content[-_END.size - 20 : -_END.size])
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            raise self._broken(f"its table of contents is damaged ({error})") from None
        self._members = {member.filename: member for member in self._zip.infolist()}

    def _check_directory(self, end: bytes, before: bytes) -> None:
        """Refuse a table of contents that is cut off or too long; `before` could announce a second, larger one."""
        is_end = len(end) == _END.size and end.startswith(b"PK\5\6") and end.endswith(b"\0\0")
        if not is_end or _END.unpack(end)[5] > _DIRECTORY_LONGEST or before.startswith(b"PK\6\7"):
            raise self._broken("its table of contents is cut off or not as this program writes it")

    def text(self, name: str, longest: int) -> bytes:
        """The member `name`, of at most `longest` bytes."""
        return self._read(name, longest)

    def array(self, name: str, most: int) -> NDArray[Any]:
        """The array `name`, read-only, of at most `most` numbers of one of DTYPES."""
        content = self._read(f"{name}.npy", _HEAD_LONGEST + most * 8)
        head = _HEAD.match(content)
        if head is None or head.end() != 10 + int.from_bytes(head["length"], "little"):
            raise InvalidValue(name, "something else", "an array as NumPy writes it, row by row")
        dtype = head["dtype"].decode("ascii", "replace")
        if dtype not in DTYPES:
            raise InvalidValue(name, f"numbers of the type {dtype}", f"numbers of one of the types {', '.join(DTYPES)}")
        shape = tuple(int(n) for n in head["shape"].decode().replace(",", " ").split())
        there = len(content) - head.end()
        if len(shape) > 2 or prod(shape) * int(dtype[-1]) != there:
            raise InvalidValue(name, f"{there:,} bytes", f"as many as the shape {shape} and the type {dtype} need")
        array = np.frombuffer(content, dtype, offset=head.end()).astype(dtype[1:]).reshape(shape)
        array.flags.writeable = False
        return array

    def _read(self, name: str, longest: int) -> bytes:
        member = self._members.get(name)
        if member is None:
            raise self._broken(f"“{name}” is missing in it")
        if member.file_size > longest:
            raise InvalidValue(name, f"{member.file_size:,} bytes", f"at most {longest:,} bytes in this experiment")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._broken(f"“{name}” in it is packed in a way that this program does not use")
        try:
            with self._zip.open(member) as file:
                # as long as it says, and no longer: without a number zipfile would unpack all that is there first
                content = file.read(member.file_size)
        except _DAMAGED as error:
            raise self._broken(f"“{name}” in it is damaged ({error})") from None
        if len(content) != member.file_size:
            raise self._broken(f"“{name}” in it is cut off")
        return content

    def _broken(self, why: str) -> InvalidValue:
        return InvalidValue("file", self._name, f"a whole experiment; {why}")
