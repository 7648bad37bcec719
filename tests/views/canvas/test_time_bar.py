"""The time bar: every kept moment has its place, edits are marked, and words say which one is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import parse
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.numerals import grouped
from mlp_playground.views.canvas.go_on import NO_MEMORY, GoOn
from mlp_playground.views.canvas.time_bar import EMPTY_TIP, TimeBar
from mlp_playground.views.canvas.time_words import at_edit, epoch_number, past_words

CONFIG = parse({"training": {"batch_size": 50}})  # five minibatches an epoch


@pytest.fixture
def taken() -> Snapshot:
    """30 steps with an edit after the twelfth."""
    trainer = Trainer(CONFIG)
    for step in range(30):
        if step == 12:
            trainer.put([Put(0, 0, None, 1.0)])
        trainer.step()
    return observe(trainer, Look(16))


def test_each_moment_has_its_place_and_its_words(qtbot: QtBot, taken: Snapshot) -> None:
    bar = TimeBar()
    qtbot.addWidget(bar)
    bar.show_snapshot(observe(Trainer(CONFIG), Look(16)))
    assert not bar.slider.isEnabled()
    assert bar.slider.toolTip() == EMPTY_TIP
    bar.show_snapshot(taken)
    frames = taken.past.frames
    assert (bar.slider.maximum(), bar.slider.value()) == (len(frames), len(frames))
    assert bar.words.text() == "6 · now"
    assert not bar.now.isEnabled()
    wanted: list[object] = []
    bar.moment_wanted.connect(wanted.append)
    bar.slider.setValue(3)
    bar.go(-1)
    bar.now.click()
    assert wanted == [frames[3], frames[2]], "back to now only from another moment"
    bar.show_moment(frames[12])
    assert (bar.slider.value(), bar.words.text()) == (12, "epoch 2.40")
    assert "just before an edit" in bar.slider.toolTip()
    bar.show_moment(frames[13])
    assert "just after an edit" in bar.slider.toolTip()
    bar.now.click()
    bar.slider.setValue(len(frames))
    assert wanted[2:] == [None, None]
    assert len(wanted) == 4


def test_where_nothing_can_be_compared_there_is_no_button_for_it(qtbot: QtBot, taken: Snapshot) -> None:
    for can_compare in (False, True):
        bar = TimeBar(can_compare=can_compare)
        qtbot.addWidget(bar)
        bar.show()
        bar.show_snapshot(taken)
        assert bar.compare.isVisible() == can_compare


def test_from_now_one_goes_to_a_moment_before_it(qtbot: QtBot, taken: Snapshot) -> None:
    bar = TimeBar()
    qtbot.addWidget(bar)
    frames = taken.past.frames
    assert taken.present.steps == frames[-1].steps == 30
    shown = []
    bar.moment_wanted.connect(lambda frame: shown.append(frame.steps))
    bar.show_snapshot(taken)
    bar.go(-1)
    bar.go(1)
    bar.show_moment(None)
    bar.show_snapshot(replace(taken, present=replace(taken.present, steps=31)))
    bar.go(-1)
    assert shown == [29, 30, 30], "where the last one is now, the one before it"


def test_a_moment_that_is_no_longer_kept_stands_where_it_was(qtbot: QtBot, taken: Snapshot) -> None:
    bar = TimeBar()
    qtbot.addWidget(bar)
    bar.show_moment(taken.past.frames[5])
    other = Trainer(CONFIG)
    for _ in range(8):
        other.step()
    bar.show_snapshot(observe(other, Look(16)))
    assert bar.slider.value() == 5


def test_words_for_moments(taken: Snapshot) -> None:
    frames = taken.past.frames
    assert [epoch_number(frame) for frame in frames[:7]] == ["0", "0.20", "0.40", "0.60", "0.80", "1", "1.20"]
    assert [at_edit(frame, taken.past) for frame in frames[11:15]] == [
        "",
        "just before an edit",
        "just after an edit",
        "",
    ]
    late = replace(frames[3], epoch=296, position=24, batches=25)
    assert (round(late.progress, 2), epoch_number(late)) == (296.96, "296.9")
    looking = replace(taken, at=frames[3])
    assert past_words(looking).startswith("looking back at epoch 0.60 of 6: training rests")
    assert grouped(1234567) == "1\u202f234\u202f567"


def test_going_on_says_what_was_not_kept(qtbot: QtBot, taken: Snapshot) -> None:
    go_on = GoOn()
    qtbot.addWidget(go_on)
    frame = taken.past.frames[3]
    go_on.show_moment(frame)
    assert go_on.isVisible()
    assert NO_MEMORY not in go_on.toolTip()
    go_on.show_moment(replace(frame, memory=None))
    assert NO_MEMORY in go_on.toolTip()
    go_on.show_moment(None)
    assert not go_on.isVisible()
