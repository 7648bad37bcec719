"""Asks which view is wanted as a picture, in which format, how large, and what is to stand around it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.film import film_of
from mlp_playground.views.canvas.region_colours import FILLINGS
from mlp_playground.views.colour_sets import COLOUR_SETS
from mlp_playground.views.controls import CheckBox, Choice
from mlp_playground.views.figures.export import FORMATS
from mlp_playground.views.figures.figure import Figure, Scene
from mlp_playground.views.figures.figure_choice import FigureChoice
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figure_size import FigureSize
from mlp_playground.views.figures.figures import FIGURES, FILM_DPI, film_size, size_of, views_of
from mlp_playground.views.figures.film import FILMS, check_size
from mlp_playground.views.figures.film_length import FilmLength
from mlp_playground.views.parts import captioned
from mlp_playground.views.theme import SPACE, font

OPTIONS = {
    "axes": ("axes and names", "Numbers along the edges, and the names of layers"),
    "legend": ("legend", "What the colours, marks and lines mean"),
    "dark": ("dark", "Light on dark, for a dark slide"),
    "transparent": ("transparent", "No ground: what is behind the picture shines through"),
    "logarithmic": ("log", "The loss on a logarithmic axis"),
    "title": ("title", "Words above the picture"),
}
ROWS = (("axes", "legend"), ("dark", "transparent", "logarithmic"))
FORMAT_TIP = "SVG and PDF stay sharp at any size and can be edited; PNG goes everywhere; GIF and WebP move"
NOTHING_YET = "Train first: there is nothing yet that a film could show"
ONLY_PIXELS = "The window is made of pixels, so it is saved as PNG"


class FigureForm(QWidget):
    """Holds a FigureChoice for a scene, at first `choice`. `changed`: it is another one, or there is a `problem`."""

    changed = Signal()

    def __init__(self, choice: FigureChoice, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        views = [FIGURES[name] for name in (*views_of(scene.snapshot.data, scene.snapshot.config), "window")]
        if choice.view not in (view.name for view in views):
            choice = replace(choice, view=views[0].name)
        self.view = Choice(*((view.label, view.name, view.words) for view in views))
        self.format = Choice(*((kind.label, kind.name, "") for kind in FORMATS.values()))
        for film in FILMS.values():
            self.format.add(film.label, film.name, "")
        self.film = FilmLength()
        self.sizes = FigureSize()
        self.boxes = {name: CheckBox(text) for name, (text, _) in OPTIONS.items()}
        self.words, self.around = QLineEdit(), QWidget()
        self.colours = Choice(*((each.label.replace("&", ""), each.name, each.words) for each in COLOUR_SETS.values()))
        self.filling = Choice(*((each.label, each.name, each.words) for each in FILLINGS.values()))
        self.filling.show_data(scene.showing.filling)
        self._filling_box = captioned("Regions are filled with", self.filling)
        self.problem: InvalidValue | None = None
        self._dress()
        self._lay_out()
        self._show(choice)
        self._connect()

    @property
    def figure(self) -> Figure:
        """The chosen view."""
        return FIGURES[self.view.currentData()]

    @property
    def choice(self) -> FigureChoice:
        """What is chosen. Raises InvalidValue for a size that can't be."""
        width, height, dpi = self.sizes.value
        options = FigureOptions(
            width, height, dpi, words=self.words.text().strip(), colours=self.colours.currentData(),
            **{name: box.isChecked() for name, box in self.boxes.items()},
        )  # fmt: skip
        if self.is_film:
            check_size(width, height)
        return FigureChoice(self.figure.name, self.format.currentData(), options, self.sizes.is_own, self.film.value)

    @property
    def is_film(self) -> bool:
        """Whether a film is wanted, and no still picture."""
        return self.format.currentData() in FILMS

    def _dress(self) -> None:
        self.view.setToolTip("What the picture shows")
        self.colours.setToolTip("Which colours classes and numbers have")
        for name, (_, tip) in OPTIONS.items():
            self.boxes[name].setToolTip(tip)
        self.words.setFixedHeight(28)
        self.words.setFont(font(10))
        self.words.setToolTip("Words above the picture; left empty, what the experiment is")
        self.words.setPlaceholderText("what the experiment is")
        self.words.setAccessibleName("Title")

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        first = QHBoxLayout()
        first.setSpacing(SPACE)
        first.addWidget(captioned("View", self.view), 1)
        first.addWidget(captioned("Format", self.format), 1)
        whole.addLayout(first)
        whole.addWidget(self.film)
        whole.addWidget(self.sizes)
        whole.addWidget(self.around)
        whole.addStretch(1)
        around = QVBoxLayout(self.around)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(2 * SPACE)
        for names in ROWS:
            row = QHBoxLayout()
            row.setSpacing(2 * SPACE)
            for name in names:
                row.addWidget(self.boxes[name])
            row.addStretch(1)
            around.addLayout(row)
        title = QHBoxLayout()
        title.setSpacing(SPACE)
        title.addWidget(self.boxes["title"])
        title.addWidget(self.words, 1)
        around.addLayout(title)
        around.addWidget(captioned("Colours", self.colours))
        around.addWidget(self._filling_box)

    def _show(self, choice: FigureChoice) -> None:
        options = choice.options
        self.view.show_data(choice.view)
        self.format.show_data(choice.format)
        self.colours.show_data(options.colours)
        for name, box in self.boxes.items():
            box.setChecked(getattr(options, name))
        self.film.show_length(choice.film)
        if choice.own_size:
            self.sizes.show_own((options.width, options.height, options.dpi))
        self._on_view()

    def _connect(self) -> None:
        self.view.activated.connect(self._on_view)
        self.format.activated.connect(self._on_view)
        self.film.changed.connect(self._on_changed)
        self.sizes.changed.connect(self._on_changed)
        self.words.textChanged.connect(self._on_changed)
        for choice in (self.colours, self.filling):
            choice.activated.connect(self._on_changed)
        for box in self.boxes.values():
            box.toggled.connect(self._on_changed)

    def _on_view(self) -> None:
        """What the view has no use for goes."""
        figure = self.figure
        self._allow_films(figure.name == "space" or len(self._scene.snapshot.past.frames) > 1)
        if figure.of_window:
            self.format.setCurrentIndex(0)
        self.around.setVisible(not figure.of_window)
        self.boxes["logarithmic"].setVisible(figure.name == "loss")
        self._filling_box.setVisible(figure.name == "regions")
        size, dpi = size_of(figure, self._scene), FigureOptions.dpi
        self.sizes.show_fitting((*film_size(size), FILM_DPI) if self.is_film else (*size, dpi))
        self.film.setVisible(self.is_film)
        self.boxes["transparent"].setVisible(not self.is_film)
        self.format.setEnabled(not figure.of_window)
        self.format.setToolTip(ONLY_PIXELS if figure.of_window else FORMAT_TIP)
        self._on_changed()

    def _on_changed(self) -> None:
        self.words.setEnabled(self.boxes["title"].isChecked())
        words, self.problem = "", None
        try:
            words = self._words(self.choice)
        except InvalidValue as error:
            self.problem = error
        self.sizes.tell(self.problem, words)
        self.changed.emit()

    def _words(self, choice: FigureChoice) -> str:
        if self.is_film and choice.view == "space":
            return f"{choice.film.pictures} pictures, through all steps of the network"
        if self.is_film:
            snapshot = self._scene.snapshot
            n = len(film_of(snapshot.past, snapshot.present, choice.film.pictures))
            return f"{n} pictures, from the run's first moment to now"
        size = choice.options.millimetres
        return f"{size.width() / 10:.1f} × {size.height() / 10:.1f} cm on paper"

    def _allow_films(self, can: bool) -> None:
        """Without a run there is no film of it."""
        model = self.format.model()
        assert isinstance(model, QStandardItemModel)
        for number in range(len(FORMATS), self.format.count()):
            model.item(number).setEnabled(can)
            self.format.setItemData(number, "" if can else NOTHING_YET, Qt.ItemDataRole.ToolTipRole)
        if self.is_film and not can:
            self.format.setCurrentIndex(0)
