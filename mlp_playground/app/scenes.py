"""Gets together what a figure shows: what takes longer to find out than the picture itself is looked at here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from mlp_playground.analysis.pieces import pieces
from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.journey import scene_at
from mlp_playground.analysis.space.observe import Space
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.region_question import region_question
from mlp_playground.experiment.space_question import space_of
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.space.camera import FILLED, Camera, Turn
from mlp_playground.views.space.space_picture import SpaceShowing
from mlp_playground.views.space.space_view import CLOSEST

if TYPE_CHECKING:
    from mlp_playground.app.layer_scenes import LayersObserver

MOST_REGIONS = 60_000
"""Of a picture to take home: it takes a second, where on the screen it is a tenth."""

LAST_HIDDEN = SpaceShowing(t=-1)
"""The last hidden layer's space, at whichever stage that is: there a line or a plane is enough."""
REACH = 0.94 * FILLED
"""How far points reach to each side of the middle, as a share of the picture: none is cut by its edge."""


def prepared(scene: Scene, view: str, wish: SpaceWish | None = None, layers: LayersObserver | None = None) -> Scene:
    """The scene with what the view needs: regions where they are drawn, a space along the directions of `wish`, a
    first layer's neurons, how answers are judged or weights are spread, what is followed through the graph, a digit's
    journey, or what the observer of `layers` finds, who may have seen other moments before."""
    if view in ("health", "probe", "map"):
        from mlp_playground.app.layer_scenes import LayersObserver

        return (layers or LayersObserver()).prepared(scene, view)
    if view == "space":
        return _at_a_stage(replace(scene, space=space_of(scene.snapshot, wish)))
    return _READY.get(view, _with_regions)(scene, view)


def _with_regions(scene: Scene, view: str) -> Scene:
    showing = replace(scene.showing, picked=None, regions=scene.showing.regions or view == "regions", pieces=None)
    question = region_question(scene.snapshot) if showing.regions and view in ("boundary", "regions") else None
    if question is not None:
        showing = replace(showing, pieces=pieces(replace(question, most=MOST_REGIONS)))
    return replace(scene, showing=showing)


def _with_spreads(scene: Scene, _view: str) -> Scene:
    from mlp_playground.experiment.spread_question import spreads_of

    return replace(scene, spreads=spreads_of(scene.snapshot, "weights"))


def _with_neurons(scene: Scene, view: str) -> Scene:
    from mlp_playground.experiment.feature_look import Part, pictured

    part = {"weights": Part.WEIGHTS, "growth": Part.FILM, "answers": Part.ANSWERS}[view]
    return replace(scene, neurons=pictured(scene.snapshot, scene.features, part))


def _judged(scene: Scene, _view: str) -> Scene:
    from mlp_playground.experiment.judge_question import JudgeQuestion, judged

    return replace(scene, judged=judged(JudgeQuestion(scene.snapshot)))


def _with_journey(scene: Scene, _view: str) -> Scene:
    from mlp_playground.experiment.digit_look import followed

    before = () if scene.journey is None else scene.journey[0].strongest
    return replace(scene, journey=followed(scene.snapshot, scene.digit, before))


def _followed(scene: Scene, _view: str) -> Scene:
    """With the graph of the samples wanted; where there are none or too many of them now, of the hardest one."""
    from mlp_playground.experiment.graph_question import GraphQuestion, Which, Wish, follow

    hardest = Wish(Which.HARDEST)
    about = GraphQuestion(scene.snapshot, scene.graph or hardest)
    try:
        return replace(scene, followed=(about, follow(about)))
    except InvalidValue:
        about = GraphQuestion(scene.snapshot, hardest)
        return replace(scene, followed=(about, follow(about)))


_READY: dict[str, Callable[[Scene, str], Scene]] = {
    "layer": _with_spreads,
    "weights": _with_neurons,
    "growth": _with_neurons,
    "answers": _with_neurons,
    "confusion": _judged,
    "graph": _followed,
    "journey": _with_journey,
}
"""By the view's name: what finds out what it needs, and is loaded when it is wanted."""


def _at_a_stage(scene: Scene) -> Scene:
    """At one that there is."""
    assert scene.space is not None
    showing, places, layers = scene.space_showing, scene.space.places, len(scene.snapshot.architecture.widths) - 1
    if showing.t >= 0:
        return replace(scene, space_showing=replace(showing, t=min(showing.t, len(places) - 1.0)))
    t = float(max(s for s, place in enumerate(places) if place.stage.space < layers))
    return replace(scene, space_showing=replace(showing, t=t, turn=_close(scene.space, t)))


def _close(space: Space, t: float) -> Turn:
    """So close that the points fill the picture of that stage: the frame has room for those of its neighbours too."""
    moment = scene_at(space, t)
    places = Camera(QRectF(0, 0, 1, 1), Turn(), moment.depth, moment.radius).pixels(moment.points)[:, :2]
    low, high = places.min(axis=0), places.max(axis=0)
    zoom = min(REACH / max(float((high - low).max()) / 2, 1e-6), CLOSEST)
    x, y = (zoom * (0.5 - (low + high) / 2)).tolist()
    return Turn(zoom=zoom, pan=(x, y))
