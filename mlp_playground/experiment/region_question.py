"""What a snapshot gives to ask about its linear regions: live in the window, or for a picture to take home."""

from __future__ import annotations

from mlp_playground.analysis.pieces import Question
from mlp_playground.analysis.straight import seen_by, why_not
from mlp_playground.experiment.snapshot import Snapshot


def why_no_regions(snapshot: Snapshot) -> str:
    """Why this network has no exact regions over its picture, in a sentence; empty where it has."""
    return why_not(snapshot.data.space, snapshot.config.features, snapshot.architecture.activations)


def region_question(snapshot: Snapshot) -> Question | None:
    """The question about the part of the plane that the snapshot shows; None where there are no regions."""
    if snapshot.field is None or why_no_regions(snapshot):
        return None
    seen = seen_by(snapshot.data.space, snapshot.config.features, snapshot.field.slice)
    return Question(snapshot.architecture, snapshot.theta, seen, snapshot.field.extent)
