"""What an option may be: how its text is read, and in words what is allowed; help and messages say the same."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from pydantic import BaseModel

from mlp_playground.errors import InvalidValue


@dataclass(frozen=True)
class Kind:
    """A kind of value. `read` turns an option's text into it, or raises ValueError."""

    allowed: str
    read: Callable[[str], Any]

    def of(self, option: str, text: str) -> Any:
        """The value. Raises InvalidValue, which names the option as it was typed."""
        try:
            return self.read(text)
        except ValueError:
            raise InvalidValue(option, text, self.allowed) from None


def one_of(names: Iterable[str]) -> Kind:
    """One of the names."""
    names = tuple(names)
    return Kind(alternatives(names), lambda text: _known(text, names))


def some_of(names: Iterable[str], words: str) -> Kind:
    """A tuple of names, with commas between; `words` say how many."""
    names = tuple(names)
    return Kind(f"{words}: {', '.join(names)}", lambda text: tuple(_known(part, names) for part in text.split(",")))


def column() -> Kind:
    """The name of a table's column."""

    def read(text: str) -> str:
        if not text.strip():
            raise ValueError(text)
        return text.strip()

    return Kind("a column's name", read)


def columns() -> Kind:
    """Names of a table's columns: a tuple of two or more; one with a comma in it stands in quotes."""

    def read(text: str) -> tuple[str, ...]:
        try:
            names = tuple(name.strip() for name in next(csv.reader([text], skipinitialspace=True, strict=True)))
        except (csv.Error, StopIteration):
            raise ValueError(text) from None
        if len(names) < 2 or not all(names):
            raise ValueError(text)
        return names

    return Kind('two or more names of columns with commas between, such as a,b,"c, d"', read)


def field(model: type[BaseModel], name: str) -> Kind:
    """A number with the bounds of the model's field, which so are written in one place only."""
    described = model.model_fields[name]
    bounds = {
        key: getattr(each, key) for each in described.metadata for key in ("ge", "gt", "le") if hasattr(each, key)
    }
    read = int if described.annotation is int else float
    return number(read, bounds.get("ge"), bounds.get("le"), above=bounds.get("gt"))


def number(read: Callable[[str], float], low: float | None, high: float | None, *, above: float | None = None) -> Kind:
    """A finite number from `low`, or else above `above`, to `high` (None: without such a bound)."""

    def within(text: str) -> float:
        value = read(text)
        if not abs(value) < inf or _under(value, low, above) or (high is not None and value > high):
            raise ValueError(text)
        return value

    return Kind(_range("a whole number" if read is int else "a number", low, high, above), within)


def widths(most: int, widest: int) -> Kind:
    """The neurons of each hidden layer: () for 0, else at most `most` numbers from 1 to `widest`."""

    def read(text: str) -> tuple[int, ...]:
        numbers = tuple(int(part) for part in text.split(","))
        if numbers == (0,):
            return ()
        if len(numbers) > most or not all(1 <= each <= widest for each in numbers):
            raise ValueError(text)
        return numbers

    return Kind(f"up to {most} whole numbers from 1 to {widest} with commas between, such as 8,8, or 0 for none", read)


def alternatives(names: Iterable[str]) -> str:
    """As one says it: a, b or c."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _known(text: str, names: tuple[str, ...]) -> str:
    if text not in names:
        raise ValueError(text)
    return text


def _under(value: float, low: float | None, above: float | None) -> bool:
    return (low is not None and value < low) or (above is not None and value <= above)


def _range(what: str, low: float | None, high: float | None, above: float | None) -> str:
    if above is not None:
        return f"{what} above {above}" + ("" if high is None else f" and at most {high}")
    return f"{what}, {low} or more" if high is None else f"{what} from {low} to {high}"
