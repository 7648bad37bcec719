"""A kept run in words: what it is told apart by, how far it came, and how good it was."""

from __future__ import annotations

from math import isfinite

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.config_words import differences
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.runs import Run
from mlp_playground.numerals import grouped, percent
from mlp_playground.views.training.curve_readout import time_text

SAME = "the same settings as now"


def difference_words(run: Run, now: ExperimentConfig) -> str:
    """How its settings differ from the present ones, in one line."""
    return "; ".join(differences(run.moment.config, now)) or SAME


def result_words(moment: Moment) -> str:
    """How good it was on the test samples when it was measured last; nothing if it never was."""
    if not moment.curves.shape[1]:
        return ""
    accuracy, loss = moment.curves[4, -1], moment.curves[2, -1]
    return percent(float(accuracy)) if isfinite(accuracy) else f"{loss:.4g}"


def run_tip(run: Run, now: ExperimentConfig) -> str:
    """All that is known of it, a line each."""
    moment = run.moment
    counted = f", {time_text(moment.trained)} of training" if isfinite(moment.trained) else ""
    lines = [run.title, *(differences(moment.config, now) or [SAME])]
    lines.append(f"epoch {grouped(moment.epoch)}{counted}")
    if moment.curves.shape[1]:
        _, train, test, train_right, test_right = moment.curves[:, -1]
        lines.append(f"loss {train:.4g} train, {test:.4g} test")
        if isfinite(test_right):
            lines.append(f"right {percent(train_right)} train, {percent(test_right)} test")
    lines.append("kept by hand" if run.pinned else "kept when another run began")
    if not moment.memory:
        lines.append("its optimizer begins with an empty memory")
    return "\n".join(lines)
