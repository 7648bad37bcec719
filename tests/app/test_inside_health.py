"""Health in the window: the strip tells of findings, the panel of their evidence, and a cure is tried and applied."""

from __future__ import annotations

from typing import Any

import pytest

from mlp_playground.app import health_watch
from mlp_playground.app.health_watch import Examined
from mlp_playground.app.inside_health import InsideHealth
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.doctor import trial
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.views.counting_button import CountingButton


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_watch, "SLOW", 0.05)
    monkeypatch.setattr(health_watch, "QUICK", 0.05)
    monkeypatch.setattr(trial, "LEAST", 10)
    monkeypatch.setattr(trial, "MOST", 10)


def opened(user: Any) -> InsideHealth:
    user.click(user.window.drawer.buttons["health"])
    user.until(lambda: "health" in user.window.drawer.makers)
    made = user.window.drawer.makers["health"]
    assert isinstance(made, InsideHealth)
    user.until(lambda: made.panel.grid.table is not None)
    return made


def test_the_strip_tells_of_a_finding_whose_cure_is_tried_on_a_copy_applied_and_undone(use: Any) -> None:
    user = use(GALLERY["dead"].config)
    window = user.window
    button = window.drawer.buttons["health"]
    assert isinstance(button, CountingButton)
    width = button.width()
    user.play(250)
    user.until(lambda: button.count == 1)
    snapshot = user.pause()
    user.until(lambda: "dead neurons" in button.toolTip())
    assert button.width() == width
    assert "health" not in window.drawer.makers, "nobody has opened it yet"

    panel = opened(user).panel
    user.until(lambda: len(panel.doctor.cards) == 1 and panel.doctor.cards[0].isVisible())
    user.click(panel.doctor.cards[0])
    finding = panel.finding_page.finding
    assert finding is not None
    dead = panel.grid.table.record.now.layers[0].dead  # type: ignore[union-attr]
    assert {neuron for _, neuron in finding.cells} == set(dead.nonzero()[0])
    assert window.network._resting == {(1, neuron) for _, neuron in finding.cells}
    assert window.inspected.cell == (1, finding.cells[0][1])
    user.until(lambda: window.pictures.health_of(user.latest) is not None)
    assert window.pictures.health_of(user.latest) is panel.grid.table.record  # type: ignore[union-attr]
    assert {action.text() for action in panel.grid.actions()} == {"Copy picture", "Export a picture…"}

    user.click(panel.finding_page.try_button)
    assert panel.pages.currentWidget() is panel.trial_page
    user.until(lambda: panel.trial_page.close_button.text() == "Close")
    assert "of the test data right instead of" in panel.trial_page.verdict.text
    assert user.latest.theta.tobytes() == snapshot.theta.tobytes(), "the network itself was not touched"
    user.click(panel.trial_page.apply_button)
    changed = user.settled()
    assert changed.config.training.learning_rate == 0.01
    assert changed.steps == 0
    assert panel.pages.currentIndex() == 0
    assert not window.network._resting
    user.until(lambda: button.count == 0)
    user.undo()
    assert user.settled().theta.tobytes() == snapshot.theta.tobytes()
    user.until(lambda: button.count == 1)


def test_a_trial_ends_when_it_is_cancelled_or_can_not_be(use: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "LEAST", 300)
    monkeypatch.setattr(trial, "MOST", 300)
    user = use(GALLERY["twins"].config)
    inside = opened(user)
    panel = inside.panel
    user.until(lambda: len(panel.doctor.cards) == 1 and panel.doctor.cards[0].isVisible())
    assert "first weights" in panel.doctor.words.text()
    user.click(panel.doctor.cards[0])
    user.click(panel.finding_page.try_button)
    user.until(lambda: "of 300" in panel.trial_page.verdict.text)
    assert inside.trials.is_busy
    user.click(panel.trial_page.close_button)
    assert not inside.trials.is_busy
    assert panel.pages.currentWidget() is panel.finding_page
    user.click(panel.finding_page.back)
    assert panel.pages.currentIndex() == 0


def test_it_works_on_other_data_without_hidden_layer_after_divergence_and_with_digits(use: Any) -> None:
    user = use(GALLERY["large-steps"].config)
    window, panel = user.window, opened(user).panel
    found: list[Examined] = []
    window.health.examined.connect(found.append)
    assert panel.grid.table is not None
    assert panel.grid.table.n_layers == 1
    user.click(window.transport.play)
    user.until(lambda: user.latest.state is RunState.DIVERGED)
    user.until(lambda: "diverged" in panel.doctor.words.text())
    assert [card.finding.illness for card in panel.doctor.cards] == ["divergence"]
    for name in ("sine", "parity", "three-arms"):
        window.controller.start(GALLERY[name].config)
        user.settled()
        user.until(lambda: found and found[-1].snapshot.config == user.latest.config)
        assert found[-1].findings == ()
    window.controller.start(DIGITS_DEFAULT)
    user.settled()
    user.play(3)
    user.pause()
    user.until(lambda: found[-1].snapshot.steps == user.latest.steps and found[-1].record is not None)
    updates = found[-1].record.now.updates  # type: ignore[union-attr]
    assert updates is not None, "as long as the panel is seen the optimizer's memory is there"
    panel.layer_chosen.emit(1)
    assert window.inspected.cell[0] == 2
    assert panel.grid._chosen == 1
    user.click(window.drawer.buttons["health"])
    assert not window.viewing.look.whole


def test_whoever_opens_the_panel_of_a_run_that_learns_waits_for_nothing_else(
    use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health_watch, "SHARE", 1e-6)
    monkeypatch.setattr(health_watch, "SEEN", 1e-6)
    user = use(ExperimentConfig())
    user.click(user.window.transport.play)
    told: list[object] = []
    user.window.health.examined.connect(told.append)
    user.until(lambda: told)  # after which it rests for hours
    opened(user)
