"""What can be done with a neuron, a feature or a link of the diagram: one list for the menu and for the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import MAX_LAYERS, MAX_NEURONS
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.diagram.network_layout import Cell, Layout

if TYPE_CHECKING:
    from mlp_playground.views.diagram.network_view import NetworkView


@dataclass(frozen=True)
class Act:
    """One entry of the menu; `key` does the same while the diagram has the focus, again and again where held down if
    it `repeats`."""

    text: str
    run: Callable[[], object]
    key: str = ""
    enabled: bool = True
    repeats: bool = False


def acts(view: NetworkView, snapshot: Snapshot, cell: Cell) -> list[Act | None]:
    """What can be done with what stands at `cell`; None stands for a line between groups."""
    column, index = cell
    if column == 0:
        return _feature_acts(view, snapshot, index)
    layer, width = column - 1, snapshot.architecture.widths[column]
    frozen, off = snapshot.config.network.frozen, snapshot.config.network.off
    here, everyone = (layer, index), tuple((layer, i) for i in range(width))
    is_frozen, is_off, all_frozen = here in frozen, here in off, set(everyone) <= set(frozen)
    freeze = [
        Act(
            "Let this neuron learn" if is_frozen else "Freeze this neuron",
            partial(view.freeze_wanted.emit, (here,), not is_frozen),
            "F",
        ),
        Act(
            "Let the whole layer learn" if all_frozen else "Freeze the whole layer",
            partial(view.freeze_wanted.emit, everyone, not all_frozen),
            "Shift+F",
        ),
    ]
    bias = Act("Edit the bias…", partial(view.ask_bias, cell), "Return")
    if column == len(snapshot.architecture.widths) - 1:
        return [bias, *freeze, None, _insert_act(view, snapshot, layer, "Insert a layer before")]
    with_layer = " and with it the layer" if width == 1 else ""
    return [
        Act("Add a neuron to the layer", partial(view.neuron_added.emit, layer), "+", width < MAX_NEURONS, True),
        Act(f"Remove the last neuron{with_layer}", partial(view.neuron_removed.emit, layer, None), "-", repeats=True),
        Act(f"Remove this neuron{with_layer}", partial(view.neuron_removed.emit, layer, index), "Del"),
        Act("Set the number of neurons…", partial(view.ask_width, layer), "N"),
        None,
        bias,
        *freeze,
        Act(
            "Switch this neuron on" if is_off else "Switch this neuron off",
            partial(view.off_wanted.emit, (here,), not is_off),
            "O",
        ),
        None,
        _insert_act(view, snapshot, layer, "Insert a layer before"),
        _insert_act(view, snapshot, layer + 1, "Insert a layer after"),
        Act("Remove the layer", partial(view.layer_removed.emit, layer), "Shift+Del"),
    ]


def _feature_acts(view: NetworkView, snapshot: Snapshot, index: int) -> list[Act | None]:
    if snapshot.data.space != "plane":
        return []
    feature = tuple(FEATURES.values())[index]
    word = "off" if feature.name in snapshot.config.features else "on"
    return [Act(f"Switch {feature.label} {word}", partial(view.feature_toggled.emit, feature.name), "Return")]


def _insert_act(view: NetworkView, snapshot: Snapshot, position: int, text: str) -> Act:
    room = len(snapshot.architecture.widths) - 2 < MAX_LAYERS
    return Act(text, partial(view.layer_inserted.emit, position), "", room)


def fill_menu(menu: QMenu, entries: list[Act | None]) -> None:
    """Show the acts by name, with their keys."""
    for act in entries:
        if act is None:
            menu.addSeparator()
            continue
        action = QAction(act.text, menu)
        if act.key:
            action.setText(f"{act.text}\t{_shown(act.key)}")
        action.setEnabled(act.enabled)
        action.triggered.connect(lambda _checked=False, act=act: act.run())
        menu.addAction(action)


def find(entries: list[Act | None], event: QKeyEvent) -> Act | None:
    """The act that a key stands for, on whichever part of the keyboard it is."""
    for act in entries:
        if act is not None and act.enabled and act.key and act.key == _name(event):
            return act
    return None


def _name(event: QKeyEvent) -> str:
    """A key as acts call it."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()  # a number, as it may be a letter that Qt has no name for
    if key in _SIGNS and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
        return _SIGNS[key]  # on many keyboards + is typed with Shift
    return QKeySequence(modifiers.value | _SAME.get(key, key)).toString(QKeySequence.SequenceFormat.PortableText)


_SIGNS: dict[int, str] = {Qt.Key.Key_Plus: "+", Qt.Key.Key_Minus: "-"}
_SAME: dict[int, int] = {Qt.Key.Key_Enter: Qt.Key.Key_Return, Qt.Key.Key_Backspace: Qt.Key.Key_Delete}
"""Keys that do what another one does: a Mac's keyboard calls Backspace Delete."""

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def is_arrow(event: QKeyEvent) -> bool:
    """Whether a key moves the selection."""
    return event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def stepped(layout: Layout, cell: Cell, key: int) -> Cell:
    """The cell that an arrow key leads to from `cell`; at the edge it stays."""
    step = _STEPS[key]
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return layout.beside(cell, step)
    column, index = cell
    return column, min(max(index + step, 0), len(layout.columns[column].cells) - 1)


def _shown(key: str) -> str:
    return {"Return": "Enter", "Del": "Delete", "Shift+Del": "Shift+Delete", "-": "−"}.get(key, key)
