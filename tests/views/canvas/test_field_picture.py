"""The pictures of all spaces, whatever a network answers and however little room there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from mlp_playground.analysis.field import ClassMap, Field, Map, class_levels, to_levels
from mlp_playground.data.dataset import Space
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.canvas.field_picture import PICTURES, paint_field
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.theme import DARK, LIGHT

Take = Callable[..., Snapshot]
Painted = Callable[..., np.ndarray]

EVERY = pytest.mark.parametrize("name", ["xor", "hills", "spiral5", "chirp", "parity"])
NAN, INF = float("nan"), float("inf")


def config(name: str, **data: object) -> ExperimentConfig:
    return ExperimentConfig().changed("data", name=name, **data)


def with_answer(field: Field, value: float) -> Field:
    """The field after a divergence: `value` is all that the network answers, and infinity or NaN between."""
    if isinstance(field.answer, ClassMap):
        share = np.full_like(field.answer.share, value)
        share[..., ::3] = NAN
        answer: Map | ClassMap = ClassMap(field.answer.winner, share, np.repeat(share[None], 5, axis=0))
        outputs = class_levels(np.arange(5, dtype=np.uint8)[:, None, None], np.full((5, 32, 32), value), 0.0)
    else:
        values = np.full_like(field.answer.values, value)
        values[..., ::3], values[..., 1::5] = NAN, -INF
        answer = Map(values, 1.0)
        outputs = to_levels(np.full((1, 32, 32), value), 1.0)
    return replace(field, answer=answer, outputs=outputs, boundary=(), focus=Map(np.full((1, 7), value), NAN))


def test_each_space_of_numbers_has_its_picture() -> None:
    assert set(PICTURES) == set(get_args(Space)) - {"pictures"}


@EVERY
def test_map_samples_and_what_lies_over_them_are_painted_in_this_order(painted: Painted, take: Take, name: str) -> None:
    moment = take(config(name))
    field, data, area = moment.field, moment.data, QRectF(0, 0, 360, 360)
    assert field is not None
    picture = PICTURES[field.space]
    place = picture.place(area, data)
    whole = painted(lambda p: paint_field(p, area, field, data, LIGHT, Showing()))

    def one_by_one(painter: object) -> None:
        picture.paint_map(painter, place, field, data, LIGHT, Showing())  # type: ignore[arg-type]
        picture.paint_overlay(painter, place, data, LIGHT, Showing())  # type: ignore[arg-type]
        picture.paint_top(painter, place, field, data, LIGHT, Showing())  # type: ignore[arg-type]

    assert (painted(one_by_one) == whole).all()
    assert len(np.unique(whole.reshape(-1, 3), axis=0)) > 20
    assert (painted(lambda p: paint_field(p, area, field, data, DARK, Showing())) != whole).any()


@EVERY
def test_any_room_will_do(painted: Painted, take: Take, name: str) -> None:
    moment = take(config(name), look=Look(64))
    assert moment.field is not None
    field = moment.field
    for size, showing in product(((0, 0), (1, 1), (10, 300), (300, 10), (36, 36)), (Showing(), Showing(False, False))):
        area = QRectF(0, 0, *size)
        painted(lambda p, a=area, s=showing: paint_field(p, a, field, moment.data, LIGHT, s))  # type: ignore[misc]
        assert PICTURES[field.space].place(area, moment.data).isValid()


@EVERY
@pytest.mark.parametrize("value", [NAN, INF, -INF, 3e38])
def test_answers_that_are_no_numbers_are_painted_and_told(
    painted: Painted, take: Take, name: str, value: float
) -> None:
    moment = take(config(name), look=Look(16))  # infinity and NaN by turns are slow to draw as a curve
    assert moment.field is not None
    field = with_answer(moment.field, value)
    for showing in (Showing(), Showing(focus=field.focus)):
        pixels = painted(lambda p, s=showing: paint_field(p, QRectF(0, 0, 360, 360), field, moment.data, LIGHT, s))  # type: ignore[misc]
        assert (pixels != 128).any()
        for across in (0.0, 0.37, 0.5, 1.0):
            assert PICTURES[field.space].words(field, moment.data, showing, across, 0.5)


@EVERY
def test_weights_as_large_as_can_be_are_painted(painted: Painted, take: Take, name: str) -> None:
    first = take(config(name))
    with np.errstate(over="ignore", invalid="ignore"):
        moment = take(first.config, np.full_like(first.theta, 3e38), Look(64, focus=(0, 0)))
    assert moment.field is not None
    field = moment.field
    painted(lambda p: paint_field(p, QRectF(0, 0, 360, 360), field, moment.data, LIGHT, Showing()))
    painted(lambda p: paint_field(p, QRectF(0, 0, 360, 360), field, moment.data, LIGHT, Showing(focus=field.focus)))


@pytest.mark.parametrize("bits", range(2, 11))
def test_every_board_of_bits_is_painted(painted: Painted, take: Take, bits: int) -> None:
    moment = take(config("parity", bits=bits))
    assert moment.field is not None
    field = moment.field
    pixels = painted(lambda p: paint_field(p, QRectF(0, 0, 360, 360), field, moment.data, LIGHT, Showing()))
    assert (pixels != 128).any()
