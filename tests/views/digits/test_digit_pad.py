"""Drawing on the pad with mouse, pen and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.data.pen import ink_of
from mlp_playground.views.digits.digit_pad import ERASER, DigitPad
from mlp_playground.views.digits.draw_source import DrawSource
from mlp_playground.views.theme import DARK, LIGHT, palette

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def source(qtbot: QtBot) -> DrawSource:
    widget = DrawSource()
    qtbot.addWidget(widget)
    widget.resize(160, 220)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def place(pad: DigitPad, x: float, y: float) -> QPoint:
    paper = pad.paper
    return QPointF(paper.left() + x * paper.width(), paper.top() + y * paper.height()).toPoint()


def line(
    qtbot: QtBot, pad: DigitPad, *corners: tuple[float, float], button: Qt.MouseButton = LEFT, up: bool = True
) -> None:
    qtbot.mousePress(pad, button, pos=place(pad, *corners[0]))
    for corner in corners[1:]:
        # qtbot's own move tells no buttons on this platform
        _move(pad, place(pad, *corner), button)
    if up:
        qtbot.mouseRelease(pad, button, pos=place(pad, *corners[-1]))


def _move(pad: DigitPad, at: QPoint, button: Qt.MouseButton) -> None:
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, QPointF(at), QPointF(pad.mapToGlobal(at)), Qt.MouseButton.NoButton, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(pad, event)


def test_a_line_is_where_the_mouse_went_as_wide_as_the_pen(source: DrawSource, qtbot: QtBot) -> None:
    told: list[object] = []
    source.drawn.connect(told.append)
    line(qtbot, source.pad, (0.2, 0.3), (0.6, 0.3), (0.6, 0.8), up=False)
    assert source.pad.is_drawing
    (stroke,) = source.pad.strokes
    assert not stroke.erases
    for point, (x, y) in zip(stroke.points, ((0.2, 0.3), (0.6, 0.3), (0.6, 0.8)), strict=True):
        assert point == pytest.approx((x, y, 0.045), abs=0.005)
    assert len(told) == 3, "at each move"
    assert told[-1] == source.pad.strokes
    with qtbot.waitSignal(source.finished):
        qtbot.mouseRelease(source.pad, LEFT, pos=place(source.pad, 0.6, 0.8))
    assert not source.pad.is_drawing
    source.pen.setValue(20)
    line(qtbot, source.pad, (0.5, 0.5))
    assert source.pad.strokes[-1].points[0][2] == pytest.approx(0.1)


def test_the_right_button_and_the_eraser_wipe(source: DrawSource, qtbot: QtBot) -> None:
    pad = source.pad
    line(qtbot, pad, (0.1, 0.5), (0.9, 0.5))
    line(qtbot, pad, (0.3, 0.3), (0.3, 0.7), button=RIGHT)
    qtbot.mouseClick(source.eraser, LEFT)
    line(qtbot, pad, (0.7, 0.3), (0.7, 0.7))
    assert [stroke.erases for stroke in pad.strokes] == [False, True, True]
    assert pad.strokes[1].points[0][2] == pytest.approx(0.045 * ERASER)
    paper = ink_of(pad.strokes, 100)
    assert paper[50, [30, 70]] == pytest.approx(0)
    assert paper[50, [15, 50, 85]] == pytest.approx(1)


def test_strokes_are_taken_back_and_all_is_cleared_by_button_and_key(source: DrawSource, qtbot: QtBot) -> None:
    pad = source.pad
    assert not source.undo.isEnabled()
    assert not source.clear.isEnabled()
    for x in (0.2, 0.4, 0.6, 0.8):
        line(qtbot, pad, (x, 0.2), (x, 0.8))
    qtbot.mouseClick(source.undo, LEFT)
    assert len(pad.strokes) == 3
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    assert len(pad.strokes) == 2
    with qtbot.waitSignal(source.drawn) as told:
        qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert told.args == [()]
    assert not source.undo.isEnabled()
    line(qtbot, pad, (0.2, 0.2))
    qtbot.mouseClick(source.clear, LEFT)
    assert pad.strokes == ()


def test_beside_the_paper_the_pen_stays_at_its_edge(source: DrawSource, qtbot: QtBot) -> None:
    line(qtbot, source.pad, (0.5, 0.5), (1.9, 0.5), (1.9, -3))
    points = np.array(source.pad.strokes[0].points)
    assert points[:, :2].min() == 0
    assert points[:, :2].max() == 1


def test_a_pen_draws_wider_when_it_is_pressed_and_erases_with_its_other_end(source: DrawSource) -> None:
    pad = source.pad

    def pen(kind: QTabletEvent.Type, x: float, pressure: float, tip: QPointingDevice.PointerType) -> None:
        device = QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, tip, QInputDevice.Capability.Pressure, 1, 1)
        at = QPointF(place(pad, x, 0.5))
        event = QTabletEvent(
            kind, device, at, QPointF(pad.mapToGlobal(at)), pressure, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, LEFT, LEFT,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)

    tips = QPointingDevice.PointerType
    for tip in (tips.Pen, tips.Eraser):
        pen(QTabletEvent.Type.TabletPress, 0.2, 0.0, tip)
        pen(QTabletEvent.Type.TabletMove, 0.8, 1.0, tip)
        pen(QTabletEvent.Type.TabletRelease, 0.8, 0.0, tip)
    drawn, erased = pad.strokes
    assert (drawn.erases, erased.erases) == (False, True)
    assert [point[2] for point in drawn.points] == pytest.approx([0.0225, 0.063])


def test_what_is_on_screen_is_the_ink_dark_on_light_and_light_on_dark(source: DrawSource, qtbot: QtBot) -> None:
    line(qtbot, source.pad, (0.2, 0.5), (0.8, 0.5))
    for theme, paper, ink in ((LIGHT, 255, 0), (DARK, 0, 255)):
        source.pad.setPalette(palette(theme))
        image = source.pad.grab().toImage()
        at = [image.pixelColor(place(source.pad, x, y)).lightness() for x, y in ((0.5, 0.8), (0.5, 0.5))]
        assert at == pytest.approx([paper, ink], abs=3)
