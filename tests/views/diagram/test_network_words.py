"""The cards of the diagram: every number on them is checked against the parameters, sliced here by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.views.diagram.network_words import cell_words, link_words, name_of, number, sender_index, weight_of

Take = Callable[..., Snapshot]
NUMBER = re.compile(r"[+−]\d+\.\d{3}")


def config(*hidden: int, data: str = "xor", features: tuple[str, ...] = ("x1", "x2")) -> ExperimentConfig:
    base = DIGITS_DEFAULT if data == "mnist" else ExperimentConfig().changed("data", name=data)
    base = base.changed("data", samples=20).changed(features=features)
    return base.changed("network", hidden=hidden, activations=("tanh",) * len(hidden))


def random_moment(take: Take, of: ExperimentConfig) -> tuple[Snapshot, list[np.ndarray], list[np.ndarray]]:
    """A snapshot with random parameters, and its W and b, layer by layer, cut out of the flat vector."""
    empty = take(of, look=Look(16, digits=2))
    theta = np.random.default_rng(4).normal(0, 2, empty.theta.size).astype(np.float32)
    snapshot = take(of, theta=theta.tolist(), look=Look(16, digits=2))
    W, b, start = [], [], 0
    widths = snapshot.architecture.widths
    for n_in, n_out in pairwise(widths):
        rows = theta[start : start + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        start += rows.size
        W.append(rows[:, :n_in])
        b.append(rows[:, n_in])
    assert start == theta.size
    return snapshot, W, b


def written(value: float) -> str:
    sign = "−" if value < 0 else "+"
    return f"{sign}{abs(value):.3f}"


@pytest.mark.parametrize(
    ("value", "text"), [(0.25, "+0.250"), (-1.5, "−1.500"), (0, "+0.000"), (-12.3456, "−12.346"), (1e3, "+1000.000")]
)
def test_numbers_have_a_sign_and_three_digits(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("of", [config(3, 2), config(2, features=("x2", "sin(x1)")), config(4, 1, 6)], ids=str)
def test_a_neurons_card_has_its_bias_and_all_its_weights(take: Take, of: ExperimentConfig) -> None:
    snapshot, W, b = random_moment(take, of)
    for column in range(1, len(W) + 1):
        for index in range(len(b[column - 1])):
            text = cell_words(snapshot, (column, index))
            numbers = NUMBER.findall(text)
            assert numbers == [written(v) for v in (b[column - 1][index], *W[column - 1][index])]
            assert text.splitlines()[0] == name_of(snapshot, (column, index))
            assert ("\nweight " in text) == (W[column - 1].shape[1] == 1), "one weight is no plural"


def test_weights_have_the_names_of_what_they_come_from(take: Take) -> None:
    snapshot, W, _ = random_moment(take, config(2, 3, features=("x2", "x1*x2")))
    first, second = W[0][1], W[1][2]
    assert f"x₂ {written(first[0])}, x₁x₂ {written(first[1])}" in cell_words(snapshot, (1, 1))
    assert f"neuron 1 {written(second[0])}, neuron 2 {written(second[1])}" in cell_words(snapshot, (2, 2))
    bits, W, _ = random_moment(take, config(2, data="parity"))
    assert f"bit 1 {written(W[0][0, 0])}, bit 2 {written(W[0][0, 1])}" in cell_words(bits, (1, 0))
    line, W, _ = random_moment(take, config(2, data="sine"))
    assert f"weight x {written(W[0][1, 0])}" in cell_words(line, (1, 1))


@pytest.mark.parametrize(
    ("of", "count"),
    [(config(2, features=tuple(FEATURES)), 7), (config(2, data="mnist"), 784)],
    ids=["all features", "pixels"],
)
def test_of_many_weights_the_card_has_the_range(take: Take, of: ExperimentConfig, count: int) -> None:
    snapshot, W, b = random_moment(take, of)
    for index in range(2):
        text = cell_words(snapshot, (1, index))
        w = W[0][index]
        assert f"{count} weights from {written(w.min())} to {written(w.max())}" in text
        assert NUMBER.findall(text)[0] == written(b[0][index])


def test_names_count_from_one_and_outputs_are_called_by_their_class(take: Take) -> None:
    plane = take(config(3, 2), look=Look(16))
    assert name_of(plane, (1, 0)) == "Layer 1 · neuron 1"
    assert name_of(plane, (2, 1)) == "Layer 2 · neuron 2"
    assert name_of(plane, (3, 0)) == "Output"
    assert [name_of(plane, (0, i)) for i in range(7)] == [feature.label for feature in FEATURES.values()]
    digits = take(config(3, data="mnist"), look=Look(16, digits=2))
    assert [name_of(digits, (2, k)) for k in range(10)] == [f"Output {k}" for k in range(10)]
    assert name_of(digits, (0, 0)) == "the pixels"
    assert name_of(take(config(3, data="sine"), look=Look(16)), (0, 0)) == "x"
    assert name_of(take(config(3, data="parity"), look=Look(16)), (0, 2)) == "bit 3"


def test_marks_are_on_the_card(take: Take) -> None:
    of = config(3).changed("network", frozen=((0, 1), (1, 0)), off=((0, 1), (0, 2)))
    snapshot = take(of, look=Look(16))
    cards = {cell: cell_words(snapshot, cell) for cell in ((1, 0), (1, 1), (1, 2), (2, 0))}
    assert [cell for cell, text in cards.items() if "frozen" in text] == [(1, 1), (2, 0)]
    assert [cell for cell, text in cards.items() if "switched off" in text] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("data", "cell", "words"),
    [
        ("xor", (1, 0), "over the plane: blue above 0"),
        ("sine", (1, 0), "along x: blue above 0"),
        ("parity", (1, 0), "for all patterns of bits: blue above 0"),
        ("mnist", (1, 0), "ink on blue excites it, ink on orange inhibits it"),
        ("mnist", (2, 0), "mean activation for the digits 0 to 9"),
    ],
)
def test_a_hidden_neurons_card_says_what_its_picture_shows(
    take: Take, data: str, cell: tuple[int, int], words: str
) -> None:
    snapshot = take(config(3, 2, data=data), look=Look(16, digits=2))
    assert words in cell_words(snapshot, cell)
    assert "picture" not in cell_words(snapshot, (3, 0))


def test_an_inputs_card_says_what_it_is_and_what_a_click_does(take: Take) -> None:
    plane = take(config(2), look=Look(16))
    for index, feature in enumerate(FEATURES.values()):
        text = cell_words(plane, (0, index))
        assert text == f"{feature.label}: {feature.words}.\nClick to switch it {'off' if index < 2 else 'on'}."
    for data, words in (("sine", "number x"), ("parity", "Bit 1, as −1 for 0"), ("mnist", "test digits")):
        text = cell_words(take(config(2, data=data), look=Look(16, digits=2)), (0, 0))
        assert words in text
        assert "lick" not in text


def test_a_links_card_has_its_ends_and_its_weight_also_with_features_off(take: Take) -> None:
    chosen = ("x2", "x1*x2", "sin(x2)")  # cells 1, 4 and 6 of the first column
    snapshot, W, _ = random_moment(take, config(3, 2, features=chosen))
    for place, sender in enumerate((1, 4, 6)):
        for receiver in range(3):
            link = (0, sender, receiver)
            assert sender_index(snapshot, link) == place
            assert weight_of(snapshot, link) == W[0][receiver, place]
            ends, weight = link_words(snapshot, link).splitlines()
            label = list(FEATURES.values())[sender].label
            assert ends == f"{label}  →  Layer 1 · neuron {receiver + 1}"
            assert weight.startswith(f"weight {written(W[0][receiver, place])} ")
    for sender in range(3):
        for receiver in range(2):
            assert weight_of(snapshot, (1, sender, receiver)) == W[1][receiver, sender]
            assert sender_index(snapshot, (1, sender, receiver)) == sender
    assert link_words(snapshot, (2, 1, 0)).startswith("Layer 2 · neuron 2  →  Output\n")


def test_every_card_says_how_its_number_is_changed(take: Take) -> None:
    snapshot = take(config(2), look=Look(16))
    for cell in ((1, 0), (2, 0)):
        assert "double-click" in cell_words(snapshot, cell)
        assert "right-click" in cell_words(snapshot, cell)
    assert "double-click" in link_words(snapshot, (0, 0, 0))
