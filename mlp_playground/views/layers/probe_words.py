"""What linear probes say in a sentence that is true of their numbers, whichever they are."""

from __future__ import annotations

from math import isnan, sqrt
from typing import NamedTuple

from mlp_playground.analysis.probe import Probe, Score
from mlp_playground.experiment.probe_question import Probed
from mlp_playground.experiment.timeline import Frame
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.time_words import epoch_number
from mlp_playground.views.layers.layer_names import count_of, layer_name

SURE = 2.0
"""Standard errors that two scores must be apart before a sentence says that one is better."""
LEAST_R2 = 0.03
ENOUGH = 0.95
"""From such a score on a straight cut, or a weighted sum, counts as enough."""


class _Phrases(NamedTuple):
    """How a sentence ends, after what the scores do on the way through the layers."""

    undone: str
    enough: str
    easier: str
    lost: str
    already: str
    same: str


CLASSES = _Phrases(
    "the layers after it mix again what was parted",
    "the layers make the classes separable by a straight cut",
    "the layers make the classes easier to separate by a straight cut",
    "as they are now, the layers lose some of what tells the classes apart",
    "A straight cut is enough at the input already",
    "the layers have not made the classes easier to separate",
)
NUMBERS = _Phrases(
    "the layers after it lose some of what the target hangs on",
    "a weighted sum of what the layers have made is enough to predict the target",
    "the layers make the target easier to predict by a weighted sum",
    "as they are now, the layers lose some of what the target hangs on",
    "A weighted sum of the inputs is enough already",
    "the layers have not made the target easier to predict",
)


def score_text(value: float, *, is_share: bool, unit: bool = True) -> str:
    """A score as it is written on screen: a share in percent, which is 100 only where all are right."""
    if isnan(value):
        return "–"
    if not is_share:
        return ("< −9" if value < -9 else f"{value:.2f}").replace("-", "−")
    shown = 100.0 if value == 1 else min(round(100 * value, 1), 99.9)
    return f"{shown:.1f}\u202f%" if unit else f"{shown:.1f}"


def sentence(probed: Probed) -> str:
    """What is seen from the input to the last hidden layer, on test samples, and how that was before."""
    now = probed.now
    if len(now.layers) == 2:
        return _without_layers(now)
    return f"{_told(now)} {_then_words(probed)}".strip()


def note(probe: Probe) -> str:
    """How it was found out, and on how many samples."""
    samples = probe.samples
    data, n = samples.data, samples.n_train
    what = "Logistic regression" if probe.is_share else "Linear regression"
    trained, tested = _of(n, len(data.train)), _of(len(samples) - n, len(data.test))
    return f"{what} on what each layer has, the layer left as it is: {trained} training, {tested} test samples."


def column_words(probed: Probed, column: int) -> str:
    """The numbers of one layer."""
    now, then = probed.now, probed.then
    name = layer_name(column, len(now.layers)).capitalize()
    words = f"{name}, {count_of(now.widths[column])}: {_pair(now, now.layers[column])}"
    if column == len(now.layers) - 1:
        words += f"; the network's own answers {_pair(now, now.own)}"
    if then is not None and probed.start is not None:
        words += f"; {start_words(probed.start)} {_pair(then, then.layers[column])}"
    return words


def start_words(start: Frame) -> str:
    """When the moment was that is compared with."""
    return "untrained" if start.steps == 0 else f"at epoch {epoch_number(start)}"


def _of(count: int, total: int) -> str:
    return f"all {grouped(total)}" if count == total else f"{grouped(count)} of {grouped(total)}"


def _pair(probe: Probe, score: Score) -> str:
    train, test = (score_text(value, is_share=probe.is_share) for value in (score.train, score.test))
    return f"training {train}, test {test}" if probe.is_share else f"training R² {train}, test R² {test}"


def _text(probe: Probe, value: float) -> str:
    return ("" if probe.is_share else "R² = ") + score_text(value, is_share=probe.is_share)


def _without_layers(probe: Probe) -> str:
    score = probe.layers[0].test
    as_guessed = "" if _is_better(probe, score, probe.guess.test) else ", no better than guessing"
    found = f"{_text(probe, score)} of the test samples right" if probe.is_share else f"{_text(probe, score)} on test"
    what = "a straight cut" if probe.is_share else "a weighted sum of the inputs"
    return f"Without a hidden layer {what} is all there is: {found}{as_guessed}."


def _is_better(probe: Probe, value: float, than: float) -> bool:
    """Whether two test scores are so far apart that this is no chance."""
    if not probe.is_share:
        return value > than + LEAST_R2
    n = max(len(probe.samples) - probe.samples.n_train, 1)
    return value - than > max(SURE * sqrt((value * (1 - value) + than * (1 - than)) / n), 1 / n)


def _told(probe: Probe) -> str:
    """How the test scores go from the input to the last hidden layer."""
    phrases, columns = CLASSES if probe.is_share else NUMBERS, len(probe.layers)
    scores = [layer.test for layer in probe.layers[:-1]]
    first, last, best = scores[0], scores[-1], max(range(columns - 1), key=lambda column: scores[column])
    as_guessed = "" if _is_better(probe, first, probe.guess.test) else ", no better than guessing,"
    start = f"{_text(probe, first)} at the input{as_guessed}"
    end = f"{_text(probe, last)} after {layer_name(columns - 2, columns)}"
    if _is_better(probe, scores[best], last) and _is_better(probe, scores[best], first):
        top = f"{_text(probe, scores[best])} after {layer_name(best, columns)}"
        return f"From {start} up to {top}, but {end}: {phrases.undone}."
    if _is_better(probe, last, first):
        return f"From {start} to {end}: {phrases.enough if last >= ENOUGH else phrases.easier}."
    if _is_better(probe, first, last):
        return f"From {start} down to {end}: {phrases.lost}."
    if first >= ENOUGH:
        return f"{phrases.already} ({_text(probe, first)}): little is left for the layers to do."
    return f"{start[0].upper()}{start[1:]}, {end}: {phrases.same}."


def _then_words(probed: Probed) -> str:
    if probed.then is None or probed.start is None:
        return ""
    value = _text(probed.then, probed.then.layers[-2].test)
    if probed.start.steps == 0:
        return f"Untrained it was {value} there."
    return f"At epoch {epoch_number(probed.start)}, when the network became what it is, it was {value} there."
