"""Straightening digits, against loops over single pixels, and on bars whose slant is known."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from numpy.typing import NDArray

from mlp_playground.data import deskew as module
from mlp_playground.data.deskew import deskew
from mlp_playground.data.mnist import load_sample

Picture = NDArray[np.float32]


def slope(picture: Picture) -> float:
    """How far the ink moves to the right from one row to the next: the least-squares line of x over y."""
    inked = [(y, x, float(p)) for (y, x), p in np.ndenumerate(picture) if p > 0]
    total = sum(p for _, _, p in inked)
    if not total:
        return 0.0
    y_mean, x_mean = sum(p * y for y, _, p in inked) / total, sum(p * x for _, x, p in inked) / total
    spread = sum(p * (y - y_mean) ** 2 for y, _, p in inked)
    return sum(p * (y - y_mean) * (x - x_mean) for y, x, p in inked) / spread if spread else 0.0


def straightened(picture: Picture) -> Picture:
    """The same by the book, pixel by pixel in float64."""
    rows, columns = picture.shape
    alpha = slope(picture)
    total = float(picture.sum(dtype=np.float64))
    centre = sum(y * float(picture[y].sum(dtype=np.float64)) for y in range(rows)) / total if total else 0.0
    result = np.zeros(picture.shape)
    for y in range(rows):
        for x in range(columns):
            place = x + alpha * (y - centre)
            left = math.floor(place)
            for pixel, weight in ((left, left + 1 - place), (left + 1, place - left)):
                if 0 <= pixel < columns:
                    result[y, x] += weight * picture[y, pixel]
    return result.astype(np.float32)


def bar(alpha: float, rows: int = 28, columns: int = 28, width: float = 4.0) -> Picture:
    """A bar through the middle that moves right by `alpha` a row; pixels at its edges are inked in part."""
    picture = np.zeros((rows, columns), np.float32)
    for y in range(4, rows - 4):
        left = (columns - width) / 2 + alpha * (y - (rows - 1) / 2)
        for x in range(columns):
            picture[y, x] = np.clip(min(left + width, x + 1) - max(left, x), 0, 1)
    return picture


def digits(n: int) -> Picture:
    """The first test digits of the sample, to be written on."""
    return np.array(load_sample().test.X[:, :n].T).reshape(n, 28, 28)


def test_it_is_what_loops_over_pixels_give() -> None:
    pictures = digits(40)
    expected = np.stack([straightened(picture) for picture in pictures])
    assert np.abs(expected - pictures).max() > 0.5
    deskew(pictures)
    np.testing.assert_allclose(pictures, expected, atol=2e-5)


@pytest.mark.parametrize("shape", [(7, 5, 9), (3, 9, 4), (2, 2, 2), (4, 1, 6), (4, 6, 1)])
def test_pictures_of_any_size_too(shape: tuple[int, int, int]) -> None:
    pictures = np.random.default_rng(0).random(shape, np.float32) ** 3
    expected = np.stack([straightened(picture) for picture in pictures])
    deskew(pictures)
    np.testing.assert_allclose(pictures, expected, atol=2e-5)


@pytest.mark.parametrize("alpha", [-0.7, -0.25, 0.1, 0.5])
def test_a_slanted_bar_becomes_upright(alpha: float) -> None:
    assert slope(bar(alpha)) == pytest.approx(alpha, abs=1e-3)
    pictures = bar(alpha)[np.newaxis].copy()
    deskew(pictures)
    assert abs(slope(pictures[0])) < 1e-3
    np.testing.assert_allclose(pictures[0].sum(axis=1), bar(alpha).sum(axis=1), atol=1e-5)  # each row keeps its ink
    inked = pictures[0, 4:-4]
    assert (inked[:, 12:16] > 0.7).all()
    assert (inked[:, :11] == 0).all()
    assert (inked[:, 17:] == 0).all()


def test_what_is_upright_stays() -> None:
    pictures = bar(0)[np.newaxis].copy()
    deskew(pictures)
    np.testing.assert_allclose(pictures[0], bar(0), atol=1e-6)


def test_a_second_time_changes_next_to_nothing() -> None:
    pictures = digits(200)
    written = pictures.copy()
    deskew(pictures)
    once = pictures.copy()
    deskew(pictures)
    first, second = np.abs(once - written).mean(axis=(1, 2)), np.abs(pictures - once).mean(axis=(1, 2))
    assert np.median(first) > 0.01
    assert np.median(second) < 1e-6
    assert second.mean() < 0.01 * first.mean()  # where ink was lost at an edge, a little slant is left


def test_the_centre_of_the_ink_stays() -> None:
    pictures = digits(50)
    before = [(p.sum(axis=0) @ np.arange(28) / p.sum(), p.sum(axis=1) @ np.arange(28) / p.sum()) for p in pictures]
    deskew(pictures)
    after = [(p.sum(axis=0) @ np.arange(28) / p.sum(), p.sum(axis=1) @ np.arange(28) / p.sum()) for p in pictures]
    np.testing.assert_allclose(after, before, atol=1e-3)


def test_ink_stays_between_none_and_full() -> None:
    rng = np.random.default_rng(1)
    pictures = (rng.random((500, 28, 28)) < 0.5).astype(np.float32)
    pictures *= rng.random((500, 1, 1)) < 0.9  # and some without any
    deskew(pictures)
    assert pictures.dtype == np.float32
    assert pictures.shape == (500, 28, 28)
    assert pictures.min() == 0
    assert 0.9 < pictures.max() <= 1


def test_where_there_is_no_slant_to_know_nothing_changes() -> None:
    empty, one_row, one_pixel = np.zeros((3, 28, 28), np.float32)
    one_row[5, 3:20] = 0.6
    one_pixel[27, 0] = 1
    rng = np.random.default_rng(2)
    faint = np.zeros((280, 28, 28), np.float32)
    faint[np.arange(280), np.arange(280) % 28] = rng.random((280, 28)) ** 20  # sums that have to be rounded
    pictures = np.concatenate([[empty, one_row, one_pixel], faint])
    before = pictures.copy()
    deskew(pictures)
    np.testing.assert_array_equal(pictures, before)


def test_a_row_pushed_beyond_the_edge_is_gone_and_wraps_nowhere() -> None:
    picture = np.zeros((9, 4), np.float32)
    picture[0, 0] = picture[1, 3] = picture[8, 1] = picture[7, 1] = 1
    picture[0, 3] = 0.9
    steep = np.zeros((9, 4), np.float32)
    steep[4], steep[3, 0], steep[5, 3] = 1, 1, 1  # nearly flat: rows move further than the picture is wide
    pictures = np.stack([picture, steep])
    expected = np.stack([straightened(each) for each in pictures])
    deskew(pictures)
    np.testing.assert_allclose(pictures, expected, atol=1e-5)


def test_the_pictures_of_all_chunks_are_straightened(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parts = digits(50), digits(50)
    deskew(whole)
    monkeypatch.setattr(module, "CHUNK", 7)
    deskew(parts)
    np.testing.assert_array_equal(parts, whole)


def test_many_pictures_take_no_more_memory_than_some() -> None:
    def peak(n: int) -> int:
        pictures = np.ones((n, 28, 28), np.float32)
        tracemalloc.start()
        deskew(pictures)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8 * module.CHUNK) < 1.1 * peak(module.CHUNK) < 20e6


def test_no_pictures_are_fine() -> None:
    pictures = np.zeros((0, 28, 28), np.float32)
    deskew(pictures)
    assert pictures.shape == (0, 28, 28)
