"""Two moments compared: the plain difference, by hand."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.difference import difference
from mlp_playground.analysis.field import ClassMap, Field, Map


def field(answer: Map | ClassMap) -> Field:
    return Field("bits", answer, (np.eye(2),), (), np.zeros((1, 1, 1), np.uint8))


def plain(*values: float) -> Map:
    return Map(np.array([values], np.float32), 1.0)


def classes(*columns: tuple[float, ...]) -> ClassMap:
    P = np.array(columns, np.float32).T[:, None]
    return ClassMap(P.argmax(axis=0).astype(np.uint8), P.max(axis=0), P)


def test_of_numbers_it_is_the_plain_difference() -> None:
    now = field(plain(-1.0, 1.0, 0.25))
    found = difference(field(plain(1.0, 0.5, np.inf)), now)
    assert found is not None
    assert found.map.values.tolist() == [[2.0, -0.5, np.inf]]
    assert found.map.scale == 2.0, "two answers within ±1 differ by 2 at most"
    assert found.map.levels().tolist() == [[255, 96, 255]]
    assert found.other is now.answer
    assert found.boundary is now.boundary


def test_of_classes_it_is_how_much_surer_it_is_of_its_own_answer() -> None:
    then = field(classes((0.7, 0.2, 0.1), (0.2, 0.5, 0.3), (0.1, 0.1, 0.8)))
    now = field(classes((0.9, 0.1, 0.0), (0.6, 0.1, 0.3), (0.1, 0.1, 0.8)))
    found = difference(then, now)
    assert found is not None
    assert np.allclose(found.map.values, [[-0.2, 0.4, 0.0]])
    assert found.map.scale == 1.0
    # a class that there was not yet got nothing
    before = difference(then, field(classes((1.0, 0.0), (0.5, 0.5), (0.5, 0.5))))
    assert before is not None
    assert np.allclose(before.map.values, [[-0.3, 0.0, 0.8]])


def test_answers_of_another_kind_have_no_difference() -> None:
    assert difference(field(plain(1.0)), field(classes((0.5, 0.5)))) is None
    assert difference(field(classes((0.5, 0.5))), field(plain(1.0))) is None
