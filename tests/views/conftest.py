"""Real moments of real networks for the views to draw, with parameters that a test can choose, and paper to draw on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.build import first_parameters
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.diagram.network_view import NetworkView


@pytest.fixture
def take() -> Callable[..., Snapshot]:
    """Takes a snapshot of `config`, with its first weights or those of `theta`."""

    def taken(
        config: ExperimentConfig | None = None,
        theta: Sequence[float] | None = None,
        look: Look | None = None,
        curves: np.ndarray | None = None,
    ) -> Snapshot:
        config = config or ExperimentConfig()
        trainer = Trainer(config)
        if theta is None:
            theta = first_parameters(config, trainer.material.architecture).tolist()
        table = trainer.history.table() if curves is None else curves
        trainer.go_to(Moment(config, np.array(theta, np.float32), 0, 0, table))
        return observe(trainer, look or Look(resolution=64))

    return taken


@pytest.fixture
def painted(qapp: QApplication) -> Callable[..., np.ndarray]:
    """Lets a function paint and gives the pixels' red, green and blue as (height, width, 3)."""

    def pixels(
        paint: Callable[[QPainter], object], width: int = 360, height: int = 360, ground: str = "#808080"
    ) -> np.ndarray:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor(ground))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            paint(painter)
        finally:
            painter.end()
        table = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine() // 4, 4)
        return table[:, :width, 2::-1].astype(int)

    return pixels


@pytest.fixture
def diagram(qtbot: QtBot) -> NetworkView:
    """The network diagram in a window of its own, which has the focus; it shows nothing yet."""
    widget = NetworkView()
    qtbot.addWidget(widget)
    widget.resize(700, 480)
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    assert widget.isActiveWindow()
    return widget
