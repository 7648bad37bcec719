"""The probe panel: columns are chosen by mouse and keys, and tell their numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.probe_question import ProbeObserver
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.inside.probe_panel import ProbePanel
from mlp_playground.views.layers.probe_picture import probe_place
from mlp_playground.views.layers.probe_words import column_words, note, sentence


def test_columns_are_pointed_at_and_chosen(take: Callable[..., Snapshot], qtbot: QtBot) -> None:
    panel = ProbePanel()
    qtbot.addWidget(panel)
    panel.resize(720, 260)
    panel.show()
    chosen: list[int] = []
    panel.chosen.connect(chosen.append)
    qtbot.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert chosen == [], "there is nothing yet"
    observer = ProbeObserver()
    probed = observer.observe(take(ExperimentConfig(network=NetworkConfig(hidden=(4, 3), activations=("tanh",) * 2))))
    panel.show_probed(probed)
    assert (panel.sentence.text(), panel.note.text()) == (sentence(probed), note(probed.now))
    place = probe_place(QRectF(panel.view.rect()))
    middles = [QPoint(round(place.left() + (k + 0.5) * place.width() / 4), round(place.center().y())) for k in range(4)]
    qtbot.mouseMove(panel.view, middles[2])
    qtbot.waitUntil(lambda: panel.note.text() == column_words(probed, 2))
    qtbot.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=middles[3])
    panel.show_chosen(3)
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert chosen == [3, 3, 2]
    heights = panel.sentence.height(), panel.note.height()
    straight = ExperimentConfig(network=NetworkConfig(hidden=(), activations=()))
    other = observer.observe(take(straight.changed("data", name="sine")))
    panel.show_probed(other)  # the column under the mouse may be gone
    QApplication.sendEvent(panel.view, QEvent(QEvent.Type.Leave))
    assert panel.note.text() == note(other.now)
    QApplication.processEvents()
    assert (panel.sentence.height(), panel.note.height()) == heights
