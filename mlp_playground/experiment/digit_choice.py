"""Which digit somebody chose to follow, drawn, of the test set, or between two; and what a file keeps of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any

from mlp_playground.data.dataset import Dataset
from mlp_playground.data.pen import Strokes, read, written
from mlp_playground.experiment.digit_look import Drawn, Given, Mixed, Source
from mlp_playground.experiment.document import Scalar

MANY, DRAW, PICK, MORPH = MODES = "many", "draw", "pick", "morph"


@dataclass(frozen=True)
class DigitChoice:
    """`mode` is one of MODES, the first of which follows no digit. `strokes` are what is drawn, `picked` is the number
    of a test digit, which `mixes_picked` says to begin a morph with in place of the drawing; `end` is the number of
    the one that it leads to, and `way` how far that is gone, 0…1."""

    mode: str = MANY
    strokes: Strokes = ()
    picked: int = 0
    mixes_picked: bool = False
    end: int = 1
    way: float = 0.5

    def source(self, data: Dataset) -> Source | None:
        """The digit, with those of `data`; None where none is followed."""
        if self.mode == MORPH:
            is_given = self.mixes_picked or not self.strokes
            return Mixed(
                _given(data, self.picked) if is_given else Drawn(self.strokes), _given(data, self.end), self.way
            )
        if self.mode == DRAW:
            return Drawn(self.strokes)
        return _given(data, self.picked) if self.mode == PICK else None

    def kept(self) -> dict[str, Scalar]:
        """What a file keeps of it."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"strokes": written(self.strokes)}

    def after(self, view: Mapping[str, Scalar]) -> DigitChoice:
        """As a file remembers it; what it doesn't, or what can't be, is as it is here."""
        values: dict[str, Any] = {}
        for name, is_good in _GOOD.items():
            value = view.get(name)
            if is_good(value):
                values[name] = read(value) if name == "strokes" else value  # type: ignore[arg-type]
        return replace(self, **values)


def _given(data: Dataset, number: int) -> Given:
    """A test digit; of fewer the last."""
    place = min(number, len(data.test) - 1)
    return Given(data.test.X[:, place], int(data.test.y[place]))


def _is_count(value: Scalar) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_share(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and 0 <= value <= 1


_GOOD = {
    "mode": lambda value: value in MODES,
    "strokes": lambda value: isinstance(value, str),
    "picked": _is_count,
    "mixes_picked": lambda value: isinstance(value, bool),
    "end": _is_count,
    "way": _is_share,
}
