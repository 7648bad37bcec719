"""Named choices: menus, the command line, the file format and the lessons all read the same tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from mlp_playground.errors import InvalidValue


class Named(Protocol):
    """Anything that a table can hold: it knows its own short name."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


class Registry(Mapping[str, T]):
    """An ordered table name → choice. An unknown name raises InvalidValue, which lists what there is."""

    def __init__(self, field: str, *choices: T) -> None:
        self.field = field
        self._choices = {choice.name: choice for choice in choices}

    def __getitem__(self, name: str) -> T:
        if name not in self._choices:
            raise InvalidValue(self.field, name, "one of " + ", ".join(self._choices))
        return self._choices[name]

    def __contains__(self, name: object) -> bool:
        return name in self._choices  # Mapping's own would let InvalidValue through

    def __iter__(self) -> Iterator[str]:
        return iter(self._choices)

    def __len__(self) -> int:
        return len(self._choices)
