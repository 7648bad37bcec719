"""Where things are in a network diagram on screen, for tests to click on and to look at."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.views.diagram.network_layout import Layout, Link
from mlp_playground.views.diagram.network_view import NetworkView


def config(*hidden: int, activation: str = "tanh", digits: bool = False) -> ExperimentConfig:
    base = (DIGITS_DEFAULT if digits else ExperimentConfig()).changed("data", samples=20)
    return base.changed("network", hidden=hidden, activations=(activation,) * len(hidden))


def layout_of(view: NetworkView) -> Layout:
    assert view._layout is not None
    return view._layout


def cell(view: NetworkView, column: int, index: int) -> QPoint:
    return layout_of(view).columns[column].cells[index].center().toPoint()


def middle_of_link(view: NetworkView, link: Link) -> QPoint:
    (x0, y0), (x1, y1) = layout_of(view).link_ends(link)
    return QPointF((x0 + x1) / 2, (y0 + y1) / 2).toPoint()


def pictured(view: NetworkView) -> QImage:
    return view.grab().toImage()


def buttons(view: NetworkView) -> list[QWidget]:
    return [w for c in view.layers for w in c.widgets()] + list(view.inserts)
