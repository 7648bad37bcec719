"""What a snapshot gives to look at its neurons: the parts that were asked for, over the run as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.analysis.answers import observe_answers
from mlp_playground.analysis.excitement import members_of, most_excited
from mlp_playground.analysis.weights import spread, weights_of
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.edits import set_width
from mlp_playground.experiment.feature_look import FeatureObserver, FeatureQuestion, FeatureWish, Part, moments_of
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network

DIGITS = DIGITS_DEFAULT.changed("network", hidden=(10,), activations=("relu",))
ALL = Part.WEIGHTS | Part.ANSWERS | Part.EXCITED | Part.FILM


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    trainer = Trainer(DIGITS)
    for _ in range(30):
        trainer.step()
    return trainer


@pytest.fixture
def snapshot(trainer: Trainer) -> Snapshot:
    return observe(trainer, Look(), exact=False)


def test_each_part_is_what_the_analysis_says_of_all_test_digits(snapshot: Snapshot) -> None:
    look = FeatureObserver().look(FeatureQuestion(snapshot, ALL, (0, 3), FeatureWish("number")))
    network = Network(snapshot.architecture, snapshot.theta)
    X, members = snapshot.data.test.X, members_of(snapshot.data.test.y, 10)
    assert look.answers is not None
    assert (look.answers[0].on == observe_answers(network, X, members)[0].on).all()
    assert look.excited is not None
    assert (look.excited.index == most_excited(network, X, (0, 3), members).index).all()
    assert look.weights is not None
    assert (look.weights.levels == weights_of(network, (28, 28)).levels).all()
    assert look.order is not None
    assert look.order.tolist() == list(range(10))
    assert look.film is not None
    assert look.film.neurons == spread(network.W[0], 6)
    assert look.film.levels.shape == (6, len(look.moments), 28, 28)
    assert (look.moments[0].steps, look.moments[-1].steps) == (0, 30)
    for part, there in (
        (Part.WEIGHTS, (True, False, False, False)),
        (Part.ANSWERS, (False, True, False, False)),
        (Part.EXCITED, (False, False, True, False)),
        (Part.FILM, (True, False, False, True)),
    ):
        look = FeatureObserver().look(FeatureQuestion(snapshot, part))
        parts = look.weights, look.answers, look.excited, look.film
        assert tuple(each is not None for each in parts) == there


def test_points_have_answers_but_no_pictures() -> None:
    config = ExperimentConfig().changed("network", hidden=(3,), activations=("relu",))
    toy = observe(Trainer(config), Look(resolution=64))
    look = FeatureObserver().look(FeatureQuestion(toy, ALL))
    assert look.weights is None
    assert look.film is None
    assert look.answers is not None
    assert look.answers[0].means.shape == (3, 2)
    wave = observe(Trainer(config.changed("data", name="sine")), Look(resolution=64))
    look = FeatureObserver().look(FeatureQuestion(wave, Part.ANSWERS))
    assert look.answers is not None
    assert look.answers[0].means.shape == (3, 0), "numbers are no classes"


def test_neurons_keep_their_places_while_the_run_trains(trainer: Trainer, snapshot: Snapshot) -> None:
    observer, running = FeatureObserver(), replace(snapshot, state=RunState.RUNNING)
    first = observer.look(FeatureQuestion(running, Part.WEIGHTS)).order
    theta = running.theta[::-1].copy()
    turned = replace(running, theta=theta, present=replace(running.present, theta=theta))
    assert (observer.look(FeatureQuestion(turned, Part.WEIGHTS)).order == first).all()
    films = [observer.look(FeatureQuestion(each, Part.FILM)).film for each in (running, turned)]
    assert films[0] is not None
    assert films[1] is not None
    assert films[0].neurons == films[1].neurons
    rests = observer.look(FeatureQuestion(replace(turned, state=RunState.PAUSED), Part.WEIGHTS)).order
    assert (rests != first).any()
    for moment in (running, turned):
        look = observer.look(FeatureQuestion(moment, Part.ANSWERS))
        assert look.answers is not None
        if moment is running:
            columns = look.columns
            assert (columns[0] == look.answers[0].order).all()
    assert (look.columns[0] == columns[0]).all()
    assert (look.columns[0] != look.answers[0].order).any()
    by_number = observer.look(FeatureQuestion(running, Part.WEIGHTS, wish=FeatureWish("number"))).order
    assert by_number is not None
    assert by_number.tolist() == list(range(10)), "another order that somebody asks for comes at once"


def test_what_was_learned_is_counted_from_the_first_moment(snapshot: Snapshot) -> None:
    look = FeatureObserver().look(FeatureQuestion(snapshot, Part.FILM, wish=FeatureWish(learned=True)))
    start = Network(snapshot.architecture, snapshot.past.frames[0].theta)
    assert look.weights is not None
    wanted = Network(snapshot.architecture, snapshot.theta).W[0] - start.W[0]
    assert look.weights.images.reshape(10, -1) == pytest.approx(wanted)
    assert look.film is not None
    assert (look.film.levels[:, 0] == 128).all()


def test_the_past_is_seen_as_the_present_is(trainer: Trainer, snapshot: Snapshot) -> None:
    then = observe(trainer, Look(at=snapshot.past.frames[0]), exact=False)
    looks = [FeatureObserver().look(FeatureQuestion(each, Part.WEIGHTS)) for each in (snapshot, then)]
    now, before = looks
    assert now.weights is not None
    assert before.weights is not None
    assert now.weights.scale == before.weights.scale
    assert now.order is not None
    assert before.order is not None
    assert now.order.tolist() == before.order.tolist()
    by_class = FeatureWish("class")
    columns = [
        FeatureObserver().look(FeatureQuestion(each, Part.ANSWERS | Part.WEIGHTS, wish=by_class))
        for each in (snapshot, then)
    ]
    assert columns[0].columns[0].tolist() == columns[1].columns[0].tolist()
    assert columns[0].order is not None
    assert columns[1].order is not None
    assert columns[0].order.tolist() == columns[1].order.tolist() == columns[0].columns[0].tolist()
    assert columns[1].answers is not None
    network = Network(snapshot.architecture, snapshot.past.frames[0].theta)
    wanted = observe_answers(network, snapshot.data.test.X, members_of(snapshot.data.test.y, 10))[0]
    assert (columns[1].answers[0].on == wanted.on).all(), "the numbers are those of then"
    first = Network(snapshot.architecture, snapshot.past.frames[0].theta).W[0]
    assert before.weights.images.reshape(10, -1) == pytest.approx(first)


def test_a_film_begins_where_the_first_layer_got_its_neurons() -> None:
    trainer = Trainer(DIGITS)
    for _ in range(5):
        trainer.step()
    edit = set_width(DIGITS, 0, 7)
    trainer.adopt(edit.config, edit.lineage)
    for _ in range(4):
        trainer.step()
    snapshot = observe(trainer, Look(), exact=False)
    moments = moments_of(snapshot)
    assert (moments[0].steps, moments[-1].steps) == (5, 9)
    assert all(frame.architecture.widths[1] == 7 for frame in moments)
    assert len(moments_of(snapshot, 3)) == 3
    before = observe(trainer, Look(at=snapshot.past.frames[0]), exact=False)
    look = FeatureObserver().look(FeatureQuestion(before, Part.FILM, wish=FeatureWish(filmed=(9,), learned=True)))
    assert look.film is not None
    assert max(look.film.neurons) < 7, "there is no tenth neuron any more"
    assert look.weights is not None
    assert np.isfinite(look.weights.images).all()
    assert look.weights.images.shape[0] == 10
    assert not look.weights.are_learned, "the moment looked at had other neurons"
