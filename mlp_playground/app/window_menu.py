"""The menus: every action by name, with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from mlp_playground import __version__
from mlp_playground.app.key_dialog import KeyDialog
from mlp_playground.app.key_table import key_table
from mlp_playground.app.look import choose_colours, choose_theme
from mlp_playground.data.dataset import Space
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.navigated_view import KEY_ZOOM
from mlp_playground.views.colour_sets import COLOUR_SETS

if TYPE_CHECKING:
    from mlp_playground.app.main_window import MainWindow

ABOUT = (
    "A network does not search for a complicated boundary: it makes a simple one in a better space.<br><br>"
    "Handwritten digits: MNIST by Yann LeCun, Corinna Cortes and Christopher J.C. Burges (CC BY-SA 3.0). "
    "Typeface: Inter (SIL Open Font License)."
)


NO_ZOOM: dict[Space, str] = {
    "line": "A curve is always shown whole: beyond 0 to 2π there is nothing to learn from",
    "bits": "All patterns of bits are always shown: between them there is nothing",
    "pictures": "Digits are pictures, not points of a plane that one could look closer at",
}
"""Why there is nothing to zoom."""
NO_POINTS = "Digits were written by people: there are no others of the same kind to draw"


class Menus:
    """Builds a window's menus and keeps the actions by their text, for tests and for enabling."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self.recent = QMenu("Open &recent", window)

    def menu(self, title: str) -> QMenu:
        """A new menu in the bar."""
        menu = self._window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        return menu

    def add(
        self,
        menu: QMenu,
        text: str,
        act: Callable[[], object],
        key: str | QKeySequence.StandardKey | None = None,
        tip: str = "",
        *,
        repeats: bool = False,
    ) -> QAction:
        """An entry with its shortcut; `tip` explains it in the status line, and a key held down `repeats` it."""
        action = QAction(text, self._window)
        action.setAutoRepeat(repeats)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if tip:
            action.setStatusTip(tip)
        # Qt passes whether it is checked, which none of these is
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        self.actions[text] = action
        return action

    def show_features(self, chosen: tuple[str, ...]) -> None:
        """Tick the chosen features; none: there are no features to choose from."""
        for name, feature in FEATURES.items():
            self.actions[feature.label].setChecked(name in chosen)
            self.actions[feature.label].setEnabled(bool(chosen))

    def keys(self) -> str:
        """Every action that has a key, by its menu, and the views' own keys, as a table."""
        tops = self._window.menuBar().actions()
        return key_table({top.text().replace("&", ""): tuple(self._keys_of(top)) for top in tops})

    def _keys_of(self, entry: QAction) -> Iterator[tuple[str, str]]:
        """Key and words of an entry, or of all within its menu."""
        if isinstance(menu := entry.menu(), QMenu):
            for each in menu.actions():
                yield from self._keys_of(each)
        for text, action in self.actions.items():  # what can be undone now is no part of the name
            if action is entry and (key := action.shortcut().toString()):
                yield key, text.replace("&", "")

    def add_choice(
        self, menu: QMenu, entries: dict[str, str], chosen: str, choose: Callable[[str], object]
    ) -> QActionGroup:
        """Entries of which one is chosen: name → text."""
        group = QActionGroup(menu)
        for name, text in entries.items():
            action = QAction(text, group, checkable=True, checked=name == chosen)
            action.setData(name)
            menu.addAction(action)
            self.actions[text] = action
        group.triggered.connect(lambda action: choose(action.data()))
        return group

    def show_plane(self, snapshot: Snapshot) -> None:
        """Offer to zoom where there is a plane to look closer at, and points where there are others; say why not
        elsewhere."""
        space = snapshot.data.space
        for name in ("Zoom &in", "Zoom &out", "Show &everything"):
            self._allow(name, NO_ZOOM.get(space, ""))
        self._allow("New &points", NO_POINTS if space == "pictures" else "")

    def _allow(self, name: str, why_not: str) -> None:
        action = self.actions[name]
        if action.isEnabled() == bool(why_not):
            action.setEnabled(not why_not)
            action.setToolTip(why_not or action.statusTip())

    @staticmethod
    def fill_recent(menu: QMenu, files: list[Path], open_file: Callable[[Path], object]) -> None:
        """List the files opened last."""
        menu.clear()
        for path in files:
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: open_file(path))
        menu.setEnabled(bool(files))


def build_menus(window: MainWindow) -> Menus:
    """All menus of the window."""
    menus = Menus(window)
    _file(menus, window)
    _edit(menus, window)
    run, controller = menus.menu("&Run"), window.controller
    menus.add(run, "&Play or pause", controller.toggle_play, "Space")
    menus.add(run, "&Step", controller.step, "S", "Learn from one minibatch", repeats=True)
    menus.add(run, "&Epoch", controller.step_epoch, "E", "Learn from every sample once")
    menus.add(run, "&Reset", controller.reset, "R", "Start again from the same first weights")
    menus.add(run, "&Keep this run", window.kept_runs.keep, "K", "To compare others with it, or to come back to it")
    _time(menus, run, window)
    _view(menus, window)
    about, errors = menus.menu("&Help"), window.errors
    menus.add(about, "&Keys", partial(KeyDialog.show_beside, window, menus.keys), "F1")
    menus.add(about, "&About", lambda: errors.show_note(f"MLP Playground {__version__}", ABOUT))
    return menus


def _file(menus: Menus, window: MainWindow) -> None:
    key, files, sharing = QKeySequence.StandardKey, window.files, window.sharing
    file = menus.menu("&File")
    menus.add(file, "&New experiment", window.new_experiment, key.New)
    menus.add(file, "&Open…", files.ask_open, key.Open)
    menus.add(file, "E&xamples…", files.ask_example, "Ctrl+Shift+O", "Experiments that show something, to begin with")
    file.addMenu(menus.recent)
    file.aboutToShow.connect(lambda: Menus.fill_recent(menus.recent, window.settings.recent, files.open))
    menus.add(file, "&Save", files.save, key.Save)
    menus.add(file, "Save &as…", files.ask_save, key.SaveAs)
    file.addSeparator()
    share = file.addMenu("S&hare")
    menus.add(share, "Copy as &link", sharing.copy_link, "Ctrl+Shift+L", "One line to paste elsewhere, without weights")
    menus.add(share, "Copy as &text", sharing.copy_text, None, "Readable text, without weights")
    menus.add(share, "&Paste experiment", sharing.paste, "Ctrl+Shift+V", "Begin what the clipboard describes")
    file.addSeparator()
    menus.add(file, "Export &data…", sharing.ask_export_data, None, "All samples as a table (CSV)")
    menus.add(file, "Export c&urves…", sharing.ask_export_curves, None, "The visible runs' curves as a table (CSV)")
    menus.add(file, "&Export a picture…", window.pictures.ask_export, "Ctrl+E", "A view, or a film of the run")
    menus.add(file, "&Copy picture", window.pictures.copy_picture, "Ctrl+Shift+C", "The output side to the clipboard")
    menus.add(file, "Repor&t…", window.report.ask, "Ctrl+P", "A page to print and hand in: PDF or HTML")
    menus.add(file, "Copy as co&de…", window.code.ask, "Ctrl+Shift+E", "NumPy, PyTorch, Keras, ONNX, arrays")
    file.addSeparator()
    menus.add(file, "&Quit", window.close, key.Quit)


def _edit(menus: Menus, window: MainWindow) -> None:
    controller = window.controller
    edit = menus.menu("&Edit")
    undo = controller.undo_stack.createUndoAction(window, "&Undo")
    undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    redo = controller.undo_stack.createRedoAction(window, "&Redo")
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    for name, action in (("&Undo", undo), ("&Redo", redo)):
        edit.addAction(action)
        menus.actions[name] = action
    edit.addSeparator()
    menus.add(edit, "&Add layer", controller.append_layer, "Ctrl+L", "A hidden layer before the output")
    menus.add(edit, "New &weights", controller.new_weights, "Ctrl+R", "Begin from other random weights")
    menus.add(edit, "New &points", controller.new_points, "Ctrl+Shift+N", "Draw other points of the same kind")
    menus.add(edit, "&More settings", window.transport.open_settings, "M", "Loss, schedule, dropout, first weights …")
    menus.add(edit, "MNIST (&full)…", window.files.choose_full_mnist, None, "All 70,000 handwritten digits")
    features = edit.addMenu("&Features")
    for name, feature in FEATURES.items():
        toggle = partial(controller.toggle_feature, name)
        menus.add(features, feature.label, toggle, tip=feature.words).setCheckable(True)


def _time(menus: Menus, run: QMenu, window: MainWindow) -> None:
    machine = window.time_machine
    run.addSeparator()
    menus.add(run, "&Film of the run", machine.toggle_film, "Shift+Space", "Play or stop it, from the moment shown")
    menus.add(run, "E&arlier moment", lambda: machine.go(-1), ",", "The kept moment before", repeats=True)
    menus.add(run, "&Later moment", lambda: machine.go(1), ".", "The kept moment after", repeats=True)
    menus.add(run, "Back to &now", lambda: machine.go_to(None), "End", "The run as it is now")
    menus.add(run, "&Compare with now", machine.compare_with_now, "C", "Draw the difference, or the answer again")


def _view(menus: Menus, window: MainWindow) -> None:
    view = menus.menu("&View")
    for dock in window.layout_of_panels.panels:
        view.addAction(dock.toggleViewAction())
    inside, drawer = view.addMenu("&Inside the box"), window.drawer
    for panel in drawer.table:
        menus.add(inside, panel.title, partial(drawer.toggle, panel.name), panel.key, panel.words)
    view.addSeparator()
    canvas, zoom = window.output.canvas, "; so does the wheel, or + and − where the picture has the focus"
    menus.add(view, "Zoom &in", lambda: canvas.zoom(KEY_ZOOM), QKeySequence.StandardKey.ZoomIn, "Closer" + zoom)
    menus.add(view, "Zoom &out", lambda: canvas.zoom(1 / KEY_ZOOM), QKeySequence.StandardKey.ZoomOut, "Farther" + zoom)
    menus.add(view, "Show &everything", lambda: canvas.look_at(None), "Ctrl+0", "All points again; so does Home")
    view.addSeparator()
    menus.add(view, "Reset &layout", window.layout_of_panels.place, None, "All panels back to their places")
    menus.add(view, "&Full screen", window.toggle_full_screen, "F11")
    view.addSeparator()
    themes = {"system": "Theme of the &system", "light": "&Light", "dark": "&Dark"}
    menus.add_choice(view, themes, window.settings.theme, partial(choose_theme, window.settings))
    colours = view.addMenu("&Colours")
    colours.setToolTipsVisible(True)
    names = {each.name: each.label for each in COLOUR_SETS.values()}
    menus.add_choice(colours, names, window.settings.colours, partial(choose_colours, window.settings))
    for each in COLOUR_SETS.values():
        menus.actions[each.label].setStatusTip(each.words)
        menus.actions[each.label].setToolTip(each.words)
