"""One digit followed in the real window: drawn, picked and mixed, while it learns, looking back, and from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication

from mlp_playground.analysis.digit_journey import Wish, journey
from mlp_playground.app import pictures
from mlp_playground.app.main_window import MainWindow
from mlp_playground.data.centring import as_mnist
from mlp_playground.data.pen import PenStroke
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.still import refined
from mlp_playground.nn.network import Network
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.theme import SPACE

CONFIG = DIGITS_DEFAULT.changed("network", hidden=(12, 9), activations=("relu", "tanh"))
STROKES = (PenStroke(((0.4, 0.1, 0.04), (0.6, 0.9, 0.04))),)
SAMPLE_SIZE = 1000


def shown(window: MainWindow) -> Any:
    return window.output.digits.journey._journey


def expected(window: MainWindow, pixels: np.ndarray, wish: Wish | None = None) -> Any:
    latest = window.clock.latest
    assert latest is not None
    return journey(Network(latest.architecture, latest.theta), pixels, wish)


@pytest.fixture
def user(use: Callable[..., Any]) -> Any:
    return use(CONFIG)


def test_a_drawn_digit_is_read_at_once_and_is_what_all_panels_look_at(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    user.click(panel.buttons["draw"])
    assert shown(window) is None
    pad = panel.draw.pad
    paper = pad.paper
    user.qtbot.mouseClick(
        pad, Qt.MouseButton.LeftButton, pos=(paper.topLeft() + QPointF(0.5, 0.5) * paper.width()).toPoint()
    )
    user.until(lambda: shown(window) is not None)
    pad.show_strokes(STROKES)
    user.until(lambda: np.array_equal(shown(window).pixels, as_mnist(STROKES)))
    assert shown(window).logits == pytest.approx(expected(window, as_mnist(STROKES)).logits)
    example = window.inspected.example
    assert np.array_equal(example.x, as_mnist(STROKES).reshape(-1))
    assert (example.target, example.words) == (None, "the drawn digit")
    pad.clear()
    user.until(lambda: shown(window) is None)
    assert window.inspected.example.words == "the first test sample"


def test_the_output_side_is_copied_as_it_is_seen(user: Any) -> None:
    window, told = user.window, []
    window.pictures.told.connect(told.append)
    user.choose("&Copy picture")
    window.output.digits.follow(3)
    user.choose("&Copy picture")
    assert told == ["Digits copied as a picture", "Journey copied as a picture"]
    assert QGuiApplication.clipboard().image().width() == FIGURES["journey"].size[0]
    QGuiApplication.clipboard().clear()


def test_the_run_waits_while_a_picture_of_it_is_painted(user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window, gate, was_open = user.window, user.window.clock.gate, []
    user.click(window.transport.play)
    user.until(lambda: user.latest.steps > 0)
    user.until(gate.is_set)
    scene, as_image = window.pictures.scene, pictures.as_image
    monkeypatch.setattr(pictures, "refined", lambda *values: (was_open.append(gate.is_set()), refined(*values))[1])
    monkeypatch.setattr(pictures, "as_image", lambda *values: (was_open.append(gate.is_set()), as_image(*values))[1])
    window.pictures.copy_picture()
    assert was_open == [False, False]
    user.until(gate.is_set)
    made = scene(user.latest)
    user.until(gate.is_set)
    window.pictures._copy(made, replace(window.pictures.choice, view="digits"))  # from the dialog
    assert was_open == [False] * 4
    user.until(gate.is_set)
    QGuiApplication.clipboard().clear()


def test_the_way_back_from_a_neuron_hides_nothing_of_the_digits(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    window.inspected.choose((1, 0))
    back = window.output.back
    user.until(back.isVisible)
    place = QRect(back.mapTo(window, QPoint()), back.size())
    below = panel.many.mapTo(window, QPoint()).y()
    assert all(place.left() > each.mapTo(window, each.rect().topRight()).x() for each in panel.buttons.values())
    assert place.bottom() < below + SPACE
    user.click(back)
    user.until(lambda: not back.isVisible())


def test_a_digit_that_is_clicked_among_many_is_followed(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    panel.many.digit_clicked.emit(3)
    test = user.latest.data.test
    user.until(lambda: shown(window) is not None)
    assert panel.mode == "pick"
    assert np.array_equal(shown(window).pixels.reshape(-1), test.X[:, 3])
    assert window.inspected.example.target == test.y[3]
    assert window.inspected.example.words == "test digit 4"
    user.until(lambda: panel.pick.count.text() != "")
    right = user.latest.metrics.test_accuracy
    wrong = round(SAMPLE_SIZE * (1 - right))
    assert panel.pick.count.text() == f"misread: {wrong} of 1\u202f000"
    user.click(panel.buttons["many"])
    assert window.inspected.example.words == "the first test sample"


def test_evidence_is_asked_for_another_class_or_against_the_next(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    panel.follow(0)
    user.until(lambda: shown(window) is not None)
    answer = shown(window).answer
    panel.versus.show_data(True)
    panel.versus.activated.emit(1)
    user.until(lambda: shown(window).versus is not None)
    other = (answer + 3) % 10
    panel.journey.class_clicked.emit(other)
    user.until(lambda: shown(window).of == other)
    assert shown(window).versus == answer
    panel.journey.class_clicked.emit(other)
    user.until(lambda: shown(window).of == answer)
    panel.journey.neuron_clicked.emit(1, 4)
    assert window.inspected.cell == (2, 4)
    assert not window.output.back.isVisible(), "there is no map to go back from"


def test_a_morph_is_looked_at_on_its_way_and_at_its_flip(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    test = user.latest.data.test
    user.play(60)
    user.pause()
    panel.follow(0)
    panel.morph.end_index = int(np.flatnonzero(test.y != test.y[0])[0])
    user.click(panel.buttons["morph"])
    panel.morph.go_to(0.25)
    middle = 0.75 * test.X[:, 0] + 0.25 * test.X[:, panel.morph.end_index]
    user.until(lambda: shown(window) is not None and np.allclose(shown(window).pixels.reshape(-1), middle, atol=1e-6))
    assert window.inspected.example.words == "the mixed digit"
    user.click(panel.morph.to_flip)
    user.until(lambda: not np.allclose(shown(window).pixels.reshape(-1), middle, atol=1e-6))
    first, second = sorted(shown(window).probabilities)[::-1][:2]
    assert first == pytest.approx(second, abs=1e-5)


def test_it_follows_training_and_looking_back(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    panel.draw.pad.show_strokes(STROKES)
    user.click(panel.buttons["draw"])
    user.until(lambda: shown(window) is not None)
    before = shown(window).logits
    user.play(30)
    user.until(lambda: not np.allclose(shown(window).logits, before))
    user.pause()
    user.until(lambda: np.allclose(shown(window).logits, expected(window, as_mnist(STROKES)).logits))
    window.viewing.look_back(user.latest.past.frames[0])
    user.until(lambda: np.allclose(shown(window).logits, before))


def test_the_digit_comes_back_with_the_file(user: Any, use: Callable[..., Any]) -> None:
    panel = user.window.output.digits
    panel.draw.pad.show_strokes(STROKES)
    panel.follow(17)
    panel.show_mode("morph")
    panel.morph.go_to(0.25)
    kept = user.window._view_settings()
    other = use(CONFIG)
    other.window.files.viewed.emit(kept)
    again = other.window.output.digits
    assert again.choice == panel.choice
    assert again.mode == "morph"
    user.until(lambda: shown(user.window) is not None)
    other.until(lambda: shown(other.window) is not None)
    assert np.array_equal(shown(other.window).pixels, shown(user.window).pixels)
    other.window.files.viewed.emit({"digit_picked": 10**9})
    assert again.pick.index == SAMPLE_SIZE - 1


def test_data_of_another_kind_show_no_digit_and_it_is_there_again_after_undo(user: Any) -> None:
    window, panel = user.window, user.window.output.digits
    panel.follow(2)
    user.until(lambda: shown(window) is not None)
    assert not window.output._side.isVisible()
    others = window.menus.actions["New &points"]
    assert not others.isEnabled()
    assert "written by people" in others.toolTip()
    window.controller.choose_data("circle")
    user.settled()
    assert window.output._side.isVisible()
    assert others.isEnabled()
    user.undo()
    user.until(lambda: window.inspected.example.words == "test digit 3")
    window.controller.remove_layer(0)
    window.controller.remove_layer(0)
    user.settled()
    user.until(lambda: shown(window).activations == ())


def test_of_a_plane_nothing_is_asked(use: Callable[..., Any]) -> None:
    user = use(ExperimentConfig())
    window = user.window
    assert window.output.digits is window.digits.looking is None, "nothing of it is loaded"
    kept = {"digit_mode": "pick", "digit_strokes": "", "digit_picked": 3}
    window.files.viewed.emit(kept)
    assert kept.items() <= window._view_settings().items()
    plane = user.latest
    window.controller.choose_data("mnist")
    user.until(lambda: user.latest.data.image_shape is not None)
    assert (window.output.digits.mode, window.output.digits.pick.index) == ("pick", 3)
    assert window.digits.looking._question(plane) is None
    assert window.digits.looking._misread_question(plane) is None
