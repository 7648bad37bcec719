"""The diagram as a user meets it: what a click, a drag and hovering say, and where numbers are typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.views.diagram import network_links
from mlp_playground.views.diagram.network_view import NetworkView
from tests.views.diagram.diagrams import cell, config, layout_of, middle_of_link, pictured

Take = Callable[..., Snapshot]
LOOK = Look(resolution=32)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(diagram: NetworkView) -> NetworkView:
    return diagram


# -- what a click says ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_buttons_of_a_layer_say_which_layer(view: NetworkView, take: Take, qtbot: QtBot, layer: int) -> None:
    view.show_snapshot(take(config(2, 3, 4), look=LOOK))
    controls = view.layers[layer]
    for button, signal in (
        (controls.plus, view.neuron_added),
        (controls.minus, view.neuron_removed),
        (controls.cross, view.layer_removed),
    ):
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(button, LEFT)
        assert told.args == ([layer, None] if button is controls.minus else [layer])


@pytest.mark.parametrize("position", [0, 1, 2])
def test_the_buttons_between_layers_say_which_gap(view: NetworkView, take: Take, qtbot: QtBot, position: int) -> None:
    view.show_snapshot(take(config(2, 3), look=LOOK))
    with qtbot.waitSignal(view.layer_inserted) as told:
        qtbot.mouseClick(view.inserts[position], LEFT)
    assert told.args == [position]


def test_a_layers_menu_offers_every_activation_and_says_layer_and_name(
    view: NetworkView, take: Take, qtbot: QtBot
) -> None:
    view.show_snapshot(take(config(2, 3), look=LOOK))
    menu = view.layers[1].activation.menu()
    assert len(menu.actions()) == len(ACTIVATIONS)
    for action, activation in zip(menu.actions(), ACTIVATIONS.values(), strict=True):
        assert activation.label in action.text()
        with qtbot.waitSignal(view.activation_chosen) as told:
            action.trigger()
        assert told.args == [1, activation.name]


@pytest.mark.parametrize("index", range(len(FEATURES)))
def test_a_click_on_a_feature_says_its_name(view: NetworkView, take: Take, qtbot: QtBot, index: int) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    with qtbot.waitSignal(view.feature_toggled) as told:
        qtbot.mouseClick(view, LEFT, pos=cell(view, 0, index))
    assert told.args == [tuple(FEATURES)[index]]


def test_other_clicks_say_nothing(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    with qtbot.assertNotEmitted(view.feature_toggled):
        qtbot.mouseClick(view, LEFT, pos=cell(view, 1, 0))  # a neuron
        qtbot.mouseClick(view, LEFT, pos=cell(view, 2, 0))  # the output
        qtbot.mouseClick(view, LEFT, pos=QPoint(2, view.height() - 2))  # nothing
        qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=cell(view, 0, 0))


def test_limits_switch_their_buttons_off(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(1024, 1), look=LOOK))
    assert not view.layers[0].plus.isEnabled()
    assert view.layers[1].plus.isEnabled()
    assert all(insert.isEnabled() for insert in view.inserts)
    view.show_snapshot(take(config(*[1] * 10), look=LOOK))
    assert not any(insert.isEnabled() for insert in view.inserts)


def test_the_last_neurons_minus_says_that_the_layer_goes(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(1, 2), look=LOOK))
    assert "layer" in view.layers[0].minus.toolTip()
    assert view.layers[0].minus.toolTip() != view.layers[1].minus.toolTip()


# -- hovering ---------------------------------------------------------------------------------------------------------


def test_hovering_says_column_and_index_and_none_on_leave(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2, 3), look=LOOK))
    for column, index in ((1, 1), (2, 2), (0, 4), (1, 0)):
        with qtbot.waitSignal(view.pointed_at) as told:
            qtbot.mouseMove(view, cell(view, column, index))
        assert told.args == [(column, index)]
    with qtbot.waitSignal(view.pointed_at) as told:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told.args == [None]


def test_moving_within_a_neuron_says_it_once(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    said: list[object] = []
    view.pointed_at.connect(said.append)
    for step in (0, 1, 2, -1):
        qtbot.mouseMove(view, cell(view, 1, 0) + QPoint(step, step))
    assert said == [(1, 0)]


def test_the_output_is_no_neuron_to_preview(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    qtbot.mouseMove(view, cell(view, 1, 0))
    with qtbot.waitSignal(view.pointed_at) as told:
        qtbot.mouseMove(view, cell(view, 2, 0))
    assert told.args == [None]


def test_when_the_neuron_under_the_mouse_goes_nothing_is_pointed_at(
    view: NetworkView, take: Take, qtbot: QtBot
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    qtbot.mouseMove(view, cell(view, 1, 2))
    with qtbot.waitSignal(view.pointed_at) as told:
        view.show_snapshot(take(config(2), look=LOOK))
    assert told.args == [None]


def test_pointing_lights_the_neuron_and_dims_other_links(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    before = pictured(view)
    qtbot.mouseMove(view, cell(view, 1, 1))
    assert pictured(view) != before
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert pictured(view) == before


def test_words_explain_what_is_under_the_mouse(view: NetworkView, take: Take) -> None:
    snapshot = take(config(2), theta=(1, 2, 0.25, 3, 4, -0.5, 5, 6, 1.5), look=LOOK)
    view.show_snapshot(snapshot)
    assert "bias +0.250" in view._words_at(QPointF(cell(view, 1, 0)))
    assert view._words_at(QPointF(cell(view, 1, 1))).startswith("Layer 1 · neuron 2\nbias −0.500")
    assert view._words_at(QPointF(cell(view, 2, 0))).startswith("Output\nbias +1.500")
    assert "off" in view._words_at(QPointF(cell(view, 0, 0)))
    assert view._words_at(QPointF(cell(view, 0, 6))).endswith("switch it on.")
    assert view._words_at(QPointF(1, 1)) == ""


def test_words_come_only_where_there_is_something(view: NetworkView, take: Take) -> None:
    assert view._words_at(QPointF(100, 100)) == "", "nothing is shown yet"
    view.show_snapshot(take(config(2), look=LOOK))
    column = layout_of(view).columns[1]
    assert "Drag" in view._words_at(column.grip.center())
    assert view._words_at(QPointF(middle_of_link(view, (1, 0, 0)))).startswith("Layer 1 · neuron 1  →  Output\n")
    assert view._words_at(column.cells[1].bottomLeft() + QPointF(-4, 2)) == view._words_at(column.cells[1].center())
    view.ask_width(0)
    assert view._words_at(QPointF(cell(view, 1, 0))) == "", "they would cover the field"
    view.field.close_field()


def test_a_tooltip_is_shown_for_what_is_hovered_and_hidden_elsewhere(view: NetworkView, take: Take) -> None:
    def hover(place: QPoint) -> None:
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))

    view.show_snapshot(take(config(2), look=LOOK))
    hover(cell(view, 1, 1))
    assert QToolTip.text() == view._words_at(QPointF(cell(view, 1, 1)))
    hover(middle_of_link(view, (1, 1, 0)))
    assert QToolTip.text() == view._words_at(QPointF(middle_of_link(view, (1, 1, 0))))
    QToolTip.hideText()


@pytest.mark.parametrize("place", ["cell", "bias", "link", "grip", "nothing"])
def test_the_pointer_says_what_can_be_done(view: NetworkView, take: Take, qtbot: QtBot, place: str) -> None:
    view.show_snapshot(take(config(2), look=LOOK))
    column, shape = layout_of(view).columns[1], Qt.CursorShape
    at, wanted = {
        "cell": (cell(view, 1, 0), shape.PointingHandCursor),
        "bias": ((column.cells[0].bottomLeft() + QPointF(-3, 3)).toPoint(), shape.PointingHandCursor),
        "link": (middle_of_link(view, (1, 0, 0)), shape.ArrowCursor),
        "grip": (column.grip.center().toPoint(), shape.SizeVerCursor),
        "nothing": (QPoint(3, 400), shape.ArrowCursor),
    }[place]
    qtbot.mouseMove(view, at)
    assert view.cursor().shape() == wanted


def test_only_links_that_are_drawn_can_be_pointed_at(
    view: NetworkView, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_links, "MOST_LINKS", 1)
    snapshot = take(config(1), theta=(0.1, 0.1, 0, 5, 0), look=LOOK)
    view.show_snapshot(snapshot)
    assert view._link_at(QPointF(middle_of_link(view, (1, 0, 0)))) == (1, 0, 0)
    assert view._link_at(QPointF(middle_of_link(view, (0, 0, 0)))) is None
    monkeypatch.undo()
    view.resize(620, 480)
    assert view._link_at(QPointF(middle_of_link(view, (0, 0, 0)))) == (0, 0, 0)


def test_features_that_are_off_have_no_links_to_point_at(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(1), look=LOOK))
    assert view._link_at(QPointF(middle_of_link(view, (0, 1, 0)))) == (0, 1, 0)
    assert view._link_at(QPointF(middle_of_link(view, (0, 6, 0)))) is None


def test_links_from_pixels_can_not_be_pointed_at(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(1, digits=True), look=Look(digits=2)))
    assert view._link_at(QPointF(middle_of_link(view, (0, 0, 0)))) is None
    assert view._link_at(QPointF(middle_of_link(view, (1, 0, 9)))) == (1, 0, 9)


# -- numbers ----------------------------------------------------------------------------------------------------------

FEATURES_3 = ("x2", "x1*x2", "sin(x2)")
"""Cells 1, 4 and 6 of the first column."""
W1 = [[0.5, -1.25, 2.0], [3.0, -4.0, 0.75]]
B1, W2, B2 = [0.125, -0.25], [[1.5, -2.5]], [0.375]
THETA = (*W1[0], B1[0], *W1[1], B1[1], *W2[0], B2[0])


def numbered(view: NetworkView, take: Take) -> None:
    view.show_snapshot(take(config(2).changed(features=FEATURES_3), theta=THETA, look=LOOK))


def type_over(view: NetworkView, qtbot: QtBot, text: str) -> None:
    assert view.field.is_open
    view.field.insert(text)  # QTest types ASCII only
    qtbot.keyClick(view.field, Qt.Key.Key_Return)


def double_click(view: NetworkView, qtbot: QtBot, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """All that a mouse sends: press, release, double click, release."""
    qtbot.mouseClick(view, button, pos=at)
    qtbot.mouseDClick(view, button, pos=at)
    qtbot.mouseRelease(view, button, pos=at)


def shown(value: float) -> str:
    return f"{value:g}".replace("-", "−")


@pytest.mark.parametrize(("sender", "place"), [(1, 0), (4, 1), (6, 2)])
@pytest.mark.parametrize("receiver", [0, 1])
def test_a_double_click_on_a_features_link_edits_its_weight(
    view: NetworkView, take: Take, qtbot: QtBot, sender: int, place: int, receiver: int
) -> None:
    numbered(view, take)
    (x0, y0), _ = layout_of(view).link_ends((0, sender, receiver))
    at = QPointF(x0 + 6, y0).toPoint() if receiver == 0 else middle_of_link(view, (0, sender, receiver))
    found = view._link_at(QPointF(at))
    assert found is not None
    assert found[1] == sender
    sender_place, wanted = place, W1[found[2]][place]
    double_click(view, qtbot, at)
    assert view.field.text() == shown(wanted)
    with qtbot.waitSignal(view.weight_edited) as told:
        type_over(view, qtbot, "−7,5")
    assert told.args == [0, found[2], sender_place, -7.5]


@pytest.mark.parametrize("sender", [0, 1])
def test_a_double_click_on_a_deeper_link_edits_its_weight(
    view: NetworkView, take: Take, qtbot: QtBot, sender: int
) -> None:
    numbered(view, take)
    double_click(view, qtbot, middle_of_link(view, (1, sender, 0)))
    assert view.field.text() == shown(W2[0][sender])
    with qtbot.waitSignal(view.weight_edited) as told:
        type_over(view, qtbot, "3")
    assert told.args == [1, 0, sender, 3.0]


@pytest.mark.parametrize(("column", "index", "bias"), [(1, 0, B1[0]), (1, 1, B1[1]), (2, 0, B2[0])])
@pytest.mark.parametrize("on", ["neuron", "dot"])
def test_a_double_click_on_a_neuron_or_its_dot_edits_the_bias(
    view: NetworkView, take: Take, qtbot: QtBot, column: int, index: int, bias: float, on: str
) -> None:
    numbered(view, take)
    box = layout_of(view).cell((column, index))
    at = (box.bottomLeft() + QPointF(-3, 3)).toPoint() if on == "dot" else box.center().toPoint()
    double_click(view, qtbot, at)
    assert view.field.text() == shown(bias)
    with qtbot.waitSignal(view.bias_edited) as told:
        type_over(view, qtbot, "0,5")
    assert told.args == [column - 1, index, 0.5]


def test_double_clicks_elsewhere_ask_for_nothing(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    numbered(view, take)
    toggled: list[str] = []
    view.feature_toggled.connect(toggled.append)
    for at in (QPoint(3, 400), layout_of(view).columns[1].grip.center().toPoint(), cell(view, 0, 0)):
        double_click(view, qtbot, at)
        assert not view.field.is_open
    double_click(view, qtbot, cell(view, 1, 0), Qt.MouseButton.RightButton)
    assert not view.field.is_open
    assert toggled == ["x1", "x1"], "two quick clicks switch twice"


@pytest.mark.parametrize("text", ["0,5", "much", ""])
def test_the_keys_of_the_field_are_not_the_diagrams(view: NetworkView, take: Take, qtbot: QtBot, text: str) -> None:
    """Enter on a selected neuron opens the field: the Enter that closes it must not open it again."""
    numbered(view, take)
    view.select((1, 1))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.field.insert(text) if text else None
    with qtbot.assertNotEmitted(view.neuron_removed), qtbot.assertNotEmitted(view.selected):
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Delete, Qt.Key.Key_Plus):
            qtbot.keyClick(view.field, key)
    view.field.selectAll()
    view.field.insert(text or view.field.text())
    typed = view.field.text()
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert view.field.is_open == (text != "0,5")
    assert view.field.text() == typed
    QToolTip.hideText()
    qtbot.keyClick(view.field if view.field.is_open else view, Qt.Key.Key_Escape)
    assert not view.field.is_open
    assert view._pointing.selected == ((1, 1) if text != "0,5" else None)


def test_escape_and_the_same_number_edit_nothing(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    numbered(view, take)
    with qtbot.assertNotEmitted(view.bias_edited):
        double_click(view, qtbot, cell(view, 1, 0))
        qtbot.keyClicks(view.field, "9")
        qtbot.keyClick(view.field, Qt.Key.Key_Escape)
        double_click(view, qtbot, cell(view, 1, 0))
        qtbot.keyClick(view.field, Qt.Key.Key_Return)


@pytest.mark.parametrize("layer", [0, 1])
def test_a_click_on_the_count_asks_for_another_number(view: NetworkView, take: Take, qtbot: QtBot, layer: int) -> None:
    view.show_snapshot(take(config(3, 128), look=LOOK))
    qtbot.mouseClick(view.layers[layer].count, LEFT)
    assert view.field.text() == ("3", "128")[layer]
    assert view.field.geometry().intersects(view.layers[layer].count.geometry())
    with qtbot.waitSignal(view.width_wanted) as told:
        type_over(view, qtbot, "64")
    assert told.args[:2] == [layer, 64]


@pytest.mark.parametrize("text", ["0", "1025", "2,5", "many"])
def test_a_width_that_can_not_be_is_not_taken(view: NetworkView, take: Take, qtbot: QtBot, text: str) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    view.ask_width(0)
    with qtbot.assertNotEmitted(view.width_wanted):
        type_over(view, qtbot, text)
        assert view.field.is_open
        view.field.finish()
    QToolTip.hideText()


def test_training_leaves_an_open_field_and_another_shape_closes_it(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    numbered(view, take)
    view.ask_bias((1, 0))
    qtbot.keyClicks(view.field, "4")
    numbered(view, take)
    assert view.field.is_open
    assert view.field.text() == "4"
    with qtbot.assertNotEmitted(view.bias_edited):
        view.show_snapshot(take(config(5), look=LOOK))
        assert not view.field.is_open


def test_a_window_that_is_resized_takes_what_is_typed(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    numbered(view, take)
    view.ask_bias((1, 1))
    qtbot.keyClicks(view.field, "4")
    with qtbot.waitSignal(view.bias_edited) as told:
        view.resize(640, 500)
    assert told.args == [0, 1, 4.0]


def test_a_neuron_that_is_not_there_is_not_asked_about(view: NetworkView, take: Take) -> None:
    view.ask_bias((1, 0))
    view.ask_weight((0, 0, 0), QPoint(5, 5))
    view.ask_width(0)
    assert not view.field.is_open, "nothing is shown yet"
    numbered(view, take)
    view.ask_bias((1, 2))
    assert not view.field.is_open


# -- dragging a width -------------------------------------------------------------------------------------------------


def move(view: NetworkView, at: QPointF, buttons: Qt.MouseButton = LEFT) -> None:
    """The mouse goes to a place with `buttons` down."""
    kind, none = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, QPointF(view.mapToGlobal(at)), Qt.MouseButton.NoButton, buttons, none)
    QApplication.sendEvent(view, event)


def drag(view: NetworkView, qtbot: QtBot, column: int, *heights: float, release: bool = True) -> None:
    """Take the grip of a column and move it by these many pixels from where it was, one after the other."""
    start = layout_of(view).columns[column].grip.center().toPoint()
    qtbot.mousePress(view, LEFT, pos=start)
    for height in heights:
        move(view, QPointF(start.x(), start.y() + height))
    if release:
        qtbot.mouseRelease(view, LEFT, pos=QPoint(start.x(), round(start.y() + heights[-1])))


@pytest.fixture
def widths(view: NetworkView) -> list[tuple[int, int]]:
    said: list[tuple[int, int]] = []
    view.width_wanted.connect(lambda layer, width, _gesture: said.append((layer, width)))
    return said


def test_dragging_a_grip_says_each_width_as_it_goes(
    view: NetworkView, take: Take, qtbot: QtBot, widths: list[tuple[int, int]]
) -> None:
    view.show_snapshot(take(config(3, 2), look=LOOK))
    step = layout_of(view).columns[1].step
    drag(view, qtbot, 1, 2, step, step + 2, 2 * step, 4 * step, 3 * step, 0)
    assert widths == [(0, 4), (0, 5), (0, 7), (0, 6), (0, 3)]
    widths.clear()
    drag(view, qtbot, 2, -step)
    assert widths == [(1, 1)]


def test_a_drag_goes_by_where_it_began_whatever_is_drawn_meanwhile(
    view: NetworkView, take: Take, qtbot: QtBot, widths: list[tuple[int, int]]
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    step = layout_of(view).columns[1].step
    drag(view, qtbot, 1, 2 * step, release=False)
    view.show_snapshot(take(config(5), look=LOOK))
    assert widths == [(0, 5)]
    assert view._drag is not None
    for height, wanted in ((2 * step, 5), (step, 4), (9 * step, 12)):
        move(view, QPointF(layout_of(view).columns[1].x, view._drag.start + height))
        assert widths[-1] == (0, wanted)
    qtbot.mouseRelease(view, LEFT)


def test_a_drag_never_goes_below_one_neuron_nor_past_the_limit(
    view: NetworkView, take: Take, qtbot: QtBot, widths: list[tuple[int, int]]
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    drag(view, qtbot, 1, -20, -4000, -5000, 40_000)
    assert min(width for _, width in widths) == 1
    assert widths[-1] == (0, 1024)
    assert [width for _, width in widths].count(1) == 1


def test_after_the_release_the_mouse_only_points(
    view: NetworkView, take: Take, qtbot: QtBot, widths: list[tuple[int, int]]
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    drag(view, qtbot, 1, 60)
    said = len(widths)
    qtbot.mouseMove(view, cell(view, 1, 0))
    qtbot.mouseMove(view, cell(view, 1, 2))
    assert len(widths) == said
    assert view._pointing.cell == (1, 2)


def test_a_press_beside_the_grip_drags_nothing(
    view: NetworkView, take: Take, qtbot: QtBot, widths: list[tuple[int, int]]
) -> None:
    view.show_snapshot(take(config(3), look=LOOK))
    column = layout_of(view).columns[1]
    view.select((1, 1))
    for at in (QPoint(round(column.x), round(column.bottom) + 50), cell(view, 1, 2)):
        qtbot.mousePress(view, LEFT, pos=at)
        assert view._drag is None
        qtbot.mouseRelease(view, LEFT, pos=at)
    assert widths == []


def test_a_drag_ends_when_a_layer_comes_or_goes_or_the_button_is_up(
    view: NetworkView, take: Take, qtbot: QtBot, widths: list[tuple[int, int]]
) -> None:
    view.show_snapshot(take(config(3, 2), look=LOOK))
    drag(view, qtbot, 2, 3, release=False)
    view.show_snapshot(take(config(3), look=LOOK))
    assert view._drag is None
    qtbot.mouseRelease(view, LEFT)
    drag(view, qtbot, 1, 3, release=False)
    move(view, QPointF(cell(view, 1, 0)), Qt.MouseButton.NoButton)  # the release went to another window
    assert widths == []
    assert view._pointing.cell == (1, 0)
    qtbot.mouseRelease(view, LEFT)


def test_two_diagrams_do_not_meddle(view: NetworkView, take: Take, qtbot: QtBot) -> None:
    other = NetworkView()
    qtbot.addWidget(other)
    other.resize(600, 480)
    for each in (view, other):
        each.show_snapshot(take(config(3), look=LOOK))
    view.select((1, 1))
    view.neuron_removed.emit(0, 0)
    assert other._pointing.selected is None
    other.select((1, 1))
    other.show_snapshot(take(config(2), look=LOOK))
    view.show_snapshot(take(config(2), look=LOOK))
    assert other._pointing.selected == (1, 1)
    assert view._pointing.selected == (1, 0)
