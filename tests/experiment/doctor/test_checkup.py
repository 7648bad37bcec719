"""What is kept of a run's health: of each moment once, also with changes of the network in between."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from mlp_playground.experiment import edits
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.doctor import checkup
from mlp_playground.experiment.doctor.checkup import Checkups, check
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer

LOOK = Look(resolution=8, whole=True)


def trained(epochs: int, config: ExperimentConfig | None = None) -> Trainer:
    trainer = Trainer(config or GALLERY["circle"].config)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def test_an_update_is_what_the_next_step_does() -> None:
    trainer = trained(3)
    found = check(trainer.frame(whole=True), trainer.material)
    before = [W.copy() for W in trainer.network.W]
    trainer.step()
    by_hand = [np.linalg.norm(now - W) / np.linalg.norm(W) for W, now in zip(before, trainer.network.W, strict=True)]
    assert found.updates == pytest.approx(by_hand, rel=1e-5)
    assert (found.epochs, found.steps) == (3, 75)


def test_moments_before_come_in_portions_in_order_and_are_those_of_the_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "AT_ONCE", 0)
    trainer = trained(8)
    snapshot, checkups = observe(trainer, LOOK), Checkups()
    records = [checkups.record(snapshot)]
    while not records[-1].is_complete:
        records.append(checkups.record(snapshot))
    assert len(records) > 2
    sizes = [len(record.before) for record in records]
    assert sizes == sorted(sizes)
    last = records[-1]
    steps = [each.steps for each in last.before]
    assert steps == sorted(set(steps))
    assert checkup.MOMENTS / 2 <= len(steps) <= checkup.MOMENTS
    assert steps[-1] < last.now.steps == trainer.step_count
    frame = next(frame for frame in snapshot.past.frames if frame.steps == steps[5])
    again = check(frame, trainer.material)
    assert [each.gradient for each in last.before[5].layers] == [each.gradient for each in again.layers]
    assert checkups.record(snapshot).before[5] is last.before[5]  # found once


def test_what_had_another_number_of_layers_or_other_data_is_left_out_and_neurons_more_are_not() -> None:
    trainer = trained(2)
    wider = edits.add_neuron(trainer.config, 0)
    trainer.adopt(wider.config, wider.lineage)
    trainer.run_epoch()
    record = Checkups().whole_record(observe(trainer, LOOK))
    assert {len(each.layers[0].dead) for each in record.before} == {6, 7}
    deeper = edits.insert_layer(trainer.config, 1)
    trainer.adopt(deeper.config, deeper.lineage)
    trainer.step()
    record = Checkups().whole_record(observe(trainer, LOOK))
    assert record.before
    assert {len(each.layers) for each in record.before} == {3}


def test_of_a_large_network_the_moments_that_were_watched_know_their_updates() -> None:
    trainer, checkups = trained(0, GALLERY["mnist"].config), Checkups()
    for _ in range(3):
        trainer.step()
        record = checkups.record(observe(trainer, LOOK))
    watched = {each.steps: each.updates for each in record.before}
    assert watched[0] is None  # the frame that the run began with
    assert all(watched[steps] is not None for steps in (1, 2))
    back = observe(trainer, replace(LOOK, at=trainer.timeline.past.frames[0]))
    assert checkups.record(back).before == ()  # what comes after a moment is not its past


def test_after_divergence_there_is_a_checkup_without_updates() -> None:
    trainer = trained(0, GALLERY["large-steps"].config.changed("training", learning_rate=1000))
    with suppress(Diverged):
        trainer.run(lambda: True)
    found = Checkups().record(observe(trainer, LOOK)).now
    assert found.updates is None
