"""What is selected and what is pointed at: moved by keys and mouse, and kept while the network changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from mlp_playground.experiment import edits
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot
from mlp_playground.views.diagram.network_layout import Cell
from mlp_playground.views.diagram.network_view import NetworkView

Take = Callable[..., Snapshot]
Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
ARROWS = {"←": Key.Key_Left, "→": Key.Key_Right, "↑": Key.Key_Up, "↓": Key.Key_Down}


def config(*hidden: int, data: str = "xor") -> ExperimentConfig:
    base = DIGITS_DEFAULT if data == "mnist" else ExperimentConfig().changed("data", name=data)
    base = base.changed("data", samples=20)
    return base.changed("network", hidden=hidden, activations=("tanh",) * len(hidden))


@pytest.fixture
def show(diagram: NetworkView, take: Take) -> Callable[[ExperimentConfig], None]:
    def shown(of: ExperimentConfig) -> None:
        diagram.show_snapshot(take(of, look=Look(32, digits=2)))

    return shown


Show = Callable[[ExperimentConfig], None]


@pytest.fixture
def heard(diagram: NetworkView) -> list[tuple[str, Cell | None]]:
    """All that `selected` and `pointed_at` say."""
    said: list[tuple[str, Cell | None]] = []
    diagram.selected.connect(lambda cell: said.append(("selected", cell)))
    diagram.pointed_at.connect(lambda cell: said.append(("pointed", cell)))
    return said


def chosen(view: NetworkView) -> Cell | None:
    return view._pointing.selected


def centre(view: NetworkView, cell: Cell) -> QPoint:
    assert view._layout is not None
    return view._layout.cell(cell).center().toPoint()


def walk(view: NetworkView, qtbot: QtBot, keys: str) -> Cell | None:
    for key in keys:
        qtbot.keyClick(view, ARROWS[key])
    return chosen(view)


# -- the mouse and the keys -------------------------------------------------------------------------------------------


def test_a_click_selects_and_a_click_on_nothing_selects_nothing(
    diagram: NetworkView, show: Show, qtbot: QtBot, heard: list[tuple[str, Cell | None]]
) -> None:
    show(config(3, 2))
    for cell in ((1, 2), (2, 0), (3, 0)):
        qtbot.mouseClick(diagram, LEFT, pos=centre(diagram, cell))
        assert chosen(diagram) == cell
    assert diagram._layout is not None
    below = QPoint(round(diagram._layout.columns[1].x), round(diagram._layout.columns[1].bottom) + 60)
    qtbot.mouseClick(diagram, LEFT, pos=below)
    assert chosen(diagram) is None, "also right below a column"
    assert [cell for kind, cell in heard if kind == "selected"] == [(1, 2), (2, 0), (3, 0), None]


def test_a_click_on_a_feature_or_on_a_link_selects_nothing_else(diagram: NetworkView, show: Show, qtbot: QtBot) -> None:
    show(config(1))
    diagram.select((1, 0))
    qtbot.mouseClick(diagram, LEFT, pos=centre(diagram, (0, 1)))
    assert chosen(diagram) == (1, 0)
    assert diagram._layout is not None
    (x0, y0), (x1, y1) = diagram._layout.link_ends((1, 0, 0))
    qtbot.mouseClick(diagram, LEFT, pos=QPoint(round((x0 + x1) / 2), round((y0 + y1) / 2)))
    assert chosen(diagram) == (1, 0)


@pytest.mark.parametrize(
    ("hidden", "keys", "wanted"),
    [
        ((3, 2), "→", (1, 0)),
        ((3, 2), "→↓", (1, 1)),
        ((3, 2), "→↓↓↓↓", (1, 2)),
        ((3, 2), "→↑", (1, 0)),
        ((3, 3), "→↓→", (2, 1)),
        ((3, 2), "→→→→→", (3, 0)),
        ((3, 2), "→←←←", (0, 2)),
        ((8, 1), "→↓↓↓↓↓↓→", (2, 0)),
        ((8, 1), "→↓↓↓↓↓↓→←", (1, 3)),
        ((1, 8), "→→", (2, 3)),
        ((2, 8, 2), "→→", (2, 3)),
        ((2, 8, 2), "→↓→→", (3, 1)),
        ((7,), "→←", (0, 0)),
        ((7,), "→↓↓↓↓↓↓←", (0, 6)),
        ((), "→", (1, 0)),
        ((), "→←", (0, 3)),
    ],
    ids=str,
)
def test_arrows_walk_through_columns_of_any_size(
    diagram: NetworkView, show: Show, qtbot: QtBot, hidden: tuple[int, ...], keys: str, wanted: Cell
) -> None:
    show(config(*hidden))
    assert walk(diagram, qtbot, keys) == wanted


def test_arrows_walk_through_lanes_and_stacks_as_far_as_they_are_drawn(
    diagram: NetworkView, show: Show, qtbot: QtBot
) -> None:
    show(config(40, 100))
    assert diagram._layout is not None
    lanes = sorted({cell.left() for cell in diagram._layout.columns[1].cells})
    rows = sum(cell.left() == lanes[0] for cell in diagram._layout.columns[1].cells)
    assert walk(diagram, qtbot, "→" * 2) == (1, rows)
    assert walk(diagram, qtbot, "←") == (1, 0)
    assert walk(diagram, qtbot, "↓" * rows) == (1, rows), "from the end of a lane to the next one's head"
    drawn = len(diagram._layout.columns[2].cells)
    assert drawn < 100
    diagram.select((2, 0))
    assert walk(diagram, qtbot, "↓" * 100) == (2, drawn - 1)


def test_every_cell_can_be_reached_by_arrows(diagram: NetworkView, show: Show, qtbot: QtBot) -> None:
    show(config(5, 1, 3))
    assert diagram._layout is not None
    everything = {(c, i) for c, column in enumerate(diagram._layout.columns) for i in range(len(column.cells))}
    seen: set[Cell] = set()
    waiting: list[Cell] = [(1, 0)]
    while waiting:
        cell = waiting.pop()
        if cell in seen:
            continue
        seen.add(cell)
        for key in ARROWS:
            diagram.select(cell)
            there = walk(diagram, qtbot, key)
            assert there is not None
            waiting.append(there)
    assert seen == everything


def test_escape_selects_nothing_and_an_arrow_comes_back_to_where_one_was(
    diagram: NetworkView, show: Show, qtbot: QtBot
) -> None:
    show(config(5, 3))
    diagram.select((2, 1))
    qtbot.keyClick(diagram, Key.Key_Escape)
    assert chosen(diagram) is None
    assert walk(diagram, qtbot, "↓") == (2, 1)
    qtbot.keyClick(diagram, Key.Key_Escape)
    show(config(2))
    assert walk(diagram, qtbot, "↑") == (2, 0), "or to what stands nearest there now"


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        (Qt.FocusReason.TabFocusReason, (1, 0)),
        (Qt.FocusReason.BacktabFocusReason, (1, 0)),
        (Qt.FocusReason.MouseFocusReason, None),
        (Qt.FocusReason.ActiveWindowFocusReason, None),
        (Qt.FocusReason.PopupFocusReason, None),
    ],
)
def test_the_focus_that_comes_by_tab_selects(
    diagram: NetworkView, show: Show, reason: Qt.FocusReason, wanted: Cell | None
) -> None:
    QApplication.sendEvent(diagram, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert chosen(diagram) is None, "nothing is shown yet"
    show(config(3))
    QApplication.sendEvent(diagram, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert chosen(diagram) == wanted
    diagram.select((1, 2))
    QApplication.sendEvent(diagram, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert chosen(diagram) == (1, 2), "what is selected stays"


def test_what_arrows_select_scrolls_into_sight(take: Take, qtbot: QtBot) -> None:
    area, view = QScrollArea(), NetworkView()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(view)
    area.resize(400, 480)
    view.show_snapshot(take(config(*[2] * 10), look=Look(32)))
    area.show()
    view.select((1, 0))
    for keys, edge in (("→" * 10, 11), ("←" * 11, 0)):
        for key in keys:
            qtbot.keyClick(view, ARROWS[key])
            cell = chosen(view)
            assert cell is not None
            assert view.visibleRegion().contains(centre(view, cell))
        assert cell is not None
        assert cell[0] == edge


# -- what is said -----------------------------------------------------------------------------------------------------


def test_the_hovered_neuron_is_pointed_at_else_the_selected_one(
    diagram: NetworkView, show: Show, qtbot: QtBot, heard: list[tuple[str, Cell | None]]
) -> None:
    show(config(3, 2))
    diagram.select((1, 2))
    assert heard == [("pointed", (1, 2)), ("selected", (1, 2))]
    heard.clear()
    qtbot.mouseMove(diagram, centre(diagram, (2, 1)))
    qtbot.mouseMove(diagram, centre(diagram, (3, 0)))  # the output: the answer itself
    qtbot.mouseMove(diagram, centre(diagram, (0, 4)))
    qtbot.mouseMove(diagram, QPoint(3, 300))
    assert heard == [("pointed", cell) for cell in ((2, 1), None, (0, 4), (1, 2))]
    heard.clear()
    qtbot.mouseMove(diagram, centre(diagram, (1, 2)))
    QApplication.sendEvent(diagram, QEvent(QEvent.Type.Leave))
    assert heard == [], "it is the same one"
    diagram.select((3, 0))
    diagram.select(None)
    assert heard == [("pointed", None), ("selected", (3, 0)), ("selected", None)]


def test_of_digits_neurons_are_pointed_at_and_pixels_are_not(
    diagram: NetworkView, show: Show, qtbot: QtBot, heard: list[tuple[str, Cell | None]]
) -> None:
    show(config(3, data="mnist"))
    diagram.select((0, 0))
    qtbot.mouseMove(diagram, centre(diagram, (0, 0)))
    qtbot.mouseMove(diagram, centre(diagram, (1, 1)))
    qtbot.mouseMove(diagram, centre(diagram, (2, 9)))
    assert heard == [("selected", (0, 0)), ("pointed", (1, 1)), ("pointed", None)]


@pytest.mark.parametrize(("data", "inputs"), [("sine", 1), ("parity", 4)])
def test_inputs_that_are_no_features_have_no_map_of_their_own(
    diagram: NetworkView, show: Show, qtbot: QtBot, heard: list[tuple[str, Cell | None]], data: str, inputs: int
) -> None:
    show(config(2, data=data))
    assert diagram._layout is not None
    assert len(diagram._layout.columns[0].cells) == inputs
    qtbot.mouseMove(diagram, centre(diagram, (0, inputs - 1)))
    assert heard == []
    with qtbot.assertNotEmitted(diagram.feature_toggled):
        qtbot.mouseClick(diagram, LEFT, pos=centre(diagram, (0, 0)))
    assert heard == [("selected", (0, 0))]


# -- while the network changes ----------------------------------------------------------------------------------------


def test_the_selection_survives_training(
    diagram: NetworkView, take: Take, heard: list[tuple[str, Cell | None]]
) -> None:
    snapshot = take(config(3), look=Look(32))
    diagram.show_snapshot(snapshot)
    diagram.select((1, 1))
    heard.clear()
    for step in range(1, 4):
        later = replace(snapshot, theta=snapshot.theta + step, steps=step, state=RunState.RUNNING)
        diagram.show_snapshot(later)
    assert chosen(diagram) == (1, 1)
    assert heard == []


A, B = config(3, 2), (2, 1)


@pytest.mark.parametrize(
    ("wish", "make", "wanted"),
    [
        (lambda v: v.neuron_added.emit(1), lambda c: edits.add_neuron(c, 1), (2, 1)),
        (lambda v: v.neuron_added.emit(0), lambda c: edits.add_neuron(c, 0), (2, 1)),
        (lambda v: v.neuron_removed.emit(1, 0), lambda c: edits.remove_neuron(c, 1, 0), (2, 0)),
        (lambda v: v.neuron_removed.emit(1, 1), lambda c: edits.remove_neuron(c, 1, 1), None),
        (lambda v: v.neuron_removed.emit(1, None), lambda c: edits.remove_neuron(c, 1), None),
        (lambda v: v.width_wanted.emit(1, 1, 1), lambda c: edits.set_width(c, 1, 1), None),
        (lambda v: v.width_wanted.emit(1, 9, 1), lambda c: edits.set_width(c, 1, 9), (2, 1)),
        (lambda v: v.layer_inserted.emit(0), lambda c: edits.insert_layer(c, 0), (3, 1)),
        (lambda v: v.layer_inserted.emit(1), lambda c: edits.insert_layer(c, 1), (3, 1)),
        (lambda v: v.layer_inserted.emit(2), lambda c: edits.insert_layer(c, 2), (2, 1)),
        (lambda v: v.layer_removed.emit(0), lambda c: edits.remove_layer(c, 0), (1, 1)),
        (lambda v: v.layer_removed.emit(1), lambda c: edits.remove_layer(c, 1), None),
        (lambda v: v.activation_chosen.emit(1, "relu"), lambda c: edits.set_activation(c, "relu", 1), (2, 1)),
        (lambda v: v.freeze_wanted.emit(((1, 0),), True), lambda c: edits.freeze(c, [(1, 0)], frozen=True), (2, 1)),
        (lambda v: v.off_wanted.emit(((1, 0),), True), lambda c: edits.switch_off(c, [(1, 0)], off=True), (2, 1)),
    ],
)
def test_the_selection_goes_with_its_neuron(
    diagram: NetworkView,
    show: Show,
    heard: list[tuple[str, Cell | None]],
    wish: Callable[[NetworkView], None],
    make: Callable[[ExperimentConfig], edits.Edit],
    wanted: Cell | None,
) -> None:
    show(A)
    diagram.select(B)
    heard.clear()
    wish(diagram)
    show(A)  # a frame that was on its way
    assert chosen(diagram) == B
    show(make(A).config)
    assert chosen(diagram) == wanted
    moved = [] if wanted == B else [wanted]
    assert [cell for kind, cell in heard if kind == "selected"] == moved
    assert [cell for kind, cell in heard if kind == "pointed"] == moved
    diagram.grab()


def test_a_selected_output_stays_one_and_a_selected_feature_too(diagram: NetworkView, show: Show) -> None:
    show(config(3, 2))
    diagram.select((3, 0))
    for hidden, column in (((3, 2, 2), 4), ((), 1), ((5,), 2)):
        show(config(*hidden))
        assert chosen(diagram) == (column, 0)
    diagram.select((0, 5))
    show(config(2).changed(features=("x1", "x2", "sin(x1)")))
    assert chosen(diagram) == (0, 5)
    show(config(2, data="parity"))
    assert chosen(diagram) is None, "there are four bits"


def test_a_selected_neuron_that_is_drawn_no_more_is_not_selected(
    diagram: NetworkView, show: Show, heard: list[tuple[str, Cell | None]]
) -> None:
    show(config(100))
    assert diagram._layout is not None
    last = (1, len(diagram._layout.columns[1].cells) - 1)
    diagram.select(last)
    heard.clear()
    diagram.resize(700, 320)
    assert chosen(diagram) is None
    assert heard == [("pointed", None), ("selected", None)]
    diagram.grab()


def test_a_network_of_other_data_keeps_what_is_there(diagram: NetworkView, show: Show) -> None:
    show(config(3))
    diagram.select((1, 2))
    show(config(3, data="mnist"))
    assert chosen(diagram) == (1, 2)
    show(config(2))
    assert chosen(diagram) is None


def test_selecting_what_is_not_there_selects_nothing(diagram: NetworkView, show: Show) -> None:
    diagram.select((1, 0))
    assert chosen(diagram) is None
    show(config(2))
    diagram.select((1, 2))
    assert chosen(diagram) is None
    diagram.select((7, 0))
    assert chosen(diagram) is None


def test_one_of_several_outputs_has_a_map_of_its_own(
    diagram: NetworkView, show: Show, heard: list[tuple[str, Cell | None]]
) -> None:
    show(config(3, 2).changed("data", name="spiral3"))
    diagram.select((3, 1))
    assert ("pointed", (3, 1)) in heard
