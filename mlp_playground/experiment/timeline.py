"""What a run was at a thinning set of moments, in bounded memory: to look back, to compare, and to go on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.history import Metrics
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture

LIMIT = 64 * 2**20
"""Bytes of all frames of a run together."""
MOST = 400
"""Frames: 300 are a film of ten seconds. Each takes some 10 µs, a third of a small network's step."""
OVERHEAD = 2500
"""Bytes of a frame beside its arrays: mostly the random generators' states."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of a run: all that its pictures need, and all that it takes to go on from there.

    `theta` (n_parameters,) float32. Of the present epoch's `batches` minibatches `position` are done, in the sample
    order `order` (n_train,), None where the epoch has not begun. `memory` is the optimizer's; None: a large network's
    is not kept, and whoever goes on begins with an empty one. `metrics` are the last ones that were measured; None:
    they are quickly measured again. `is_edit`: just before or after a change of the network or its data.

    All arrays are read-only. Frames are shared between the run, its undo stack and the window, and never copied.
    """

    config: ExperimentConfig
    architecture: Architecture
    theta: Array
    epoch: int
    steps: int
    position: int
    batches: int
    order: NDArray[np.int64] | None
    memory: Mapping[str, NDArray[Any]] | None
    generators: Mapping[str, dict[str, Any]]
    metrics: Metrics | None
    is_edit: bool = False

    @property
    def progress(self) -> float:
        """Epochs done, with the part of the present one."""
        return self.epoch + self.position / self.batches

    def n_bytes(self, before: Frame | None = None) -> int:
        """Bytes that it takes, beside the arrays that it shares with the frame `before` it."""
        arrays = [self.theta, *(self.memory or {}).values()]
        if self.order is not None and (before is None or before.order is not self.order):
            arrays.append(self.order)
        own = self.config.data.own
        if own is not None and before is not None and before.config.data.own is not own:
            arrays += [own.samples.X, own.samples.y]
        return OVERHEAD + sum(each.nbytes for each in arrays)


@dataclass(frozen=True)
class Past:
    """The frames of a run from its first on, those between two edits every `stride` steps."""

    frames: tuple[Frame, ...] = ()
    stride: int = 1

    @cached_property
    def n_bytes(self) -> int:
        """Bytes of all its frames."""
        return _size(self.frames)

    def place(self, frame: Frame) -> int:
        """Where `frame` is among the frames; one that is no longer kept is where it would be."""
        if frame in self.frames:
            return self.frames.index(frame)
        return sum(each.steps < frame.steps for each in self.frames)

    def until(self, frame: Frame) -> Past:
        """What was when `frame` was the present."""
        return Past((*self.frames[: self.place(frame)], frame), self.stride)


class Timeline:
    """Keeps frames as a run goes on: at most `limit` bytes and `most` frames, the first one always.

    When there are too many, every other one goes, so that they stay evenly spaced. Those around edits stay as long as
    they take less than half of the room.
    """

    def __init__(self, past: Past, *, limit: int = LIMIT, most: int = MOST) -> None:
        self._frames, self.stride = list(past.frames), past.stride
        self._limit, self._most = limit, most
        self._n_bytes = _size(self._frames)
        self._past: Past | None = past

    @property
    def past(self) -> Past:
        """All frames so far."""
        if self._past is None:  # with every picture somebody asks, and only now and then there is a frame more
            self._past = Past(tuple(self._frames), self.stride)
        return self._past

    def due(self, steps: int) -> int:
        """At which step after `steps` the next frame is due."""
        return (steps // self.stride + 1) * self.stride

    def record(self, frame: Frame) -> None:
        """Add a frame that was due."""
        self._add(frame)
        self._make_room()

    def record_edit(self, before: Frame, after: Frame) -> None:
        """Add what was just before and after an edit. Of several edits without a step between them, the first `before`
        and the last `after` are kept."""
        here = [frame for frame in self._frames[-2:] if frame.steps == before.steps]
        if len(here) == 2 or (here and here[0] is not self._frames[0]):
            self._frames.pop()  # what came of the former edit, or a frame that was due and would go before the edit
            self._n_bytes = _size(self._frames)
        if len(here) < 2 and self._frames[-1].steps < before.steps:
            self._add(before)
        self._add(after)
        self._make_room()

    def _add(self, frame: Frame) -> None:
        self._n_bytes += frame.n_bytes(self._frames[-1] if self._frames else None)
        self._frames.append(frame)
        self._past = None

    def _make_room(self) -> None:
        while len(self._frames) > 1 and (self._n_bytes > self._limit or len(self._frames) > self._most):
            self._thin()

    def _thin(self) -> None:
        self.stride *= 2
        first, *others = self._frames
        edits = [frame for frame in others if frame.is_edit]
        if 2 * _size(edits) > self._limit - first.n_bytes() or 2 * len(edits) > self._most:
            edits = edits[1::2]
        stays = {id(frame) for frame in edits}
        self._frames = [first] + [f for f in others if id(f) in stays or (not f.is_edit and f.steps % self.stride == 0)]
        self._n_bytes = _size(self._frames)
        self._past = None


def _size(frames: Sequence[Frame]) -> int:
    return sum(frame.n_bytes(before) for before, frame in zip((None, *frames), frames, strict=False))
