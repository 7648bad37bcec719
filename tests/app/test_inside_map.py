"""The map panel in the window: computed while somebody looks, and every panel looks at the sample under the mouse."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlp_playground.analysis.layer_map import LayerMap
from mlp_playground.app.inside_map import InsideMap
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.worker import Answer


def test_it_follows_the_run_and_what_is_inspected(use: Any) -> None:
    user = use(ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "tanh")))
    window, dock = user.window, user.window.drawer.docks["map"]
    user.click(window.drawer.buttons["map"])
    user.until(lambda: "map" in window.drawer.makers)
    shown = window.drawer.makers["map"]
    assert isinstance(shown, InsideMap)
    view, inspected = shown.panel.view, window.inspected
    answers: list[Answer[Snapshot, LayerMap]] = []
    shown.mapped.answered.connect(answers.append)
    user.until(lambda: view._found is not None and view._probe is not None)
    test = user.latest.data.test
    samples = view._found.samples
    assert view.showing.picked == samples.n_train, "the first test sample is inspected"
    user.play(20)
    user.pause()
    user.until(lambda: answers and answers[-1].question is user.latest)
    assert view._found is answers[-1].value
    view.pointed.emit(samples.n_train + 4)
    assert np.array_equal(inspected.example.x, test.X[:, 4])
    view.pointed.emit(None)
    view.picked.emit(2)
    assert np.array_equal(inspected.example.x, user.latest.data.train.X[:, 2])
    assert view.showing.picked == 2
    view.chosen.emit(2)
    assert (inspected.cell, view.showing.chosen) == ((2, 0), 2)
    for name in ("sine", "parity", "mnist"):
        window.controller.choose_data(name)
        user.settled()
        user.until(lambda: answers[-1].question is user.latest and view._probe is not None)
        assert view._found.samples.data is user.latest.data
    user.click(window.drawer.buttons["map"])
    user.until(lambda: not dock.is_seen)
    count = len(answers)
    user.click(window.transport.step)
    user.settled()
    user.qtbot.wait(60)
    assert len(answers) == count, "nobody looks"


def test_neighbours_are_mapped_for_a_moment_until_they_are_stopped(use: Any) -> None:
    user = use(ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "tanh")))
    window, dock = user.window, user.window.drawer.docks["map"]
    user.click(window.drawer.buttons["map"])
    user.until(lambda: "map" in window.drawer.makers)
    shown = window.drawer.makers["map"]
    assert isinstance(shown, InsideMap)
    panel, neighbours = shown.panel, shown.neighbours
    assert panel.act.isHidden()
    panel.method.setCurrentIndex(1)
    user.until(lambda: neighbours.work is not None and neighbours.work.done > 0.1 and panel.view._probe is not None)
    assert panel.progress.text().startswith("t-SNE of epoch 0: ")
    assert panel.view.showing.picked is not None
    user.click(panel.act)
    assert not neighbours.is_on
    assert "stopped at" in panel.progress.text()
    assert window.pictures.scene(user.latest).layer_map is not None
    assert len(panel.view.actions()) == 2, "to copy it, or to export it"
    done = neighbours.work.done
    user.click(window.transport.step)
    user.settled()
    assert neighbours.work.done == done, "another moment is asked for"
    assert window.pictures.scene(user.latest).layer_map is None, "that picture is of another moment"
    window.controller.set_width(0, 5)
    user.settled()
    user.until(lambda: [sheet.width for sheet in panel.view._found.sheets] == [2, 5, 3, 1])
    user.click(window.drawer.buttons["map"])
    user.until(lambda: not dock.is_seen)
    assert not neighbours.is_on
    done = neighbours.work.done
    user.click(window.drawer.buttons["map"])
    user.until(lambda: neighbours.work.done > done)
    panel.method.setCurrentIndex(0)
    assert panel.act.isHidden()
    user.until(lambda: not panel.view._found.is_of_neighbours)
    assert not neighbours.is_on
