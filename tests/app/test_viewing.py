"""The part of the plane, and how fine it is drawn, in the real window; and what a file remembers of it."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from PySide6.QtCore import QPoint, Qt

from mlp_playground.analysis.slice import home_of
from mlp_playground.app.remembered import remembered, show_again
from mlp_playground.app.viewing import FINE, LIVE, MOVING, UNSEEN
from mlp_playground.data.extent import Extent
from mlp_playground.views.canvas.output_panel import OutputPanel
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.canvas.plane_picture import to_screen
from mlp_playground.views.theme import DARK, theme_of, themes
from tests.app.conftest import User

PART = Extent((1.0, -2.0), 1.5)


def resolution(user: User) -> int:
    """Pixels of the map's side on screen."""
    assert user.latest.field is not None
    return len(user.latest.field.answer.values)  # type: ignore[union-attr]


def test_coarse_while_it_moves_fine_at_rest_and_live_while_it_trains(user: User) -> None:
    canvas = user.window.output.canvas
    user.until(lambda: resolution(user) == FINE)
    canvas.look_at(PART)
    assert user.window.viewing.look.resolution == MOVING
    user.until(lambda: user.latest.field is not None and user.latest.field.extent == PART)
    user.until(lambda: resolution(user) == FINE)
    user.play()
    user.until(lambda: resolution(user) == LIVE)
    user.pause()
    user.until(lambda: resolution(user) == FINE)
    words: list[str] = []
    canvas.pointed_at.connect(words.append)
    user.qtbot.mouseMove(canvas, canvas.place().center().toPoint() + QPoint(1, 0))
    assert words[-1].startswith("x₁ = 1.0")
    assert "x₂ = −2.0" in words[-1]


def test_other_data_begin_at_home(user: User) -> None:
    canvas = user.window.output.canvas
    canvas.look_at(PART)
    user.window.controller.choose_data("circle")
    user.settled()
    assert canvas.extent == home_of(user.latest.data)
    user.choose("Zoom &in")
    assert canvas.extent.half_width < 6
    user.choose("Show &everything")
    assert canvas.extent.half_width == 6
    user.window.controller.choose_data("sine")
    user.settled()
    assert not user.window.menus.actions["Zoom &in"].isEnabled()
    assert "curve" in user.window.menus.actions["Zoom &in"].toolTip()


def test_a_file_remembers_what_was_shown(user: User) -> None:
    output: OutputPanel = user.window.output
    output.options.box("boundary").setChecked(False)
    output.canvas.look_at(PART)
    kept = remembered(output.canvas.showing)
    output.options.box("boundary").setChecked(True)
    output.canvas.look_at(None)
    show_again(output, kept)
    assert output.canvas.showing == replace(Showing(boundary=False), extent=PART)
    for wrong in (
        {"half_width": 1.0},
        kept | {"half_width": -1.0},
        kept | {"centre_x1": nan},
        kept | {"centre_x1": ""},
    ):
        show_again(output, wrong)
        assert output.canvas.showing.extent is None
    show_again(output, {"half_width": 1.0})
    assert output.canvas.showing.extent is None


def test_the_menu_dresses_the_window_in_other_colours(user: User) -> None:
    window = user.window
    user.choose("&Projector")
    assert theme_of(window.output.canvas.palette()) is themes("projector")[0]
    assert window.settings.colours == "projector"
    user.choose("&Dark")
    assert theme_of(window.output.canvas.palette()) is themes("projector")[1]
    user.choose("&Orange and blue")
    assert theme_of(window.output.canvas.palette()) is DARK


def test_a_selected_neurons_map_stays_and_there_is_a_way_back(user: User) -> None:
    window, titles = user.window, []
    window.output.title_changed.connect(lambda title, _words: titles.append(title))
    for leave in (
        lambda: user.click(window.output.back),
        lambda: user.qtbot.keyClick(window.output.canvas, Qt.Key.Key_Escape),
    ):
        window.network.select((1, 0))
        user.until(lambda: window.output.canvas.showing.focus is not None)
        assert window.output.back.isVisible()
        window.network.pointed_at.emit((0, 1))
        assert titles[-1] == "x₂"
        assert not window.output.back.isVisible(), "the mouse is on another one"
        window.network.pointed_at.emit((1, 0))
        user.until(lambda: titles[-1] == "Layer 1 · neuron 1")
        window.output.canvas.setFocus()
        leave()
        user.until(lambda: window.output.canvas.showing.focus is None)
        assert titles[-1] == "Output"
        assert not window.output.back.isVisible()


def test_fold_lines_are_asked_for_where_there_are_some_and_somebody_looks(user: User) -> None:
    window = user.window
    box = window.output.options.box("folds")
    user.until(lambda: not box.isEnabled())
    assert "ReLU" in box.toolTip()
    window.controller.set_activation("relu")
    user.settled()
    assert box.isEnabled()
    user.click(box)
    user.until(lambda: user.latest.field is not None and user.latest.field.folds is not None)
    (fold,) = user.latest.field.folds or ()  # type: ignore[union-attr]
    canvas = window.output.canvas
    on_it = to_screen(canvas.place(), canvas.extent, *fold.lines[0][len(fold.lines[0]) // 2].tolist())
    assert canvas.words_at(on_it.x(), on_it.y()).endswith("fold of layer 1 · neuron 1")
    user.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=on_it.toPoint())
    user.until(lambda: canvas.showing.cell == (0, 0))
    user.click(box)
    user.until(lambda: user.latest.field is not None and user.latest.field.folds is None)


def test_behind_another_panel_the_canvas_asks_for_no_fine_map(user: User) -> None:
    user.window.spaces.dock.raise_()
    user.play(5)
    user.until(lambda: resolution(user) == UNSEEN)
    user.window.output_dock.raise_()
    user.until(lambda: resolution(user) == LIVE)
    user.window.spaces.dock.raise_()
    user.pause()
    user.until(lambda: resolution(user) == FINE)
