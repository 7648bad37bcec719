"""The Shapes panel by itself: the trace as a table, and what happens when a shape is tried."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.shapes import CLASSES, Subject
from mlp_playground.nn.network import Architecture
from mlp_playground.views.inside.shape_panel import FITS, REFUSED, ShapePanel, usual_shapes
from mlp_playground.views.inside.shape_table import FORMULA, NAME, NOT_REACHED, PARAMETERS, SHAPES
from mlp_playground.views.theme import LIGHT

DIGITS = Subject(Architecture((784, 128, 64, 10), ("relu", "relu"), "classes"), 784, None, 10, 64)


def rows(panel: ShapePanel, column: int) -> list[str]:
    model = panel.table.model_of_steps
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def panel_of(qtbot: QtBot, subject: Subject) -> ShapePanel:
    panel = ShapePanel()
    qtbot.addWidget(panel)
    panel.resize(760, 250)
    panel.show_subject(subject, 4000)
    panel.show()
    return panel


def test_the_trace_is_a_table_with_the_letter_or_a_number(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, DIGITS)
    assert rows(panel, NAME) == ["samples", "layer 1", "", "layer 2", "", "output", "answer", "loss"]
    assert rows(panel, SHAPES)[1] == "(128×784)·(784×N) + (128×1) → (128×N)"
    assert rows(panel, FORMULA)[1] == "Z₁ = W₁·X + b₁"
    counts = [int(text.replace("\u202f", "")) for text in rows(panel, PARAMETERS) if text]
    assert sum(counts) == DIGITS.architecture.n_parameters == 109_386
    assert panel.total.text() == "109\u202f386 parameters"
    assert panel.verdict.text == FITS
    for k, number in enumerate(("N", "64", "4000", "1")):
        panel.batch.setCurrentIndex(k)
        panel.batch.activated.emit(k)
        assert rows(panel, SHAPES)[1] == f"(128×784)·(784×{number}) + (128×1) → (128×{number})"


def test_a_shape_is_tried_and_named_where_it_does_not_fit(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, DIGITS)
    assert list(usual_shapes(DIGITS)) == ["X", "W₁", "b₁", "W₂", "b₂", "W₃", "b₃", CLASSES]
    panel.what.setCurrentIndex(3)
    panel.what.activated.emit(3)
    assert panel.shape.text() == "64, 128"
    panel.shape.clear()
    qtbot.keyClicks(panel.shape, "64x100")
    assert rows(panel, SHAPES)[3] == "(64×100)?·(128×N) + (64×1) → does not fit"
    assert rows(panel, SHAPES)[4:] == [NOT_REACHED] * 4
    assert "(64x128 and 100x64)" in panel.messages.text()
    assert "size 128 is different from 100" in panel.messages.text()
    model = panel.table.model_of_steps
    assert model.data(model.index(3, 0), Qt.ItemDataRole.BackgroundRole) == QColor(LIGHT.warning)
    assert model.data(model.index(2, 0), Qt.ItemDataRole.BackgroundRole) is None
    qtbot.keyClick(panel.shape, Qt.Key.Key_Backspace)
    qtbot.keyClicks(panel.shape, "q")
    assert panel.shape.property("wrong") is True
    assert panel.messages.text().startswith("Type a whole number")
    qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert panel.shape.text() == "64, 128"
    assert rows(panel, SHAPES)[-1] == "(10×N), (N) → one number"
    panel.what.setCurrentIndex(2)
    panel.what.activated.emit(2)
    panel.shape.clear()
    qtbot.keyClicks(panel.shape, "1")
    assert panel.messages.text() == "No error: it goes through like that, too."


def test_a_refused_experiment_stays_until_it_was_read(qtbot: QtBot) -> None:
    misfit = replace(DIGITS, changed={"W₁": (128, 400)})
    panel = panel_of(qtbot, DIGITS)
    panel.show_subject(misfit, 4000, is_refused=True)
    assert panel.verdict.text.startswith(REFUSED)
    assert "400 weights" in panel.verdict.text
    with qtbot.waitSignal(panel.back_wanted):
        qtbot.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    panel.show_subject(DIGITS, 4000)
    assert panel.verdict.text == FITS
    assert panel.back.isHidden()
