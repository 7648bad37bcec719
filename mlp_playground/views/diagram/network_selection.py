"""The network diagram with something pointed at and something selected, which stays so while the network changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from mlp_playground.experiment import edits
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.diagram.network_diagram import NetworkDiagram
from mlp_playground.views.diagram.network_following import Follower, moved
from mlp_playground.views.diagram.network_layout import Cell, Link
from mlp_playground.views.diagram.network_links import link_inks
from mlp_playground.views.diagram.network_picture import Pointing
from mlp_playground.views.theme import theme_of

LINK_REACH = 5.0
"""Pixels from a link within which the mouse is on it."""


class NetworkSelection(NetworkDiagram):
    """`pointed_at` carries the Cell whose map is to be shown large: the one under the mouse, else the selected one.

    `link_pointed` carries the Link under the mouse or None, `selected` the selected Cell or None. The selection follows
    its neuron through every edit that one of the signals asks for; a place is all that it has to go by when the network
    changes otherwise.
    """

    width_wanted = Signal(int, int, int)
    freeze_wanted = Signal(object, bool)
    off_wanted = Signal(object, bool)
    pointed_at = Signal(object)
    link_pointed = Signal(object)
    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[Cell | None, Cell | None] = (None, None)
        self._last: Cell = (1, 0)
        self._follower = Follower()
        for signal, make in (
            (self.neuron_added, edits.add_neuron),
            (self.neuron_removed, edits.remove_neuron),
            (self.width_wanted, lambda config, layer, width, _gesture: edits.set_width(config, layer, width)),
            (self.layer_inserted, edits.insert_layer),
            (self.layer_removed, edits.remove_layer),
            (self.activation_chosen, lambda config, layer, name: edits.set_activation(config, name, layer)),
            (self.freeze_wanted, lambda config, cells, frozen: edits.freeze(config, cells, frozen=frozen)),
            (self.off_wanted, lambda config, cells, off: edits.switch_off(config, cells, off=off)),
        ):
            signal.connect(partial(self._expect, make))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw this moment; the selection stays with its neuron."""
        if self._snapshot is not None:
            before, now = self._snapshot.config.network, snapshot.config.network
            lineage = self._follower.take(before, now)
            if self._pointing.selected is not None:
                there = moved(self._pointing.selected, lineage, before, now)
                self._pointing = replace(self._pointing, selected=there)
        super().show_snapshot(snapshot)
        self._tell()

    def _expect(self, make: Callable[..., edits.Edit], *values: object) -> None:
        if self._snapshot is not None:
            self._follower.expect(self._snapshot.config, make, *values)

    def _follow_shape(self, snapshot: Snapshot) -> None:
        self._pointing = replace(self._pointing, cell=None, link=None)
        super()._follow_shape(snapshot)

    def _arrange(self) -> None:
        super()._arrange()
        self._tell()

    def select(self, cell: Cell | None) -> None:
        """Select a neuron, an output or a feature, or nothing."""
        self._point(replace(self._pointing, selected=cell))

    def light(self, cell: Cell | None = None, link: Link | None = None) -> None:
        """Draw a neuron or a link as if the mouse were on it; one that isn't drawn is not lit."""
        if self._layout is None:
            return
        ends = [] if link is None else [(link[0], link[1]), (link[0] + 1, link[2])]
        are_drawn = all(self._layout.is_drawn(each) for each in ([cell] if cell is not None else []) + ends)
        self._point(replace(self._pointing, cell=cell if are_drawn else None, link=link if are_drawn else None))

    def _point(self, now: Pointing) -> None:
        before, self._pointing = self._pointing, now
        if now == before:
            return
        if (now.cell, now.link) != (before.cell, before.link):
            self._links = None
        if now.link != before.link:
            self.link_pointed.emit(now.link)
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Say what is pointed at and selected now, where it has changed; what isn't drawn any more is not selected."""
        chosen = self._pointing.selected
        if chosen is not None and (self._layout is None or not self._layout.is_drawn(chosen)):
            chosen = None
            self._pointing = replace(self._pointing, selected=None)
        self._last = chosen or self._last
        before, self._told = self._told, (self._shown(), chosen)
        if self._told[0] != before[0]:
            self.pointed_at.emit(self._told[0])
        if chosen != before[1]:
            self.selected.emit(chosen)

    def _shown(self) -> Cell | None:
        """Whose map is to be shown large: of what has one."""
        for cell in (self._pointing.cell, self._pointing.selected):
            if cell is None or self._snapshot is None:
                continue
            widths = self._snapshot.architecture.widths
            if cell[0] == len(widths) - 1 and (widths[-1] == 1 or self._snapshot.field is None):
                return None
            if cell[0] > 0 or self._snapshot.data.space == "plane":
                return cell
        return None

    def _cell_at(self, place: QPointF) -> Cell | None:
        """The neuron at a place; its bias's dot belongs to it."""
        assert self._layout is not None
        return self._layout.hit(place) or self._layout.hit_bias(place)

    def _link_at(self, place: QPointF) -> Link | None:
        """The drawn link at a place; those from pixels stand for many weights and can't be pointed at."""
        assert self._layout is not None
        assert self._snapshot is not None
        if self._inks is None:
            self._inks = link_inks(self._layout, self._snapshot, theme_of(self.palette()), self._pointing)
        gaps = enumerate(pairwise(self._layout.columns))
        between = {n for n, (a, b) in gaps if a.cells[0].right() < place.x() < b.cells[-1].left()}
        if self._snapshot.data.image_shape is not None:
            between.discard(0)
        links = [link for group in self._inks for link in group.links if link[0] in between]
        return self._layout.nearest_link(place, links, LINK_REACH)
