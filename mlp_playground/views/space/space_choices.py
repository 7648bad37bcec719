"""What is wanted of a layer's space: the order of the steps, and which directions or neurons are drawn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Place
from mlp_playground.analysis.space.projection import AS_THEY_ARE
from mlp_playground.analysis.space.stages import Kind, Order
from mlp_playground.views.controls import Choice
from mlp_playground.views.parts import captioned
from mlp_playground.views.theme import SPACE

ORDERS = (
    ("as they are", Order.LINEAR_FIRST, "Each layer: first W and b, then the activation"),
    (
        "activation first",
        Order.ACTIVATION_FIRST,
        "The same weights, but each activation before W and b: shows why the linear step must come first",
    ),
    ("no activation", Order.NO_ACTIVATION, "The same weights without activations: all layers collapse into one matrix"),
)
MAIN = {
    2: ("flat", "The two directions in which the points vary most (principal components)"),
    3: ("3-D", "The three directions in which the points vary most (principal components)"),
}
ANSWER = (
    "to answer",
    "Along the directions that the network's answer goes by; then as the points vary most besides",
)
WIDTH = 128


class SpaceChoices(QWidget):
    """`changed` carries the new wish."""

    changed = Signal(SpaceWish)

    def __init__(self) -> None:
        super().__init__()
        self.wish = SpaceWish()
        self._stage: tuple[int, tuple[str, ...], bool] | None = None
        self.order = Choice(*ORDERS)
        self.order.setToolTip("In which order a layer's steps follow each other; the weights stay the same")
        self.drawn = Choice()
        self.drawn.setToolTip("Which part of a space with many dimensions is drawn")
        self.neurons = tuple(Choice() for _ in range(3))
        row = QHBoxLayout()
        row.setSpacing(2)
        for choice, where in zip(self.neurons, ("to the right", "upwards", "towards you"), strict=True):
            choice.setToolTip(f"The number that is drawn {where}")
            choice.setAccessibleName(f"Drawn {where}")
            choice.activated.connect(self._on_neurons)
            choice.setMinimumWidth(0)
            choice.setFixedWidth((WIDTH - 4) // 3)
            choice.hide()
            row.addWidget(choice)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(captioned("Steps", self.order))
        column.addWidget(captioned("Drawn", self.drawn))
        column.addLayout(row)
        self.setFixedWidth(WIDTH)
        self.order.activated.connect(self._on_order)
        self.drawn.activated.connect(self._on_drawn)

    def show_stage(self, place: Place) -> None:
        """Offer what can be drawn of this stage's space."""
        layer = -1 if place.stage.kind is Kind.PLANE else place.stage.space
        stage = layer, place.axes, place.can_face
        if stage != self._stage:
            self._stage = stage
            self._offer(place.axes, place.can_face)
        self._show_chosen()

    def show_wish(self, wish: SpaceWish) -> None:
        """Choose this, without telling anybody."""
        self.wish = wish
        self.order.show_data(wish.order)
        self._show_chosen()

    def _offer(self, names: tuple[str, ...], can_face: bool) -> None:
        width = len(names)
        self.drawn.clear()
        if width <= AS_THEY_ARE:
            self.drawn.add("as it is", 0, "All its numbers")
        else:
            for count, (text, tip) in MAIN.items():
                self.drawn.add(text, count, tip)
        if can_face:
            self.drawn.add(ANSWER[0], 1, ANSWER[1])
        for count in (2, 3):
            if width > max(count, 2) or width > AS_THEY_ARE:
                self.drawn.add(f"{count} neurons", -count, f"Any {count} of its {width} numbers, as they are")
        self.drawn.setEnabled(self.drawn.count() > 1)
        for choice in self.neurons:
            choice.clear()
            for number, name in enumerate(names):
                choice.add(str(number + 1), number, name)

    def _show_chosen(self) -> None:
        if self._stage is None:
            return
        layer, names, can_face = self._stage
        chosen = dict(self.wish.neurons).get(layer, ())
        if len(names) <= 2 or any(neuron >= len(names) for neuron in chosen):
            chosen = ()
        main = self.wish.directions if len(names) > AS_THEY_ARE else 0
        main = 1 if can_face and self.wish.answer else main
        self.drawn.show_data(-len(chosen) if chosen else main)
        for place, choice in enumerate(self.neurons):
            choice.setVisible(place < len(chosen))
            if place < len(chosen):
                choice.show_data(chosen[place])

    def _on_order(self) -> None:
        self._become(replace(self.wish, order=self.order.currentData()))

    def _on_drawn(self) -> None:
        assert self._stage is not None
        count, others = self.drawn.currentData(), dict(self.wish.neurons)
        others.pop(self._stage[0], None)
        if count < 0:
            others[self._stage[0]] = tuple(range(-count))
        directions = count if count > 1 else self.wish.directions
        answer = count == 1 if count > 0 else self.wish.answer
        wish = replace(self.wish, directions=directions, answer=answer, neurons=tuple(sorted(others.items())))
        self._become(wish)

    def _on_neurons(self) -> None:
        assert self._stage is not None
        layer, names, _ = self._stage
        neurons: list[int] = []
        for choice in self.neurons:
            if not choice.isHidden():
                wanted = choice.currentData()
                while wanted in neurons:  # two axes need two different numbers
                    wanted = (wanted + 1) % len(names)
                neurons.append(wanted)
        others = dict(self.wish.neurons) | {layer: tuple(neurons)}
        self._become(replace(self.wish, neurons=tuple(sorted(others.items()))))

    def _become(self, wish: SpaceWish) -> None:
        self.wish = wish
        self._show_chosen()
        self.changed.emit(wish)
