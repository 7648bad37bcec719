"""The dialog in which a picture is chosen, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from mlp_playground.app import pictures
from mlp_playground.app.films import Order
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.picture_dialog import PictureDialog
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.views.figures.figure_choice import FigureChoice, choice_from
from mlp_playground.views.figures.figure_options import FigureOptions
from tests.app.conftest import User

Open = Callable[..., MainWindow]


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> PictureDialog:
    opened = window.pictures.ask_export()
    assert opened is not None
    qtbot.addWidget(opened)
    return opened


def pick(dialog: PictureDialog, name: str, data: str) -> None:
    """Choose an entry of one of the form's lists as a user does."""
    box = getattr(dialog.form, name)
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def seen(dialog: PictureDialog) -> QImage:
    return dialog.preview.grab().toImage()


def test_what_is_chosen_is_seen_at_once(dialog: PictureDialog) -> None:
    pictures = [seen(dialog)]
    form = dialog.form
    for act in (
        form.boxes["dark"].click,
        form.boxes["legend"].click,
        lambda: form.words.setText("Mine"),
        form.boxes["transparent"].click,
        lambda: pick(dialog, "view", "network"),
        lambda: pick(dialog, "view", "loss"),
        form.boxes["logarithmic"].click,
        lambda: pick(dialog, "colours", "print"),
        lambda: pick(dialog, "view", "window"),
    ):
        act()
        pictures.append(seen(dialog))
        assert pictures[-1] != pictures[-2]


def test_a_size_follows_the_view_until_it_is_the_readers_own(dialog: PictureDialog, qtbot: QtBot) -> None:
    form = dialog.form
    assert (form.choice.options.width, form.choice.options.height, form.choice.own_size) == (1200, 1120, False)
    pick(dialog, "view", "network")
    assert (form.choice.options.width, form.choice.options.height) == (1500, 1000)
    edit = form.sizes.edits["width"]
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    assert form.problem is not None
    qtbot.keyClicks(edit, "12")
    assert not dialog.save.isEnabled()
    assert not dialog.copy.isEnabled()
    assert edit.property("wrong") is True
    assert form.sizes.note.text() == "Width: 64 to 20 000 pixels"
    qtbot.keyClicks(edit, "70")
    assert dialog.save.isEnabled()
    pick(dialog, "view", "loss")
    assert (form.choice.options.width, form.choice.options.height, form.choice.own_size) == (1270, 1000, True)
    assert form.sizes.note.text() == "21.5 × 16.9 cm on paper"


def test_the_window_is_made_of_pixels(dialog: PictureDialog, window: MainWindow, tmp_path: Path) -> None:
    pick(dialog, "format", "svg")
    pick(dialog, "view", "window")
    assert dialog.form.choice.format == "png"
    assert not dialog.form.format.isEnabled()
    assert "PNG" in dialog.form.format.toolTip()
    assert window.pictures.export(tmp_path / "a.png", dialog.scene, dialog.form.choice)
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (2 * window.width(), 2 * window.height())
    small, whole = image.scaled(window.size()), window.grab().toImage()
    places = [QPoint(x, y) for x in range(4, window.width(), 40) for y in range(4, window.height(), 40)]
    same = [abs(small.pixelColor(at).lightness() - whole.pixelColor(at).lightness()) < 40 for at in places]
    assert sum(same) > 0.9 * len(same)


def test_it_is_saved_copied_and_remembered(
    dialog: PictureDialog, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[str]]] = []

    def answer(_over: object, _title: str, start: Path, kinds: list[str]) -> Path | None:
        asked.append((start.name, kinds))
        return tmp_path / "mine.pdf" if len(asked) > 1 else None

    monkeypatch.setattr(pictures, "ask_where", answer)
    pick(dialog, "view", "network")
    pick(dialog, "format", "pdf")
    dialog.form.boxes["dark"].setChecked(True)
    dialog.copy.click()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1500, 1000)
    assert image.pixelColor(2, 2).lightness() < 60
    assert bytes(QGuiApplication.clipboard().mimeData().data("image/svg+xml").data()).startswith(b"<?xml")
    QGuiApplication.clipboard().clear()
    dialog.save.click()  # called off
    assert dialog.isVisible()
    dialog.save.click()
    assert not dialog.isVisible()
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF")
    assert asked[1] == ("xor-network.pdf", ["PDF, vectors (*.pdf)"])
    remembered = window.pictures.choice
    assert (remembered.view, remembered.format, remembered.options.dark) == ("network", "pdf", True)
    window.pictures.copy_picture()
    assert "Output copied" in window.statusBar().currentMessage()
    assert QGuiApplication.clipboard().image().pixelColor(2, 2).lightness() < 60
    QGuiApplication.clipboard().clear()


def test_digits_have_views_of_their_own(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(DIGITS_DEFAULT.changed("network", hidden=(4,), activations=("relu",)))
    window.settings.picture = FigureChoice("boundary", "svg").as_text()
    dialog = window.pictures.ask_export()
    assert dialog is not None
    qtbot.addWidget(dialog)
    names = [dialog.form.view.itemData(i) for i in range(dialog.form.view.count())]
    digits = ["digits", "journey", "weights", "growth", "answers"]
    layers = ["space", "health", "probe", "map", "confusion", "graph", "layer", "network"]
    assert names == [*digits, *layers, "loss", "accuracy", "window"]
    assert (dialog.form.choice.view, dialog.form.choice.format) == ("digits", "svg")
    dialog.reject()


def test_a_choice_survives_as_text_and_nonsense_is_the_first_one(tmp_path: Path) -> None:
    choice = FigureChoice("loss", "svg", FigureOptions(640, 480, dark=True, legend=False, colours="print"), True)
    settings = Settings(tmp_path / "window.ini")
    assert settings.picture == ""
    settings.picture = choice.as_text()
    settings.save()
    assert choice_from(Settings(tmp_path / "window.ini").picture) == choice
    first = FigureChoice()
    for text in ("", "[]", "{", '{"view": "nowhere", "format": 3, "width": -4}', '{"width": true, "colours": "x"}'):
        assert choice_from(text) == first


def film(window: MainWindow, user: User, path: Path, monkeypatch: pytest.MonkeyPatch) -> PictureDialog:
    """The dialog with a film of a short run chosen."""
    for _ in range(3):
        window.controller.step_epoch()
    user.settled()
    monkeypatch.setattr(pictures, "ask_where", lambda *_: path)
    dialog = window.pictures.ask_export()
    assert dialog is not None
    pick(dialog, "format", "gif")
    return dialog


def test_a_film_is_made_while_the_dialog_tells_how_far_it_is(
    window: MainWindow, user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.gif"
    dialog = film(window, user, path, monkeypatch)
    assert not dialog.form.film.isHidden()
    assert (dialog.form.choice.options.width, dialog.form.choice.options.dpi) == (720, 90)
    dialog.form.sizes.show_own((160, 150, 48))
    count = dialog.form.sizes.note.text().split(" ")[0]
    shown: list[str] = []
    dialog.bar.valueChanged.connect(lambda _value: shown.append(dialog.state.text()))
    dialog.save.click()
    assert not dialog.save.isEnabled()
    assert not dialog.form.isEnabled()
    user.until(lambda: "Film saved as" in window.statusBar().currentMessage())
    assert path.read_bytes().startswith(b"GIF89a")
    assert window.pictures.choice.format == "gif"
    assert len(shown) > 3
    assert any(each.endswith(f" of {count} pictures") for each in shown), "as many as were told"


def test_a_film_that_is_stopped_or_fails_leaves_no_file(
    window: MainWindow, user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = film(window, user, tmp_path / "run.gif", monkeypatch)
    make = pictures.run_film

    def make_late(order: Order, *how: Any, **named: Any) -> bytes:
        while not how[-1]():  # a quick machine would have made the film before anybody could stop it
            sleep(0.001)
        return make(order, *how, **named)

    monkeypatch.setattr(pictures, "run_film", make_late)
    dialog.save.click()
    dialog.reject()  # Escape, or the button that now says Cancel
    user.until(dialog.save.isEnabled)
    assert dialog.isVisible()
    assert dialog.save.hasFocus(), "Enter tries again and does not close"
    assert list(tmp_path.glob("*.gif")) == []
    monkeypatch.setattr(pictures, "run_film", make)
    monkeypatch.setattr(pictures, "ask_where", lambda *_: tmp_path / "nowhere" / "run.gif")
    pick(dialog, "view", "loss")
    dialog.save.click()
    user.until(user.boxes)
    assert "nowhere" in user.read_box()
    dialog.reject()
    assert not dialog.isVisible()


def test_before_the_run_there_is_nothing_to_film(dialog: PictureDialog) -> None:
    box = dialog.form.format
    tips = [
        box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count()) if not box.model().item(i).isEnabled()
    ]
    assert len(tips) == 2
    assert all("Train first" in tip for tip in tips)


def test_a_right_click_on_a_panels_name_offers_its_picture(window: MainWindow) -> None:
    for widget, size in (
        (window.output_dock.heading, (1200, 1120)),
        (window.network_heading, (1500, 1000)),
        (window.spaces.dock.heading, (1200, 1120)),
        (window.curves_dock.heading, (1200, 800)),
    ):
        assert widget.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
        copy, export = widget.actions()
        copy.trigger()
        image = QGuiApplication.clipboard().image()
        assert (image.width(), image.height()) == size
    QGuiApplication.clipboard().clear()
    export.trigger()
    (dialog,) = (each for each in window.findChildren(PictureDialog) if each.isVisible())
    assert dialog.form.choice.view == "loss"
    dialog.reject()


def test_regions_can_be_filled_otherwise_than_on_screen(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(ExperimentConfig().changed("network", hidden=(4,), activations=("relu",)))
    dialog = window.pictures.ask_export("regions")
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert not dialog.form.filling.isHidden()
    pictures = [seen(dialog)]
    for filling in ("slope", "pattern"):
        pick(dialog, "filling", filling)
        pictures.append(seen(dialog))
        assert dialog.scene.showing.filling == filling
    assert pictures[0] != pictures[1] != pictures[2]
    assert window.output.canvas.showing.filling == "lines"
    dialog.reject()
