"""Registries: what is in them, in which order, and how an unknown name is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import INITIALIZERS
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.registry import Registry

ALL: tuple[Registry[Any], ...] = (ACTIVATIONS, HEADS, INITIALIZERS, OPTIMIZERS)


@dataclass(frozen=True)
class Fruit:
    name: str


FRUIT = Registry("fruit", Fruit("pear"), Fruit("apple"))


def test_choices_are_found_by_name_in_the_order_given() -> None:
    assert FRUIT["apple"] == Fruit("apple")
    assert list(FRUIT) == ["pear", "apple"]
    assert len(FRUIT) == 2


def test_an_unknown_name_is_refused_with_what_there_is() -> None:
    with pytest.raises(InvalidValue, match=r"^fruit: 'plum' is not allowed; it must be one of pear, apple$"):
        FRUIT["plum"]


def test_asking_whether_a_name_is_there_does_not_raise() -> None:
    assert "pear" in FRUIT
    assert "plum" not in FRUIT


@pytest.mark.parametrize("registry", ALL, ids=lambda registry: registry.field)
def test_each_choice_is_listed_under_its_own_name_with_texts(registry: Registry[Any]) -> None:
    for name, choice in registry.items():
        assert choice.name == name
        assert choice.label
        assert choice.formula
        assert choice.words.endswith(".")
