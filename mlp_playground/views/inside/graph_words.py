"""What is said about a step through the graph: one sentence, with the formula in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from mlp_playground.analysis.trace.graph import Graph, Node, Op
from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.analysis.trace.rules import Fold
from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.nn.activations import ACTIVATIONS
from mlp_playground.nn.heads import HEADS
from mlp_playground.numerals import grouped
from mlp_playground.views.layers.graph_names import ANSWERS, head_name, size_words, slope, symbol

Words: TypeAlias = Callable[[Trace, Node], str]


def step_words(trace: Trace, step: Step) -> str:
    """What happens at a step, before the optimizer's turn."""
    node = trace.graph.by_name[step.name]
    return (_BACKWARD if step.phase is Phase.BACKWARD else _FORWARD)[node.op](trace, node)


def _shape(trace: Trace, name: str) -> str:
    return size_words(trace.values[name].shape)


def _samples(trace: Trace) -> int:
    return int(trace.values["x"].shape[1])


def _sign(trace: Trace, node: Node) -> str:
    return symbol(trace.graph, node.name)


# -- forward ----------------------------------------------------------------------------------------------------------


def _input(trace: Trace, _node: Node) -> str:
    n, m = trace.values["x"].shape
    numbers = "1 number" if n == 1 else f"{grouped(n)} numbers"
    return f"x has {numbers}." if m == 1 else f"each column of x is a sample, with {numbers}."


def _features(trace: Trace, node: Node) -> str:
    return (
        f"φ = φ(x): the network is not told x itself, but {grouped(len(trace.values[node.name]))} features made of it."
    )


def _weights(trace: Trace, node: Node) -> str:
    rows, columns = trace.values[node.name].shape
    return f"{_sign(trace, node)} is learned: a row for each of {rows} neurons, a column for each of {columns} inputs."


def _bias(trace: Trace, node: Node) -> str:
    return f"{_sign(trace, node)} is learned: one number for each neuron, however many samples there are."


def _matmul(trace: Trace, node: Node) -> str:
    W, A = node.inputs
    shapes = f"{_shape(trace, W)} times {_shape(trace, A)} is {_shape(trace, node.name)}"
    return f"{_sign(trace, node)}: each neuron weighs what it hears and adds it up. {shapes}."


def _add(trace: Trace, node: Node) -> str:
    graph, (U, b) = trace.graph, node.inputs
    return f"{_sign(trace, node)} = {symbol(graph, U)} + {symbol(graph, b)}: its bias moves each neuron's sum."


def _activation(trace: Trace, node: Node) -> str:
    assert isinstance(node.rule, Fold)
    fold = ACTIVATIONS[node.rule.fold.name]
    return f"{_sign(trace, node)} = f({symbol(trace.graph, node.inputs[0])}), f(z) = {fold.formula}. {fold.words}"


def _mask(_trace: Trace, _node: Node) -> str:
    return "Dropout's mask for this step: 0 silences a neuron for a sample, the others speak louder to make up for it."


def _dropout(trace: Trace, node: Node) -> str:
    A, M = (symbol(trace.graph, name) for name in node.inputs)
    return f"{_sign(trace, node)} = {A} ◦ {M}: this step trains without the neurons whose mask is 0."


def _answer(trace: Trace, node: Node) -> str:
    name = head_name(node)
    answer = {
        "binary": "the sum becomes the probability of class 1",
        "classes": "the sums become probabilities, together 1",
        "tanh-squared": "the sum becomes an answer between −1 and 1",
    }[name]
    return f"{_sign(trace, node)} = {ANSWERS[name]}({symbol(trace.graph, node.inputs[0])}): {answer}."


def _target(_trace: Trace, _node: Node) -> str:
    return "y is what the answer should be. Nothing is learned of it, so no gradient goes there."


def _loss(trace: Trace, node: Node) -> str:
    head = next(each for each in HEADS.values() if getattr(node.rule, "head", None) is each)
    mean = "" if _samples(trace) == 1 else f", the mean of {_samples(trace)} samples"
    return f"L = {head.formula}{mean}: one number that says how wrong the answer is."


def _penalty(_trace: Trace, _node: Node) -> str:
    return "R = λ/2 · Σ w²: large weights cost something, too. Biases are free."


def _total(_trace: Trace, _node: Node) -> str:
    return "J = L + R is what training makes small."


_FORWARD: dict[Op, Words] = {
    Op.INPUT: _input,
    Op.FEATURES: _features,
    Op.WEIGHTS: _weights,
    Op.BIAS: _bias,
    Op.MATMUL: _matmul,
    Op.ADD: _add,
    Op.ACTIVATION: _activation,
    Op.MASK: _mask,
    Op.DROPOUT: _dropout,
    Op.ANSWER: _answer,
    Op.TARGET: _target,
    Op.LOSS: _loss,
    Op.PENALTY: _penalty,
    Op.TOTAL: _total,
}

# -- back -------------------------------------------------------------------------------------------------------------


def _slopes(graph: Graph, *names: str) -> list[str]:
    return [slope(graph, name) for name in names]


def _back_features(trace: Trace, node: Node) -> str:
    here, x = _slopes(trace.graph, node.name, "x")
    return f"{x} = (∂φ/∂x).T·{here}: how the loss would change if the point itself moved."


def _back_matmul(trace: Trace, node: Node) -> str:
    W, A = node.inputs
    here, by_W, by_A = _slopes(trace.graph, node.name, W, A)
    W, A = symbol(trace.graph, W), symbol(trace.graph, A)
    kept = f"That takes {A} and {W}, which were kept on the way forward; .T turns rows into columns."
    return f"{by_W} = {here}·{A}.T and {by_A} = {W}.T·{here}. {kept}"


def _back_add(trace: Trace, node: Node) -> str:
    here, by_U, by_b = _slopes(trace.graph, node.name, *node.inputs)
    added = "the same" if _samples(trace) == 1 else "its sum over the samples"
    return f"A sum passes on what arrives: {by_U} = {here}, and {by_b} is {added}."


def _back_activation(trace: Trace, node: Node) -> str:
    Z = node.inputs[0]
    here, by_Z = _slopes(trace.graph, node.name, Z)
    assert isinstance(node.rule, Fold)
    corner = {"relu": " f′ is 1 where z > 0, else 0, also at the corner z = 0."}.get(node.rule.fold.name, "")
    return f"{by_Z} = {here} ◦ f′({symbol(trace.graph, Z)}), number by number.{corner}"


def _back_dropout(trace: Trace, node: Node) -> str:
    here, by_A = _slopes(trace.graph, *(node.name, node.inputs[0]))
    return f"{by_A} = {here} ◦ {symbol(trace.graph, node.inputs[1])}: who was silent learns nothing from this sample."


def _back_answer(trace: Trace, node: Node) -> str:
    by_Z, name = slope(trace.graph, node.inputs[0]), head_name(node)
    mean = "" if _samples(trace) == 1 else f" / {_samples(trace)}"
    if name == "tanh-squared":
        return f"{by_Z} = (a − y) ◦ (1 − a²){mean}: flat where |a| is near 1, so being sure and wrong teaches slowly."
    return f"{by_Z} = (p − y){mean}. The logarithm and {ANSWERS[name]} cancel, so both go back in one step."


def _back_loss(trace: Trace, node: Node) -> str:
    by_P = f"{slope(trace.graph, node.inputs[0])} says how the loss changes with the answer"
    return f"It begins here: ∂L/∂L = 1. {by_P}." if trace.graph.root is node else f"∂J/∂L = 1 arrives. {by_P}."


def _back_penalty(_trace: Trace, _node: Node) -> str:
    return "∂R/∂W = λ W for every layer: each weight is pulled towards 0 in proportion to its size."


def _back_total(_trace: Trace, _node: Node) -> str:
    return "It begins here: ∂J/∂J = 1, and a sum passes it on to L and R as it is."


_BACKWARD: dict[Op, Words] = {
    Op.FEATURES: _back_features,
    Op.MATMUL: _back_matmul,
    Op.ADD: _back_add,
    Op.ACTIVATION: _back_activation,
    Op.DROPOUT: _back_dropout,
    Op.ANSWER: _back_answer,
    Op.LOSS: _back_loss,
    Op.PENALTY: _back_penalty,
    Op.TOTAL: _back_total,
}
