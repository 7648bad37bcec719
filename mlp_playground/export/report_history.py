"""What was changed by hand while a network learned, from the moments of its run that were kept."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mlp_playground.experiment.config_words import differences
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.numerals import counted

MOST = 12
"""Changes that are told one by one."""


def changes(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """When, and what, up to the moment that the snapshot shows; before the first step only weights count, as all else
    is how the experiment was set up."""
    shown = snapshot.at or snapshot.present
    frames = [frame for frame in snapshot.past.frames if frame.steps <= shown.steps and frame is not shown]
    pairs = pairwise([*frames, shown])
    found = [(_when(before, after), words) for before, after in pairs if (words := _change(before, after))]
    rows = found[:MOST]
    if len(found) > MOST:
        rows.append(("later", f"{len(found) - MOST} more changes"))
    return tuple(rows)


def _change(before: Frame, after: Frame) -> str:
    if before.config != after.config:
        return ", ".join(differences(after.config, before.config)) if after.steps else ""
    by_hand = after.is_edit and before.steps == after.steps and not np.array_equal(before.theta, after.theta)
    return "weights or biases set by hand" if by_hand else ""


def _when(before: Frame, after: Frame) -> str:
    """A change that is not in the network itself is only seen at the next moment that was kept."""
    low, high = before.progress, after.progress
    if high - low > 1:
        return f"between {low:.0f} and {high:.0f} epochs"
    return f"after {counted(int(high), 'epoch')}"
