"""One digit that somebody looks at, drawn, given or mixed of two, and all that a moment's network has to say of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.digit_journey import Journey, Places, Wish, journey
from mlp_playground.analysis.digits import Misread, misread
from mlp_playground.analysis.morph import Morph, mixed, morph
from mlp_playground.data.centring import as_mnist
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.pen import Strokes
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.nn.arrays import frozen
from mlp_playground.nn.network import Architecture, Network

Pixels: TypeAlias = NDArray[np.float32]
"""A digit as the network hears it, (n_pixels,)."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A digit as it was drawn."""

    strokes: Strokes


@dataclass(frozen=True, eq=False)
class Given:
    """One of the data's digits; `truth` is its class."""

    x: Pixels
    truth: int | None = None


@dataclass(frozen=True, eq=False)
class Mixed:
    """What is at `t` of the way from one digit to another."""

    a: Drawn | Given
    b: Given
    t: float


Source: TypeAlias = Drawn | Given | Mixed


@dataclass(frozen=True, eq=False)
class DigitWish:
    """Which digit is looked at, and whose evidence is followed."""

    source: Source
    wish: Wish = field(default_factory=Wish)

    @property
    def truth(self) -> int | None:
        """Its class, where that is known."""
        return self.source.truth if isinstance(self.source, Given) else None


@dataclass(frozen=True, eq=False)
class DigitQuestion:
    """What does this network say of `source`? The digits are `deskewed` in its data; `quickly` says that the next
    answer follows soon, so that what is shown should stay at its place."""

    architecture: Architecture
    theta: Pixels
    source: Source
    shape: tuple[int, int]
    deskewed: bool = False
    wish: Wish = field(default_factory=Wish)
    quickly: bool = False


@dataclass(frozen=True, eq=False)
class DigitLook:
    """`pixels` (rows, columns) of the digit; its `journey`, None for blank paper; and of a mixed one the whole way from
    `start` (rows, columns)."""

    pixels: Pixels
    journey: Journey | None
    morph: Morph | None = None
    start: Pixels | None = None


def question_about(snapshot: Snapshot, source: Source, wish: Wish, *, drawing: bool = False) -> DigitQuestion | None:
    """About the snapshot's network; None where it is not one for digits, or these are of another size."""
    shape = snapshot.data.image_shape
    if shape is None or any(x.size != snapshot.data.n_in for x in _given(source)):
        return None
    quickly = drawing or snapshot.state is RunState.RUNNING
    deskewed = snapshot.config.data.deskew
    return DigitQuestion(snapshot.architecture, snapshot.theta, source, shape, deskewed, wish, quickly)


def _given(source: Source) -> list[Pixels]:
    if isinstance(source, Mixed):
        return [*_given(source.a), source.b.x]
    return [source.x] if isinstance(source, Given) else []


def followed(snapshot: Snapshot, wanted: DigitWish | None, before: Places = ()) -> tuple[Journey, int | None]:
    """The journey of the digit that is wanted, and its class where that is known; of the first test digit where there
    is none. `before` is as for `journey`."""
    question = None if wanted is None else question_about(snapshot, wanted.source, wanted.wish)
    seen = None if question is None else DigitObserver(before).observe(replace(question, quickly=bool(before))).journey
    if seen is not None and wanted is not None:
        return seen, wanted.truth
    test, shape = snapshot.data.test, snapshot.data.image_shape
    assert shape is not None, "the data are pictures"
    network = Network(snapshot.architecture, snapshot.theta)
    return journey(network, test.X[:, 0].reshape(shape), before=before), int(test.y[0])


class DigitObserver:
    """Answers on the worker's thread; remembers which neurons were shown where."""

    def __init__(self, before: Places = ()) -> None:
        self._before = before

    def observe(self, question: DigitQuestion) -> DigitLook:
        """All that the network says of the digit."""
        network, source = Network(question.architecture, question.theta), question.source
        way = start = None
        if isinstance(source, Mixed):
            start = _pixels(source.a, deskewed=question.deskewed)
            way = morph(network, start, source.b.x)
            x = mixed(start, source.b.x, source.t)
        else:
            x = _pixels(source, deskewed=question.deskewed)
        first = None if start is None else frozen(start.reshape(question.shape).copy())
        pixels = frozen(x.reshape(question.shape).copy())
        if not x.any():
            return DigitLook(pixels, None, way, first)
        seen = journey(network, pixels, question.wish, self._before if question.quickly else ())
        self._before = seen.strongest
        return DigitLook(pixels, seen, way, first)


def _pixels(source: Drawn | Given, *, deskewed: bool) -> Pixels:
    return source.x if isinstance(source, Given) else as_mnist(source.strokes, deskewed=deskewed).reshape(-1)


@dataclass(frozen=True, eq=False)
class MisreadQuestion:
    """Which of the data's test digits does this network read wrongly?"""

    architecture: Architecture
    theta: Pixels
    data: Dataset


def misread_by(question: MisreadQuestion) -> Misread:
    """Those of the moment that is asked about."""
    test = question.data.test
    return misread(Network(question.architecture, question.theta), test.X, test.y.astype(np.int64))
