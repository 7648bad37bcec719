"""What goes out of the window as a picture: to a file or to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLate
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from mlp_playground.app.ask_file import ask_where
from mlp_playground.app.controller import Controller
from mlp_playground.app.digits import Digits
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.files import PATIENCE
from mlp_playground.app.filming import Filming, Make
from mlp_playground.app.films import Order, bend_film, run_film
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.app.picture_dialog import PictureDialog
from mlp_playground.app.scenes import LAST_HIDDEN, prepared
from mlp_playground.app.settings import Settings
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.film import trainer_at
from mlp_playground.experiment.snapshot import Look, Snapshot
from mlp_playground.experiment.still import refined
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.figures.export import FORMATS, as_image, save_figure
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_choice import FigureChoice, choice_from
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES, size_of, views_of
from mlp_playground.views.figures.film import FILMS
from mlp_playground.views.space.space_panel import SpacePanel
from mlp_playground.views.space.space_picture import SpaceShowing
from mlp_playground.views.theme import theme_of
from mlp_playground.views.training.curves import Curves

if TYPE_CHECKING:
    from mlp_playground.analysis.layer_map import LayerMap
    from mlp_playground.experiment.doctor.checkup import Record
    from mlp_playground.experiment.feature_look import FeatureWish
    from mlp_playground.experiment.graph_question import Wish


class Pictures(QObject):
    """Exports for the window `over` which its dialogs stand. `told` carries what was done, for the status line."""

    told = Signal(str)

    def __init__(
        self,
        over: QWidget,
        controller: Controller,
        clock: FrameClock,
        errors: ErrorReporter,
        settings: Settings,
        spaces: SpacePanel,
        digits: Digits,
        curves: Curves,
    ) -> None:
        super().__init__(over)
        self._over, self._controller, self._clock = over, controller, clock
        self._errors, self._settings = errors, settings
        self._spaces, self._digits, self._curves = spaces, digits, curves
        self.showing = Showing()
        self.features: FeatureWish | None = None
        self.map_of: Callable[[Snapshot], LayerMap | None] = lambda _snapshot: None
        self.graph: Wish | None = None
        self.health_of: Callable[[Snapshot], Record | None] = lambda _snapshot: None
        self.column = 1

    @property
    def choice(self) -> FigureChoice:
        """What was chosen last; at first the colours are those on screen."""
        if self._settings.picture:
            return choice_from(self._settings.picture)
        theme = theme_of(self._over.palette())
        return FigureChoice(options=FigureOptions(dark=theme.name == "dark", colours=theme.colours))

    def offer(self, widget: QWidget, view: str) -> None:
        """Let a right click on a widget copy the view that it is about, or export it."""
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, act in (("Copy picture", self.copy_picture), ("Export a picture…", self.ask_export)):
            action = QAction(text, widget)
            action.triggered.connect(lambda _checked=False, act=act: act(view))
            widget.addAction(action)

    def ask_export(self, view: str = "") -> PictureDialog | None:
        """File → Export a picture; of this view, or (none) of the one that was chosen last."""
        snapshot = self._clock.latest
        if snapshot is None:
            return None
        scene, choice = self.scene(snapshot), self.choice
        choice = replace(choice, view=view or choice.view)
        dialog = PictureDialog(scene, lambda view: self._ready(scene, view), choice, self._over)
        dialog.save_wanted.connect(lambda choice: self._ask_where(dialog, choice))
        dialog.copy_wanted.connect(lambda choice: self._copy(dialog.scene, choice))
        dialog.finished.connect(lambda _result: self._remember(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _ask_where(self, dialog: PictureDialog, choice: FigureChoice) -> None:
        data = dialog.scene.snapshot.config.data.name
        start = self._settings.folder / f"{data}-{choice.view}.{choice.format}"
        label = FILMS[choice.format].label if choice.format in FILMS else FORMATS[choice.format].label
        what = "film" if choice.format in FILMS else "picture"
        path = ask_where(dialog, f"Save the {what}", start, [f"{label} (*.{choice.format})"])
        if path is None:
            return
        if choice.format in FILMS:
            self._film(path, dialog, choice)
        elif self.export(path, dialog.scene, choice):
            dialog.accept()

    def _film(self, path: Path, dialog: PictureDialog, choice: FigureChoice) -> None:
        """Make a film in the background; the dialog shows how far it is, and can stop it."""
        order = Order(FILMS[choice.format], FIGURES[choice.view], choice.options, choice.film)
        make = self._bend(order, dialog.scene) if choice.view == "space" else self._run(order, dialog.scene)
        if make is None:
            self._errors.show_problem("No film can be made now", "The run is busy reading data: try again.")
            return
        filming = Filming(path, make, dialog)
        filming.progressed.connect(dialog.show_progress)
        filming.cancelled.connect(lambda: dialog.show_progress(0, 0))
        filming.failed.connect(lambda words: self._on_failed(dialog, words))
        filming.finished.connect(lambda path: self._on_filmed(dialog, path))
        dialog.cancelled.connect(filming.cancel)
        dialog.finished.connect(filming.end)
        self._clock.stopped.connect(filming.end)
        dialog.show_progress(0, 1)
        filming.start()

    @staticmethod
    def _bend(order: Order, scene: Scene) -> Make:
        return lambda progress, is_cancelled: bend_film(order, scene, progress, is_cancelled)

    def _run(self, order: Order, scene: Scene) -> Make | None:
        """None: the run doesn't answer."""
        try:
            moment = self._controller.capture().result(PATIENCE)
        except (InvalidValue, TooLate):
            return None
        field, showing = scene.snapshot.field, scene.showing
        plane = None if field is None or field.slice is None else field.slice.columns
        look = Look(slice=plane, extent=showing.extent, folds=showing.folds)
        return lambda *how: run_film(order, trainer_at(moment), scene, look, *how)

    def _on_failed(self, dialog: PictureDialog, words: str) -> None:
        dialog.show_progress(0, 0)
        self._errors.show_problem("The film can't be saved", words)

    def _on_filmed(self, dialog: PictureDialog, path: Path) -> None:
        dialog.show_progress(0, 0)
        self._on_saved(path, "Film")
        dialog.accept()

    def _on_saved(self, path: Path, what: str) -> None:
        self._settings.folder = path.resolve().parent
        self.told.emit(f"{what} saved as {path}")

    def export(self, path: Path, scene: Scene | None = None, choice: FigureChoice | None = None) -> bool:
        """Write what was chosen, or what was chosen last of the moment on screen. Returns whether it was written."""
        choice = choice or self.choice
        self._clock.make_room()
        if scene is None:
            assert self._clock.latest is not None, "there is a picture on screen"
            scene = self.scene(self._clock.latest)
            choice = _of(scene, choice)
            scene = self._ready(scene, choice.view)
        try:
            save_figure(path, FIGURES[choice.view], scene, choice.options)
        except (InvalidValue, OSError) as error:
            self._errors.show_problem("The picture can't be saved", str(error))
            return False
        self._on_saved(path, "Picture")
        return True

    def copy_picture(self, view: str = "") -> None:
        """Put a view (none: the output) on the clipboard, in the look that was chosen last."""
        if self._clock.latest is not None:
            scene = self.scene(self._clock.latest)
            choice = _of(scene, replace(self.choice, view=view or "boundary"))
            self._copy(self._ready(scene, choice.view), choice)

    def _copy(self, scene: Scene, choice: FigureChoice) -> None:
        self._clock.make_room()
        figure = FIGURES[choice.view]
        content = QMimeData()
        content.setImageData(as_image(figure, scene, choice.options))
        if not figure.of_window:  # for programs that take drawings
            content.setData("image/svg+xml", FORMATS["svg"].written(figure, scene, choice.options))
        QGuiApplication.clipboard().setMimeData(content)
        self.told.emit(f"{figure.label} copied as a picture")

    def scene(self, snapshot: Snapshot) -> Scene:
        """The moment on screen, whatever neuron the mouse is on. It is about to be painted."""
        self._clock.make_room()  # beside a run that learns a picture of thousands of strokes takes ten times as long
        showing = replace(self.showing, focus=None, cell=None)
        space = self._spaces.view.showing
        if space == SpaceShowing():  # nobody has looked yet
            space = LAST_HIDDEN
        return Scene(
            refined(snapshot, showing.extent),
            showing,
            self._over,
            space_showing=space,
            features=self.features,
            layer_map=self.map_of(snapshot),
            graph=self.graph,
            health=self.health_of(snapshot),
            digit=self._digits.wanted,
            column=self.column,
            runs=tuple(run for run in self._curves.runs.kept if run.seen),
            seconds=self._curves.showing.seconds,
        )

    def _ready(self, scene: Scene, view: str) -> Scene:
        return prepared(scene, view, self._spaces.wish)

    def _remember(self, dialog: PictureDialog) -> None:
        if dialog.form.problem is None:
            self._settings.picture = dialog.form.choice.as_text()


def _of(scene: Scene, choice: FigureChoice) -> FigureChoice:
    """The choice for a scene: with a view that it has, or else its output side, in a size that suits it."""
    views = (*views_of(scene.snapshot.data, scene.snapshot.config), "window")
    output = "journey" if scene.digit is not None and "journey" in views else views[0]
    figure = FIGURES[choice.view if choice.view in views else output]
    if choice.own_size:
        return replace(choice, view=figure.name)
    width, height = size_of(figure, scene)
    return replace(choice, view=figure.name, options=replace(choice.options, width=width, height=height))
