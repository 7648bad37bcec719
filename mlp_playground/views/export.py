"""Pictures to take home: the output side as PNG or SVG, drawn by the same code as the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.files import write_whole
from mlp_playground.views.digits_view import paint_digits
from mlp_playground.views.field_picture import paint_field
from mlp_playground.views.painting import painting
from mlp_playground.views.parts import percent
from mlp_playground.views.picture_frame import AXIS_ROOM, Showing
from mlp_playground.views.theme import LIGHT, Theme, font

SIDE = 640
MARGIN = 16.0
CAPTION = 56.0
FORMATS = (".png", ".svg")


def check_format(path: Path) -> None:
    """Raise InvalidValue unless the file's ending is one that we can write."""
    if path.suffix.lower() not in FORMATS:
        raise InvalidValue("image", path.name, "a file name that ends in .png or .svg")


def save_picture(path: Path, snapshot: Snapshot, theme: Theme = LIGHT, showing: Showing | None = None) -> None:
    """Write the output side with a caption, as the ending says: PNG (twice as fine as a screen) or SVG.

    Raises InvalidValue for another ending and OSError if the file can't be written. The file is written whole or
    not at all.
    """
    check_format(path)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if path.suffix.lower() == ".svg":
        _write_svg(buffer, snapshot, theme, showing or Showing())
    elif not (writer := QImageWriter(buffer, b"png")).write(picture(snapshot, theme, showing)):
        raise OSError(f"{path.name} can't be made: {writer.errorString()}")
    write_whole(path, bytes(buffer.data().data()))


def picture(snapshot: Snapshot, theme: Theme = LIGHT, showing: Showing | None = None, fineness: int = 2) -> QImage:
    """The output side with a caption as a picture, `fineness` pixels to each point."""
    size = _size()
    image = QImage(size * fineness, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    with painting(QPainter(image)) as painter:
        painter.scale(fineness, fineness)
        _paint(painter, snapshot, theme, showing or Showing())
    return image


def _write_svg(device: QIODevice, snapshot: Snapshot, theme: Theme, showing: Showing) -> None:
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setSize(_size())
    generator.setViewBox(QRectF(0, 0, _size().width(), _size().height()))
    generator.setTitle("MLP Playground")
    generator.setDescription(_caption(snapshot)[0])
    with painting(QPainter(generator)) as painter:
        painter.fillRect(QRectF(0, 0, _size().width(), _size().height()), QColor(theme.background))
        _paint(painter, snapshot, theme, showing)


def _size() -> QSize:
    return QSize(round(SIDE + AXIS_ROOM + 2 * MARGIN), round(SIDE + AXIS_ROOM + 2 * MARGIN + CAPTION))


def _paint(painter: QPainter, snapshot: Snapshot, theme: Theme, showing: Showing) -> None:
    size = _size()
    area = QRectF(MARGIN, MARGIN + CAPTION, size.width() - 2 * MARGIN, size.height() - 2 * MARGIN - CAPTION)
    title, numbers = _caption(snapshot)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    inset = AXIS_ROOM if snapshot.field is not None else 0.0
    painter.setPen(QColor(theme.text))
    painter.setFont(font(13, bold=True))
    painter.drawText(QRectF(MARGIN + inset, MARGIN - 4, size.width() - inset - 2 * MARGIN, 26), left, title)
    painter.setPen(QColor(theme.muted))
    painter.setFont(font(10))
    painter.drawText(QRectF(MARGIN + inset, MARGIN + 20, size.width() - inset - 2 * MARGIN, 22), left, numbers)
    if snapshot.field is not None:
        paint_field(painter, area, snapshot.field, snapshot.data, theme, showing)
    else:
        paint_digits(painter, area, snapshot, theme)


def _caption(snapshot: Snapshot) -> tuple[str, str]:
    """What the picture shows: the experiment, and how good the network is."""
    network = "–".join(str(width) for width in snapshot.architecture.widths)
    metrics = snapshot.metrics
    if metrics.test_accuracy is not None and metrics.train_accuracy is not None:
        good = f"train {percent(metrics.train_accuracy)}, test {percent(metrics.test_accuracy)} right"
    else:
        good = f"loss {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test"
    title = f"{snapshot.data.label} · network {network}"
    return title, f"epoch {snapshot.epoch} · {good}"
