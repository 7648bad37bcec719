"""Gets together what a figure shows: what takes longer to find out than the picture itself is looked at here."""

from __future__ import annotations

from dataclasses import replace

from mlp_playground.analysis.pieces import pieces
from mlp_playground.analysis.space.cloud import cloud_of
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Space, observe_space
from mlp_playground.experiment.region_question import region_question
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.network import Network
from mlp_playground.views.figure import Scene
from mlp_playground.views.space_picture import SpaceShowing

MOST_REGIONS = 60_000
"""Of a picture to take home: it takes a second, where on the screen it is a tenth."""

LAST_HIDDEN = SpaceShowing(t=-1)
"""The last hidden layer's space, at whichever stage that is: there a line or a plane is enough."""


def prepared(scene: Scene, view: str, wish: SpaceWish | None = None) -> Scene:
    """The scene with what the view needs: regions where they are drawn, or a space along the directions of `wish`."""
    if view == "space":
        return _at_a_stage(replace(scene, space=space_of(scene.snapshot, wish)))
    showing = replace(scene.showing, picked=None, regions=scene.showing.regions or view == "regions", pieces=None)
    question = region_question(scene.snapshot) if showing.regions and view in ("boundary", "regions") else None
    if question is not None:
        showing = replace(showing, pieces=pieces(replace(question, most=MOST_REGIONS)))
    return replace(scene, showing=showing)


def space_of(snapshot: Snapshot, wish: SpaceWish | None = None) -> Space:
    """The space of the snapshot's network."""
    features = snapshot.config.features if snapshot.data.space == "plane" else ()
    cloud = cloud_of(snapshot.data, *([features] if features else []))
    return observe_space(Network(snapshot.architecture, snapshot.theta), cloud, wish)


def _at_a_stage(scene: Scene) -> Scene:
    """At one that there is."""
    assert scene.space is not None
    t, places, layers = scene.space_showing.t, scene.space.places, len(scene.snapshot.architecture.widths) - 1
    if t < 0:
        t = float(max(s for s, place in enumerate(places) if place.stage.space < layers))
    return replace(scene, space_showing=replace(scene.space_showing, t=min(t, len(places) - 1.0)))
