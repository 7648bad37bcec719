"""When a moment of a run was, in words."""

from __future__ import annotations

from math import floor

from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.numerals import grouped


def epoch_number(frame: Frame) -> str:
    """The epoch of a moment; within one, with as many digits as tell neighbours apart where they stand close."""
    if not frame.position:
        return grouped(frame.epoch)
    parts = 100 if frame.epoch < 10 else 10
    # cut off, not rounded: the last minibatch of epoch 296 is no moment of the next one
    return grouped(floor(frame.progress * parts + 1e-6) / parts, 2 if parts == 100 else 1)


def past_words(snapshot: Snapshot) -> str:
    """That a past moment is shown, of how long a run, and what happens when something is done there."""
    shown = "" if snapshot.at is None else epoch_number(snapshot.at)
    seen = f"looking back at epoch {shown} of {grouped(snapshot.present.epoch)}"
    return f"{seen}: training rests, and what you change goes on from here"


def at_edit(frame: Frame, past: Past) -> str:
    """Whether a moment was just before or after an edit; else nothing."""
    if not frame.is_edit:
        return ""
    here = [each for each in past.frames if each.steps == frame.steps]
    return "just before an edit" if len(here) > 1 and here[-1] is not frame else "just after an edit"
