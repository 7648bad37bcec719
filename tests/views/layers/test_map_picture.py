"""The maps of layers: each sample in its colour where it lies, mistakes ringed, classes named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.map_question import MapObserver
from mlp_playground.experiment.probe_question import ProbeObserver
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.layers.map_picture import MapShowing, map_at, paint_map, paint_marked, sample_at
from mlp_playground.views.layers.map_points import MapStamps, are_named
from mlp_playground.views.layers.map_tiles import Lens, tiles
from mlp_playground.views.layers.map_words import (
    cut_words,
    example_of,
    mistakes_words,
    note,
    number_of,
    sample_words,
    seen_share,
)
from mlp_playground.views.theme import LIGHT

WIDTH, HEIGHT = 640, 240
AREA = QRectF(0, 0, WIDTH, HEIGHT)


def _network(*hidden: int) -> NetworkConfig:
    return NetworkConfig(hidden=hidden, activations=("tanh",) * len(hidden))


@pytest.fixture
def found(take: Callable[..., Snapshot]) -> LayerMap:
    config = ExperimentConfig(network=_network(4, 1)).changed("data", samples=40)
    return MapObserver().observe(take(config))


@pytest.mark.parametrize("stamped", [True, False])
def test_samples_lie_where_the_map_has_them(found: LayerMap, painted: Callable[..., np.ndarray], stamped: bool) -> None:
    stamps = MapStamps(found.samples, LIGHT, 1.0) if stamped else None
    showing = MapShowing(mistakes=False)
    pixels = painted(lambda p: paint_map(p, AREA, found, None, LIGHT, showing, stamps), WIDTH, HEIGHT, LIGHT.background)
    for column, place in enumerate(tiles(AREA, 4)):
        places = Lens().pixels(place, found.sheets[column].points)
        for number in range(found.samples.n_train):
            others = np.delete(places, number, axis=0)
            if np.hypot(*(others - places[number]).T).min() < 8:
                continue  # hidden by another one
            x, y = places[number].round().astype(int)
            colour = LIGHT.class_colour(int(found.samples.y[number]))
            assert np.abs(pixels[y, x] - colour.getRgb()[:3]).max() < 60, (column, number)


def test_the_mouse_finds_the_same_sample_in_every_layer(found: LayerMap, painted: Callable[..., np.ndarray]) -> None:
    showing = MapShowing()
    for column, place in enumerate(tiles(AREA, 4)):
        at = QPointF(*Lens().pixels(place, found.sheets[column].points)[7])
        assert map_at(AREA, found, showing, at) == column
        number = sample_at(AREA, found, showing, at, 5)
        assert number is not None
        np.testing.assert_allclose(found.sheets[column].points[:, number], found.sheets[column].points[:, 7], atol=1e-3)
    assert sample_at(AREA, found, showing, QPointF(WIDTH - 1, HEIGHT - 1), 5) is None
    assert map_at(AREA, found, showing, QPointF(20, 5)) is None
    assert map_at(AREA, found, showing, QPointF(20, 5), 18) == 0, "its caption"
    marked = painted(lambda p: paint_marked(p, AREA, found, LIGHT, MapShowing(pointed=7)), WIDTH, HEIGHT, "#ffffff")
    pink = np.abs(marked - np.array(QColor(LIGHT.selection).getRgb()[:3])).sum(axis=2) < 60
    for column, place in enumerate(tiles(AREA, 4)):
        x, y = Lens().pixels(place, found.sheets[column].points)[7].round().astype(int)
        assert pink[y - 9 : y + 10, x - 9 : x + 10].sum() > 20


def test_mistakes_are_ringed_unless_nearly_all_are(found: LayerMap, painted: Callable[..., np.ndarray]) -> None:
    def picture(wrong: np.ndarray, *, ringed: bool) -> np.ndarray:
        shown = replace(found, answers=replace(found.answers, wrong=wrong))
        return painted(lambda p: paint_map(p, AREA, shown, None, LIGHT, MapShowing(mistakes=ringed)), WIDTH, HEIGHT)

    few = np.arange(40) < 3
    assert (picture(few, ringed=True) != picture(few, ringed=False)).any()
    most = np.arange(40) < 30
    assert (picture(most, ringed=True) == picture(most, ringed=False)).all()
    told = [mistakes_words(replace(found, answers=replace(found.answers, wrong=wrong))) for wrong in (few, most)]
    assert told == ["3 of 40 wrong", "75\u202f% wrong: not ringed"]


def test_digits_are_named_without_colour_too(take: Callable[..., Snapshot], painted: Callable[..., np.ndarray]) -> None:
    snapshot = take(DIGITS_DEFAULT.changed("network", hidden=(16, 12)))
    digits = MapObserver().observe(snapshot)
    assert (digits.samples.n_train, len(digits.samples)) == (0, 1000)
    stamps = MapStamps(digits.samples, LIGHT, 1.0)
    plain = lambda p: paint_map(p, AREA, digits, None, LIGHT, MapShowing(), stamps)  # noqa: E731
    places = tiles(AREA, 4)
    dark = painted(plain, WIDTH, HEIGHT, LIGHT.background).sum(axis=2) < 200
    inside = places[0].toRect()
    assert dark[inside.top() : inside.bottom(), inside.left() : inside.right()].sum() > 100, "letters"
    assert not are_named(digits.samples, places[0], 1.0)
    assert are_named(digits.samples, places[0], 4.0), "looked at closely each sample is its digit"
    close = MapShowing(lenses={0: Lens(4.0)})
    for each in (stamps, None):
        zoomed = painted(lambda p, each=each: paint_map(p, AREA, digits, None, LIGHT, close, each), WIDTH, HEIGHT)
        assert (zoomed[inside.top() : inside.bottom(), inside.left() : inside.right()] != 255).any()
    words = sample_words(digits, 5)
    assert words[0] == f"a {snapshot.data.test.y[5]}"
    assert words[2].endswith("\u202f% sure")
    assert note(digits).startswith("All 1\u202f000 test digits, the same in each layer")
    assert example_of(digits.samples, 5).words == "test digit 6"


def test_words_are_about_what_is_drawn(found: LayerMap, take: Callable[..., Snapshot]) -> None:
    assert [seen_share(sheet)[0] for sheet in found.sheets][::3] == [
        "both of its numbers",
        "its 1 number, to the right",
    ]
    assert seen_share(found.sheets[1])[-1].endswith("%")
    samples = found.samples
    for number in (3, 33):
        example = example_of(samples, number)
        assert number_of(samples, example) == number
        assert number_of(samples, replace(example, target=None)) is None
    assert example_of(samples, 33).words == "test sample 14"
    config = ExperimentConfig(network=_network(3))
    probe = ProbeObserver().observe(take(config)).now
    assert cut_words(probe, 0)[0].startswith("a straight cut gets ")
    sine = take(config.changed("data", name="sine"))
    numbers = MapObserver().observe(sine)
    assert cut_words(ProbeObserver().observe(sine).now, 0)[-1].startswith("R² ")
    assert mistakes_words(numbers) == "□ below 0, ○ above"
    assert sample_words(numbers, 0)[0].startswith("target ")
