"""A moment of a run drawn finer than the screen needs it, for a picture that is looked at for longer than a frame."""

from __future__ import annotations

from dataclasses import replace

from mlp_playground.analysis.difference import difference
from mlp_playground.analysis.field import Field, observe_field
from mlp_playground.analysis.folds import fold_lines
from mlp_playground.analysis.slice import home_of
from mlp_playground.data.extent import Extent
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.nn.network import Network

RESOLUTION = 512
"""Pixels of the plane's side."""
MOST_WORK = 2e10
"""Multiplications: two seconds on an ordinary laptop, for the largest networks."""


def refined(snapshot: Snapshot, extent: Extent | None = None) -> Snapshot:
    """The same moment, its line or the `extent` of its plane (None: the home) in RESOLUTION pixels, of very large
    networks in fewer."""
    field = snapshot.field
    if field is None:
        return snapshot
    resolution = RESOLUTION
    while resolution > 64 and resolution**2 * snapshot.architecture.n_parameters > MOST_WORK:
        resolution //= 2
    network, home = Network(snapshot.architecture, snapshot.theta), home_of(snapshot.data, field.slice)
    features = snapshot.config.features
    fine = observe_field(network, field.space, features, resolution, field.focus_cell, field.slice, extent, home)
    folds = None if field.folds is None else fold_lines(network, features, field.slice, fine.extent, fine=True)
    fine = replace(fine, mistakes=field.mistakes, folds=folds)
    if snapshot.compared is not None and field.difference is not None:
        fine = replace(fine, difference=difference(fine, _then(snapshot.compared, fine, resolution)))
    return replace(snapshot, field=fine)


def _then(frame: Frame, now: Field, resolution: int) -> Field:
    """What another moment answers at the same places."""
    network = Network(frame.architecture, frame.theta)
    return observe_field(network, now.space, frame.config.features, resolution, None, now.slice, now.extent)
