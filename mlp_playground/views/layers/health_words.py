"""What is said of a run's health as a whole."""

from __future__ import annotations

from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.numerals import grouped


def health_words(snapshot: Snapshot, n_findings: int) -> str:
    """A sentence or two above the findings."""
    now = snapshot.at is None
    if now and snapshot.state is RunState.DIVERGED:
        return "The run has diverged. These are the last numbers that a computer could hold."
    if snapshot.steps == 0:
        what = "This is wrong with them:" if n_findings else "Nothing is wrong with them."
        return f"Not trained yet, so this is about the first weights. {what}"
    if n_findings:
        return "Click a finding for its evidence and what helps." + (" The first one first." if n_findings > 1 else "")
    samples = f"{grouped(snapshot.material.n_train)} training samples"
    if not snapshot.config.network.hidden:
        return f"Nothing that is ill. There is no hidden layer, only the output, on {samples}."
    return f"Nothing that is ill, on {samples}. It goes on looking while the network learns."
