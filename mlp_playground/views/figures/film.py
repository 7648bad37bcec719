"""Figures one after the other as an animation: GIF, which goes everywhere, or WebP, which is smaller and finer.

All pictures of a GIF share their colours, so that what stays the same does not flicker and takes no room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from mlp_playground.errors import Cancelled, InvalidValue
from mlp_playground.registry import Registry

if TYPE_CHECKING:
    from PIL.Image import Image

Progress = Callable[[int, int], None]
"""Told how many pictures are done, and of how many."""

COLOURS = 128
"""Of a GIF, of 256 that it could have: nobody sees the difference, and the file is a quarter smaller."""
LAST = 1500
"""Milliseconds that the last picture stays, before the film begins again."""
LONGEST, LEAST_RATE, HIGHEST_RATE = 60.0, 1, 50
MOST_PIXELS = 1920 * 1080
"""Of one picture: larger ones no browser plays smoothly."""
MOST_PICTURES = 400
"""Of a film: a GIF is made in memory, a byte for each pixel, and a run keeps no more moments."""


@dataclass(frozen=True)
class Film:
    """How long a film is to take, in seconds, and its pictures a second. Raises InvalidValue."""

    seconds: float = 8.0
    rate: int = 20

    def __post_init__(self) -> None:
        if not 0.5 <= self.seconds <= LONGEST:
            raise InvalidValue("seconds", self.seconds, f"0.5 to {LONGEST:g} seconds")
        if not LEAST_RATE <= self.rate <= HIGHEST_RATE:
            raise InvalidValue("rate", self.rate, f"{LEAST_RATE} to {HIGHEST_RATE} pictures a second")

    @property
    def pictures(self) -> int:
        """How many pictures there can be, at least two; of a long film fewer a second."""
        return min(max(round(self.seconds * self.rate), 2), MOST_PICTURES)

    def durations(self, n: int) -> list[int]:
        """Milliseconds that each of n pictures stays; GIF counts hundredths of a second."""
        each = max(round(100 * self.seconds / n), 2) * 10
        return [each] * (n - 1) + [LAST]


@dataclass(frozen=True)
class FilmFormat:
    """One kind of film: its name, which is the files' ending too, and how pictures become one."""

    name: str
    label: str
    written: Callable[[Iterator[QImage], Sequence[QImage], list[int]], bytes]


def film_bytes(
    kind: FilmFormat, paint: Callable[[int], QImage], film: Film, n: int, progress: Progress,
    is_cancelled: Callable[[], bool],
) -> bytes:  # fmt: skip
    """The film of n pictures, of which `paint` makes each by its number. Raises Cancelled, between two pictures."""

    def painted(number: int) -> QImage:
        if is_cancelled():
            raise Cancelled
        return paint(number)

    def told(number: int) -> QImage:
        progress(number, n)
        return painted(number)

    keys = [painted(number) for number in sorted({0, n // 2, n - 1})]
    return kind.written(map(told, range(n)), keys, film.durations(n))


def check_size(width: int, height: int) -> None:
    """Raise InvalidValue for pictures that are too large for a film."""
    if width * height > MOST_PIXELS:
        raise InvalidValue("size", f"{width}x{height}", "at most 1920 × 1080 pixels in a film, in any shape")


def _gif(pictures: Iterator[QImage], keys: Sequence[QImage], durations: list[int]) -> bytes:
    from PIL import Image

    shared = _stacked([_as_pillow(each) for each in keys]).quantize(COLOURS, Image.Quantize.MEDIANCUT)

    def reduced() -> Iterator[Image.Image]:
        for each in pictures:
            yield _as_pillow(each).quantize(palette=shared, dither=Image.Dither.NONE)

    return _saved(reduced(), "GIF", durations, optimize=False, disposal=1)


def _webp(pictures: Iterator[QImage], _keys: Sequence[QImage], durations: list[int]) -> bytes:
    return _saved((_as_pillow(each) for each in pictures), "WEBP", durations, quality=88, method=3)


def _saved(frames: Iterator[Image], kind: str, durations: list[int], **options: object) -> bytes:
    buffer = BytesIO()
    next(frames).save(buffer, kind, save_all=True, append_images=frames, duration=durations, loop=0, **options)
    return buffer.getvalue()


def _stacked(pictures: Sequence[Image]) -> Image:
    from PIL import Image

    width, height = pictures[0].size
    whole = Image.new("RGB", (width, height * len(pictures)))
    for number, each in enumerate(pictures):
        whole.paste(each, (0, number * height))
    return whole


def _as_pillow(image: QImage) -> Image:
    from PIL import Image

    size = image.width(), image.height()
    return Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "BGRX", image.bytesPerLine(), 1)


FILMS: Registry[FilmFormat] = Registry(
    "film", FilmFormat("gif", "GIF, a film", _gif), FilmFormat("webp", "WebP, a film", _webp)
)
