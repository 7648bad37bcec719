"""What can be done with a neuron, by menu and by key: both say the same, and they say what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.diagram.network_acts import Act, acts, find
from mlp_playground.views.diagram.network_layout import Cell
from mlp_playground.views.diagram.network_view import NetworkView

Take = Callable[..., Snapshot]
Key, Modifier = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT, PAD = Modifier.NoModifier, Modifier.ShiftModifier, Modifier.KeypadModifier

SIGNALS = (
    "neuron_added",
    "neuron_removed",
    "layer_inserted",
    "layer_removed",
    "activation_chosen",
    "width_wanted",
    "freeze_wanted",
    "off_wanted",
    "feature_toggled",
    "weight_edited",
    "bias_edited",
)

KEYS = {
    "+": (Key.Key_Plus, NONE, "+"),
    "-": (Key.Key_Minus, NONE, "-"),
    "Del": (Key.Key_Delete, NONE, ""),
    "N": (Key.Key_N, NONE, "n"),
    "Return": (Key.Key_Return, NONE, "\r"),
    "F": (Key.Key_F, NONE, "f"),
    "Shift+F": (Key.Key_F, SHIFT, "F"),
    "O": (Key.Key_O, NONE, "o"),
    "Shift+Del": (Key.Key_Delete, SHIFT, ""),
}
"""How each key of an act is pressed on an ordinary keyboard."""


@pytest.fixture
def said(diagram: NetworkView) -> list[tuple[Any, ...]]:
    """All that the diagram wants changed, by signal and values."""
    heard: list[tuple[Any, ...]] = []
    for name in SIGNALS:
        getattr(diagram, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


def config(*hidden: int, frozen: tuple[Cell, ...] = (), off: tuple[Cell, ...] = ()) -> ExperimentConfig:
    base = ExperimentConfig().changed("data", samples=20)
    return base.changed("network", hidden=hidden, activations=("tanh",) * len(hidden), frozen=frozen, off=off)


def press(
    view: NetworkView, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str = "", *, held: bool = False
) -> bool:
    """Press a key as a keyboard does, with what it would write. Returns whether the window's shortcuts stay out."""
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text, held)
    override.ignore()
    QApplication.sendEvent(view, override)
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text, held))
    return override.isAccepted()


def menu_at(view: NetworkView, place: QPoint) -> QMenu | None:
    """The menu that a right click opens."""
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place)))
    return next((m for m in view.findChildren(QMenu) if m.isVisible()), None)


def centre(view: NetworkView, cell: Cell) -> QPoint:
    assert view._layout is not None
    return view._layout.cell(cell).center().toPoint()


def done_by_menu(view: NetworkView, cell: Cell, number: int) -> str:
    """Choose an entry of a neuron's menu; returns its words."""
    menu = menu_at(view, centre(view, cell))
    assert menu is not None
    action = [a for a in menu.actions() if not a.isSeparator()][number]
    text = action.text()
    action.trigger()
    menu.close()
    return text


def entries(view: NetworkView, cell: Cell) -> list[Act]:
    assert view._snapshot is not None
    return [act for act in acts(view, view._snapshot, cell) if act is not None]


ALL = tuple((0, i) for i in range(3))
HIDDEN_WORDS: dict[str, tuple[str, tuple[Any, ...] | str]] = {
    "Add a neuron to the layer": ("+", ("neuron_added", 0)),
    "Remove the last neuron": ("−", ("neuron_removed", 0, None)),
    "Remove this neuron": ("Delete", ("neuron_removed", 0, 1)),
    "Set the number of neurons…": ("N", "Neurons in layer 1"),
    "Edit the bias…": ("Enter", "Bias of Layer 1 · neuron 2"),
    "Freeze this neuron": ("F", ("freeze_wanted", ((0, 1),), True)),
    "Freeze the whole layer": ("Shift+F", ("freeze_wanted", ALL, True)),
    "Switch this neuron off": ("O", ("off_wanted", ((0, 1),), True)),
    "Insert a layer before": ("", ("layer_inserted", 0)),
    "Insert a layer after": ("", ("layer_inserted", 1)),
    "Remove the layer": ("Shift+Delete", ("layer_removed", 0)),
}
"""Of neuron 2 in the first of two layers: what the menu says, with which key, and what is emitted or asked for."""


@pytest.mark.parametrize("number", range(len(HIDDEN_WORDS)))
def test_a_neurons_menu_says_and_does(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]], number: int
) -> None:
    diagram.show_snapshot(take(config(3, 2), look=Look(32)))
    words, (key, wanted) = list(HIDDEN_WORDS.items())[number]
    text = done_by_menu(diagram, (1, 1), number)
    assert text == (f"{words}\t{key}" if key else words)
    if isinstance(wanted, str):
        assert diagram.field.is_open
        assert diagram.field.accessibleName() == wanted
        assert said == []
    else:
        assert said == [wanted]
    diagram.field.close_field()


def same_by_key(view: NetworkView, said: list[tuple[Any, ...]], cell: Cell) -> int:
    """Check that for each act with a key, the key does what the menu's entry does. Returns how many there were."""
    count = 0
    for number, act in enumerate(entries(view, cell)):
        if not act.key or not act.enabled:
            continue
        results = []
        for by_key in (False, True):
            said.clear()
            view.select(cell)
            if by_key:
                assert press(view, *KEYS[act.key]), f"{act.key} would be the window's shortcut too"
            else:
                done_by_menu(view, cell, number)
            results.append((tuple(said), view.field.is_open and view.field.accessibleName()))
            view.field.close_field()
        assert results[0] == results[1], act.text
        assert results[0] != ((), False), f"{act.text} does nothing"
        count += 1
    return count


@pytest.mark.parametrize(
    ("of", "cell", "keys"),
    [
        (config(3, 2), (1, 2), 9),
        (config(3, 2), (2, 0), 9),
        (config(3, 2, frozen=((0, 0), (0, 1), (0, 2)), off=((0, 2),)), (1, 2), 9),
        (config(1), (1, 0), 9),
        (config(1024), (1, 3), 8),
        (config(3, 2), (3, 0), 3),
        (config(), (1, 0), 3),
        (config(2), (0, 0), 1),
        (config(2), (0, 6), 1),
    ],
    ids=["first", "second", "marked", "only", "most", "output", "output alone", "feature", "feature off"],
)
def test_keys_do_what_the_menu_does(
    diagram: NetworkView,
    take: Take,
    said: list[tuple[Any, ...]],
    of: ExperimentConfig,
    cell: Cell,
    keys: int,
) -> None:
    diagram.show_snapshot(take(of, look=Look(32)))
    assert same_by_key(diagram, said, cell) == keys


def test_keys_do_what_the_menu_does_with_digits(diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]) -> None:
    small = DIGITS_DEFAULT.changed("data", samples=20).changed("network", hidden=(80, 3))
    diagram.show_snapshot(take(small, look=Look(digits=2)))
    assert same_by_key(diagram, said, (1, 4)) == 9
    assert same_by_key(diagram, said, (3, 7)) == 3
    diagram.select((3, 7))
    said.clear()
    press(diagram, *KEYS["Shift+F"])
    assert said == [("freeze_wanted", tuple((2, i) for i in range(10)), True)]


def test_what_is_marked_can_be_unmarked(diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]) -> None:
    diagram.show_snapshot(take(config(2, frozen=((0, 0), (1, 0)), off=((0, 0),)), look=Look(32)))
    words = [act.text for act in entries(diagram, (1, 0))]
    assert "Let this neuron learn" in words
    assert "Freeze the whole layer" in words, "one of its neurons learns"
    assert "Switch this neuron on" in words
    assert "Freeze this neuron" in [act.text for act in entries(diagram, (1, 1))]
    diagram.select((1, 0))
    for key in ("F", "Shift+F", "O"):
        press(diagram, *KEYS[key])
    diagram.select((2, 0))
    press(diagram, *KEYS["F"])
    everyone = ((0, 0), (0, 1))
    assert said == [
        ("freeze_wanted", ((0, 0),), False),
        ("freeze_wanted", everyone, True),
        ("off_wanted", ((0, 0),), False),
        ("freeze_wanted", ((1, 0),), False),
    ]
    diagram.show_snapshot(take(config(2, frozen=everyone), look=Look(32)))
    assert "Let the whole layer learn" in [act.text for act in entries(diagram, (1, 1))]


def test_the_only_neuron_says_that_its_layer_goes_too(diagram: NetworkView, take: Take) -> None:
    diagram.show_snapshot(take(config(1, 2), look=Look(32)))
    words = [act.text for act in entries(diagram, (1, 0))]
    assert "Remove this neuron and with it the layer" in words
    assert "Remove the last neuron and with it the layer" in words
    assert not any("and with it" in act.text for act in entries(diagram, (2, 0)))


def test_limits_switch_their_entries_off_and_their_keys(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]
) -> None:
    diagram.show_snapshot(take(config(1024), look=Look(32)))
    diagram.select((1, 0))
    assert not press(diagram, *KEYS["+"])
    assert said == []
    diagram.show_snapshot(take(config(*[2] * 10), look=Look(32)))
    for cell in ((1, 0), (11, 0)):
        inserting = [act for act in entries(diagram, cell) if act.text.startswith("Insert")]
        assert inserting
        assert not any(act.enabled for act in inserting)
    menu = menu_at(diagram, centre(diagram, (1, 0)))
    assert menu is not None
    assert [a.text() for a in menu.actions() if not a.isEnabled() and not a.isSeparator()] == [
        "Insert a layer before",
        "Insert a layer after",
    ]
    menu.close()


@pytest.mark.parametrize(("column", "position"), [(1, 0), (2, 1), (3, 2)])
def test_layers_are_inserted_where_the_menu_says(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]], column: int, position: int
) -> None:
    diagram.show_snapshot(take(config(2, 3), look=Look(32)))
    found = {act.text: act for act in entries(diagram, (column, 0))}
    found["Insert a layer before"].run()
    if column < 3:
        found["Insert a layer after"].run()
    assert said == [("layer_inserted", position), ("layer_inserted", position + 1)][: 2 if column < 3 else 1]


# -- a right click ----------------------------------------------------------------------------------------------------


def test_a_right_click_selects_and_on_nothing_opens_nothing(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]
) -> None:
    diagram.show_snapshot(take(config(2), look=Look(32)))
    menu = menu_at(diagram, centre(diagram, (1, 1)))
    assert menu is not None
    assert diagram._pointing.selected == (1, 1)
    menu.close()
    assert menu_at(diagram, QPoint(3, 300)) is None
    assert diagram._pointing.selected == (1, 1)
    assert said == []


def test_a_right_click_on_a_feature_offers_to_switch_it(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]
) -> None:
    diagram.show_snapshot(take(config(2), look=Look(32)))
    for index, (name, feature) in enumerate(FEATURES.items()):
        said.clear()
        text = done_by_menu(diagram, (0, index), 0)
        assert text == f"Switch {feature.label} {'off' if index < 2 else 'on'}\tEnter"
        assert said == [("feature_toggled", name)]


def test_a_right_click_on_the_pixels_opens_no_menu_and_leaves_none_behind(diagram: NetworkView, take: Take) -> None:
    small = DIGITS_DEFAULT.changed("data", samples=20).changed("network", hidden=(3, 3))
    diagram.show_snapshot(take(small, look=Look(digits=2)))
    before = len(diagram.findChildren(QMenu))
    assert menu_at(diagram, centre(diagram, (0, 0))) is None
    assert len(diagram.findChildren(QMenu)) == before


def test_a_right_click_on_a_link_offers_to_edit_its_weight(diagram: NetworkView, take: Take) -> None:
    diagram.show_snapshot(take(config(1), theta=(1, 2, 0.25, -1.5, 1), look=Look(32)))
    assert diagram._layout is not None
    (x0, y0), (x1, y1) = diagram._layout.link_ends((1, 0, 0))
    menu = menu_at(diagram, QPoint(round((x0 + x1) / 2), round((y0 + y1) / 2)))
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Edit the weight…"]
    menu.actions()[0].trigger()
    menu.close()
    assert diagram.field.text() == "−1.5"
    diagram.field.close_field()


def test_the_menu_key_opens_the_menu_of_the_selected_neuron(diagram: NetworkView, take: Take) -> None:
    diagram.show_snapshot(take(config(2), look=Look(32)))

    def by_key() -> QMenu | None:
        nowhere = QPoint(1, 1)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, nowhere, diagram.mapToGlobal(nowhere))
        QApplication.sendEvent(diagram, event)
        return next((m for m in diagram.findChildren(QMenu) if m.isVisible()), None)

    assert by_key() is None
    diagram.select((1, 1))
    menu = by_key()
    assert menu is not None
    assert len(menu.actions()) == len(HIDDEN_WORDS) + 2
    menu.close()


# -- keys on other keyboards ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "wanted"),
    [
        (Key.Key_Plus, SHIFT, "+", "+"),
        (Key.Key_Plus, PAD, "+", "+"),
        (Key.Key_Minus, PAD, "-", "-"),
        (Key.Key_Minus, SHIFT, "-", "-"),
        (Key.Key_Enter, PAD, "\r", "Return"),
        (Key.Key_Delete, PAD, "", "Del"),
        (Key.Key_Backspace, NONE, "\b", "Del"),
        (Key.Key_Backspace, SHIFT, "\b", "Shift+Del"),
        (Key.Key_F, NONE, "F", "F"),
        (Key.Key_F, SHIFT, "f", "Shift+F"),
        (Key.Key_F, Modifier.ControlModifier, "\x06", None),
        (Key.Key_Plus, Modifier.ControlModifier, "+", None),
        (Key.Key_Minus, Modifier.ControlModifier | SHIFT, "-", None),
        (Key.Key_N, Modifier.AltModifier, "n", None),
        (Key.Key_O, SHIFT, "O", None),
        (Key.Key_S, NONE, "s", None),
        (Key.Key_Space, NONE, " ", None),
        (Key.Key_unknown, NONE, "", None),
        (0x0424, NONE, "ф", None),
        (0, NONE, "", None),
    ],
)
def test_an_acts_key_may_stand_elsewhere_and_no_other_is_taken_for_it(
    diagram: NetworkView, take: Take, key: int, modifiers: Qt.KeyboardModifier, text: str, wanted: str | None
) -> None:
    diagram.show_snapshot(take(config(3), look=Look(32)))
    found = find(list(entries(diagram, (1, 1))), QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))
    assert (found.key if found else None) == wanted


@pytest.mark.parametrize("key", ["+", "-"])
def test_a_key_held_down_adds_or_removes_on_and_on(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]], key: str
) -> None:
    diagram.show_snapshot(take(config(3), look=Look(32)))
    diagram.select((1, 0))
    for held in (False, True, True):
        assert press(diagram, *KEYS[key], held=held)
    assert len(said) == 3


@pytest.mark.parametrize("key", ["Del", "F", "Shift+F", "O", "Shift+Del", "Return"])
def test_other_keys_held_down_act_once(diagram: NetworkView, take: Take, said: list[tuple[Any, ...]], key: str) -> None:
    diagram.show_snapshot(take(config(3), look=Look(32)))
    diagram.select((1, 0))
    for held in (False, True, True):
        assert press(diagram, *KEYS[key], held=held)
    assert len(said) == (0 if key == "Return" else 1)
    diagram.field.close_field()


def test_without_a_selection_keys_are_the_windows(
    diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]
) -> None:
    assert not press(diagram, Key.Key_Right, NONE), "nothing is shown yet"
    diagram.show_snapshot(take(config(3), look=Look(32)))
    for key in (*KEYS.values(), (Key.Key_Escape, NONE, "")):
        assert not press(diagram, *key)
    assert said == []
    assert not diagram.field.is_open
    diagram.select((1, 1))
    for key in (Key.Key_Space, Key.Key_S, Key.Key_E, Key.Key_R):
        assert not press(diagram, key, NONE), "plays, steps and resets on"


def test_acts_say_what_is_true_now(diagram: NetworkView, take: Take, said: list[tuple[Any, ...]]) -> None:
    snapshot = take(config(3), look=Look(32))
    diagram.show_snapshot(snapshot)
    diagram.select((1, 1))
    press(diagram, *KEYS["O"])
    network = snapshot.config.network.model_copy(update={"off": ((0, 1),)})
    diagram.show_snapshot(replace(snapshot, config=snapshot.config.model_copy(update={"network": network})))
    press(diagram, *KEYS["O"])
    assert said == [("off_wanted", ((0, 1),), True), ("off_wanted", ((0, 1),), False)]
