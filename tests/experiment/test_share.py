"""Experiments as text: what is copied can be pasted, whatever mail programs did to it."""

from __future__ import annotations

import json
import textwrap
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, parse
from mlp_playground.experiment.document import load
from mlp_playground.experiment.share import LONGEST, PREFIX, from_text, to_link, to_text

ODD = parse(
    {
        "data": {"name": "spiral", "noise": 0.1, "samples": 123, "turns": 2.3},
        "features": ["x1", "x1*x2"],
        "network": {"hidden": [3, 5, 7], "activations": ["relu", "tanh", "sigmoid"], "initializer_scale": 1 / 3},
        "training": {"learning_rate": 0.1 + 0.2, "l2": 1e-7, "batch_size": 0},
        "seed": 2**32 - 1,
    }
)
CONFIGS = [ExperimentConfig(), DIGITS_DEFAULT, ODD]
WAYS = [to_text, to_link]

Way = Callable[[ExperimentConfig], str]


def link(content: object) -> str:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return PREFIX + urlsafe_b64encode(zlib.compress(text)).decode()


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("way", WAYS)
def test_what_is_copied_can_be_pasted(way: Way, config: ExperimentConfig) -> None:
    assert from_text(way(config)) == config


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1), st.floats(1e-300, 1000), st.lists(st.integers(1, 1024), max_size=10))
def test_numbers_come_back_to_the_bit(seed: int, rate: float, hidden: list[int]) -> None:
    config = ODD.changed("network", hidden=hidden, activations=["relu"] * len(hidden))
    config = config.changed("training", learning_rate=rate).changed(seed=seed)
    for way in WAYS:
        assert from_text(way(config)) == config


def test_a_link_is_one_short_line_that_nothing_need_escape() -> None:
    for config in CONFIGS:
        assert to_link(config).startswith("mlp-playground:")
        assert set(to_link(config)[len(PREFIX) :]) <= set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        )
        assert len(to_link(config)) < 600


def test_a_text_can_be_read_and_has_no_weights() -> None:
    assert '      "learning_rate": 0.01,' in to_text(ExperimentConfig()).splitlines()
    assert set(json.loads(to_text(ExperimentConfig()))) == {"format", "version", "config"}


def test_a_folder_of_this_machine_is_nobody_elses() -> None:
    config = DIGITS_DEFAULT.changed("data", name="mnist-full", folder="/home/somebody/digits")
    for way in WAYS:
        assert from_text(way(config)) == config.changed("data", folder=None)
    assert "somebody" not in to_text(config)


def answered(text: str) -> str:
    return "> > " + "\n> > ".join(text.splitlines())


CHANGES: dict[str, Callable[[str], str]] = {
    "space": lambda text: f"\ufeff \n\t{text}  \r\n\n",
    "no-break space": lambda text: "\xa0" + text.replace("\n  ", "\n\xa0 "),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "quotes": lambda text: f'"{text}"',
    "typographic quotes": lambda text: f" “{text}” ",
    "German quotes": lambda text: f"„{text}“",
    "French quotes": lambda text: f"«\xa0{text}\xa0»",
    "angles": lambda text: f"<{text}>",
    "code": lambda text: f"```\n{text}\n```",
    "an answer": answered,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("way", WAYS)
def test_what_was_quoted_can_be_pasted(way: Way, change: Callable[[str], str]) -> None:
    assert from_text(change(way(ODD))) == ODD


@pytest.mark.parametrize("width", [1, 5, 60, 76])
@pytest.mark.parametrize("begin", ["", "> ", ">>", "\t"])
def test_a_link_broken_into_lines_can_be_pasted(width: int, begin: str) -> None:
    lines = [to_link(ODD)[i : i + width] for i in range(0, len(to_link(ODD)), width)]
    assert from_text("".join(f"{begin}{line}\r\n" for line in lines)) == ODD
    assert from_text('"' + textwrap.fill(to_link(ODD), width) + '"') == ODD


def test_the_name_before_the_link_may_be_in_capitals_and_base64_padded() -> None:
    assert from_text(to_link(ODD).replace("mlp-playground:", "MLP-Playground:")) == ODD
    assert from_text(to_link(ODD) + "=" * (-len(to_link(ODD)[len(PREFIX) :]) % 4)) == ODD


def test_a_file_of_version_1_can_be_pasted_too() -> None:
    path = Path(__file__).parent / "files" / "v1.json"
    assert from_text(path.read_text()) == load(path).moment.config


# -- what can't be pasted -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", " ", "hello", "null", "[]", "3", "{", '{"format": 1', "https://example.org/x", "[" * 100_000, "9" * 5000, '"'],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^text: .* it must be the link or the text of an experiment"):
        from_text(text)


@pytest.mark.parametrize("content", [{}, {"format": "another"}, {"config": {}}])
def test_other_json_is_refused(content: object) -> None:
    for text in (json.dumps(content), link(content)):
        with pytest.raises(InvalidValue, match=r"^text: .* an experiment that this program saved"):
            from_text(text)


def test_a_link_that_lost_a_part_is_refused() -> None:
    whole = to_link(ODD)
    for end in range(len(PREFIX), len(whole)):
        with pytest.raises(InvalidValue, match=r"^link: .* a whole one; a part of it is missing or was changed"):
            from_text(whole[:end])


@settings(max_examples=100)
@given(st.integers(0, 10_000), st.characters())
def test_a_link_with_a_changed_letter_is_refused_or_the_same(place: int, letter: str) -> None:
    whole = to_link(ODD)
    place = len(PREFIX) + place % (len(whole) - len(PREFIX))
    try:
        assert from_text(whole[:place] + letter + whole[place + 1 :]) == ODD
    except InvalidValue as error:
        assert str(error).startswith("link: ")  # noqa: PT017


@pytest.mark.parametrize("end", ["!", "ä", "+", "/", "=a", "%20"])
def test_other_letters_are_refused(end: str) -> None:
    with pytest.raises(InvalidValue, match=r"^link: "):
        from_text(to_link(ODD) + end)


def test_a_long_text_is_refused_and_a_bomb_not_unpacked() -> None:
    with pytest.raises(InvalidValue, match=r"^text: '1,000,001 characters' is not allowed"):
        from_text("x" * (LONGEST + 1))
    bomb = link(b" " * 50_000_000)
    assert len(bomb) < LONGEST
    with pytest.raises(InvalidValue, match=r"^link: "):
        from_text(bomb)


def altered(**values: Any) -> list[str]:
    content = {**json.loads(to_text(ODD)), **values}
    return [json.dumps(content), link(content)]


def test_a_newer_version_is_refused() -> None:
    for text in altered(version=4, config={"new": 1}):
        with pytest.raises(InvalidValue, match=r"^version: 4 .* at most 3; this is from a newer program"):
            from_text(text)


@pytest.mark.parametrize(
    ("config", "named"),
    [
        (None, "experiment"),
        ([], "experiment"),
        ({"seed": -1}, "seed: -1"),
        ({"data": {"noise": 7}}, "data noise: 7"),
        ({"network": {"hidden": [4, 0], "activations": ["relu", "relu"]}}, "network hidden 2: 0"),
        ({"training": {"momentum": 1}}, "training momentum"),
    ],
)
def test_a_wrong_field_is_named(config: object, named: str) -> None:
    for text in altered(config=config):
        with pytest.raises(InvalidValue, match=f"^{named}"):
            from_text(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@settings(max_examples=100)
@given(JSON, st.sampled_from(["config", "version", "more"]))
def test_any_json_is_used_or_refused(value: object, field: str) -> None:
    for text in altered(**{field: value}):
        try:
            assert from_text(text)
        except InvalidValue as error:
            assert " is not allowed; it must be " in str(error)  # noqa: PT017


@settings(max_examples=100)
@given(st.text(max_size=50))
def test_any_text_is_refused(text: str) -> None:
    for each in (text, PREFIX + text):
        with pytest.raises(InvalidValue):
            from_text(each)
