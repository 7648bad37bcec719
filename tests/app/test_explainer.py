"""The explainer: asks about each snapshot while somebody looks, and answers on the clock's ticks."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from mlp_playground.app.explainer import Explainer
from mlp_playground.app.main_window import MainWindow
from mlp_playground.experiment.snapshot import Snapshot


def test_it_asks_while_somebody_looks(window: MainWindow, qtbot: QtBot) -> None:
    looks, answers = [True], []

    def question(snapshot: Snapshot) -> Snapshot | None:
        return snapshot if looks[0] else None

    explainer = Explainer("steps", window.clock, question, lambda snapshot: snapshot.steps, window)
    explainer.answered.connect(answers.append)
    qtbot.waitUntil(lambda: window.clock.latest is not None)
    window.controller.step()
    qtbot.waitUntil(lambda: bool(answers) and answers[-1].value == 1 and answers[-1].question is window.clock.latest)
    looks[0] = False
    answers.clear()
    window.controller.step()
    qtbot.waitUntil(lambda: window.clock.latest.steps == 2)
    qtbot.wait(100)
    assert answers == [], "nobody looks"
    looks[0] = True
    explainer.ask_again()
    qtbot.waitUntil(lambda: {each.value for each in answers} == {2})
    window.close()
    assert all(thread.name != "steps" for thread in threading.enumerate())


def test_what_somebody_waits_for_is_shown_while_all_others_wait(window: MainWindow, qtbot: QtBot) -> None:
    gate, open_while_shown = window.clock.gate, []
    explainer = Explainer("asked", window.clock, lambda snapshot: snapshot, lambda _snapshot: None, window)
    qtbot.waitUntil(lambda: window.clock.latest is not None)
    explainer.answered.connect(lambda _answer: open_while_shown.append(gate.is_set()))
    window.clock._timer.stop()  # its beats hand answers out, too
    explainer.ask_again()
    qtbot.waitUntil(lambda: bool(open_while_shown))
    assert open_while_shown == [False]
    qtbot.waitUntil(gate.is_set)
