"""Whether a cure has helped: what two runs came to, in one sentence with their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from mlp_playground.experiment.doctor.words import loss_words, percent
from mlp_playground.experiment.history import Metrics
from mlp_playground.experiment.snapshot import Snapshot

CLEAR = 0.1
"""A test loss that is lower by a tenth is clearly lower: another seed changes it by some hundredths."""

RIGHT = 0.05
"""So much more (or less) of the test data right decides by itself."""


@dataclass(frozen=True)
class Verdict:
    """`helps`: True, False (it is worse), or None: no clear difference."""

    helps: bool | None
    words: str


def verdict(original: tuple[Snapshot, bool], treated: tuple[Snapshot, bool]) -> Verdict:
    """Compare two runs at their end, each with whether it has diverged."""
    (before, was_lost), (after, is_lost) = original, treated
    numbers = _compared(before, after)
    if is_lost:
        return Verdict(False, f"It does not help, the copy has diverged: {numbers}")
    if was_lost:
        return Verdict(True, f"It helps, only the original has diverged: {numbers}")
    helps = _is_better(before.metrics, after.metrics)
    what = {True: "It helps", False: "It makes things worse", None: "No clear difference"}[helps]
    return Verdict(helps, f"{what}: {numbers}")


def _is_better(before: Metrics, after: Metrics) -> bool | None:
    """By right answers; where they are about as many, by the loss, which also tells how sure they are."""
    if before.test_accuracy is not None and after.test_accuracy is not None:
        gain = after.test_accuracy - before.test_accuracy
        if abs(gain) >= RIGHT:
            return gain > 0
    ours, theirs = after.test_loss, before.test_loss
    return True if ours < (1 - CLEAR) * theirs else False if theirs < (1 - CLEAR) * ours else None


def _compared(before: Snapshot, after: Snapshot) -> str:
    ours, theirs = after.metrics, before.metrics
    loss = f"a test loss of {loss_words(ours.test_loss)} instead of {loss_words(theirs.test_loss)}."
    if ours.test_accuracy is None or theirs.test_accuracy is None:
        return loss
    return f"{percent(ours.test_accuracy)} of the test data right instead of {percent(theirs.test_accuracy)}, {loss}"
