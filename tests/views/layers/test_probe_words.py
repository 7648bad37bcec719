"""What is said of linear probes is true of their numbers, whichever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlp_playground.analysis.probe import Probe, Score, probe
from mlp_playground.analysis.specimens import specimens
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.probe_question import Probed, told_as
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.layers.probe_words import column_words, note, score_text, sentence


def _probed(name: str, *test: float, guess: float = 0.5, then: float | None = None) -> Probed:
    trainer = Trainer(ExperimentConfig().changed("data", name=name))
    samples = specimens(trainer.material.data, told_as(trainer.config), 2000, 2000)
    layers = tuple(Score(0.5, value) for value in (*test, 0.7))
    found = replace(
        probe(trainer.network, samples), widths=(2, *[8] * (len(test) - 1), 1), layers=layers, guess=Score(guess, guess)
    )
    if then is None:
        return Probed(found)
    return Probed(found, replace(found, layers=(Score(then, then),) * len(layers)), trainer.timeline.past.frames[0])


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ((0.5, 0.7, 0.99), "From 50.0 % at the input, no better than guessing, to 99.0 % after layer 2: the layers "
         "make the classes separable by a straight cut."),
        ((0.7, 0.7, 0.85), "From 70.0 % at the input to 85.0 % after layer 2: the layers make the classes easier to "
         "separate by a straight cut."),
        ((0.9, 0.8, 0.6), "From 90.0 % at the input down to 60.0 % after layer 2: as they are now, the layers lose "
         "some of what tells the classes apart."),
        ((0.6, 0.95, 0.7), "From 60.0 % at the input up to 95.0 % after layer 1, but 70.0 % after layer 2: the layers "
         "after it mix again what was parted."),
        ((0.7, 0.71), "70.0 % at the input, 71.0 % after layer 1: the layers have not made the classes easier to "
         "separate."),
        ((0.99, 0.995), "A straight cut is enough at the input already (99.0 %): little is left for the layers to do."),
        ((0.51,), "Without a hidden layer a straight cut is all there is: 51.0 % of the test samples right, no better "
         "than guessing."),
        ((0.62,), "Without a hidden layer a straight cut is all there is: 62.0 % of the test samples right."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_scores_do(test: tuple[float, ...], said: str) -> None:
    assert sentence(_probed("xor", *test)).replace("\u202f", " ") == said


def test_numbers_to_predict_have_sentences_of_their_own() -> None:
    def said(*test: float) -> str:
        return sentence(_probed("sine", *test, guess=0.0))

    assert said(0.5, 0.99).startswith("From R² = 0.50 at the input to R² = 0.99 after layer 1: a weighted sum of what")
    assert said(-0.2, 0.01).startswith("From R² = −0.20 at the input, no better than guessing, to")
    assert said(0.4).startswith("Without a hidden layer a weighted sum of the inputs is all there is: R² = 0.40")


def test_what_was_before_is_told_with_its_moment() -> None:
    probed = _probed("xor", 0.5, 0.9, then=0.61)
    assert sentence(probed).endswith(" Untrained it was 61.0\u202f% there.")
    words = column_words(probed, 1).replace("\u202f", " ")
    assert words == "Layer 1, 8 numbers: training 50.0 %, test 90.0 %; untrained training 61.0 %, test 61.0 %"
    assert probed.start is not None
    later = replace(probed, start=replace(probed.start, steps=500, epoch=20))
    assert sentence(later).endswith(" At epoch 20, when the network became what it is, it was 61.0\u202f% there.")
    assert "the network's own answers" in column_words(probed, 2)
    assert column_words(probed, 2).startswith("Output, 1 number: ")


def test_the_note_is_honest_about_the_samples() -> None:
    few = _probed("xor", 0.5, 0.9).now
    assert note(few).endswith("all 250 training, all 250 test samples.")
    data = few.samples.data
    part: Probe = replace(few, samples=specimens(data, ("x1", "x2"), 100, 2000))
    assert note(part).endswith("100 of 250 training, all 250 test samples.")
    assert note(part).startswith("Logistic regression")
    assert note(_probed("sine", 0.5).now).startswith("Linear regression")


def test_a_hundred_percent_is_all_of_them() -> None:
    shown = [score_text(value, is_share=True).replace("\u202f", " ") for value in (1.0, 0.9996, 0.5, float("nan"))]
    assert shown == ["100.0 %", "99.9 %", "50.0 %", "–"]
    assert [score_text(value, is_share=False) for value in (0.999, -0.5, -1e9)] == ["1.00", "−0.50", "< −9"]
