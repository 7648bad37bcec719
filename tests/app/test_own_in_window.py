"""The user's own data in the window: drawn with the mouse on the canvas, or read from a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from mlp_playground.app.hints import DRAFT_HINT
from mlp_playground.data.extent import HOME, Extent
from mlp_playground.experiment.config import OWN, ExperimentConfig
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.views.canvas.plane_picture import to_screen
from mlp_playground.views.data.table_dialog import TableDialog

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def spot(user: Any, x1: float, x2: float) -> QPoint:
    return to_screen(user.window.output.canvas.place(), user.window.output.canvas.extent, x1, x2).toPoint()


def dab(user: Any, x1: float, x2: float, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE) -> None:
    """One click on the canvas."""
    user.qtbot.mouseClick(user.window.output.canvas, button, keys, spot(user, x1, x2))
    user.settled()


def stroke(user: Any, *places: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    """Press, along some places, and let go."""
    canvas, stroke = user.window.output.canvas, user.window.output.canvas._stroke
    user.qtbot.mousePress(canvas, button, pos=spot(user, *places[0]))
    for place in places[1:]:
        user.qtbot.mouseMove(canvas, spot(user, *place))
        stroke._tell()  # what the timer does while the button is down
    user.qtbot.mouseRelease(canvas, button, pos=spot(user, *places[-1]))
    user.settled()


def counts(user: Any) -> list[int]:
    """How many points of each class are drawn."""
    drawn = user.window.drawing.drawn
    return [] if drawn is None else [int((drawn.samples.y == k).sum()) for k in range(len(drawn.classes))]


@pytest.fixture
def artist(user: Any) -> Any:
    """A user before the empty canvas."""
    user.click(user.window.data.cards[OWN])
    user.settled()
    return user


def test_a_drawing_is_a_draft_until_two_classes_are_there(artist: Any) -> None:
    window = artist.window
    assert window.data.cards[OWN].isChecked()
    assert window.data.tools.isVisible()
    assert window.banner.text == DRAFT_HINT
    assert counts(artist) == [0, 0]
    before = artist.latest
    stroke(artist, (2, 2), (3, 2), (4, 2))
    assert counts(artist) == [18, 0]
    place = window.output.canvas.place().center()
    assert window.output.canvas.words_at(place.x(), place.y()) == "", "the network's answers are not on screen"
    assert artist.latest.config == before.config, "nothing can be learned yet, so the run keeps its data"
    assert window.banner.text == DRAFT_HINT
    stroke(artist, (-2, -2), (-3, -2), (-4, -2), button=RIGHT)
    after = artist.settled()
    assert after.config.data.name == OWN
    assert len(after.data.train) + len(after.data.test) == 36 == sum(counts(artist))
    assert not window.banner.isVisible()
    assert window.data.cards[OWN].isChecked()
    right = window.controller.config.data.own.samples
    assert right.X[:, right.y == 1].mean(axis=1) == pytest.approx([-3, -2], abs=0.5), "where the mouse was"


def test_undo_goes_back_through_the_whole_drawing(artist: Any) -> None:
    artist.click(artist.window.network.layers[0].plus)
    stroke(artist, (2, 2), (4, 2))
    stroke(artist, (-2, -2), (-4, -2), button=RIGHT)
    stroke(artist, (-2, 2), (-4, 2))
    assert counts(artist) == [24, 12]
    for left in ([12, 12], [12, 0], [0, 0]):
        assert artist.name_of("&Undo") == "Undo draw points", "a stroke is one change"
        artist.undo()
        assert counts(artist) == left
    assert artist.window.banner.text == DRAFT_HINT
    assert artist.latest.config.data.name == "xor"
    assert artist.undo().config.network.hidden == (1,)
    assert artist.name_of("&Undo") == "Undo empty canvas"
    assert artist.undo().config == ExperimentConfig()
    assert not artist.window.data.tools.isVisible()
    assert artist.window.data.cards["xor"].isChecked()
    for _ in range(5):
        artist.redo()
    assert counts(artist) == [24, 12]
    assert artist.latest.config.data.name == OWN


def test_a_third_class_grows_the_outputs_and_keeps_the_hidden_weights(artist: Any) -> None:
    stroke(artist, (2, 2), (4, 2))
    stroke(artist, (-2, -2), (-4, -2), button=RIGHT)
    artist.click(artist.window.transport.epoch)
    before = artist.settled()
    n_hidden = 3  # one neuron: two weights and a bias
    assert before.architecture.widths == (2, 1, 1)
    artist.qtbot.keyClick(artist.window, Qt.Key.Key_3)
    stroke(artist, (-3, 3), (-3, 4))
    after = artist.settled()
    assert counts(artist) == [12, 12, 12]
    assert after.architecture.widths == (2, 1, 3)
    assert after.epoch == before.epoch == 1
    assert np.array_equal(after.theta[:n_hidden], before.theta[:n_hidden])
    back = artist.undo()
    assert back.architecture.widths == (2, 1, 1)
    assert np.array_equal(back.theta, before.theta)


def test_points_are_erased_and_cleared_and_come_back(artist: Any) -> None:
    stroke(artist, (2, 2), (4, 2))
    stroke(artist, (-2, -2), (-4, -2), button=RIGHT)
    artist.window.data.tools.brush.slider.setValue(20)
    dab(artist, 3, 2, keys=SHIFT)
    assert counts(artist)[0] < 12
    assert artist.name_of("&Undo") == "Undo erase points"
    artist.undo()
    assert counts(artist) == [12, 12]
    artist.click(artist.window.data.tools.eraser)
    for x in (-2, -3, -4):
        dab(artist, x, -2)
    assert counts(artist) == [12, 0]
    assert artist.window.banner.text == DRAFT_HINT, "of one class nothing can be learned"
    assert artist.latest.config.data.name == OWN, "the run keeps what it had"
    for _ in range(3):
        if artist.name_of("&Undo") == "Undo erase points":
            artist.undo()
    assert counts(artist) == [12, 12]
    artist.click(artist.window.data.tools.clear)
    assert counts(artist) == [0, 0]
    assert artist.name_of("&Undo") == "Undo clear points"
    artist.undo()
    assert counts(artist) == [12, 12]
    dab(artist, 5, 5, keys=SHIFT)  # where nothing is, nothing is changed
    assert artist.name_of("&Undo") == "Undo draw points"


def test_number_keys_and_right_clicks_choose_the_classes(artist: Any) -> None:
    tools = artist.window.data.tools
    for key, number in ((Qt.Key.Key_4, 3), (Qt.Key.Key_0, 9), (Qt.Key.Key_1, 0)):
        artist.qtbot.keyClick(artist.window, key)
        assert tools.left == number
    artist.qtbot.mouseClick(tools.swatches[4], RIGHT)
    assert (tools.left, tools.right) == (0, 4)
    tools.brush.slider.setValue(0)
    artist.click(tools.eraser)
    artist.click(tools.swatches[2])
    assert not tools.eraser.isChecked(), "who chooses a class wants to draw"
    dab(artist, 1, 1)
    dab(artist, -1, 1, RIGHT)
    dab(artist, 0, 0, Qt.MouseButton.MiddleButton)
    assert counts(artist) == [0, 0, 1, 0, 1], "without a spread a click is a point"


def test_drawing_goes_on_while_it_trains(artist: Any) -> None:
    stroke(artist, (2, 2), (4, 2))
    stroke(artist, (-2, -2), (-4, -2), button=RIGHT)
    artist.play(steps=20)
    seen = artist.latest.steps
    stroke(artist, (-2, 2), (-4, 2))
    after = artist.settled()
    assert after.state is RunState.RUNNING
    assert after.steps > seen
    assert len(after.data.train) + len(after.data.test) == 36
    artist.until(lambda: artist.latest.steps > after.steps)
    artist.pause()


def test_another_card_leaves_the_drawing_and_the_own_card_finds_it_again(artist: Any) -> None:
    stroke(artist, (2, 2), (4, 2))
    artist.click(artist.window.data.cards[OWN])
    assert counts(artist) == [12, 0], "the card that is chosen already empties nothing"
    artist.click(artist.window.data.cards["xor"])
    assert artist.window.controller.draft is None
    assert artist.window.data.cards["xor"].isChecked()
    assert artist.name_of("&Undo") == "Undo leave the drawing"
    artist.undo()
    assert counts(artist) == [12, 0]
    stroke(artist, (-2, -2), (-4, -2), button=RIGHT)
    artist.click(artist.window.data.cards["circle"])
    assert artist.settled().config.data.name == "circle"
    dab(artist, 0, 0)
    assert artist.latest.config.data.own.samples.X.shape[1] == 24, "here nobody draws"
    artist.click(artist.window.data.cards[OWN])
    assert artist.settled().config.data.name == OWN
    assert counts(artist) == [12, 12]


def test_the_points_on_screen_can_be_drawn_on(use: Any) -> None:
    user = use(ExperimentConfig().changed("data", name="spiral3", noise=0.1))
    before = user.settled().data
    user.click(user.window.data.edit_points)
    after = user.settled().data
    assert user.window.controller.config.data.name == OWN

    def points(data: Any) -> list[tuple[float, ...]]:
        X = np.concatenate([data.train.X, data.test.X], axis=1)
        return sorted(map(tuple, X.T.tolist()))

    assert points(after) == points(before), "they stay where they are, whatever the noise was"
    assert len(after.classes) == 3
    user.window.data.tools.brush.slider.setValue(0)
    dab(user, 5, 5)
    assert len(user.settled().data.train) + len(user.latest.data.test) == 501


def test_a_closed_hint_stays_closed_while_one_draws(artist: Any) -> None:
    artist.click(artist.window.banner.close_button)
    stroke(artist, (2, 2), (4, 2))
    artist.click(artist.window.network.layers[0].plus)
    artist.settled()
    assert not artist.window.banner.isVisible()


def test_every_tool_is_reached_with_tab(artist: Any) -> None:
    tools = artist.window.data.tools
    wanted = {*tools.swatches, tools.brush.slider, tools.eraser, tools.clear}
    reached, widget = set(), artist.window
    for _ in range(400):
        widget = widget.nextInFocusChain()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            reached.add(widget)
    assert wanted <= reached


# -- tables -----------------------------------------------------------------------------------------------------------


def table(path: Path, columns: int, rows: int = 60) -> Path:
    """Two classes that the first column tells apart."""
    rng = np.random.default_rng(1)
    X = rng.normal(0, 1, (rows, columns)) * np.arange(1, columns + 1)
    names = [*(f"width {k + 1}" for k in range(columns)), "kind"]
    lines = [";".join([*(f"{x:.3f}" for x in row), "ham" if row[0] > 0 else "egg"]) for row in X]
    path.write_text("\n".join([";".join(names), *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("columns", [2, 4, 80])
def test_a_table_becomes_data_that_are_drawn_and_learned(user: Any, tmp_path: Path, columns: int) -> None:
    dialog = user.window.files.open_table(table(tmp_path / "wine.csv", columns))
    assert dialog is not None
    user.until(dialog.isVisible)
    assert user.latest.config == ExperimentConfig(), "nothing is chosen yet"
    assert dialog.focusWidget() is dialog.ok, "so that Enter uses the data"
    user.qtbot.keyClick(dialog.ok, Qt.Key.Key_Return)
    after = user.settled()
    assert after.config.data.name == OWN
    assert after.data.n_in == columns
    assert after.data.classes == ("egg", "ham")
    assert user.name_of("&Undo") == "Undo data wine.csv"
    assert user.window.data.cards[OWN].isChecked()
    assert user.window.data.tools.isVisible() == (columns == 2)
    assert after.field is not None
    assert (after.field.slice is not None) == (columns > 2)
    user.play(steps=100)
    user.until(lambda: (user.latest.metrics.train_accuracy or 0) > 0.8)
    user.pause()
    canvas, view = user.window.output.canvas, user.window.network
    assert canvas.words_at(*canvas.place().center().toTuple())
    cell = view._layout.columns[0].cells[0].center()
    user.qtbot.mouseMove(view, cell.toPoint())
    if columns > 2:
        assert view._words_at(cell).startswith("width 1, a column of the table.")
        assert user.window.output_dock.heading.words.text().endswith("on this plane through the data")
    view.grab()
    canvas.grab()
    assert user.undo().config == ExperimentConfig()
    assert user.boxes() == []


def test_a_table_dropped_or_opened_asks_what_its_columns_are(user: Any, tmp_path: Path) -> None:
    user.window.files.open(table(tmp_path / "wine.csv", 3))
    (dialog,) = user.window.findChildren(TableDialog)
    dialog.reject()
    assert user.settled().config == ExperimentConfig()
    assert not user.window.isWindowModified()


@pytest.mark.parametrize("content", [bytes(range(256)) * 8, None], ids=["not text", "missing"])
def test_what_is_no_table_is_one_dialog(user: Any, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "wrong.csv"
    if content is not None:
        path.write_bytes(content)
    assert user.window.files.open_table(path) is None
    assert user.read_box().startswith("wrong.csv can't be read as a table: ")
    assert user.settled().config == ExperimentConfig()


def test_a_text_without_columns_can_not_be_used(user: Any, tmp_path: Path) -> None:
    (tmp_path / "hello.txt").write_text("hello")
    dialog = user.window.files.open_table(tmp_path / "hello.txt")
    assert dialog is not None
    assert not dialog.ok.isEnabled()
    assert len(dialog.summary.text()) > 10
    dialog.reject()


def test_the_diagram_stays_as_it_is_while_points_are_drawn(user: Any) -> None:
    seen: list[bool] = []
    user.window.controller.config_changed.connect(lambda _config: seen.append(user.window.network.isEnabled()))
    user.window.controller.set_data(noise=0.1)
    user.window.controller.new_points()
    user.settled()
    assert seen == [True, True]
    user.window.controller.choose_data("spiral")
    assert not user.window.network.isEnabled(), "an edit would be meant for another network"
    user.settled()
    assert user.window.network.isEnabled()


def test_drawing_goes_on_where_one_looks(artist: Any) -> None:
    canvas, near = artist.window.output.canvas, Extent((10.0, 4.0), 3.0)
    canvas.look_at(near)
    stroke(artist, (9, 3), (10, 3))
    stroke(artist, (9, 5), (10, 5), button=RIGHT)
    artist.until(lambda: artist.latest.config.data.name == OWN)
    QApplication.processEvents()
    assert canvas.extent == near, "also when the draft has become data"
    artist.choose("Show &everything")
    assert canvas.extent.half_width >= 10, "which are all in the picture"
    canvas.look_at(near)
    for _ in range(2):
        artist.undo()
    assert canvas.extent == near
    artist.click(artist.window.data.cards["spiral"])
    artist.settled()
    assert canvas.extent == HOME
