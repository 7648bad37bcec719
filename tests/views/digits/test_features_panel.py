"""The four views of what neurons look for: what they draw, what lies under the mouse, and what a click asks for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.ideal import SMOOTHINGS, STEPS, Climb, climb, noise
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.feature_look import FeatureLook, FeatureObserver, FeatureQuestion, FeatureWish
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network
from mlp_playground.views.digits.feature_words import short
from mlp_playground.views.digits.features_panel import VIEWS, FeaturesPanel
from mlp_playground.views.digits.film_picture import StripPlaces
from mlp_playground.views.digits.ideal_view import climb_words
from mlp_playground.views.digits.neuron_card import Card, CardPlaces

SIZE = 760, 240
CELL = 0, 2


@pytest.fixture(scope="module")
def digits() -> Snapshot:
    trainer = Trainer(DIGITS_DEFAULT.changed("network", hidden=(9, 4), activations=("relu", "tanh")))
    for _ in range(40):
        trainer.step()
    trainer.network.blocks[0][8, -1] = -1e3  # a dead neuron
    return observe(trainer, Look(), exact=False)


@pytest.fixture
def panel(qtbot: QtBot) -> FeaturesPanel:
    panel = FeaturesPanel()
    qtbot.addWidget(panel)
    panel.resize(*SIZE)
    panel.show()
    return panel


def look_of(snapshot: Snapshot, view: str) -> FeatureLook:
    return FeatureObserver().look(FeatureQuestion(snapshot, VIEWS[view].parts, CELL))


def shown(panel: FeaturesPanel, snapshot: Snapshot, view: str) -> FeatureLook:
    """The panel with a view of a moment."""
    panel.segments.buttons[view].click()
    panel.show_reason(VIEWS[view].missing(snapshot))
    look = look_of(snapshot, view)
    panel.show_look(snapshot, look, CELL)
    QApplication.processEvents()
    return look


def click(qtbot: QtBot, widget: object, place: QPointF) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_the_gallery_tells_of_a_neuron_and_chooses_it(panel: FeaturesPanel, digits: Snapshot, qtbot: QtBot) -> None:
    chosen: list[tuple[int, int]] = []
    told: list[str] = []
    panel.cell_chosen.connect(chosen.append)
    panel.pointed_at.connect(told.append)
    look = shown(panel, digits, "looks")
    view = panel.looks.gallery.view
    assert look.order is not None
    assert look.answers is not None
    for neuron in (int(look.order[0]), 8):
        place = view.place_of(neuron).center()
        qtbot.mouseMove(view, place.toPoint())
        assert told[-1].startswith(f"Neuron {neuron + 1} · √Σw² = {np.linalg.norm(look.weights.images[neuron]):.2f}")
        click(qtbot, view, place)
        assert chosen[-1] == (0, neuron)
    assert told[-1].endswith("dead: 0 for every test digit")
    best = int(look.answers[0].favourite[CELL[1]])
    assert f"answers {best} most" in view.shown.words(CELL[1])
    panel.looks.gallery.show_selected(int(look.order[0]))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert chosen[-1] == (0, int(look.order[1]))
    sorting: list[str] = []
    panel.looks.sorting_chosen.connect(sorting.append)
    panel.looks.sorting.setCurrentIndex(2)
    panel.looks.sorting.activated.emit(2)
    assert sorting == ["likeness"]


def test_in_an_order_by_class_each_class_is_named_and_dead_neurons_are_crossed(
    panel: FeaturesPanel, digits: Snapshot
) -> None:
    panel.looks.sorting.show_data("class")
    panel.segments.buttons["looks"].click()
    panel.show_reason("")
    look = FeatureObserver().look(FeatureQuestion(digits, VIEWS["looks"].parts, CELL, FeatureWish("class")))
    panel.show_look(digits, look, CELL)
    shown = panel.looks.gallery.view.shown
    assert shown is not None
    assert look.answers is not None
    assert look.order is not None
    before: set[int] = set()
    for neuron in look.order.tolist():
        k = int(look.answers[0].favourite[neuron])
        assert (neuron in shown.badges) == (k not in before)
        before.add(k)
    assert "–" in shown.badges.values(), "the dead answer nobody"
    view = panel.looks.gallery.view
    crossed = view.grab().toImage()
    view.show_weights(replace(shown, answers=None))
    corner = view.place_of(8).bottomRight().toPoint() - QPoint(6, 6)
    assert crossed.pixelColor(corner) != view.grab().toImage().pixelColor(corner)


@pytest.mark.parametrize("height", [180, 300, 600])
def test_a_cards_digits_grow_with_it_and_stay_within(digits: Snapshot, height: int) -> None:
    look = look_of(digits, "ideal")
    assert look.excited is not None
    card = Card("Neuron", ("", ""), None, look.excited, digits.data)
    area = QRectF(0, 0, 280, height)
    places = CardPlaces(area, card)
    assert len(places.digits) == 9
    assert all(area.contains(place) for place in places.digits)
    assert all(not one.intersects(other) for one, other in pairwise(places.digits))
    assert places.caption.top() > places.bars.bottom()
    assert places.digits[0].width() > {180: 25, 300: 25, 600: 50}[height]


def test_all_pictures_have_one_scale_or_each_its_own(panel: FeaturesPanel, digits: Snapshot) -> None:
    look = shown(panel, digits, "looks")
    assert look.weights is not None
    assert panel.looks.scale == look.weights.scale
    one = panel.looks.gallery.grab().toImage()
    panel.looks.own.setChecked(True)
    assert panel.looks.scale is None
    assert panel.looks.gallery.grab().toImage() != one
    assert panel.looks.gallery.view.shown.own


def test_the_card_shows_what_excites_the_neuron_and_hands_a_digit_on(
    panel: FeaturesPanel, digits: Snapshot, qtbot: QtBot
) -> None:
    look = shown(panel, digits, "looks")
    card, samples = panel.looks.card, list[int]()
    panel.sample_chosen.connect(samples.append)
    assert card.card is not None
    assert look.excited is not None
    assert card.card.name == "Layer 1 · neuron 3"
    places = CardPlaces(QRectF(card.rect()), card.card)
    click(qtbot, card, places.digits[1].center())
    assert samples == [int(look.excited.index[1])]
    click(qtbot, card, places.digits[2].bottomRight() + QPointF(1, 8))
    assert samples[1:] == [int(look.excited.index[2])], "its number counts, too"
    index = int(look.excited.index[0])
    words = card.words_at(*places.digits[0].center().toTuple())
    assert words.startswith(f"test digit number {index + 1}, a {int(digits.data.test.y[index])}: sum z = ")
    assert card.words_at(*places.bar(4, 10).center().toTuple()).startswith("mean answer to 4: ")
    assert card.rect().contains(places.digits[8].toRect())


def test_an_ideal_picture_is_compared_with_the_best_digit_in_honest_words(
    panel: FeaturesPanel, digits: Snapshot, qtbot: QtBot
) -> None:
    look = shown(panel, digits, "ideal")
    network = Network(digits.architecture, digits.theta)
    start = noise(network, CELL, (28, 28), np.random.default_rng(1))
    end = climb(network, start, CELL, SMOOTHINGS["some"], STEPS)
    panel.ideal.show_climb(end, stopped=False)
    assert look.excited is not None
    best = float(look.excited.z[0])
    assert end.z > best
    assert panel.ideal.words.text() == (
        f"Its sum is {end.z:.2f}: more than any of the 1\u202f000 test digits reaches (at most {best:.2f})."
    )
    assert not panel.ideal.stop.isEnabled(), "there is nothing to stop any more"
    worse = Climb(end.x, best - 1, STEPS)
    assert "a real digit excites it more" in climb_words(worse, best, 1000, "test digit")
    assert "so far" in climb_words(Climb(end.x, best - 1, 1), best, 1000, "test digit")
    assert "No way up" in climb_words(Climb(end.x, 0.0, flat=True), best, 1000, "test digit")
    chosen: list[tuple[int, int]] = []
    panel.cell_chosen.connect(chosen.append)
    panel.ideal.cell.after.click()
    panel.ideal.cell.layer.activated.emit(2)
    assert chosen == [(0, 3), (2, 0)]
    stops: list[bool] = []
    panel.ideal.stop_wanted.connect(stops.append)
    panel.ideal.show_climb(start, stopped=False)
    panel.ideal.stop.click()
    panel.ideal.show_climb(start, stopped=True)
    panel.ideal.stop.click()
    assert stops == [True, False]


def test_a_film_goes_from_the_first_moment_to_the_last_and_a_neuron_can_be_swapped(
    panel: FeaturesPanel, digits: Snapshot, qtbot: QtBot
) -> None:
    look = shown(panel, digits, "film")
    film, wanted = panel.film, list[tuple[int, ...]]()
    film.filmed_chosen.connect(wanted.append)
    assert look.film is not None
    last = len(look.moments) - 1
    assert film.slider.value() == last
    assert film.when.text().startswith(f"epoch {40 / 63:.2f}")
    film.toggle_play()
    qtbot.waitUntil(lambda: 0 < film.slider.value() < last)
    film.toggle_play()
    places = StripPlaces(QRectF(film.sheet.rect()).adjusted(2, 2, -2, 0), film.strip)
    assert (places.columns[0], places.columns[-1]) == (0, last)
    assert list(places.columns) == sorted(set(places.columns))
    click(qtbot, film.sheet, places.tile(3, 0).center())
    assert film.slider.value() == 0
    panel.show_look(digits, look, CELL)
    assert film.slider.value() == 0, "who looks at another moment stays there"
    back = replace(digits, at=look.moments[5], steps=look.moments[5].steps)
    panel.show_look(back, look, CELL)
    assert film.slider.value() == 5, "the run is looked at as it was then"
    panel.show_look(digits, look, CELL)
    assert film.slider.value() == last
    film.slider.setValue(6)
    fewer = replace(look, moments=look.moments[::2], film=replace(look.film, levels=look.film.levels[:, ::2].copy()))
    panel.show_look(digits, fewer, CELL)
    assert film.slider.value() == 3, "it is the same moment"
    panel.show_look(digits, look, CELL)
    film.slider.setValue(0)
    other = next(k for k in range(9) if k not in look.film.neurons)
    click(qtbot, film.gallery.view, film.gallery.view.place_of(other).center())
    filmed = list(look.film.neurons)
    filmed[3] = other
    assert wanted == [tuple(filmed)]


def test_who_answers_is_told_of_layers_classes_and_neurons(
    panel: FeaturesPanel, digits: Snapshot, qtbot: QtBot
) -> None:
    look = shown(panel, digits, "answers")
    view, chosen = panel.answers, list[tuple[int, int]]()
    panel.cell_chosen.connect(chosen.append)
    assert look.answers is not None
    first, second = look.answers
    assert view.sheet is not None
    table, (outer, places) = view.sheet.table, view.places()
    column = 4
    here = QPointF(places.column(column).center().x(), places.line(places.matrix, 7).center().y())
    neuron = int(table.order[column])
    share = round(100 * float(first.on_by_class[neuron, 7]))
    assert view.words_at(*here.toTuple()).startswith(
        f"Neuron {neuron + 1}: on for {share}\u202f% of the samples of class 7"
    )
    before = view.grab().toImage()
    qtbot.mouseMove(view, here.toPoint())
    assert outer.card is not None
    assert view.grab(outer.card.toRect()).toImage() != before.copy(outer.card.toRect()), "a little more is told of it"
    click(qtbot, view, here)
    assert chosen == [(0, neuron)]
    dead = [str(n + 1) for n in np.flatnonzero(first.dead)]
    assert "9" in dead
    assert f"dead: {', '.join(dead)}" in view.words_at(20, 10)
    assert f"{len(dead)} dead ({round(100 * len(dead) / 9)}\u202f%)" in view.words_at(20, 10)
    k = int(first.favourite[neuron])
    beside = QPointF(places.on.center().x(), places.line(places.on, k).center().y())
    on = round(100 * float(first.sparsity[k]))
    assert view.words_at(*beside.toTuple()).startswith(f"{k}: on average {on}\u202f% of the neurons are on")
    assert f"best of all {1 + max(np.flatnonzero(first.favourite == k), key=lambda n: first.told_apart[n])}" in (
        view.words_at(*beside.toTuple())
    )
    click(qtbot, view, beside)
    assert chosen[-1][1] == min(np.flatnonzero(first.favourite == k), key=lambda n: -first.told_apart[n])
    click(qtbot, view, outer.layers[1].center())
    assert view.sheet.table.layer is second
    assert "sleepy" not in view.words_at(*outer.layers[1].center().toTuple()), "tanh knows no rest"


def test_what_is_missing_is_said(panel: FeaturesPanel) -> None:
    toy = observe(Trainer(ExperimentConfig()), Look(resolution=64))
    for name in ("looks", "ideal", "film"):
        panel.segments.buttons[name].click()
        panel.show_reason(VIEWS[name].missing(toy))
        assert "MNIST" in panel.reason.text()
        assert panel.reason.isVisible()
    flat = observe(Trainer(DIGITS_DEFAULT.changed("network", hidden=(), activations=())), Look(), exact=False)
    assert "no hidden layer" in VIEWS["answers"].missing(flat)
    shown(panel, flat, "film")
    film = panel.film.strip
    assert film is not None
    assert film.names == tuple(str(k) for k in film.film.neurons), "outputs have the names of their classes"
    look = shown(panel, flat, "looks")
    assert look.weights is not None
    assert look.weights.are_classes
    assert panel.looks.gallery.view.shown.words(7).startswith("Output for 7 · ")
    shown(panel, toy, "answers")
    assert panel.answers.isVisible()


def test_a_run_that_diverged_can_be_looked_at(panel: FeaturesPanel, digits: Snapshot) -> None:
    theta = digits.theta.copy()
    theta[::3], theta[1::3] = np.nan, np.inf
    broken = replace(digits, theta=theta, present=replace(digits.present, theta=theta))
    for name in VIEWS:
        shown(panel, broken, name)
        panel.grab()
    network = Network(broken.architecture, broken.theta)
    end = climb(network, noise(network, CELL, (28, 28), np.random.default_rng(1)), CELL, SMOOTHINGS["some"], 3)
    panel.ideal.show_climb(end, stopped=False)
    panel.segments.buttons["ideal"].click()
    panel.show_reason("")
    panel.grab()
    assert "No way up" in panel.ideal.words.text()


def test_toy_points_and_numbers_have_rows_of_their_own(panel: FeaturesPanel) -> None:
    config = ExperimentConfig().changed("network", hidden=(3,), activations=("relu",))
    for data, rows in (("circle", ("orange", "blue")), ("sine", ("all",))):
        snapshot = observe(Trainer(config.changed("data", name=data)), Look(resolution=64))
        shown(panel, snapshot, "answers")
        assert panel.answers.sheet is not None
        table = panel.answers.sheet.table
        assert table.rows == rows
        assert table.on == pytest.approx([float(np.mean(shares)) for shares in table.shares])
        panel.grab()
        _, places = panel.answers.places()
        assert panel.answers.words_at(places.on.center().x(), places.on.top() + 2)


def test_a_small_number_is_not_written_as_none() -> None:
    said = [short(value) for value in (0.0042, -0.0001, 0.00004, 0.25, -2.345, 31.26, np.nan)]
    assert said == ["0.004", "−0.0001", "0.00", "0.25", "−2.35", "31.3", "–"]
