"""A run as a film: which of its moments."""

from __future__ import annotations

import numpy as np

from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.timeline import Frame, Past
from mlp_playground.experiment.trainer import Trainer


def trainer_at(moment: Moment) -> Trainer:
    """A trainer of its own at a moment of a run, with the run's past, which another thread may look at."""
    trainer = Trainer(moment.config)
    trainer.go_to(moment)
    return trainer


def film_of(past: Past, present: Frame, most: int) -> tuple[Frame, ...]:
    """At most `most` moments of a run from its first to the `present` one, evenly spread over its steps."""
    kept = [frame for frame in past.frames if frame.steps <= present.steps]
    if not kept or kept[-1].steps < present.steps:
        kept.append(present)
    if len(kept) <= most:
        return tuple(kept)
    steps = np.array([frame.steps for frame in kept])
    wanted = np.linspace(steps[0], steps[-1], most)
    return tuple(kept[int(k)] for k in np.unique(np.abs(steps[:, None] - wanted).argmin(axis=0)))
