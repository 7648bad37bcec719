"""A trained network as an ONNX model, for every program that runs such: samples in their own units go in as rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlp_playground import __version__
from mlp_playground.export.arrays import list_text
from mlp_playground.export.common import answer_words, sample_words, some_samples
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import joined, plain
from mlp_playground.export.weights import weights
from mlp_playground.export.written import Written
from mlp_playground.nn.activations import GELU_CUBE, GELU_SCALE, LEAK, SELU_ALPHA, SELU_SCALE

OPSET, IR = 17, 8
"""Of 2022: newer runtimes run them too, and nothing in the model needs more. What onnx itself would choose is always
newer than what the runtime of the same day reads."""
INPUT, OUTPUT = "samples", "answers"


@dataclass
class Graph:
    """Collects a graph's nodes and constants; `x` is the tensor that the next node hears."""

    x: str = INPUT
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """A node on these tensors; its result is what is heard next."""
        from onnx import helper

        self.x = f"{kind.lower()}_{len(self.nodes) + 1}"
        self.nodes.append(helper.make_node(kind, inputs, [self.x], **attributes))
        return self.x

    def constant(self, name: str, values: NDArray[Any] | float, *, double: bool = False) -> str:
        """A tensor of the model's own, in single or `double` precision."""
        from onnx import numpy_helper

        array = np.asarray(values)
        whole = array if array.dtype.kind in "iu" or double else array.astype(np.float32)
        name = name or f"constant_{len(self.constants) + 1}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(whole), name))
        return name


def _node(kind: str, **attributes: Any) -> Callable[[Graph], object]:
    return lambda graph: graph.add(kind, graph.x, **attributes)


def _gelu(graph: Graph) -> None:
    # z σ(2 √(2/π) (z + c z³)), as the operator with this form of GELU came with opset 20
    z = graph.x
    cube = graph.add("Mul", graph.add("Mul", z, z), z)
    inner = graph.add("Add", z, graph.add("Mul", cube, graph.constant("", GELU_CUBE)))
    share = graph.add("Sigmoid", graph.add("Mul", inner, graph.constant("", 2 * GELU_SCALE)))
    graph.add("Mul", z, share)


def _silu(graph: Graph) -> None:
    z = graph.x
    graph.add("Mul", z, graph.add("Sigmoid", z))


def _sign(graph: Graph) -> None:
    positive = graph.add("GreaterOrEqual", graph.x, graph.constant("", 0.0))
    graph.add("Where", positive, graph.constant("", 1.0), graph.constant("", -1.0))


FOLD_NODES: dict[str, Callable[[Graph], object]] = {
    "tanh": _node("Tanh"),
    "relu": _node("Relu"),
    "leaky-relu": _node("LeakyRelu", alpha=LEAK),
    "elu": _node("Elu", alpha=1.0),
    "selu": _node("Selu", alpha=SELU_ALPHA, gamma=SELU_SCALE),
    "gelu": _gelu,
    "silu": _silu,
    "softplus": _node("Softplus"),
    "sigmoid": _node("Sigmoid"),
    "linear": lambda _graph: None,
    "sign": _sign,
}
ANSWER_NODES: dict[str, Callable[[Graph], object]] = {
    "binary": _node("Sigmoid"),
    "classes": _node("Softmax", axis=1),
    "tanh-squared": _node("Tanh"),
    "regression": lambda _graph: None,
    "huber": lambda _graph: None,
}


def onnx_model(subject: Subject) -> Written:
    """The model, checked. Raises ImportError where the package onnx is not installed."""
    import onnx
    from onnx import TensorProto, helper

    graph = _graph(subject)
    own, single = TensorProto.DOUBLE, TensorProto.FLOAT  # a table's own units may be coarser in single precision
    ends = [
        helper.make_tensor_value_info(INPUT, own if subject.scales else single, ["N", subject.data.n_in]),
        helper.make_tensor_value_info(
            OUTPUT, single if subject.target is None else own, ["N", subject.architecture.widths[-1]]
        ),
    ]
    whole = helper.make_graph(graph.nodes, "network", ends[:1], ends[1:], graph.constants)
    model = helper.make_model(
        whole,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
        producer_name="MLP Playground",
        producer_version=__version__,
        doc_string=f"{sample_words(subject, rows=True)}; {answer_words(subject)}",
    )
    helper.set_model_props(model, {"classes": ", ".join(map(plain, subject.data.classes))})
    onnx.checker.check_model(model, full_check=True)
    return Written(model.SerializeToString(deterministic=True))


def onnx_preview(subject: Subject) -> str:
    """The model's steps, and how Python runs it. Raises ImportError where the package onnx is not installed."""
    nodes = _graph(subject).nodes
    steps = [f"{', '.join(node.output)} = {node.op_type}({', '.join(node.input)})" for node in nodes]
    X = list_text(some_samples(subject, 3).T) if subject.data.n_in <= 20 else f"np.zeros((1, {subject.data.n_in}))"
    running = f"""import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession("network.onnx")
X = {X}  # samples as rows
print(session.run(None, {{"{INPUT}": X.astype(np.{"float64" if subject.scales else "float32"})}})[0])"""
    about = f"# From {sample_words(subject, rows=True)} to {answer_words(subject)}:"
    version = f"# Operators of opset {OPSET}, format version {IR}; Gemm is W @ a + b, the weights are in the file."
    return joined(about + "\n" + "\n".join(f"#   {step}" for step in steps) + "\n" + version, running)


def _graph(subject: Subject) -> Graph:
    from onnx import TensorProto, helper

    graph = Graph()
    _tell(graph, subject)
    _layers(graph, subject)
    ANSWER_NODES[subject.architecture.head](graph)
    if subject.target is not None:
        graph.add("Cast", graph.x, to=TensorProto.DOUBLE)
        graph.add("Sub", graph.x, graph.constant("target_offset", subject.target.offset, double=True))
        graph.add("Div", graph.x, graph.constant("target_factor", subject.target.factor, double=True))
    graph.nodes.append(helper.make_node("Identity", [graph.x], [OUTPUT]))
    return graph


def _tell(graph: Graph, subject: Subject) -> None:
    """From samples to what the first layer hears."""
    from onnx import TensorProto

    if subject.scales:
        middle, factor = subject.scaling
        graph.add("Sub", graph.x, graph.constant("middle", middle, double=True))
        graph.add("Mul", graph.x, graph.constant("factor", factor, double=True))
        graph.add("Cast", graph.x, to=TensorProto.FLOAT)
    if subject.features:
        point = graph.x
        x1, x2 = (graph.add("Gather", point, graph.constant(f"x{k + 1}", np.array([k])), axis=1) for k in range(2))
        told = [FEATURE_NODES[name](graph, x1, x2) for name in subject.features]
        graph.add("Concat", *told, axis=1)


FEATURE_NODES: dict[str, Callable[[Graph, str, str], str]] = {
    "x1": lambda _graph, x1, _: x1,
    "x2": lambda _graph, _, x2: x2,
    "x1^2": lambda graph, x1, _: graph.add("Mul", x1, x1),
    "x2^2": lambda graph, _, x2: graph.add("Mul", x2, x2),
    "x1*x2": lambda graph, x1, x2: graph.add("Mul", x1, x2),
    "sin(x1)": lambda graph, x1, _: graph.add("Sin", x1),
    "sin(x2)": lambda graph, _, x2: graph.add("Sin", x2),
}


def _layers(graph: Graph, subject: Subject) -> None:
    shape = subject.architecture
    named = weights(subject, as_columns=False)
    for l in range(1, len(shape.widths)):
        W, b = (graph.constant(name, named[name]) for name in (f"W{l}", f"b{l}"))
        graph.add("Gemm", graph.x, W, b, transB=1)  # a layer's weights have a row for each neuron
        if l < len(shape.widths) - 1:
            FOLD_NODES[shape.activations[l - 1]](graph)
            _silence(graph, shape.widths[l], [neuron for layer, neuron in shape.off if layer == l - 1], l)


def _silence(graph: Graph, width: int, neurons: list[int], layer: int) -> None:
    if neurons:
        on = np.ones(width)
        on[neurons] = 0
        graph.add("Mul", graph.x, graph.constant(f"on{layer}", on))
