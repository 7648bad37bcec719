"""Films: as many pictures as were wanted, in their order, with the colours of stills; and none that is half made."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from mlp_playground.errors import Cancelled, InvalidValue
from mlp_playground.views.figures.film import FILMS, Film, FilmFormat, film_bytes

FORMATS = pytest.mark.parametrize("kind", FILMS.values(), ids=lambda kind: kind.name)

pytestmark = pytest.mark.usefixtures("qapp")


def plain(number: int) -> QImage:
    """A blue bar that moves to the right over an orange ground."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#f59322"))
    for x in range(8):
        for y in range(48):
            image.setPixelColor(8 * number + x, y, QColor("#0877bd"))
    return image


def never() -> bool:
    return False


def ignore(_done: int, _n: int) -> None: ...


@FORMATS
def test_each_picture_comes_in_its_turn_and_the_last_one_stays(kind: FilmFormat) -> None:
    told: list[tuple[int, int]] = []
    content = film_bytes(kind, plain, Film(1.0, 20), 5, lambda *numbers: told.append(numbers), never)
    assert told == [(k, 5) for k in range(5)]
    film = Image.open(BytesIO(content))
    assert (film.size, film.n_frames, film.info["loop"]) == ((64, 48), 5, 0)
    durations = []
    for number in range(5):
        film.seek(number)
        film.load()
        durations.append(film.info["duration"])
        for x in (8 * number + 4, 60):
            wanted = plain(number).pixelColor(x, 9).getRgb()[:3]
            assert film.convert("RGB").getpixel((x, 9)) == pytest.approx(wanted, abs=24)  # WebP is not exact
    assert durations == [200] * 4 + [1500]
    assert content == film_bytes(kind, plain, Film(1.0, 20), 5, ignore, never), "the same bytes each time"


@FORMATS
def test_it_can_be_called_off_between_any_two_pictures(kind: FilmFormat) -> None:
    for last in (0, 4, 6):
        calls = iter(range(100))
        with pytest.raises(Cancelled):
            film_bytes(kind, plain, Film(), 5, ignore, lambda calls=calls, last=last: next(calls) >= last)


def test_long_films_have_fewer_pictures_a_second_and_take_as_long() -> None:
    assert (Film(8, 20).pictures, Film(60, 50).pictures, Film(0.5, 1).pictures) == (160, 400, 2)
    assert sum(Film(60, 50).durations(400)[:-1]) == pytest.approx(60_000, rel=0.01)


@pytest.mark.parametrize(("seconds", "rate"), [(0.1, 20), (61.0, 20), (8.0, 0), (8.0, 51)])
def test_films_that_can_not_be_are_refused(seconds: float, rate: int) -> None:
    with pytest.raises(InvalidValue, match=r"0\.5 to 60 seconds|1 to 50 pictures a second"):
        Film(seconds, rate)
