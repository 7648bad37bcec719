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
    since the run began; which neurons are `filmed` (none: six spread over all); and of which hidden `layer` is told in
    full who answers."""

    sorting: str = "norm"
    learned: bool = False
    filmed: tuple[int, ...] = ()
    layer: int = 0


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
        network, now = Network(snapshot.architecture, snapshot.theta), _now(snapshot)
        X, members = snapshot.material.X_test[:-1], _members(snapshot)
        by_answers = SORTINGS[question.wish.sorting].by_answers
        known = observe_answers(now, X, members) if by_answers or Part.ANSWERS in parts else ()
        look = FeatureLook(columns=tuple(self._steady(l, each.order, snapshot) for l, each in enumerate(known)))
        if Part.ANSWERS in parts:
            look = replace(look, answers=known if snapshot.at is None else observe_answers(network, X, members))
        if Part.EXCITED in parts:
            look = replace(look, excited=most_excited(network, X, question.cell, members))
        are_pictures = snapshot.data.image_shape is not None and bool(parts & (Part.WEIGHTS | Part.FILM))
        return self._with_pictures(look, question, network, known[0] if known else None) if are_pictures else look

    def _with_pictures(
        self, look: FeatureLook, question: FeatureQuestion, network: Network, answers: LayerAnswers | None
    ) -> FeatureLook:
        snapshot, wish, shape = question.snapshot, question.wish, question.snapshot.data.image_shape
        assert shape is not None, "there are pictures"
        moments, now = moments_of(snapshot), _now(snapshot)
        networks = [Network(frame.architecture, frame.theta) for frame in moments]
        is_same = networks[0].W[0].shape == now.W[0].shape
        start = networks[0] if wish.learned and is_same else None
        W = first_weights(now, start)
        order = self._steady((wish.sorting, wish.learned), sorted_by(wish.sorting, W, answers), snapshot)
        look = replace(look, weights=weights_of(network, shape, start, scale_of(W)), order=order)
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


def pictured(snapshot: Snapshot, wish: FeatureWish | None, part: Part) -> FeatureLook:
    """What a picture to take home shows of the neurons, as the reader wants to see them (None: as they are)."""
    return FeatureObserver().look(FeatureQuestion(snapshot, part, wish=wish or FeatureWish()))


def _now(snapshot: Snapshot) -> Network:
    """The present network, as the past is seen in its order and on its scale, so that moments can be compared; where it
    has become another one, that of the moment that is looked at."""
    present = snapshot.present
    is_same = snapshot.at is not None and present.architecture.widths == snapshot.architecture.widths
    theta = present.theta if is_same else snapshot.theta
    return Network(snapshot.architecture, theta)


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
