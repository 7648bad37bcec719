"""Kinds of values: what they let through, and that their words say the same as their bounds."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from mlp_playground.cli.options import TABLE
from mlp_playground.cli.values import alternatives, field, number, one_of, some_of, widths
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig, parse


class Example(BaseModel):
    share: float = Field(0.5, ge=0.05, le=0.95)
    rate: float = Field(0.1, gt=0, le=1000)
    clip: float = Field(0.0, ge=0)
    seed: Annotated[int, Field(ge=0, le=9)] = 0


@pytest.mark.parametrize(
    ("name", "words", "fine", "wrong"),
    [
        ("share", "a number from 0.05 to 0.95", ["0.05", "0.95", "5e-1"], ["0.04", "0.96", "", "a", "nan"]),
        ("rate", "a number above 0 and at most 1000", ["1e-300", "1000"], ["0", "-0.0", "1000.1", "inf"]),
        ("clip", "a number, 0 or more", ["0", "1e300"], ["-1e-9", "inf", "nan"]),
        ("seed", "a whole number from 0 to 9", ["0", "9"], ["-1", "10", "1.0", "1e0", "9" * 5000]),
    ],
)
def test_a_field_of_the_experiment_gives_words_and_bounds(
    name: str, words: str, fine: list[str], wrong: list[str]
) -> None:
    kind = field(Example, name)
    assert kind.allowed == words
    for text in fine:
        assert kind.of("--x", text) == float(text)
    for text in wrong:
        with pytest.raises(InvalidValue, match=f"^--x: .* is not allowed; it must be {words}$"):
            kind.of("--x", text)


def test_whole_numbers_stay_whole() -> None:
    assert isinstance(field(Example, "seed").of("--x", "3"), int)
    assert isinstance(number(float, 0, 1).of("--x", "1"), float)


def test_names() -> None:
    assert one_of(["a", "b", "c"]).allowed == alternatives(["a", "b", "c"]) == "a, b or c"
    assert one_of(["a"]).of("--x", "a") == "a"
    kind = some_of(["a", "b"], "one or more of")
    assert kind.of("--x", "b,a,b") == ("b", "a", "b")
    for text in ("", "a,", "a, b", "c"):
        with pytest.raises(InvalidValue, match="one or more of: a, b"):
            kind.of("--x", text)


def test_widths() -> None:
    kind = widths(3, 10)
    assert kind.of("--x", "0") == ()
    assert kind.of("--x", "10,1,2") == (10, 1, 2)
    for text in ("", "0,0", "11", "1,1,1,1", "1,,1", "-1", "1.0"):
        with pytest.raises(InvalidValue, match="up to 3 whole numbers from 1 to 10"):
            kind.of("--x", text)


@pytest.mark.parametrize("option", [option for option in TABLE if option.place], ids=lambda option: option.name)
def test_an_option_sets_a_field_that_there_is_and_the_field_finds_the_option(option: object) -> None:
    content = ExperimentConfig().model_dump()
    *part, key = option.place  # type: ignore[attr-defined]
    place = content[part[0]] if part else content
    assert key in place
    place[key] = object()
    with pytest.raises(InvalidValue) as caught:
        parse(content)
    assert caught.value.field.startswith(option.field)  # type: ignore[attr-defined]
