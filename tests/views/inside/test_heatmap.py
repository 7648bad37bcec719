"""The heatmap of a layer's weights: how its cells are pointed at and changed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.views.inside.heatmap import Heatmap
from mlp_playground.views.layers.layer_weights import Weights


def layer(rows: int, columns: int) -> Weights:
    rng = np.random.default_rng(1)
    names = [str(k + 1) for k in range(max(rows, columns))]
    return Weights(rng.normal(size=(rows, columns)), rng.normal(size=rows), names[:rows], names[:columns])


def test_cells_are_pointed_at_clicked_and_typed_by_mouse_and_keys(qtbot: QtBot) -> None:
    heatmap = Heatmap()
    qtbot.addWidget(heatmap)
    heatmap.resize(300, 150)
    heatmap.show_weights(layer(4, 3))
    heatmap.show()
    heatmap.activateWindow()
    heatmap.setFocus()
    pointed: list[object] = []
    clicked: list[object] = []
    typed: list[tuple[object, float]] = []
    heatmap.pointed_at.connect(pointed.append)
    heatmap.clicked.connect(clicked.append)
    heatmap.number_typed.connect(lambda spot, value: typed.append((spot, value)))
    assert heatmap.grid is not None
    place = heatmap.grid.cell((2, 1)).center().toPoint()
    qtbot.mouseMove(heatmap.viewport(), place)
    qtbot.mouseClick(heatmap.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (pointed[-1], clicked) == ((2, 1), [(2, 1)])
    for key, spot in ((Qt.Key.Key_Right, (2, 2)), (Qt.Key.Key_Right, (2, 3)), (Qt.Key.Key_Right, (2, 3))):
        qtbot.keyClick(heatmap, key)
        assert heatmap.lit == spot
    qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert heatmap.field.is_open
    assert heatmap.field.accessibleName() == "Bias of neuron 3"
    heatmap.field.setText("−1,5")
    qtbot.keyClick(heatmap.field, Qt.Key.Key_Return)
    assert typed == [((2, 3), -1.5)]
    heatmap.show_weights(layer(2, 3))
    assert heatmap.lit is None, "another network's cell"


def test_a_large_layer_is_scrolled_to_what_the_keys_point_at(qtbot: QtBot) -> None:
    heatmap = Heatmap()
    qtbot.addWidget(heatmap)
    heatmap.resize(300, 120)
    heatmap.show_weights(layer(128, 784))
    heatmap.show()
    bar = heatmap.horizontalScrollBar()
    assert bar.maximum() > 1000
    bar.setValue(500)
    assert heatmap.grid is not None
    assert heatmap.grid.scrolled[0] == 500
    qtbot.keyClick(heatmap, Qt.Key.Key_Down)
    assert (heatmap.lit, bar.value()) == ((0, 0), 0)
    assert heatmap.grid.hit(QPointF(QPoint(round(heatmap.grid.left), round(heatmap.grid.top) + 1))) == (0, 0)
