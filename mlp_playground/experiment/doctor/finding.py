"""What the doctor says: one finding with its evidence as numbers and as a picture, the reason, and what helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import Cell, ExperimentConfig
from mlp_playground.experiment.edits import Edit

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bars:
    """One bar for each of `names`, as long as `values` (n,) say; `limit` is what is healthy, in `words`. `ill` are the
    bars that the finding is about. With `percent` the values are shares of 1."""

    title: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    ill: tuple[int, ...]
    limit: float | None = None
    words: str = ""
    percent: bool = False
    logarithmic: bool = False


@dataclass(frozen=True, eq=False)
class Lines:
    """The loss on training and test data (n,) over `epochs` (n,). `mark` is an epoch that matters."""

    title: str
    epochs: Numbers
    train: Numbers
    test: Numbers
    mark: float | None = None
    logarithmic: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of numbers (rows, columns) on one scale of colours around 0, such as neurons with their weights."""

    title: str
    rows: Numbers
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]


Picture = Bars | Lines | Table


@dataclass(frozen=True)
class Cure:
    """A change that helps. `name` is what undo calls it, `words` what the button says, as an order. `edit` makes the
    next experiment of any, and raises InvalidValue where it can't. `restarts`: the run begins again, as it concerns
    the first weights, or those of now can't be saved."""

    name: str
    words: str
    edit: Callable[[ExperimentConfig], Edit]
    restarts: bool = False

    def from_start(self) -> Cure:
        """The same in a run that begins again."""
        return self if self.restarts else replace(self, words=f"{self.words} and start again", restarts=True)

    def change(self, config: ExperimentConfig) -> Change:
        """The same as a change that can be made and taken back. Raises InvalidValue."""
        edit = self.edit(config)
        return Change(self.name, config, edit.config, None if self.restarts else edit.lineage, restarts=self.restarts)


@dataclass(frozen=True, eq=False)
class Finding:
    """`illness` is its name in ILLNESSES, `title` says what was found, `facts` are the numbers, each with its name, and
    `why` explains it. `cells` are the neurons that it is about, as (hidden layer, neuron) from 0, of which the first
    also names the layer."""

    illness: str
    title: str
    facts: tuple[tuple[str, str], ...]
    picture: Picture
    why: str
    cure: Cure
    cells: tuple[Cell, ...] = ()
