"""What stands over the output: the truth about whose answer it is, of when, and against what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.analysis.field import Map
from mlp_playground.experiment.config import DIGITS_DEFAULT, parse
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.canvas.field_picture import PICTURES
from mlp_playground.views.canvas.output_words import diagram_words, output_words
from mlp_playground.views.canvas.picture_frame import Showing
from mlp_playground.views.diagram.network_picture import drawn_network
from mlp_playground.views.figures.figure_legend import answer_legend

CONFIG = parse({"network": {"hidden": [3], "activations": ["tanh"]}, "training": {"batch_size": 50}})


def run(name: str) -> Trainer:
    trainer = Trainer(CONFIG.changed("data", name=name))
    for _ in range(12):
        trainer.step()
    return trainer


def test_it_says_of_when_the_answer_is() -> None:
    trainer = run("xor")
    frame = trainer.timeline.past.frames[6]
    now, then = (observe(trainer, Look(32, (0, 1), at=at)) for at in (None, frame))
    assert output_words(now).words == "what the network answers, everywhere on the plane"
    assert output_words(then).words == "what the network answers at epoch 1.20, everywhere on the plane"
    assert output_words(then, (1, 1), Map(np.full((1, 1), 0.5, np.float32), 0.5)) == replace(
        output_words(then),
        title="Layer 1 · neuron 2",
        words="its value at epoch 1.20 everywhere on the plane",
        scale=((1.0, "+0.5"), (0.5, "+0.25"), (0.0, "0"), (-0.5, "−0.25"), (-1.0, "−0.5")),
        shapes=False,
    )
    digits = Trainer(DIGITS_DEFAULT.changed("network", hidden=(4,), activations=("relu",)))
    assert output_words(observe(digits, Look(digits=4))).words == "what the network reads"


@pytest.mark.parametrize(
    ("name", "words", "scale", "under_mouse"),
    [
        ("xor", "the chance of blue at epoch 1.20 minus that at epoch 2.40", "+100 %", "% blue"),
        ("spiral3", "how much surer it is of its answer at epoch 1.20 than at epoch 2.40", "+100 %", "% surer"),
        ("plane", "the prediction at epoch 1.20 minus that at epoch 2.40", "+2", "difference"),
        ("sine", "the prediction at epoch 1.20 minus that at epoch 2.40", "+2", "difference"),
        ("parity", "the chance of 1 at epoch 1.20 minus that at epoch 2.40", "+100 %", "%"),
    ],
)
def test_of_a_difference_it_says_what_is_taken_from_what(name: str, words: str, scale: str, under_mouse: str) -> None:
    trainer = run("xor" if name == "parity" else name)
    if name == "parity":
        trainer = Trainer(CONFIG.changed("data", name="parity").changed("training", batch_size=0))
        words = words.replace("1.20", "6").replace("2.40", "12")
        for _ in range(12):
            trainer.step()
    taken = observe(trainer, Look(32, at=trainer.timeline.past.frames[6], compare=trainer.frame()))
    found = output_words(taken)
    assert found.title == "Difference"
    assert [text for _, text in found.scale[::2]] == [scale, "0", scale.replace("+", "−")]
    assert answer_legend(taken, Showing()).scale == found.scale
    assert taken.field is not None
    assert taken.field.difference is not None
    value = taken.field.difference.map.values
    assert under_mouse in PICTURES[taken.field.space].words(taken.field, taken.data, Showing(), 0.5, 0.5)
    if name == "parity":
        assert found.words.startswith("the chance of")
    else:
        assert found.words == words
    assert np.abs(value).max() > 0
    present = observe(trainer, Look(32, compare=trainer.timeline.past.frames[0]))
    assert " now " in output_words(present).words, "no number that would change with every picture"


def test_no_difference_has_no_sign() -> None:
    trainer = run("xor")
    same = observe(trainer, Look(32, compare=trainer.frame()))
    assert same.field is not None
    words = PICTURES["plane"].words(same.field, same.data, Showing(), 0.5, 0.5)
    assert words.endswith("   0\u202f% blue")


def test_the_diagram_shows_what_the_weights_changed() -> None:
    trainer = run("xor")
    frame, other = trainer.timeline.past.frames[6], run("circle").frame()
    taken = observe(trainer, Look(32, compare=frame))
    assert drawn_network(taken).theta.tobytes() == (trainer.network.theta - frame.theta).tobytes()
    assert diagram_words(taken).startswith("weights now minus those at epoch 1.20")
    wider = replace(other, architecture=replace(other.architecture, widths=(2, 4, 1)))
    for plain in (observe(trainer, Look(32)), replace(taken, compared=wider)):
        assert drawn_network(plain).theta.tobytes() == trainer.network.theta.tobytes()
        assert "click a feature" in diagram_words(plain)
