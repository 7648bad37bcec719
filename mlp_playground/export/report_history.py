"""What was changed by hand while a network learned, from the moments of its run that were kept."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mlp_playground.experiment.config_words import differences
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame

MOST = 12
"""Changes that are told one by one."""


def changes(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """When, and what, up to the moment that the snapshot shows; before the first step only weights count, as all else
    is how the experiment was set up."""
    shown = snapshot.at or snapshot.present
    frames = [frame for frame in snapshot.past.frames if frame.steps <= shown.steps and frame is not shown]
    found = [(after, words) for before, after in pairwise([*frames, shown]) if (words := _change(before, after))]
    rows = [(f"after {_epochs(after)}", words) for after, words in found[:MOST]]
    if len(found) > MOST:
        rows.append(("later", f"{len(found) - MOST} more changes"))
    return tuple(rows)


def _change(before: Frame, after: Frame) -> str:
    if before.config != after.config:
        return ", ".join(differences(after.config, before.config)) if after.steps else ""
    by_hand = after.is_edit and before.steps == after.steps and not np.array_equal(before.theta, after.theta)
    return "weights or biases set by hand" if by_hand else ""


def _epochs(frame: Frame) -> str:
    done = f"{frame.progress:.1f}".removesuffix(".0")
    return f"{done} epoch" if done == "1" else f"{done} epochs"
