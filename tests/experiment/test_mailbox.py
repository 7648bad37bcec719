"""The mailbox: one wish and one snapshot at a time, the newest of each."""

from __future__ import annotations

import threading
from dataclasses import replace

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.mailbox import Mailbox
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer

TRAINER = Trainer(ExperimentConfig())


def snapshot() -> Snapshot:
    return observe(TRAINER, Look(resolution=16))


def test_an_empty_mailbox_has_nothing() -> None:
    mailbox = Mailbox()
    assert mailbox.take() is None
    assert mailbox.take_wish() is None
    assert not mailbox.wanted


def test_a_snapshot_is_taken_once() -> None:
    mailbox, sent = Mailbox(), snapshot()
    mailbox.put(sent)
    assert mailbox.take() is sent
    assert mailbox.take() is None


def test_the_newest_snapshot_wins() -> None:
    mailbox, old, new = Mailbox(), snapshot(), snapshot()
    mailbox.put(old)
    mailbox.put(new)
    assert mailbox.take() is new
    assert mailbox.take() is None


def test_the_newest_wish_wins_and_is_taken_once() -> None:
    mailbox = Mailbox()
    mailbox.ask(Look(64))
    mailbox.ask(Look(128))
    assert mailbox.wanted
    assert mailbox.take_wish() == Look(128)
    assert not mailbox.wanted
    assert mailbox.take_wish() is None


def test_asking_wakes_the_run_which_then_finds_the_wish() -> None:
    found: list[Look | None] = []
    mailbox = Mailbox()
    mailbox.on_asked = lambda: found.append(mailbox.take_wish())
    mailbox.ask(Look(64))
    assert found == [Look(64)]


def test_no_snapshot_is_seen_twice_or_out_of_order() -> None:
    mailbox, done = Mailbox(), threading.Event()
    sent = [replace(snapshot(), revision=number) for number in range(40)]
    seen: list[int] = []

    def deliver() -> None:
        for each in sent:
            mailbox.put(each)
        done.set()

    thread = threading.Thread(target=deliver)
    thread.start()
    while not done.is_set():
        seen += [taken.revision for taken in [mailbox.take()] if taken]
    thread.join()
    seen += [taken.revision for taken in [mailbox.take()] if taken]
    assert seen == sorted(set(seen))
    assert seen[-1] == 39
