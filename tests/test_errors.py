"""A wrong value is one sentence that fits, and says as much of the value as helps."""

from __future__ import annotations

from mlp_playground.errors import LONGEST, InvalidValue


def test_a_value_is_shown_as_python_writes_it() -> None:
    assert str(InvalidValue("rate", 0, "more")) == "rate: 0 is not allowed; it must be more"
    just_fits = "x" * (LONGEST - 2)
    assert repr(just_fits) in str(InvalidValue("name", just_fits, "short"))


def test_of_a_long_value_the_middle_is_left_out() -> None:
    text = str(InvalidValue("file", "/home/" + "folder/" * 30 + "mine.mlp", "there"))
    shown = text.removeprefix("file: ").removesuffix(" is not allowed; it must be there")
    assert len(shown) == LONGEST
    assert shown.startswith("'/home/folder/")
    assert shown.endswith("/folder/mine.mlp'")
    assert shown.count("…") == 1


def test_what_python_can_not_write_is_told_by_its_kind() -> None:
    assert str(InvalidValue("steps", 10**5000, "small")) == "steps: int is not allowed; it must be small"
