"""What is asked about one digit, and what comes of it with the shipped sample."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.analysis.digit_journey import Wish
from mlp_playground.data.centring import as_mnist
from mlp_playground.data.pen import PenStroke
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.digit_look import (
    DigitObserver,
    Drawn,
    Given,
    MisreadQuestion,
    Mixed,
    misread_by,
    question_about,
)
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer

STROKES = (PenStroke(((0.4, 0.1, 0.04), (0.6, 0.9, 0.04))),)


def snapshot_of(config: ExperimentConfig) -> Snapshot:
    return observe(Trainer(config), Look(resolution=64), exact=False)


@pytest.fixture(scope="module")
def moment() -> Snapshot:
    return snapshot_of(DIGITS_DEFAULT.changed("network", hidden=(12, 9), activations=("relu", "tanh")))


def test_a_given_digit_goes_through_as_it_is_and_a_drawn_one_as_mnist_would_have_it(moment: Snapshot) -> None:
    x = moment.data.test.X[:, 3]
    for source, expected in ((Given(x), x.reshape(28, 28)), (Drawn(STROKES), as_mnist(STROKES))):
        question = question_about(moment, source, Wish())
        assert question is not None
        look = DigitObserver().observe(question)
        assert np.array_equal(look.pixels, expected)
        assert look.journey is not None
        assert look.morph is None
        assert not look.pixels.flags.writeable


def test_a_drawn_digit_is_straightened_where_the_data_are() -> None:
    moment = snapshot_of(DIGITS_DEFAULT.changed("data", deskew=True).changed("network", hidden=(), activations=()))
    question = question_about(moment, Drawn(STROKES), Wish())
    assert question is not None
    assert np.array_equal(DigitObserver().observe(question).pixels, as_mnist(STROKES, deskewed=True))


def test_blank_paper_has_no_journey(moment: Snapshot) -> None:
    question = question_about(moment, Drawn(()), Wish())
    assert question is not None
    assert DigitObserver().observe(question).journey is None


def test_a_mixed_digit_comes_with_the_whole_way(moment: Snapshot) -> None:
    a, b = moment.data.test.X[:, 0], moment.data.test.X[:, 1]
    for start, first in ((Given(a), a), (Drawn(STROKES), as_mnist(STROKES).reshape(-1))):
        question = question_about(moment, Mixed(start, Given(b), 0.25), Wish())
        assert question is not None
        look = DigitObserver().observe(question)
        assert look.pixels.reshape(-1) == pytest.approx(0.75 * first + 0.25 * b, abs=1e-6)
        assert look.morph is not None
        assert look.journey is not None
        assert look.morph.probabilities[:, 32] == pytest.approx(look.journey.probabilities, abs=1e-5)


def test_while_it_learns_or_somebody_draws_neurons_keep_their_places(moment: Snapshot) -> None:
    calm = question_about(moment, Drawn(STROKES), Wish())
    running = replace(moment, state=RunState.RUNNING)
    assert calm is not None
    assert not calm.quickly
    assert question_about(running, Drawn(STROKES), Wish()).quickly  # type: ignore[union-attr]
    assert question_about(moment, Drawn(STROKES), Wish(), drawing=True).quickly  # type: ignore[union-attr]
    places = ((3, 5, 1), ())
    observer = DigitObserver(places)
    quick = observer.observe(replace(calm, quickly=True)).journey
    assert quick is not None
    assert quick.strongest[0][:3] == (3, 5, 1)
    slow = observer.observe(calm).journey
    assert slow is not None
    shares = np.abs(slow.evidence.shares[1][list(slow.strongest[0])])
    assert (np.diff(shares) <= 0).all()


def test_other_data_have_no_such_question(moment: Snapshot) -> None:
    plane = snapshot_of(ExperimentConfig())
    assert question_about(plane, Drawn(STROKES), Wish()) is None
    assert question_about(moment, Given(np.zeros(5, np.float32)), Wish()) is None


def test_misread_are_the_test_digits_with_another_answer_than_the_truth(moment: Snapshot) -> None:
    found = misread_by(MisreadQuestion(moment.architecture, moment.theta, moment.data))
    test, (W, V, U), (b, c, d) = moment.data.test, *_parts(moment)
    for i in (0, 17, 999):
        z = U @ np.tanh(V @ np.maximum(W @ test.X[:, i] + b, 0) + c) + d
        assert found.answers[i] == z.argmax()
        assert (i in found.wrong) == (z.argmax() != test.y[i])
    assert len(found.answers) == len(test)
    assert moment.metrics.test_accuracy is None or len(found.wrong) == round(1000 * (1 - moment.metrics.test_accuracy))


def _parts(moment: Snapshot) -> tuple[list[np.ndarray], list[np.ndarray]]:
    W, b, start = [], [], 0
    for n_in, n_out in ((784, 12), (12, 9), (9, 10)):
        block = moment.theta[start : start + n_out * (n_in + 1)].reshape(n_out, n_in + 1).astype(float)
        W.append(block[:, :-1])
        b.append(block[:, -1])
        start += block.size
    return W, b
