"""How two moments of a run differ in what they answer: the same grid, one answer minus the other."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.field import ClassMap, Difference, Field, Map
from mlp_playground.nn.arrays import Array, frozen


def difference(field: Field, other: Field) -> Difference | None:
    """The answers of `field` minus those of `other`; None where they are not of the same kind.

    Of numbers, and of 2p − 1 for two classes, that is the plain difference, within ±2. Of several classes it is, where
    the first answers with class k, its probability p_k minus the other's: how much surer it is of its own answer.
    """
    ours, theirs = field.answer, other.answer
    if field.slice is not other.slice:  # a table's planes lie elsewhere once its data are others
        return None
    with np.errstate(invalid="ignore"):  # two infinities, where a network diverged
        if isinstance(ours, Map) and isinstance(theirs, Map):
            shown = Map(frozen(ours.values - theirs.values), ours.scale + theirs.scale)
        elif isinstance(ours, ClassMap) and isinstance(theirs, ClassMap):
            shown = Map(frozen(np.asarray(ours.share - _share_of(ours, theirs), np.float32)), 1.0)
        else:
            return None
    return Difference(shown, theirs, other.boundary)


def _share_of(ours: ClassMap, theirs: ClassMap) -> Array:
    """What `theirs` gives the classes that `ours` answers with; one that it does not know yet gets nothing."""
    n = min(ours.n_classes, theirs.n_classes)
    probabilities = np.zeros_like(ours.probabilities)
    probabilities[:n] = theirs.probabilities[:n]
    picked: Array = np.take_along_axis(probabilities, ours.winner[None].astype(np.int64), axis=0)[0]
    return picked
