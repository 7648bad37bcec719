"""The probe panel in the window: it follows the run and the selection while somebody looks, and only then."""

from __future__ import annotations

from typing import Any

from mlp_playground.app.inside_probe import InsideProbe
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.probe_question import Probed
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.worker import Answer


def test_it_follows_run_and_selection_while_it_is_seen(use: Any) -> None:
    user = use(ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "tanh")))
    window, dock = user.window, user.window.drawer.docks["probe"]
    user.click(window.drawer.buttons["probe"])
    user.until(lambda: "probe" in window.drawer.makers)
    probe = window.drawer.makers["probe"]
    assert isinstance(probe, InsideProbe)
    answers: list[Answer[Snapshot, Probed]] = []
    probe.explainer.answered.connect(answers.append)
    user.until(lambda: answers and answers[-1].question is user.latest)
    assert probe.panel.sentence.text()
    user.play(20)
    user.pause()
    user.until(lambda: answers[-1].question is user.latest)
    assert answers[-1].value is not None
    assert answers[-1].value.then is not None, "the run began with this network"
    assert "Untrained" in probe.panel.sentence.text()
    probe.panel.chosen.emit(2)
    assert window.inspected.cell == (2, 0)
    assert probe.panel.view.showing.chosen == 2
    window.network.select((1, 3))
    assert probe.panel.view.showing.chosen == 1
    probe.panel.chosen.emit(1)
    assert window.inspected.cell == (1, 3), "a chosen layer keeps its neuron"
    for name in ("sine", "parity", "mnist"):
        window.controller.choose_data(name)
        user.settled()
        user.until(lambda: answers[-1].question is user.latest)
        assert answers[-1].error is None
        assert ("straight cut" in dock.heading.words.text()) == (name != "sine")
    user.click(window.drawer.buttons["probe"])
    user.until(lambda: not dock.is_seen)
    count = len(answers)
    user.click(window.transport.step)
    user.settled()
    user.qtbot.wait(60)
    assert len(answers) == count, "nobody looks"
