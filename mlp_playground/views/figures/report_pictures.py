"""The pictures of a report: views with their legends, without title and ground, as large as its page has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from mlp_playground.export.report import Picture
from mlp_playground.views.figures.export import png_bytes, set_dpi
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_legend import Legend
from mlp_playground.views.figures.figure_options import INCH, POINT_DPI, FigureOptions
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.figures.svg import svg_bytes
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import SPACE, type_on_paper

OPTIONS = FigureOptions(title=False, transparent=True)
FINE = 3
"""Pixels to a dot where a picture is made of pixels."""


class Drawings:
    """The pictures of one moment: `scene` gives that of a view, with all that it shows. What is made of pixels is made
    once."""

    def __init__(self, scene: Callable[[str], Scene]) -> None:
        self.scene: Callable[[str], Scene] = lru_cache(scene)
        self._pixels: dict[Picture, QImage] = {}

    def paint(self, painter: QPainter, picture: Picture) -> None:
        """The picture from (0, 0) on."""
        scene = self.scene(picture.view)
        if not is_of_pixels(picture, scene):
            paint_picture(painter, picture, scene)
            return
        if picture not in self._pixels:
            self._pixels[picture] = as_pixels(picture, scene)
        painter.drawImage(QRectF(QPointF(), QSizeF(*picture.size)), self._pixels[picture])

    def files(self, pictures: Iterable[Picture]) -> dict[str, tuple[str, bytes]]:
        """Each picture as a file with its media type, by its view: vectors, but for views of thousands of pixels."""
        return {each.view: _file(each, self.scene(each.view)) for each in pictures}


def paint_picture(painter: QPainter, picture: Picture, scene: Scene) -> None:
    """The view in its size, from (0, 0) on, with its legend at the right."""
    figure = FIGURES[picture.view]
    legend = figure.legend(scene) if picture.legend else Legend()
    beside = legend.width + 2 * SPACE if legend.width else 0.0
    room = QSizeF(picture.size[0] - beside, picture.size[1])
    size = figure.fit(room, scene, OPTIONS)
    top = (room.height() - size.height()) / 2
    figure.paint(painter, QRectF(QPointF(0, top), size), scene, OPTIONS)
    legend.paint(painter, QPointF(size.width() + 2 * SPACE, top + SPACE), OPTIONS.theme)


def _file(picture: Picture, scene: Scene) -> tuple[str, bytes]:
    if is_of_pixels(picture, scene):
        return "image/png", png_bytes(as_pixels(picture, scene))
    paper = QSizeF(*picture.size)
    words = FIGURES[picture.view].label, picture.words
    with type_on_paper():
        size = paper * (INCH / POINT_DPI)
        return "image/svg+xml", svg_bytes(words, paper, size, lambda painter: paint_picture(painter, picture, scene))


def is_of_pixels(picture: Picture, scene: Scene) -> bool:
    """Whether vectors would be of no use: each pixel of a digit or of a neuron's weights would be one."""
    return scene.snapshot.data.space == "pictures" and picture.view in ("digits", "network")


def as_pixels(picture: Picture, scene: Scene) -> QImage:
    """The picture on white, in FINE pixels to a dot."""
    image = QImage(FINE * picture.size[0], FINE * picture.size[1], QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    set_dpi(image, POINT_DPI)  # letters are measured on the paper, whatever the screen has
    with painting(QPainter(image)) as painter, type_on_paper():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(FINE, FINE)
        paint_picture(painter, picture, scene)
    return image
