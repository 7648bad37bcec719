"""Which sample a click on the plane means."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.slice import Slice
from mlp_playground.data.dataset import Dataset
from mlp_playground.data.example import Example


def example_near(data: Dataset, plane: Slice | None, place: tuple[float, float], reach: float) -> Example:
    """The sample that is drawn nearest to `place`, if not farther than `reach`; else the place itself, without target.

    `plane` is the one that is drawn of a table.
    """
    at = np.array(place)
    found: tuple[float, Example] | None = None
    for name, samples in (("training", data.train), ("test", data.test)):
        if not len(samples):
            continue
        drawn = samples.X if plane is None else plane.project(samples.X)
        away = np.hypot(*(drawn - at[:, None]))
        i = int(away.argmin())
        if away[i] <= reach and (found is None or away[i] < found[0]):
            found = float(away[i]), Example(samples.X[:, i], float(samples.y[i]), f"{name} sample {i + 1}")
    if found is not None:
        return found[1]
    x = at if plane is None else plane.points(at[:, None])[:, 0]
    return Example(x.astype(np.float32), None, "a place without a sample")
