"""What a snapshot gives to look at its network's neurons: pictures of weights, what excites one, and who answers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from enum import Flag, auto

import numpy as np

from mlp_playground.analysis.answers import LayerAnswers, observe_answers
from mlp_playground.analysis.excitement import Cell, Excited, Members, members_of, most_excited
from mlp_playground.analysis.weights import (
    SORTINGS,
    Order,
    WeightFilm,
    Weights,
    first_weights,
    scale_of,
    sorted_by,
    spread,
    weight_film,
    weights_of,
)
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.arrays import frozen
from mlp_playground.nn.network import Network

IN_FILM = 6
"""Neurons of a film."""
MOMENTS = 80
"""Moments of a film at most: eight seconds of it."""


class Part(Flag):
    """What is wanted of a look."""

    WEIGHTS = auto()
    ANSWERS = auto()
    EXCITED = auto()
    FILM = auto()


@dataclass(frozen=True)
class FeatureWish:
    """How the reader wants to see weights: by the name of an order in SORTINGS; not themselves, but what was `learned`
    since the run began; and which neurons are `filmed` (none: six spread over all)."""

    sorting: str = "norm"
    learned: bool = False
    filmed: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class FeatureQuestion:
    """Which parts of a look at the snapshot's network are wanted, and how; of which neuron `cell` is told what excites
    it."""

    snapshot: Snapshot
    parts: Part
    cell: Cell = (0, 0)
    wish: FeatureWish = FeatureWish()


@dataclass(frozen=True, eq=False)
class FeatureLook:
    """The parts that were wanted; the others are None. The weights come with the neurons' `order` (n,), the answers
    with that of each hidden layer's by class (`columns`), and the film with the moments that it has. Weights and film
    are there for pictures only."""

    weights: Weights | None = None
    order: Order | None = None
    answers: tuple[LayerAnswers, ...] | None = None
    columns: tuple[Order, ...] = ()
    excited: Excited | None = None
    film: WeightFilm | None = None
    moments: tuple[Frame, ...] = field(default=())


class FeatureObserver:
    """Answers on the worker's thread. While the run trains neurons keep the order that they had, so that no picture
    jumps."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Order] = {}
        self._six: dict[tuple[int, ...], tuple[int, ...]] = {}

    def look(self, question: FeatureQuestion) -> FeatureLook:
        """All that is wanted."""
        snapshot, parts = question.snapshot, question.parts
        network = Network(snapshot.architecture, snapshot.theta)
        X, members = snapshot.material.X_test[:-1], _members(snapshot)
        answers = observe_answers(network, X, members) if Part.ANSWERS in parts else None
        look = FeatureLook(
            answers=answers,
            columns=tuple(self._steady(l, each.order, snapshot) for l, each in enumerate(answers or ())),
            excited=most_excited(network, X, question.cell, members) if Part.EXCITED in parts else None,
        )
        are_pictures = snapshot.data.image_shape is not None and bool(parts & (Part.WEIGHTS | Part.FILM))
        return self._with_pictures(look, question, network) if are_pictures else look

    def _with_pictures(self, look: FeatureLook, question: FeatureQuestion, network: Network) -> FeatureLook:
        snapshot, shape = question.snapshot, question.snapshot.data.image_shape
        assert shape is not None, "there are pictures"
        moments, wish = moments_of(snapshot), question.wish
        networks = [Network(frame.architecture, frame.theta) for frame in moments]
        # in the past all is as it is now, so that moments can be compared: where neurons stand, and the scale
        start, now = networks[0] if wish.learned else None, networks[-1]
        if now.architecture.widths[:2] != network.architecture.widths[:2]:
            start, now = None, network
        answers = look.answers
        if SORTINGS[wish.sorting].by_answers and (answers is None or snapshot.at is not None):
            answers = observe_answers(now, snapshot.material.X_test[:-1], _members(snapshot))
        order = sorted_by(wish.sorting, first_weights(now, start), answers[0] if answers else None)
        look = replace(
            look,
            weights=weights_of(network, shape, start, scale_of(first_weights(now, start))),
            order=self._steady((wish.sorting, wish.learned), order, snapshot),
        )
        if Part.FILM not in question.parts:
            return look
        film = weight_film(networks, self._filmed(wish, networks[-1]), shape, learned=wish.learned)
        return replace(look, film=film, moments=moments)

    def _filmed(self, wish: FeatureWish, network: Network) -> tuple[int, ...]:
        """The neurons that were asked for, as far as the network has so many; else six, always the same ones."""
        W = network.W[0]
        if wish.filmed and max(wish.filmed) < len(W):
            return wish.filmed
        if W.shape not in self._six:
            self._six = {W.shape: spread(W, IN_FILM)}
        return self._six[W.shape]

    def _steady(self, name: Hashable, order: Order, snapshot: Snapshot) -> Order:
        """The order of that name, or, while the run trains or its past is looked at, the one that it had."""
        before = self._kept.get(name)
        changes = snapshot.state is RunState.RUNNING or snapshot.at is not None
        if changes and before is not None and len(before) == len(order):
            return before
        self._kept[name] = order
        return order


def pictured(snapshot: Snapshot, wish: FeatureWish | None, *, filmed: bool) -> FeatureLook:
    """What a picture to take home shows of the first layer, all neurons or those that are `filmed`, as the reader wants
    to see it (None: as it is)."""
    part = Part.FILM if filmed else Part.WEIGHTS
    return FeatureObserver().look(FeatureQuestion(snapshot, part, wish=wish or FeatureWish()))


def moments_of(snapshot: Snapshot, most: int = MOMENTS) -> tuple[Frame, ...]:
    """At most `most` moments of the run since its first layer has had these inputs and so many neurons: before, others
    had their numbers."""
    present = snapshot.present
    frames = (*(frame for frame in snapshot.past.frames if frame.steps < present.steps), present)
    width = present.architecture.widths[:2]
    others = [k for k, frame in enumerate(frames) if frame.architecture.widths[:2] != width]
    alike = frames[others[-1] + 1 :] if others else frames
    if len(alike) <= most:
        return alike
    return tuple(alike[k] for k in np.linspace(0, len(alike) - 1, most).round().astype(int).tolist())


def _members(snapshot: Snapshot) -> Members:
    data = snapshot.data
    return frozen(members_of(data.test.y, 0 if data.task == "regression" else len(data.classes)))
