"""Makes the pictures of the examples by training each of them: `python packaging/make_gallery.py` writes
resources/gallery, for each example a picture in the light theme and one in the dark.

The same machine makes the same bytes. Names of examples after the command make only those.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter, QPen

from mlp_playground.data.mnist import load_sample
from mlp_playground.experiment.config import MNIST_FULL
from mlp_playground.experiment.gallery import GALLERY, Example
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.files import write_whole
from mlp_playground.views.canvas.field_picture import PICTURES
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.data.gallery_dialog import PICTURE, picture_name
from mlp_playground.views.diagram.network_picture import ink
from mlp_playground.views.painting import painting
from mlp_playground.views.theme import DARK, LIGHT, Theme, tinted

TARGET = Path(__file__).parents[1] / "resources"
FINENESS = 2
"""Pixels of the file to one of the card, for fine screens."""
COLOURS = 64
"""A picture's palette: more make the files larger, fewer make steps in the map."""
DIGITS, MANY_DIGITS = 5, 8
"""Digits in a row of the sample's picture, and of that of all of MNIST."""


def main() -> None:
    """Train and paint the examples that were named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="of examples; none: all of them")
    parser.add_argument("--target", type=Path, default=TARGET, help="the folder that stands for resources")
    options = parser.parse_args()
    app = QGuiApplication([])
    for name in options.names or GALLERY:
        for path in make(GALLERY[name], options.target):
            print(f"{path.name}: {path.stat().st_size / 1000:.1f} kB")
    del app


def make(example: Example, target: Path) -> list[Path]:
    """Write both pictures of an example, and say where."""
    snapshot = None if example.config.data.name == MNIST_FULL else trained(example)
    paths = []
    for theme in (LIGHT, DARK):
        path = target / picture_name(example, theme)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, png(painted(snapshot, theme), fingerprint(example)))
        paths.append(path)
    return paths


def trained(example: Example) -> Snapshot:
    """The moment of which the example's words speak."""
    trainer = Trainer(example.config)
    for _ in range(example.epochs):
        trainer.run_epoch()
    return observe(trainer, Look(resolution=FINENESS * PICTURE))


def painted(snapshot: Snapshot | None, theme: Theme) -> QImage:
    """The output without axes. None stands for all of MNIST, of which there need not be a file: more of its digits."""
    image = QImage(FINENESS * PICTURE, FINENESS * PICTURE, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.surface))
    place = QRectF(0, 0, PICTURE, PICTURE)
    with painting(QPainter(image)) as painter:
        painter.scale(FINENESS, FINENESS)
        if snapshot is None:
            _paint_digits(painter, place, MANY_DIGITS, None, theme)
        elif snapshot.field is None:
            _paint_digits(painter, place, DIGITS, snapshot, theme)
        else:
            picture, showing = PICTURES[snapshot.field.space], Showing(test_points=False, mistakes=False)
            picture.paint_map(painter, place, snapshot.field, snapshot.data, theme, showing)
            picture.paint_overlay(painter, place, snapshot.data, theme, showing)
            picture.paint_top(painter, place, snapshot.field, snapshot.data, theme, showing)
    return image


def _paint_digits(painter: QPainter, place: QRectF, n: int, snapshot: Snapshot | None, theme: Theme) -> None:
    """n × n test digits; those that the network gets wrong are framed."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    samples, side = load_sample().test, place.width() / n
    for index in range(n * n):
        at = QRectF(index % n * side, index // n * side, side, side)
        painter.drawImage(at, tinted(ink(samples.X[:, index].reshape(28, 28)), theme.ink_scale))
    if snapshot is None or snapshot.digits is None:
        return
    wrong = snapshot.digits.probabilities[:, : n * n].argmax(axis=0) != samples.y[: n * n]
    painter.setPen(QPen(QColor(theme.orange), 2))
    for index in np.flatnonzero(wrong).tolist():
        painter.drawRect(QRectF(index % n * side, index // n * side, side, side).adjusted(1, 1, -1, -1))


def fingerprint(example: Example) -> str:
    """What the picture was made of, so that a test can tell an outdated one."""
    config = example.config.model_dump_json(exclude_defaults=True)
    return hashlib.sha256(f"{example.epochs} {config}".encode()).hexdigest()


def png(image: QImage, made_of: str) -> bytes:
    """The picture as a file with few colours, in which the text "made of" is noted."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[:, :, 2::-1]
    colours, index = reduced(pixels.reshape(-1, 3), COLOURS)
    result = QImage(index.tobytes(), image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8)
    result.setColorTable([QColor(*colour).rgb() for colour in colours.tolist()])
    result.setText("made of", made_of)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(100)  # as small as can be
    if not writer.write(result):
        raise OSError(writer.errorString())
    return bytes(buffer.data().data())


def reduced(pixels: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """At most `n` colours (n, 3) for `pixels` (N, 3), and which of them each pixel is (N,), by median cut (Heckbert,
    1982): the box of colours with the widest spread is cut at its median until there are n."""
    one = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)  # a number for each: quick to compare
    _, first, which, counts = np.unique(one, return_index=True, return_inverse=True, return_counts=True)
    distinct = pixels[first]
    boxes = [np.arange(len(distinct))]
    while len(boxes) < n:
        spreads = [np.ptp(distinct[box].astype(int), axis=0) for box in boxes]
        widest = max(range(len(boxes)), key=lambda i: int(spreads[i].max()) * int(counts[boxes[i]].sum()) ** 0.5)
        if spreads[widest].max() == 0:
            break
        box = boxes.pop(widest)
        box = box[np.argsort(distinct[box, spreads[widest].argmax()], kind="stable")]
        middle = int(np.searchsorted(counts[box].cumsum(), counts[box].sum() / 2))
        middle = min(max(middle, 1), len(box) - 1)
        boxes += [box[:middle], box[middle:]]
    colours = np.array([np.average(distinct[box], axis=0, weights=counts[box]).round() for box in boxes], np.uint8)
    place = np.empty(len(distinct), np.uint8)
    for number, box in enumerate(boxes):
        place[box] = number
    return colours, place[which]


if __name__ == "__main__":
    main()
