"""What a snapshot gives to look at its network's neurons: pictures of weights, what excites one, and who answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, auto

import numpy as np

from mlp_playground.analysis.answers import LayerAnswers, observe_answers
from mlp_playground.analysis.excitement import Cell, Excited, Members, members_of, most_excited
from mlp_playground.analysis.weights import (
    Order,
    WeightFilm,
    Weights,
    first_weights,
    sorted_by,
    spread,
    weight_film,
    weights_of,
)
from mlp_playground.experiment.film import film_of
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.arrays import Array, frozen
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


@dataclass(frozen=True, eq=False)
class FeatureQuestion:
    """Which parts of a look at the snapshot's network are wanted; of which neuron `cell` is told what excites it, in
    which order the neurons are wanted, and which are filmed (none: six spread over all). `learned`: not the weights are
    wanted, but what was added to those that the run began with."""

    snapshot: Snapshot
    parts: Part
    cell: Cell = (0, 0)
    sorting: str = "norm"
    filmed: tuple[int, ...] = ()
    learned: bool = False


@dataclass(frozen=True, eq=False)
class FeatureLook:
    """The parts that were wanted; the others are None. The weights come with the neurons' `order` (n,), the film with
    the moments that it has. Weights and film are there for pictures only."""

    weights: Weights | None = None
    order: Order | None = None
    answers: tuple[LayerAnswers, ...] | None = None
    excited: Excited | None = None
    film: WeightFilm | None = None
    moments: tuple[Frame, ...] = field(default=())


class FeatureObserver:
    """Answers on the worker's thread. While the run trains the neurons keep the order that they had, so that no picture
    jumps."""

    def __init__(self) -> None:
        self._order: tuple[str, bool, Order] | None = None

    def look(self, question: FeatureQuestion) -> FeatureLook:
        """All that is wanted."""
        snapshot, parts = question.snapshot, question.parts
        network, shape = Network(snapshot.architecture, snapshot.theta), snapshot.data.image_shape
        X, members = snapshot.material.X_test[:-1], _members(snapshot)
        answers = observe_answers(network, X, members) if Part.ANSWERS in parts else None
        excited = most_excited(network, X, question.cell, members) if Part.EXCITED in parts else None
        if shape is None or not parts & (Part.WEIGHTS | Part.FILM):
            return FeatureLook(None, None, answers, excited)
        moments = moments_of(snapshot)
        networks = [Network(frame.architecture, frame.theta) for frame in moments]
        is_comparable = networks[0].architecture.widths[:2] == network.architecture.widths[:2]
        start = networks[0] if question.learned and is_comparable else None
        weights = weights_of(network, shape, start)
        order = self._ordered(first_weights(network, start), answers, question)
        if Part.FILM not in parts:
            return FeatureLook(weights, order, answers, excited)
        film = weight_film(networks, _filmed(question, networks[-1]), shape, learned=question.learned)
        return FeatureLook(weights, order, answers, excited, film, moments)

    def _ordered(self, W: Array, answers: tuple[LayerAnswers, ...] | None, question: FeatureQuestion) -> Order:
        asked, known = (question.sorting, question.learned), self._order
        is_learning = question.snapshot.state is RunState.RUNNING
        if is_learning and known is not None and known[:2] == asked and len(known[2]) == len(W):
            return known[2]
        order = sorted_by(question.sorting, W, answers[0] if answers else None)
        self._order = *asked, order
        return order


def _filmed(question: FeatureQuestion, network: Network) -> tuple[int, ...]:
    """The neurons that were asked for, as far as the network has so many."""
    W = network.W[0]
    are_there = len(question.filmed) > 0 and max(question.filmed) < len(W)
    return question.filmed if are_there else spread(W, IN_FILM)


def moments_of(snapshot: Snapshot, most: int = MOMENTS) -> tuple[Frame, ...]:
    """At most `most` moments of the run since its first layer has had these inputs and so many neurons: before, others
    had their numbers."""
    frames = film_of(snapshot.past, snapshot.present, len(snapshot.past.frames) + 1)
    width = snapshot.present.architecture.widths[:2]
    others = [k for k, frame in enumerate(frames) if frame.architecture.widths[:2] != width]
    alike = frames[others[-1] + 1 :] if others else frames
    if len(alike) <= most:
        return alike
    return tuple(alike[k] for k in np.linspace(0, len(alike) - 1, most).round().astype(int).tolist())


def _members(snapshot: Snapshot) -> Members:
    data = snapshot.data
    return frozen(members_of(data.test.y, 0 if data.task == "regression" else len(data.classes)))
