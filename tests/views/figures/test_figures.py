"""What stands in a figure and around it, as the reader chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from mlp_playground.analysis.digit_journey import Wish
from mlp_playground.app.scenes import prepared
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.digit_look import DigitWish, Drawn, Given
from mlp_playground.experiment.feature_look import FeatureWish
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.figures.export import as_image, save_figure
from mlp_playground.views.figures.figure import Scene, caption
from mlp_playground.views.figures.figure_legend import answer_legend
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES, views_of

Take = Callable[..., Snapshot]
SMALL = ExperimentConfig().changed("network", hidden=(3, 2), activations=("tanh", "relu"))
CURVES = np.array([[0, 1, 2, 3], [1, 0.5, 0.3, np.inf], [1.2, 0.8, 0.9, 1], [0.5, 0.6, 0.9, 0.9], [0.5, 0.6, 0.7, 0.8]])
OPTIONS = FigureOptions(800, 700, dpi=96)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def texts(tmp_path: Path) -> Callable[..., list[str]]:
    """The texts in a figure."""

    def found(view: str, scene: Scene, options: FigureOptions = OPTIONS) -> list[str]:
        save_figure(tmp_path / "a.svg", FIGURES[view], scene, options)
        root = ElementTree.parse(tmp_path / "a.svg").getroot()
        return ["".join(each.itertext()).strip() for each in root.iter("{http://www.w3.org/2000/svg}text")]

    return found


@pytest.mark.parametrize(
    ("data", "title", "axes", "legend"),
    [
        ("xor", "XOR · network 2–3–2–1", ["x₁", "x₂", "−6", "4"], ["100 % blue", "50 : 50", "train", "undecided"]),
        ("spiral3", "3 arms · network 2–3–2–3", ["x₁"], ["orange", "blue", "green", "test"]),
        ("sine", "sine · network 1–3–2–1", ["½ π", "x", "y"], ["train", "test"]),
        ("parity", "parity · network 4–3–2–1", ["00", "11"], ["100 % odd", "100 % even"]),
    ],
)
def test_title_axes_and_legend_are_there_or_not(
    take: Take, texts: Callable[..., list[str]], data: str, title: str, axes: list[str], legend: list[str]
) -> None:
    scene = Scene(take(SMALL.changed("data", name=data)))
    assert caption(scene.snapshot)[0] == title
    whole = texts("boundary", scene)
    assert {title, *axes, *legend} <= set(whole)
    assert any(text.startswith("epoch 0 · ") for text in whole)
    for option, gone in (("title", [title]), ("axes", axes), ("legend", legend)):
        left = texts("boundary", scene, replace(OPTIONS, **{option: False}))
        assert not set(gone) & set(left), option
        assert set(left) < set(whole)
    assert texts("boundary", scene, replace(OPTIONS, words="Mine <&>"))[0] == "Mine <&>"


def test_the_network_names_its_layers_and_the_curves_their_numbers(take: Take, texts: Callable[..., list[str]]) -> None:
    scene = Scene(take(SMALL, curves=CURVES))
    named = texts("network", scene)
    assert {"features", "tanh", "ReLU", "output", "weight above 0", "sin x₁"} <= set(named)
    assert "tanh" not in texts("network", scene, replace(OPTIONS, axes=False))
    assert {"loss", "epoch", "0.0", "1.0", "train"} <= set(texts("loss", scene))
    assert {"0.1", "1", "10"} <= set(texts("loss", scene, replace(OPTIONS, logarithmic=True)))
    assert {"right, %", "50", "100"} <= set(texts("accuracy", scene))


def test_the_picture_shows_what_the_reader_chose(take: Take) -> None:
    snapshot = take(SMALL)
    scenes = [Scene(snapshot, Showing(points, line)) for points in (True, False) for line in (True, False)]
    pictures = [as_image(FIGURES["boundary"], scene, OPTIONS) for scene in scenes]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[i + 1 :])


def test_each_kind_of_data_has_its_views(take: Take) -> None:
    plane = views_of(take(SMALL).data, SMALL)
    assert plane == (
        "boundary",
        "answers",
        "space",
        "health",
        "probe",
        "map",
        "confusion",
        "graph",
        "layer",
        "network",
        "loss",
        "accuracy",
    )
    sine = SMALL.changed("data", name="sine")
    assert views_of(take(sine).data, sine) == plane[:-1], "numbers are not right or wrong"
    assert views_of(take(DIGITS_DEFAULT).data, DIGITS_DEFAULT) == (
        "digits",
        "journey",
        "weights",
        "growth",
        "answers",
        "space",
        "health",
        "probe",
        "map",
        "confusion",
        "graph",
        "layer",
        "network",
        "loss",
        "accuracy",
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"width": 63}, "width: 63 is not allowed; it must be 64 to 20 000 pixels"),
        ({"height": 20_001}, "64 to 20 000"),
        ({"width": 20_000, "height": 20_000}, "at most 100 million pixels"),
        ({"dpi": 29}, "30 to 1200 pixels per inch"),
    ],
)
def test_sizes_that_can_not_be_are_refused(wrong: dict[str, int], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        FigureOptions(**wrong)  # type: ignore[arg-type]


def test_the_smallest_and_the_flattest_pictures_can_be_drawn(take: Take) -> None:
    snapshot = take(SMALL, curves=CURVES)
    for size in ((64, 64), (2000, 64), (64, 900)):
        for view in views_of(snapshot.data, SMALL):
            assert not as_image(FIGURES[view], prepared(Scene(snapshot), view), FigureOptions(*size, dpi=1200)).isNull()


def test_the_legend_tells_what_a_curve_is_made_of(take: Callable[..., Snapshot]) -> None:
    config = ExperimentConfig().changed("data", name="sine")
    moment = take(config.changed("network", hidden=(6,), activations=("relu",)))
    words = [text for text, _ in answer_legend(moment, Showing()).rows]
    assert {"share, weight above 0", "share, below 0", "kink, layer 1"} <= set(words)
    assert not [text for text, _ in answer_legend(moment, Showing(shares=False, kinks=False)).rows if "share" in text]


def test_neurons_are_drawn_as_the_reader_wants_them(take: Take, texts: Callable[..., list[str]]) -> None:
    trainer = Trainer(DIGITS_DEFAULT.changed("network", hidden=(8,), activations=("relu",)))
    for _ in range(12):
        trainer.step()
    snapshot = observe(trainer, Look(), exact=False)
    scene = Scene(snapshot, features=FeatureWish("number", filmed=(5, 2)))
    weights, growth = (prepared(scene, name) for name in ("weights", "growth"))
    assert weights.neurons is not None
    assert weights.neurons.order is not None
    assert weights.neurons.order.tolist() == list(range(8))
    scale = weights.neurons.weights.scale
    assert {f"+{scale:.2g} excites", "0", f"−{scale:.2g} inhibits"} <= set(texts("weights", weights))
    film = growth.neurons.film
    assert film is not None
    assert {"6", "3", "epoch", "0", f"+{film.scale:.2g} excites"} <= set(texts("growth", growth))
    then = prepared(replace(scene, snapshot=observe(trainer, Look(at=snapshot.past.frames[0]), exact=False)), "growth")
    assert "epoch" not in texts("growth", then), "of a past moment, as in a film, they are large"
    assert then.neurons is not None
    assert then.neurons.film.scale == growth.neurons.film.scale
    learned = prepared(replace(scene, features=FeatureWish("class", learned=True)), "weights")
    answers = prepared(scene, "answers")
    assert {"Layer 1 · 8 ReLU", "neurons on", "answer it most", "7"} <= set(texts("answers", answers))
    pictures = [as_image(FIGURES["weights"], each, OPTIONS) for each in (weights, learned)]
    assert pictures[0] != pictures[1]


def test_a_journey_is_that_of_the_digit_that_is_followed_or_of_the_first(
    take: Take, texts: Callable[..., list[str]]
) -> None:
    snapshot = take(DIGITS_DEFAULT.changed("network", hidden=(6,), activations=("relu",)))
    test = snapshot.data.test
    first = prepared(Scene(snapshot), "journey")
    assert first.journey is not None
    assert np.array_equal(first.journey[0].pixels.reshape(-1), test.X[:, 0])
    assert first.journey[1] == test.y[0]
    of = (first.journey[0].answer + 1) % 10
    wanted = DigitWish(Given(test.X[:, 5]), Wish(of, against=True))
    other = prepared(Scene(snapshot, digit=wanted), "journey")
    assert other.journey is not None
    assert np.array_equal(other.journey[0].pixels.reshape(-1), test.X[:, 5])
    assert other.journey[1] is None
    words = texts("journey", other)
    assert {"layer 1", "it sees", "speaks for it", f"for {of}, not {other.journey[0].versus}"} <= set(words)
    places = tuple(reversed(first.journey[0].strongest[0]))
    was = replace(first.journey[0], strongest=(places,)), None
    after = prepared(Scene(snapshot, journey=was), "journey")
    assert after.journey is not None
    assert after.journey[0].strongest == (places,), "in a film neurons keep their places"
    blank = prepared(Scene(snapshot, digit=DigitWish(Drawn(()))), "journey")
    assert blank.journey is not None
    assert blank.journey[1] == test.y[0]


def test_a_spaces_legend_tells_of_the_lines_that_are_there_and_keeps_its_width(
    take: Take, texts: Callable[..., list[str]]
) -> None:
    scene = prepared(Scene(take(SMALL)), "space")
    assert scene.space is not None
    last = float(len(scene.space.places) - 1)
    first, end = (replace(scene, space_showing=replace(scene.space_showing, t=t)) for t in (1.0, last))
    assert "a neuron's sum is 0" in texts("space", first)
    assert "a neuron's sum is 0" not in texts("space", end)
    widths = [FIGURES["space"].legend(each).width for each in (first, end)]
    assert widths[0] == widths[1]
    bare = replace(first, space_showing=replace(first.space_showing, walls=False, boundary=False, test_points=False))
    assert not {"a neuron's sum is 0", "undecided", "test"} & set(texts("space", bare))
