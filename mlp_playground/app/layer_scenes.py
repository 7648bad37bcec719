"""Gets together what figures of all layers show, from one moment of a run to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlp_playground.experiment.map_question import MapObserver
from mlp_playground.experiment.probe_question import ProbeObserver
from mlp_playground.views.figures.figure import Scene

if TYPE_CHECKING:
    from mlp_playground.experiment.doctor.checkup import Checkups, Record
    from mlp_playground.experiment.snapshot import Snapshot


class LayersObserver:
    """Examines, probes and maps layers of one moment after the other: maps stay turned as they were."""

    def __init__(self) -> None:
        self._probes, self._maps = ProbeObserver(), MapObserver()
        self._checkups: Checkups | None = None

    def prepared(self, scene: Scene, view: str) -> Scene:
        """The scene with its layers' health, or with them probed, and mapped where no map is chosen."""
        if view == "health":
            return replace(scene, health=scene.health or self._record(scene.snapshot))
        if view == "map" and scene.layer_map is None:
            scene = replace(scene, layer_map=self._maps.observe(scene.snapshot))
        return replace(scene, probed=self._probes.observe(scene.snapshot))

    def _record(self, snapshot: Snapshot) -> Record:
        from mlp_playground.experiment.doctor.checkup import Checkups

        self._checkups = self._checkups or Checkups()
        return self._checkups.whole_record(snapshot)
