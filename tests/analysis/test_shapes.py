"""The trace of shapes, and what doesn't fit, against what NumPy (and PyTorch, where it is) really do."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.analysis.shapes import CLASSES, SILENT, N, Subject, parse_shape, shape_text, trace
from mlp_playground.errors import InvalidValue
from mlp_playground.nn.network import Architecture

PLANE = Subject(Architecture((3, 8, 1), ("tanh",), "binary"), 2, 3, 2, 250)
DIGITS = Subject(Architecture((784, 128, 64, 10), ("relu", "relu"), "classes"), 784, None, 10, 64)


def test_the_trace_goes_from_the_samples_to_the_loss() -> None:
    steps = trace(PLANE)
    assert [step.name for step in steps if step.name] == ["samples", "features", "layer 1", "output", "answer", "loss"]
    assert [step.result.shape for step in steps if step.result] == [(2, N), (3, N), (8, N), (8, N), (1, N), (1, N), ()]
    layer = steps[2]
    assert [(each.symbol, each.shape) for each in layer.operands] == [("W₁", (8, 3)), ("H", (3, N)), ("b₁", (8,))]
    assert layer.formula == "Z₁ = W₁·H + b₁"
    for subject in (PLANE, DIGITS):
        assert sum(step.parameters for step in trace(subject)) == subject.architecture.n_parameters
        assert all(step.mismatch is None for step in trace(subject))
    assert [step.formula for step in trace(DIGITS)][1] == "Z₁ = W₁·X + b₁"


def broken(subject: Subject, **changed: tuple[int, ...]) -> tuple[str, str, str, str]:
    """Where a changed trace ends, and what is said."""
    last = trace(Subject(**{**vars(subject), "changed": changed}))[-1]
    assert last.result is None
    assert last.mismatch is not None
    return last.name, last.mismatch.words, last.mismatch.numpy, last.mismatch.torch


def test_a_mismatch_is_named_where_it_is_as_numpy_says_it() -> None:
    with pytest.raises(ValueError, match="matmul") as error:
        np.zeros((8, 5)) @ np.zeros((3, 250))
    name, words, numpy, torch = broken(PLANE, **{"W₁": (8, 5)})
    assert name == "layer 1"
    assert "5 weights" in words
    assert "3 inputs" in words
    assert numpy == f"ValueError: {error.value}".strip()
    assert "(250x3 and 5x8)" in torch
    assert broken(DIGITS, X=(30, N))[0] == "layer 1"
    assert broken(DIGITS, **{"W₁": (100, 784)})[0] == "layer 2"
    with pytest.raises(ValueError, match="broadcast") as error:
        np.zeros((64, 64)) + np.zeros((10, 1))
    assert broken(DIGITS, **{"b₂": (10,)})[2] == f"ValueError: {error.value}".strip()
    assert broken(PLANE, X=(1, N))[0] == "features"


def test_a_single_bias_is_added_to_all() -> None:
    steps = trace(Subject(**{**vars(PLANE), "changed": {"b₁": (1,)}}))
    assert steps[-1].mismatch is None
    assert sum(step.parameters for step in steps) == PLANE.architecture.n_parameters - 7


def test_several_biases_of_one_neuron_are_no_error_that_anybody_tells() -> None:
    assert (np.zeros((1, 250)) + np.zeros((3, 1))).shape == (3, 250), "as NumPy does it: three answers instead of one"
    name, words, numpy, torch = broken(PLANE, **{"b₂": (3,)})
    assert name == "output"
    assert "one bias" in words
    assert numpy == torch == SILENT


def test_labels_need_an_output_each() -> None:
    with pytest.raises(IndexError) as error:
        np.eye(10)[[10]]
    name, words, numpy, torch = broken(DIGITS, **{CLASSES: (12,)})
    assert name == "loss"
    assert "12 classes" in words
    assert numpy == f"IndexError: {error.value}"
    assert torch == "IndexError: Target 10 is out of bounds."
    assert "two classes" in broken(PLANE, **{CLASSES: (3,)})[1]
    numbers = Subject(**{**vars(PLANE), "labels": 0})
    assert "never be right" in broken(DIGITS, **{CLASSES: (8,)})[1]
    assert "one output" in broken(PLANE, **{"W₂": (3, 8), "b₂": (3,)})[1]
    assert "for classes" in broken(numbers)[1]


def test_torch_says_it_as_it_is_told_here() -> None:
    torch = pytest.importorskip("torch")
    X, W, b = torch.zeros(250, 3), torch.zeros(8, 5), torch.zeros(7)
    cases = (
        (lambda: X @ W.T, broken(PLANE, **{"W₁": (8, 5)})),
        (lambda: torch.zeros(250, 8) + b, broken(PLANE, **{"b₁": (7,)})),
        (
            lambda: torch.nn.functional.cross_entropy(torch.zeros(1, 10), torch.tensor([10])),
            broken(DIGITS, **{CLASSES: (11,)}),
        ),
    )
    for do, told in cases:
        with pytest.raises((RuntimeError, IndexError)) as error:
            do()
        assert f"{type(error.value).__name__}: {error.value}" == told[3]


def test_shapes_are_typed_as_one_writes_them() -> None:
    for text in ("8, 2", "(8×2)", "8 x 2", "[8, 2]"):
        assert parse_shape(text, (3, 3)) == (8, 2)
    assert parse_shape("5, n", (2, N)) == (5, N)
    assert parse_shape("7", (8,)) == (7,)
    for text, usual in (("8", (3, 3)), ("0, 2", (3, 3)), ("a, 2", (3, 3)), ("5, 5", (2, N)), ("N", (8,)), ("", (8,))):
        with pytest.raises(InvalidValue):
            parse_shape(text, usual)
    assert [shape_text(shape) for shape in ((8, N), (8,), (N,), ())] == ["(8×N)", "(8×1)", "(N)", "one number"]
    assert shape_text((8, N), 250) == "(8×250)"
