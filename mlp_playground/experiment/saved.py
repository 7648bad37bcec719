"""What experiment.json says beside the config: types and limits, so that a wrong value is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from mlp_playground.experiment import kept, runs

MOST_COUNT = 2**53
"""No run comes to more epochs or steps than a float64 can count."""


def _scalar(value: object) -> object:
    if isinstance(value, str) or value is None or (isinstance(value, int) and abs(value) <= MOST_COUNT):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    raise ValueError("a plain value: text, a number, true, false or nothing")


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        time = datetime.fromisoformat(value)  # type: ignore[arg-type]  # another type is an error like a wrong text
    except (TypeError, ValueError):
        time = None
    if time is None or time.utcoffset() != timedelta(0):
        raise ValueError("a time in UTC, such as 2026-01-31T12:00:00+00:00")
    return time


def _big(value: object) -> object:
    """128 bits are more than most readers of JSON can count, so they are written as text."""
    if not isinstance(value, str) or not re.fullmatch("[0-9]{1,39}", value) or int(value) >= 2**128:
        raise ValueError("a whole number below 2¹²⁸, written as text")
    return int(value)


def _array_name(name: str) -> str:
    if not re.fullmatch("parameters|curves|seconds|order|memory/[A-Za-z0-9_]{1,40}", name):
        raise ValueError("parameters, curves, seconds, order or memory/ and a name")
    return name


def _enough(names: list[str]) -> list[str]:
    if not {"parameters", "curves"} <= set(names) or len(names) > len(set(names)) or len(names) > 16:
        raise ValueError("parameters, curves and at most 14 more, each once")
    return names


class _Plain(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


_Count = Annotated[int, Field(ge=0, le=MOST_COUNT)]
_Big = Annotated[int, BeforeValidator(_big)]


class _Pcg(_Plain):
    state: _Big
    inc: _Big


class _Generator(_Plain):
    """`bit_generator.state` of numpy.random.default_rng()."""

    bit_generator: Literal["PCG64"]
    state: _Pcg
    has_uint32: Annotated[int, Field(ge=0, le=1)]
    uinteger: Annotated[int, Field(ge=0, lt=2**32)]


class _Past(_Plain):
    """Moments before the present one: each stretch's config without its data, which are the present ones."""

    stride: Annotated[int, Field(ge=1, le=MOST_COUNT)]
    stretches: Annotated[list[dict[str, Any]], Field(max_length=kept.MOST)]


class SavedMoment(_Plain):
    """A moment of a run, but for its config, which others check."""

    epoch: _Count
    steps: _Count
    position: _Count
    curve_stride: Annotated[int, Field(ge=1, le=MOST_COUNT)]
    trained: Annotated[float | None, Field(ge=0, allow_inf_nan=False)]
    generators: dict[str, _Generator]
    arrays: Annotated[list[Annotated[str, AfterValidator(_array_name)]], AfterValidator(_enough)]


class SavedRun(SavedMoment):
    """A kept run with its looks."""

    number: Annotated[int, Field(ge=1, le=MOST_COUNT)]
    name: Annotated[str, Field(max_length=runs.LONGEST_NAME)]
    style: Annotated[int, Field(ge=0, lt=runs.STYLES)]
    seen: bool
    pinned: bool
    config: dict[str, Any]


class SavedRuns(_Plain):
    """The kept runs in the order of their numbers."""

    next_number: Annotated[int, Field(ge=1, le=MOST_COUNT)]
    kept: Annotated[list[SavedRun], Field(max_length=runs.MOST)]


class Saved(SavedMoment):
    """What experiment.json says, but for format, version and config, which others check."""

    saved: Annotated[datetime | None, BeforeValidator(_time)]
    view: dict[str, Annotated[Any, AfterValidator(_scalar)]]
    past: _Past | None = None
    runs: SavedRuns


def generator_content(state: Mapping[str, Any]) -> dict[str, Any]:
    """A generator's state with its 128-bit numbers as text, which _Generator turns back."""
    return {**state, "state": {name: str(number) for name, number in state["state"].items()}}
