"""What the graph's values are called on screen, as in the formulas: W₁, Z₁ = W₁·x + b₁, ∂L/∂W₁."""

from __future__ import annotations

from mlp_playground.analysis.trace.graph import Graph, Node, Op
from mlp_playground.analysis.trace.rules import Answer, Fold
from mlp_playground.nn.activations import ACTIVATIONS

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ANSWERS = {"binary": "σ", "classes": "softmax", "tanh-squared": "tanh"}
"""The function that makes the answer of the last sums, by the head's name."""


def subscript(number: int) -> str:
    """A number as an index."""
    return str(number).translate(_SUBSCRIPTS)


def symbol(graph: Graph, name: str) -> str:
    """A value's sign in a formula."""
    node = graph.by_name[name]
    if node.op is Op.MATMUL:
        return "·".join(symbol(graph, each) for each in node.inputs)
    if node.op is Op.FEATURES:
        return "φ"
    if node.op is Op.DROPOUT:
        return f"Ã{subscript(node.layer)}"
    if node.op is Op.ANSWER:
        return "a" if head_name(node) == "tanh-squared" else "p"
    return name.translate(_SUBSCRIPTS)


def slope(graph: Graph, name: str) -> str:
    """The gradient by a value."""
    sign = symbol(graph, name)
    return f"∂{graph.root.name}/∂{f'({sign})' if '·' in sign else sign}"


def head_name(node: Node) -> str:
    """Of an answer."""
    assert isinstance(node.rule, Answer)
    return node.rule.head.name


def fold_label(node: Node) -> str:
    """The name of an activation."""
    assert isinstance(node.rule, Fold)
    return ACTIVATIONS[node.rule.fold.name].label


def sign_of(graph: Graph, node: Node) -> str:
    """What stands in the node's box: the operation, or the value if it is given."""
    if node.op is Op.ACTIVATION:
        return fold_label(node)
    if node.op is Op.ANSWER:
        return ANSWERS[head_name(node)]
    return _SIGNS.get(node.op) or symbol(graph, node.name)


_SIGNS = {Op.MATMUL: "·", Op.ADD: "+", Op.DROPOUT: "◦", Op.LOSS: "L", Op.TOTAL: "+"}


def size_words(shape: tuple[int, ...]) -> str:
    """A matrix's rows and columns."""
    return f"{shape[0]}×{shape[1]}"
