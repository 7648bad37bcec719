"""Moving about in the plane: wheel, drag, double click, keys and the button that leads home."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.data.extent import HOME, Extent
from mlp_playground.views.canvas.navigated_view import KEY_STEP, KEY_ZOOM, ZOOM, NavigatedView

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


@pytest.fixture
def view(qtbot: QtBot) -> NavigatedView:
    """A square of 400 pixels that shows the home."""
    widget = NavigatedView()
    qtbot.addWidget(widget)
    widget.resize(400, 400)
    widget.let_move(HOME)
    widget.show()
    return widget


def wheel(view: NavigatedView, at: QPoint, notches: float) -> bool:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def test_the_wheel_zooms_at_the_cursor(view: NavigatedView) -> None:
    at = QPoint(100, 300)
    before = view.in_plane(100, 300)
    assert before == (-3.0, -3.0)
    assert wheel(view, at, 2)
    assert view.extent.half_width == pytest.approx(6 / ZOOM**2)
    assert view.in_plane(100, 300) == pytest.approx(before)
    assert wheel(view, at, -2)
    assert view.extent == HOME, "out again is home, whatever rounding says"


@pytest.mark.parametrize("button", [LEFT, MIDDLE, RIGHT])
def test_each_button_drags_and_the_point_stays_under_the_cursor(
    view: NavigatedView, qtbot: QtBot, button: Qt.MouseButton
) -> None:
    clicks: list[tuple[float, float]] = []
    view.clicked.connect(lambda x1, x2: clicks.append((x1, x2)))
    qtbot.mousePress(view, button, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(102, 100))
    assert view.extent == HOME, "a hand that trembles does not drag"
    qtbot.mouseMove(view, QPoint(200, 50))
    assert view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    qtbot.mouseRelease(view, button, pos=QPoint(200, 50))
    assert view.extent.centre == pytest.approx((-3.0, -1.5))
    assert view.in_plane(200, 50) == pytest.approx((-3.0, 3.0)), "the point that was under the cursor"
    assert clicks == []
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor
    qtbot.mouseMove(view, QPoint(300, 300))
    assert view.extent.centre == pytest.approx((-3.0, -1.5)), "let go"


def test_a_click_is_told_and_moves_nothing(view: NavigatedView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.clicked) as told:
        qtbot.mouseClick(view, LEFT, pos=QPoint(300, 100))
    assert told.args == [3.0, 3.0]
    assert view.extent == HOME


def test_ways_home(view: NavigatedView, qtbot: QtBot) -> None:
    elsewhere = Extent((1.0, 1.0), 2.0)
    assert view.go_home.isHidden()
    for go in (
        lambda: qtbot.mouseDClick(view, LEFT, pos=QPoint(100, 100)),
        lambda: qtbot.keyClick(view, Qt.Key.Key_Home),
        lambda: qtbot.keyClick(view, Qt.Key.Key_0),
        lambda: qtbot.mouseClick(view.go_home, LEFT),
    ):
        view.look_at(elsewhere)
        assert view.go_home.isVisible()
        with qtbot.waitSignal(view.extent_changed) as told:
            go()
        assert told.args == [None]
        assert view.extent == HOME
        assert view.go_home.isHidden()


def test_keys_zoom_and_move(view: NavigatedView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.extent.half_width == pytest.approx(6 / KEY_ZOOM)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.extent.centre == pytest.approx((4 * KEY_STEP, 4 * KEY_STEP))
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.extent.half_width == pytest.approx(6)


def test_where_there_is_no_plane_nothing_moves(view: NavigatedView, qtbot: QtBot) -> None:
    view.look_at(Extent((1.0, 1.0), 2.0))
    view.let_move(None)
    assert view.extent == HOME
    assert not wheel(view, QPoint(200, 200), 1), "the wheel goes on to who scrolls"
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.mousePress(view, LEFT, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(200, 200))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(200, 200))
    assert view.extent == HOME
    assert view.in_plane(100, 100) is None
