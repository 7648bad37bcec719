"""A drawing as a picture like MNIST's: the same box and the same middle as the real ones have."""

from __future__ import annotations

import numpy as np
import pytest

from mlp_playground.data.centring import BOX, SEARCH, as_mnist, inked_window
from mlp_playground.data.deskew import deskew
from mlp_playground.data.mnist import load_sample
from mlp_playground.data.pen import Ink, PenStroke


def seven(x: float = 0.3, y: float = 0.2, size: float = 0.6, pen: float = 0.06) -> list[PenStroke]:
    corners = ((0.0, 0.0), (0.6, 0.0), (0.25, 1.0))
    return [PenStroke(tuple((x + a * size, y + b * size, pen * size) for a, b in corners))]


def middle(picture: Ink) -> tuple[float, float]:
    total = float(picture.sum())
    return float(picture.sum(axis=1) @ np.arange(28)) / total, float(picture.sum(axis=0) @ np.arange(28)) / total


def sides(picture: Ink) -> tuple[int, int]:
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    return int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1


def test_mnists_own_digits_keep_the_rule_that_is_followed_here() -> None:
    pictures = load_sample().train.X.T[:200].reshape(-1, 28, 28)
    for picture in pictures:
        assert max(sides(picture)) == BOX
        assert all(13.5 <= each < 14.5 for each in middle(picture))


@pytest.mark.parametrize(
    "drawing",
    [
        seven(),
        seven(0.05, 0.05, 0.1),
        seven(0.0, 0.0, 1.2),
        [PenStroke(((0.2, 0.5, 0.05), (0.9, 0.5, 0.05)))],
        [PenStroke(((0.8, 0.8, 0.04),))],
        [PenStroke(((0.3, 0.1, 0.04), (0.3, 0.9, 0.04), (0.7, 0.9, 0.04)))],
    ],
    ids=["seven", "small", "large", "flat", "dot", "L"],
)
def test_a_drawing_fills_the_box_with_its_mass_in_the_middle(drawing: list[PenStroke]) -> None:
    picture = as_mnist(drawing)
    assert picture.shape == (28, 28)
    assert BOX - 1 <= max(sides(picture)) <= BOX
    assert all(13.5 <= each < 14.5 for each in middle(picture))
    assert 0 <= picture.min() < 0.9 < picture.max() <= 1
    assert picture * 255 == pytest.approx(np.round(picture * 255), abs=1e-3), "bytes, as MNIST has"


def test_where_and_how_large_it_is_drawn_makes_no_difference() -> None:
    picture = as_mnist(seven())
    for other in (seven(0.1, 0.3), seven(0.55, 0.6, 0.3), seven(0.02, 0.02, 0.15)):
        # where its middle lies between two pixels it may be put on either
        shifted = [np.roll(as_mnist(other), (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
        assert min(np.abs(each - picture).mean() for each in shifted) < 0.01


def test_what_was_erased_counts_for_nothing() -> None:
    speck = PenStroke(((0.95, 0.95, 0.02),))
    wiped = PenStroke(((0.9, 0.95, 0.06), (1.0, 0.95, 0.06)), erases=True)
    assert np.abs(as_mnist([*seven(), speck, wiped]) - as_mnist(seven())).max() < 0.02
    assert np.abs(as_mnist([*seven(), speck]) - as_mnist(seven())).max() > 0.5


def test_blank_paper_is_blank() -> None:
    assert not as_mnist([]).any()
    assert not as_mnist([*seven(), PenStroke(((0.5, 0.5, 2.0),), erases=True)]).any()
    assert not as_mnist([PenStroke(((3.0, 3.0, 0.1),))]).any(), "beside the paper"


def test_it_is_straightened_as_the_data_are() -> None:
    slanted = [PenStroke(((0.6, 0.1, 0.04), (0.4, 0.9, 0.04)))]
    expected = as_mnist(slanted)[np.newaxis].copy()
    deskew(expected)
    assert np.array_equal(as_mnist(slanted, deskewed=True), expected[0])
    assert sides(as_mnist(slanted, deskewed=True))[1] < sides(as_mnist(slanted))[1]


def test_ink_is_found_where_the_pen_was_as_it_is_on_the_paper() -> None:
    nothing = PenStroke(((0.5, 0.5, 0.0),), erases=True)  # has the ink itself looked for
    for drawing in (seven(), seven(0.05, 0.05, 0.1), seven(0.6, 0.4, 0.9), [PenStroke(((0.8, 0.3, 0.04),))]):
        by_pen, by_ink = inked_window(drawing), inked_window([*drawing, nothing])
        assert by_pen == pytest.approx(by_ink, abs=0.05 / SEARCH)
    assert by_ink == pytest.approx((0.76, 0.26, 0.08), abs=0.0005), "a dot of radius 0.04 at (0.8, 0.3)"
