"""The features panel in the window: asked only while it is seen, an ideal picture that forms, and neurons chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlp_playground.app import ideal as ideal_picture
from mlp_playground.app.inside_features import InsideFeatures
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.feature_look import FeatureLook, FeatureQuestion
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.experiment.worker import Answer
from tests.app.conftest import User

DIGITS = DIGITS_DEFAULT.changed("network", hidden=(12, 6), activations=("relu", "relu"))
A_BEAT = 10
"""Steps with each beat: faster than before a reader."""
Answers = list[Answer[FeatureQuestion, FeatureLook]]


def opened(user: User) -> tuple[InsideFeatures, Answers]:
    """The panel, as soon as it is seen, and all that is found out for it."""
    user.choose("Features")
    user.until(lambda: "features" in user.window.drawer.makers)
    features = user.window.drawer.makers["features"]
    assert isinstance(features, InsideFeatures)
    answers: Answers = []
    features.explainer.answered.connect(answers.append)
    return features, answers


def test_the_gallery_follows_the_run_while_it_is_seen(use: Callable[..., User], qtbot: QtBot) -> None:
    user = use(DIGITS)
    features, answers = opened(user)
    view = features.panel.looks.gallery.view
    user.until(lambda: view.shown is not None)
    user.play(5)
    user.until(lambda: len(answers) > 2)
    user.pause()
    user.until(lambda: answers[-1].question.snapshot is user.latest)
    shown = view.shown
    assert shown is not None
    assert np.array_equal(shown.weights.images.reshape(12, -1), user.latest.theta[: 12 * 785].reshape(12, 785)[:, :-1])
    neuron = int(shown.order[3])
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(neuron).center().toPoint())
    assert user.window.inspected.cell == (1, neuron)
    user.until(lambda: features.panel.looks.card.card.name == f"Layer 1 · neuron {neuron + 1}")
    card = features.panel.looks.card.card
    features.panel.sample_chosen.emit(int(card.excited.index[0]))
    assert np.array_equal(user.window.inspected.example.x, user.latest.data.test.X[:, card.excited.index[0]])
    user.until(lambda: user.window.output.digits.follows_one)
    user.window.controller.set_width(0, 8)
    user.until(lambda: view.shown is not None and len(view.shown.order) == 8)
    asked = answers[-1].question
    learning = replace(asked, snapshot=replace(asked.snapshot, state=RunState.RUNNING))
    due = [features._is_due(each) for each in (asked, learning, learning, replace(learning, cell=(0, 1)), asked)]
    assert due == [True, False, False, True, True], "while it learns the same things are shown at a slow rate"
    user.window.drawer.toggle("features")
    qtbot.wait(50)
    answers.clear()
    user.click(user.window.transport.step)
    user.settled()
    qtbot.wait(100)
    assert answers == [], "nobody looks"


def test_an_ideal_picture_forms_and_excites_more_than_any_digit(
    use: Callable[..., User], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ideal_picture, "A_BEAT", A_BEAT)
    user = use(DIGITS)
    for _ in range(3):
        user.click(user.window.transport.epoch)
        user.settled()
    features, answers = opened(user)
    user.window.inspected.choose((3, 7))
    features.panel.segments.buttons["ideal"].click()
    ideal, view = features.ideal, features.panel.ideal
    user.until(lambda: ideal.climb is not None and 0 < ideal.climb.step < 200)
    view.stop.click()
    qtbot.wait(60)
    step = ideal.climb.step
    qtbot.wait(100)
    assert ideal.climb.step <= step + A_BEAT, "it was stopped"
    view.stop.click()
    user.until(lambda: ideal.climb.is_done)
    user.until(lambda: answers and answers[-1].value.excited is not None and answers[-1].question.cell == (2, 7))
    best = float(answers[-1].value.excited.z[0])
    assert ideal.climb.z > best
    assert "more than any" in view.words.text()
    first = ideal.climb.x.copy()
    view.noise.click()
    user.until(lambda: ideal.climb is not None and ideal.climb.step < 200)
    user.until(lambda: ideal.climb.is_done)
    assert not np.array_equal(ideal.climb.x, first)
    step = ideal.climb.step
    user.click(user.window.transport.epoch)
    user.settled()
    user.until(lambda: ideal.climb.step >= step + ideal_picture.FOLLOWING)
    step = ideal.climb.step
    qtbot.wait(200)
    assert ideal.climb.step <= step + A_BEAT, "the picture follows what the network learned, and rests with it"


def test_a_film_has_more_moments_as_the_run_goes_on_and_other_neurons_on_demand(use: Callable[..., User]) -> None:
    user = use(DIGITS)
    features, _ = opened(user)
    features.panel.segments.buttons["film"].click()
    film = features.panel.film
    user.until(lambda: film.strip is not None)
    assert len(film.strip.moments) == 1
    assert not film.play.isEnabled()
    user.click(user.window.transport.epoch)
    user.until(lambda: len(film.strip.moments) > 10)
    assert len(film.strip.film.neurons) == 6
    film.filmed_chosen.emit((3, 1))
    user.until(lambda: film.strip.film.neurons == (3, 1))
    features.panel.learned.setChecked(True)
    user.until(lambda: not np.any(film.strip.film.levels[:, 0] != 128))


def test_other_data_say_what_to_do_and_still_tell_who_answers(use: Callable[..., User]) -> None:
    config = ExperimentConfig().changed("network", hidden=(4,), activations=("relu",))
    user = use(config)
    features, answers = opened(user)
    assert features.panel.view.name == "answers", "the only one that there is for them"
    features.panel.segments.buttons["looks"].click()
    user.until(features.panel.reason.isVisible)
    assert "MNIST" in features.panel.reason.text()
    features.panel.segments.buttons["answers"].click()
    for name, classes in (("circle", 2), ("sine", 0)):
        user.window.controller.choose_data(name)
        user.settled()
        user.until(lambda: answers and answers[-1].question.snapshot is user.latest)
        assert answers[-1].value.answers[0].means.shape == (4, classes)
        assert features.panel.answers.isVisible()
    features.panel.cell_chosen.emit((0, 2))
    assert user.window.inspected.cell == (1, 2)
