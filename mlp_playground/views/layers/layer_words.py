"""What layers and their inputs are called in the inspector, and what a layer does, in symbols and numbers."""

from __future__ import annotations

from functools import lru_cache

from mlp_playground.analysis.shapes import SUBSCRIPTS, shape_text
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.numerals import grouped
from mlp_playground.views.diagram.network_picture import active_inputs, input_labels
from mlp_playground.views.layers.layer_names import layer_name

ANSWERS = {"classes": "P = softmax(Z)", "binary": "p = σ(z)", "tanh-squared": "answer = tanh(z)"}
"""What the heads make of the last sums; the others answer with the sum itself."""


def layer_names(snapshot: Snapshot) -> list[tuple[str, str]]:
    """All layers' names, long and short."""
    columns = len(snapshot.architecture.widths)
    shorts = [*map(str, range(1, columns - 1)), "out"]
    return [(layer_name(k, columns).capitalize(), short) for k, short in enumerate(shorts, 1)]


def neuron_names(snapshot: Snapshot, column: int) -> tuple[str, ...]:
    """What each neuron of a column is called within it; of column 0 the inputs that the network is told."""
    width = snapshot.architecture.widths[column]
    if column == 0:
        labels = input_labels(snapshot)
        if labels:
            return tuple(labels[k] for k in active_inputs(snapshot))
        assert snapshot.data.image_shape is not None
        return _pixel_names(snapshot.data.image_shape[1], width)
    if column == len(snapshot.architecture.widths) - 1 and len(snapshot.data.classes) == width > 1:
        return snapshot.data.classes
    return tuple(str(k + 1) for k in range(width))


@lru_cache(maxsize=2)
def _pixel_names(wide: int, count: int) -> tuple[str, ...]:
    """Pixels by row and column, both from 1."""
    return tuple(f"({k // wide + 1}, {k % wide + 1})" for k in range(count))


def cell_name(snapshot: Snapshot, column: int, k: int) -> str:
    """One neuron, input or output by itself, within a sentence."""
    name = neuron_names(snapshot, column)[k]
    if column == 0:
        return name if input_labels(snapshot) else f"pixel {name}"
    if column == len(snapshot.architecture.widths) - 1:
        return "the output" if snapshot.architecture.widths[-1] == 1 else f"output {name}"
    return f"neuron {name}" if column else name


def symbols(snapshot: Snapshot, column: int) -> tuple[str, str]:
    """A layer's sum, and its answer, in symbols: (Z₁ = W₁·X + b₁, A₁ = tanh(Z₁))."""
    l, before = (str(k).translate(SUBSCRIPTS) for k in (column, column - 1))
    heard = "X" if column == 1 else f"A{before}"
    linear = f"Z{l} = W{l}·{heard} + b{l}"
    if column == len(snapshot.architecture.widths) - 1:
        return linear, ANSWERS.get(snapshot.architecture.head, "answer = Z").replace("Z)", f"Z{l})")
    return linear, f"A{l} = {ACTIVATIONS[snapshot.architecture.activations[column - 1]].label}(Z{l})"


def shapes(snapshot: Snapshot, column: int) -> str:
    """The same with shapes for all training samples: (8×2)·(2×250) + (8×1) → (8×250)."""
    n_in, n_out = snapshot.architecture.widths[column - 1 : column + 1]
    n = len(snapshot.data.train)
    W, A, b, Z = (shape_text(shape) for shape in ((n_out, n_in), (n_in, n), (n_out,), (n_out, n)))
    return f"{W}·{A} + {b} → {Z}"


def size_words(snapshot: Snapshot, column: int) -> str:
    """How many numbers of a layer are learned."""
    n_in, n_out = snapshot.architecture.widths[column - 1 : column + 1]
    weights, biases = _count(n_in * n_out, "weight", "weights"), _count(n_out, "bias", "biases")
    return f"{weights} + {biases} = {grouped(n_in * n_out + n_out)} parameters"


def _count(n: int, one: str, many: str) -> str:
    return f"{grouped(n)} {one if n == 1 else many}"
