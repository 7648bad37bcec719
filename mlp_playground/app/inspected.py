"""What is looked at more closely: a neuron and an example, the same ones in every panel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from mlp_playground.analysis.nearest import example_near
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.data.example import Example
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.field_canvas import FieldCanvas
from mlp_playground.views.diagram.network_picture import active_inputs
from mlp_playground.views.diagram.network_view import NetworkView

Cell = tuple[int, int]
POINTED = "where the mouse is"
REACH = 0.03
"""A click this near to a sample, as a share of half the picture's side, is on it."""


class Inspected(QObject):
    """`cell` is (column, neuron), column 0 being what the network hears (of features those that are on): the one
    selected last in the diagram, and always one that there is. `example` is what the mouse points at, else what was
    picked, else the first test sample."""

    cell_changed = Signal(object)
    example_changed = Signal(object)

    def __init__(self, network: NetworkView, canvas: FieldCanvas, clock: FrameClock) -> None:
        super().__init__(network)
        self._network = network
        self._widths: tuple[int, ...] = (1, 1)
        self._snapshot: Snapshot | None = None
        self._inputs: tuple[int, ...] = ()
        self._cell: Cell = (1, 0)
        self._pointed: Example | None = None
        self._picked: Example | None = None
        self._first: Example | None = None
        network.selected.connect(self._on_selected)
        network.column_chosen.connect(self.choose_column)
        canvas.place_pointed.connect(self._on_place)
        canvas.ground_clicked.connect(self._on_ground)
        clock.snapshot_taken.connect(self._on_snapshot)

    @property
    def cell(self) -> Cell:
        """The neuron, input or output."""
        return self._cell

    @property
    def example(self) -> Example | None:
        """The example; None before there are data."""
        return self._pointed or self._picked or self._first

    def choose(self, cell: Cell) -> None:
        """Look at a neuron; it is selected in the diagram, too, where it is drawn."""
        self._become(cell)
        column, k = self._cell
        inputs = self._inputs if column == 0 else ()
        self._network.select((column, inputs[k] if k < len(inputs) else k))

    def choose_column(self, column: int) -> None:
        """Look at a layer: at its first neuron, if it is another one."""
        if column != self._cell[0]:
            self.choose((column, 0))

    def point_at(self, example: Example | None) -> None:
        """The mouse is over an example, or (None) no more."""
        if example is not self._pointed:
            self._pointed = example
            self.example_changed.emit(self.example)

    def pick(self, example: Example | None) -> None:
        """Stay with an example when the mouse goes on."""
        if example is not self._picked:
            self._picked = example
            self.example_changed.emit(self.example)

    def _become(self, cell: Cell) -> None:
        column = min(cell[0], len(self._widths) - 1)
        there = column, min(cell[1], self._widths[column] - 1)
        if there != self._cell:
            self._cell = there
            self.cell_changed.emit(there)

    def _on_selected(self, cell: Cell | None) -> None:
        if cell is not None and cell[0] > 0:
            self._become(cell)
        elif cell is not None and cell[1] in self._inputs:
            self._become((0, self._inputs.index(cell[1])))

    def _on_place(self, x: NDArray[np.float32] | None) -> None:
        if x is None:
            self.point_at(None)
        elif self._pointed is None or not np.array_equal(self._pointed.x, x):
            self.point_at(Example(x, None, POINTED))

    def _on_ground(self, x1: float, x2: float) -> None:
        """Stay with the sample that was clicked, or else with the place."""
        assert self._snapshot is not None
        field = self._snapshot.field
        assert field is not None, "there is a plane that was clicked"
        self.pick(example_near(self._snapshot.data, field.slice, (x1, x2), REACH * field.extent.half_width))

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self._widths = snapshot.architecture.widths
        self._inputs = active_inputs(snapshot)
        self._become(self._cell)
        if before is None or before.data is not snapshot.data:
            test = snapshot.data.test
            self._pointed = self._picked = None
            self._first = Example(test.X[:, 0], float(test.y[0]), "the first test sample")
            self.example_changed.emit(self.example)
