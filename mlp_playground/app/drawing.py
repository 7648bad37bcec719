"""Drawing data on the canvas: each dab is a change of the experiment, or of a draft that is no experiment yet."""

from __future__ import annotations

import numpy as np

from mlp_playground.app.controller import Controller
from mlp_playground.app.fitting import with_own
from mlp_playground.app.undo import Draft
from mlp_playground.data import drawing
from mlp_playground.data.dataset import Dataset, Samples
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import OWN

POINTS_PER_DAB = 6
"""Points that the brush leaves at a place; with a spread of 0 it is one."""


class Drawing:
    """Draws for a controller: on the user's own data, or on the draft of such."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._rng = np.random.default_rng(0)

    def open(self) -> None:
        """Go to the user's own data; where there are none yet, to an empty canvas."""
        if self._controller.draft is not None:
            return
        kept = self._controller.last_toy.data.own
        if kept is None:
            self._become("empty canvas", drawing.clear())
        else:
            self._controller.use_own(kept)

    def dab(self, at: tuple[float, float], label: int, spread: float, gesture: int, within: Extent = HOME) -> None:
        """A dab of the brush in the plane: points of class number `label` around `at`, as far as they are `within`
        what the user sees; a single one for spread 0."""
        points = drawing.brush(self._rng, at, spread, 1 if spread == 0 else POINTS_PER_DAB)
        try:
            new = drawing.add_points(self.drawn, points, label, within=within)
        except InvalidValue as error:
            self._controller.refused.emit(str(error))
            return
        self._become("draw points", new, gesture)

    def erase(self, at: tuple[float, float], radius: float, gesture: int) -> None:
        """Take the points around a place away."""
        base = self.drawn
        if base is not None and (new := drawing.erase(base, at, radius)) is not base:
            self._become("erase points", new, gesture)

    def clear(self) -> None:
        """An empty canvas."""
        base = self.drawn
        if base is not None and len(base.samples):
            self._become("clear points", drawing.clear(max(len(base.classes), 2)))

    def take_over(self, data: Dataset) -> None:
        """Points of another data set in the plane become the user's own, to draw on."""
        X = np.concatenate([data.train.X, data.test.X], axis=1)
        y = np.concatenate([data.train.y, data.test.y])
        own = OwnData(f"{data.label}, edited", data.task, Samples(X, y), classes=data.classes)
        self._become(f"edit {data.label}", own)

    @property
    def drawn(self) -> Draft:
        """What is drawn on: the draft, or the user's own data."""
        config = self._controller.config
        return self._controller.draft or (config.data.own if config.data.name == OWN else None)

    def _become(self, name: str, new: OwnData, gesture: int | None = None) -> None:
        """The drawing becomes `new`: data as soon as something can be learned from it, until then a draft."""
        before = self._controller.config
        wanted = with_own(before if before.data.name == OWN else self._controller.last_toy, new)
        try:
            build.dataset(wanted.data)
        except InvalidValue:
            self._controller.push(Change(name, before, before), gesture, new)
        else:
            self._controller.push(Change(name, before, wanted), gesture)
