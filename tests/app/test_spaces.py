"""The space dock in the window: computed while somebody looks, and only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.space.directions import SpaceWish
from mlp_playground.analysis.space.observe import Space
from mlp_playground.analysis.space.stages import Order
from mlp_playground.app.spaces import SpaceQuestion
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.experiment.worker import Answer
from mlp_playground.views.space.space_picture import point_places
from mlp_playground.views.space.space_words import point_words


def test_it_follows_the_run_while_it_is_in_front(use: Callable[..., object]) -> None:
    user = use(ExperimentConfig(network=NetworkConfig(hidden=(4,), activations=("relu",))))
    spaces = user.window.spaces
    answers: list[Answer[SpaceQuestion, Space]] = []
    spaces.explainer.answered.connect(answers.append)
    user.play(20)
    user.pause()
    assert answers == [], "behind the output nobody looks"
    spaces.dock.raise_()
    user.until(lambda: answers and answers[-1].question.snapshot is user.latest)
    assert spaces.dock.heading.title.text() == "Input"
    user.play(20)
    user.until(lambda: len(answers) > 3)
    spaces.panel.choices.show_wish(SpaceWish(Order.ACTIVATION_FIRST))
    user.until(lambda: answers[-1].question.wish.order is Order.ACTIVATION_FIRST)
    last = user.pause()
    user.until(lambda: answers[-1].question.snapshot is user.latest)
    assert last.steps > 20
    user.window.output_dock.raise_()
    QApplication.processEvents()
    count = len(answers)
    user.play(20)
    user.pause()
    assert len(answers) <= count + 1


def test_a_points_numbers_have_a_panel_of_their_own(use: Callable[..., object], qtbot: QtBot) -> None:
    user = use(ExperimentConfig(network=NetworkConfig(hidden=(4,), activations=("relu",))))
    window, spaces = user.window, user.window.spaces
    view, table = spaces.panel.view, spaces.point.table
    answers: list[Answer[SpaceQuestion, Space]] = []
    spaces.explainer.answered.connect(answers.append)

    def step() -> None:
        user.click(window.transport.step)
        user.settled()
        qtbot.wait(120)  # long enough for an answer, if anybody asked

    spaces.point_dock.raise_()
    user.until(spaces.point.ask.isVisible)
    step()
    assert answers == [], "there is no point of which numbers could be read"
    window.curves_dock.raise_()
    spaces.dock.raise_()
    user.until(lambda: answers)
    sizes = window.size(), view.size()
    x, y, _ = point_places(QRectF(view.rect()), answers[-1].value, view.showing)[5]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())
    user.until(table.isVisible)
    for _ in range(3):
        QApplication.processEvents()
    assert (window.size(), view.size()) == sizes
    point = view.showing.picked
    assert point is not None
    assert spaces.point_dock.heading.words.text() == f"{point_words(answers[-1].value, point)}, step by step"
    window.output_dock.raise_()
    QApplication.processEvents()
    step()
    user.until(lambda: answers[-1].question.snapshot is user.latest)
    model, exact = table.numbers, Qt.ItemDataRole.ToolTipRole
    end = model.index(model.rowCount() - 1, 0)
    shown = model.data(end, exact)
    assert shown == f"answer: {float(answers[-1].value.places[-1].values[0, point])!r}", "it follows"
    window.curves_dock.raise_()
    QApplication.processEvents()
    count = len(answers)
    step()
    assert len(answers) == count, "nobody looks"
    spaces.dock.raise_()
    user.until(lambda: answers[-1].question.snapshot is user.latest)
    assert model.data(end, exact) == shown, "nobody reads it"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    window.output_dock.raise_()
    spaces.point_dock.raise_()
    user.until(spaces.point.ask.isVisible)


def test_all_data_have_a_space(use: Callable[..., object]) -> None:
    user = use()
    spaces = user.window.spaces
    answers: list[Answer[SpaceQuestion, Space]] = []
    spaces.explainer.answered.connect(answers.append)
    spaces.dock.raise_()
    for name in ("sine", "parity", "spiral3", "mnist"):
        assert name == "mnist" or name in TOYS
        user.window.controller.choose_data(name)
        user.settled()
        user.until(lambda: answers and answers[-1].question.snapshot is user.latest)
        value = answers[-1].value
        assert value is not None
        assert value.cloud.data is user.latest.data
        user.window.controller.toggle_feature("x1^2")
        user.settled()


def test_a_file_remembers_how_one_looked(use: Callable[..., object], tmp_path: Path) -> None:
    user = use()
    spaces = user.window.spaces
    wish = SpaceWish(Order.NO_ACTIVATION, 3, False)
    spaces.panel.choices.show_wish(wish)
    spaces.panel.boxes["grid"].setChecked(False)
    assert user.window.files.save_as(tmp_path / "looked.mlp")
    spaces.panel.choices.show_wish(SpaceWish())
    spaces.panel.boxes["grid"].setChecked(True)
    user.window.files.open(tmp_path / "looked.mlp")
    user.until(lambda: spaces.panel.wish == wish)
    assert not spaces.panel.boxes["grid"].isChecked()
    assert not spaces.panel.view.showing.grid
    assert spaces.panel.boxes["walls"].isChecked()
    spaces.show_again({"space_order": "backwards", "space_directions": "many", "space_answer": True})
    assert spaces.panel.wish == SpaceWish(Order.NO_ACTIVATION, 2, True), "what makes no sense is left out"


def test_space_plays_the_film_where_the_panel_has_the_focus(use: Callable[..., object], qtbot: QtBot) -> None:
    user = use()
    panel = user.window.spaces.panel
    user.window.spaces.dock.raise_()
    user.until(lambda: user.window.spaces.dock.heading.title.text() == "Input")
    panel.view.setFocus()
    user.until(panel.view.hasFocus)
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel.film.is_running
    assert user.latest.state is RunState.PAUSED
    user.window.output_dock.raise_()
    user.until(lambda: not panel.film.is_running)
    user.window.output.canvas.setFocus()
    qtbot.keyClick(user.window.output.canvas, Qt.Key.Key_Space)
    user.until(lambda: user.latest.state is RunState.RUNNING)
    assert not panel.film.is_running


def test_a_neuron_pointed_at_in_the_diagram_stands_out(use: Callable[..., object]) -> None:
    user = use()
    panel = user.window.spaces.panel
    user.window.network.pointed_at.emit((1, 0))
    assert panel.view.showing.focus == (1, 0)
    user.window.network.pointed_at.emit(None)
    assert panel.view.showing.focus is None
