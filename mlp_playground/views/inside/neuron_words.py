"""One neuron in words and numbers: its line, its formula, and what it does with an example."""

from __future__ import annotations

from mlp_playground.analysis.neuron import Cell, Hyperplane, Terms, hyperplane
from mlp_playground.analysis.shapes import SUBSCRIPTS
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.network import Network
from mlp_playground.views.diagram.network_picture import input_labels
from mlp_playground.views.layers.layer_names import layer_name
from mlp_playground.views.layers.layer_words import cell_name, neuron_names

WRITTEN = 3
"""So many terms of a line are written out; of more only how far it is from the origin."""
ALONE = {"classes": "softmax", "binary": "σ", "tanh-squared": "tanh"}
"""What the heads do with the last sum; the others leave it as it is."""
SIDES = ("right", "up and right", "up", "up and left", "left", "down and left", "down", "down and right")


def number(value: float, digits: int = 3) -> str:
    """A number with its sign, short enough for a table."""
    text = f"{value:.{digits}f}" if abs(value) < 1000 else f"{value:.2e}"
    return text.replace("-", "−")


def title(snapshot: Snapshot, cell: Cell) -> str:
    """What a neuron is called, with its layer."""
    column, k = cell
    name = cell_name(snapshot, column, k)
    last = len(snapshot.architecture.widths) - 1
    return name if column in (0, last) else f"{layer_name(column, last + 1)}, {name}"


def function_of(snapshot: Snapshot, column: int) -> str:
    """What a neuron does with its sum, as a function's name."""
    if column == len(snapshot.architecture.widths) - 1:
        return ALONE.get(snapshot.architecture.head, "")
    return ACTIVATIONS[snapshot.architecture.activations[column - 1]].label


def line_words(snapshot: Snapshot, cell: Cell) -> tuple[str, str]:
    """Where the neuron's sum is 0: the equation with its numbers, and what that is; of an input, what it is."""
    column, k = cell
    if column == 0:
        return _input_words(snapshot, k), "Nothing of it is learned"
    network = Network(snapshot.architecture, snapshot.theta)
    w, b = network.W[column - 1][k], float(network.b[column - 1][k])
    plane = hyperplane(w, b)
    if plane is None:
        return f"z = {number(b)} everywhere", f"{_mark(snapshot, cell)}no line, as all its weights are 0"
    equation = f"{_equation(w.tolist(), b, _symbols(snapshot, column))},  |w| = {plane.length:.2f}"
    return equation, _mark(snapshot, cell) + _where(snapshot, column, plane)


def _symbols(snapshot: Snapshot, column: int) -> tuple[str, ...]:
    """What stands for a neuron's inputs in a formula."""
    names = neuron_names(snapshot, column - 1)
    return names if column == 1 else tuple(f"a{name.translate(SUBSCRIPTS)}" for name in names)


def _equation(w: list[float], b: float, names: tuple[str, ...]) -> str:
    """w₁x₁ + w₂x₂ + b = 0 with its numbers, as far as they can be read."""
    if len(w) > WRITTEN:
        return f"Σ w·a + b = 0 with {len(w)} weights"
    terms = [*zip(w, names, strict=True), (b, "")]
    parts = [("−" if value < 0 else "+", f"{abs(value):.2f} {name}".strip()) for value, name in terms]
    (sign, first), *others = parts
    return " ".join([sign.replace("+", "") + first, *(f"{sign} {text}" for sign, text in others), "= 0"])


def _where(snapshot: Snapshot, column: int, plane: Hyperplane) -> str:
    """How far from the origin, and towards where the sum grows."""
    n = len(plane.direction)
    away = f"{abs(plane.distance):.2f} from the origin"
    if n == 1:
        side = "right" if plane.direction[0] > 0 else "left"
        at = number(plane.distance * float(plane.direction[0]), 2)
        return f"a point: z is 0 at {at} and grows to the {side}"
    if column == 1 and snapshot.data.space == "plane" and snapshot.config.features == ("x1", "x2"):
        angle = f"{plane.angle:.0f}".replace("-", "−")
        return f"a line {away}; z grows {SIDES[round(plane.angle / 45) % 8]}, at {angle}°"
    kind = "a line" if n == 2 else "a plane" if n == 3 else "a hyperplane"
    return f"{kind} {away} of {'its inputs’' if column == 1 else f'layer {column - 1}’s'} space"


def _input_words(snapshot: Snapshot, k: int) -> str:
    space = snapshot.data.space
    if space == "plane":
        feature = FEATURES[snapshot.config.features[k]]
        return f"{feature.label}: {feature.words}"
    if space == "pictures":
        return "One pixel: 0 is paper, 1 is ink"
    return f"{input_labels(snapshot)[k]}: an input as it is"


def _mark(snapshot: Snapshot, cell: Cell) -> str:
    """What the user has done to it."""
    here = cell[0] - 1, cell[1]
    if here in snapshot.config.network.off:
        return "switched off: it answers 0 · "
    return "frozen · " if here in snapshot.config.network.frozen else ""


def sum_words(snapshot: Snapshot, found: Terms) -> str:
    """The sum and the answer with their numbers: z = 1.20 + 0.30 = 1.50 → ReLU(1.50) = 1.50."""
    if found.cell[0] == 0:
        return f"its value is {number(found.answer)}"
    name = function_of(snapshot, found.cell[0])
    of = f"{name}(z)" if name else "the answer"
    total, b = float(found.products.sum()), found.bias
    sign = "−" if b < 0 else "+"
    return f"z = {number(total)} {sign} {number(abs(b))} = {number(found.z)}  →  {of} = {number(found.answer)}"


def values_words(snapshot: Snapshot, values: list[float]) -> str:
    """A sample's numbers as the data have them: of a table its own, of bits 0 and 1, of a picture none."""
    data = snapshot.data
    if data.image_shape is not None:
        return ""
    if data.space == "bits":
        return "".join("1" if value > 0 else "0" for value in values)
    if data.inputs:
        values = [scale.back(value) for scale, value in zip(data.inputs, values, strict=True)]
    return f"({', '.join(number(value, 2) for value in values)})"
