"""What is said of the maps: what is seen of a layer, what a straight cut does there, and what a sample is."""

from __future__ import annotations

import numpy as np

from mlp_playground.analysis.layer_map import LayerMap, Sheet
from mlp_playground.analysis.probe import Probe
from mlp_playground.analysis.specimens import Specimens
from mlp_playground.data.example import Example
from mlp_playground.experiment.tsne_question import Work
from mlp_playground.numerals import grouped, percent
from mlp_playground.views.layers.layer_names import count_of
from mlp_playground.views.layers.probe_words import score_text

MOSTLY_WRONG = 0.5
"""Where more than that are mistakes, rings around them would hide everything."""


def seen_share(sheet: Sheet) -> tuple[str, ...]:
    """How much of a layer's spread its map shows, in longer and shorter words."""
    if sheet.width == 1:
        return "its 1 number, to the right", "1 number"
    if sheet.width == 2:
        return "both of its numbers", "2 numbers"
    if sheet.projection is None:
        return f"{count_of(sheet.width)}, by likeness (t-SNE)", f"{count_of(sheet.width)}, t-SNE", "t-SNE"
    share = percent(sheet.projection.share, 0)
    return f"{count_of(sheet.width)}, {share} of spread seen", f"{share} of spread seen", f"{share} seen", share


def cut_words(probe: Probe, column: int) -> tuple[str, ...]:
    """How good a linear probe is on test samples there, in longer and shorter words."""
    score = score_text(probe.layers[column].test, is_share=probe.is_share)
    if not probe.is_share:
        return f"weighted sum: R² {score}", f"R² {score}"
    return f"a straight cut gets {score} right", f"straight cut {score}", f"cut {score}", score


def note(found: LayerMap) -> str:
    """Which samples are mapped, and how."""
    samples, data = found.samples, found.samples.data
    what = "digits" if data.image_shape else "points"
    count, total = len(samples), len(data.test) + (len(data.train) if samples.n_train else 0)
    which = f"All {grouped(count)}" if count == total else f"{grouped(count)} of {grouped(total)}"
    kind = "" if samples.n_train else "test "
    if found.is_of_neighbours:
        return f"{which} {kind}{what}, alike ones together; gaps between groups tell little."
    return f"{which} {kind}{what}, the same in each layer, along the two directions in which they vary most there."


def progress_words(work: Work, *, is_on: bool) -> str:
    """Of which moment maps of neighbours are, and how far they are."""
    if not any(state is not None for state in work.states) and work.done == 1:
        return "no layer has more numbers than a map has"
    of = f"t-SNE of epoch {grouped(work.snapshot.epoch)}"
    if work.done == 1:
        return of
    return f"{of}: {percent(work.done, 0)}" if is_on else f"{of}, stopped at {percent(work.done, 0)}"


def mistakes_words(found: LayerMap) -> str:
    """How many mistakes there are, and why they aren't ringed if they aren't; what marks mean where there are none."""
    wrong = found.answers.wrong
    if wrong is None:
        return "□ below 0, ○ above"
    if are_too_many(wrong):
        return f"{percent(float(wrong.mean()), 0)} wrong: not ringed"
    return f"{grouped(int(wrong.sum()))} of {grouped(len(wrong))} wrong"


def are_too_many(wrong: np.ndarray) -> bool:
    """Whether so many answers are wrong that rings around them would hide everything."""
    return float(wrong.mean()) > MOSTLY_WRONG


def sample_words(found: LayerMap, number: int) -> tuple[str, ...]:
    """What a sample is, what the network says of it, and how surely."""
    data, answers, y = found.samples.data, found.answers, found.samples.y[number]
    said = answers.said[number]
    if answers.sure is None:
        return f"target {_number(float(y))}", f"predicted {_number(float(said))}"
    what = "a " if data.image_shape else ""
    sure = score_text(float(answers.sure[number]), is_share=True)
    return f"{what}{data.classes[int(y)]}", f"read as {data.classes[int(said)]}", f"{sure} sure"


def example_of(samples: Specimens, number: int) -> Example:
    """The sample as one that every panel can look at."""
    part, column = samples.place(number)
    kind = "digit" if samples.data.image_shape else "sample"
    name = "training" if part == "train" else "test"
    return Example(samples.raw(number), float(samples.y[number]), f"{name} {kind} {column + 1}")


def number_of(samples: Specimens, example: Example) -> int | None:
    """Which of the samples an example is; None: none of them."""
    data, n = samples.data, samples.n_train
    if len(example.x) != data.n_in or example.target is None:
        return None
    X = np.concatenate([data.train.X[:, :n], data.test.X[:, : len(samples) - n]], axis=1)
    same = np.flatnonzero((example.x[:, None] == X).all(axis=0) & (samples.y == example.target))
    return int(same[0]) if len(same) else None


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
