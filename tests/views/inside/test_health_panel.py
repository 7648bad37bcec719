"""The health panel: rows are chosen by mouse and keys, findings have their page, and evidence is drawn as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.doctor import cures
from mlp_playground.experiment.doctor.case import case_of
from mlp_playground.experiment.doctor.checkup import Checkups
from mlp_playground.experiment.doctor.finding import Bars, Finding, Lines, Table
from mlp_playground.experiment.doctor.illnesses import diagnose
from mlp_playground.experiment.doctor.trial import Bench, wish_of
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.views.inside.evidence import bar_heights, paint_evidence
from mlp_playground.views.inside.health_panel import HealthPanel
from mlp_playground.views.inside.trial_picture import LOSS, both, paint_trial
from mlp_playground.views.layers.health_picture import cell_place
from mlp_playground.views.layers.health_table import HealthTable
from mlp_playground.views.layers.health_words import health_words
from mlp_playground.views.theme import DARK, LIGHT


def moment(name: str, epochs: int) -> tuple[Snapshot, HealthTable, tuple[Finding, ...]]:
    trainer, checkups = Trainer(GALLERY[name].config), Checkups()
    for _ in range(epochs):
        trainer.run_epoch()
    snapshot = observe(trainer, Look(resolution=8, whole=True))
    record = checkups.record(snapshot)
    return snapshot, HealthTable(record), diagnose(case_of(snapshot, record.now))


@pytest.fixture
def panel(qtbot: QtBot) -> HealthPanel:
    result = HealthPanel()
    qtbot.addWidget(result)
    result.resize(760, 250)
    result.show()
    return result


def test_rows_are_chosen_and_findings_have_their_page(panel: HealthPanel, qtbot: QtBot) -> None:
    snapshot, table, findings = moment("dead", 30)
    panel.show_health(table, findings, health_words(snapshot, len(findings)))
    chosen: list[int] = []
    panel.layer_chosen.connect(chosen.append)
    place = cell_place(QRectF(panel.grid.rect()), table, 1, 0).center().toPoint()
    qtbot.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=place)
    panel.grid.show_chosen(1)
    qtbot.keyClick(panel.grid, Qt.Key.Key_Up)
    qtbot.keyClick(panel.grid, Qt.Key.Key_Down)
    assert chosen == [1, 0, 1]
    tip = QHelpEvent(QEvent.Type.ToolTip, place, panel.grid.mapToGlobal(place))
    assert QApplication.sendEvent(panel.grid, tip)

    opened: list[Finding | None] = []
    panel.finding_opened.connect(opened.append)
    card = panel.doctor.cards[0]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    page = panel.finding_page
    assert panel.pages.currentWidget() is page
    assert page.title.text == findings[0].title
    assert page.cure.text == findings[0].cure.words
    panel.show_health(table, (), "")
    assert page.title.text.endswith("not any more"), "it stays to be read"
    other = moment("overfit", 100)[2]
    panel.open_finding(other[0])
    shown = [page._fact(row, 1).text() for row in range(len(other[0].facts))]
    assert shown == [value for _, value in other[0].facts]
    panel.open_finding(findings[0])
    assert page._facts.count() == 2 * len(findings[0].facts)
    assert panel.focusWidget() is panel
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Escape)
    assert panel.pages.currentIndex() == 0
    assert opened[0] is findings[0]
    assert opened[-1] is None
    panel.show_health(table, findings, "")
    assert panel.doctor.cards[0] is not card
    again = panel.doctor.cards[0]
    panel.show_health(table, findings, "")
    assert panel.doctor.cards[0] is again, "it stays while the same is found"
    panel.open_finding(findings[0])
    panel.show_health(moment("circle", 0)[1], (), "")
    assert panel.pages.currentIndex() == 0, "another run has begun"


def test_words_say_what_the_numbers_are_about() -> None:
    untrained, *_ = moment("circle", 0)
    assert "Not trained yet" in health_words(untrained, 0)
    assert "Nothing that is ill" in health_words(moment("circle", 10)[0], 0)
    assert "no hidden layer" in health_words(moment("gaussian", 3)[0], 0)
    assert "Click a finding" in health_words(moment("circle", 1)[0], 2)


def test_bars_are_as_long_as_their_values() -> None:
    share = Bars("", ("a", "b"), (0.25, 1.0), (0,), 0.5, percent=True)
    assert bar_heights(share) == [0.25, 1.0, 0.5]
    assert bar_heights(Bars("", ("a", "b"), (2.0, 8.0), (0,))) == [0.25, 1.0]
    powers = bar_heights(Bars("", ("a", "b", "c"), (1e-4, 1e-2, 1.0), (0,), logarithmic=True))
    assert powers == pytest.approx([0.05, 0.525, 1.0])
    assert bar_heights(Bars("", ("a",), (0.0,), (0,), logarithmic=True)) == [0.05]


def test_each_kind_of_evidence_is_painted_without_leaving_its_place(painted: Callable[..., np.ndarray]) -> None:
    line = np.array([1.0, 0.5, 2.0])
    for picture in (
        Bars("bars", ("1", "2"), (0.9, 0.1), (0,), 0.5, "half", percent=True),
        Bars("bars", ("1", "2"), (0.9, 1e-9), (1,), logarithmic=True),
        Lines("lines", np.array([3.0, 4.0, 5.0]), line, line[::-1], 4.0),
        Lines("one", np.array([0.0]), line[:1], line[:1], logarithmic=True),
        Lines("none", line[:0], line[:0], line[:0], logarithmic=True),
        Table("rows", np.array([[1.0, -2.0], [1.0, -2.0]]), ("1", "2"), ("w1", "w2")),
    ):
        for theme in (LIGHT, DARK):
            pixels = painted(
                lambda painter, p=picture, t=theme: paint_evidence(painter, QRectF(20, 20, 260, 180), p, t),
                300,
                220,
                theme.background,
            )
            ground = pixels[0, 0]
            assert (pixels[25:195, 25:275] != ground).any()
            for edge in (pixels[:18], pixels[203:], pixels[:, :12], pixels[:, 290:]):
                assert (edge == ground).all()


def test_a_trial_is_drawn_with_both_curves_on_the_same_epochs(
    panel: HealthPanel, painted: Callable[..., np.ndarray]
) -> None:
    for name in ("circle", "sine", "mnist"):
        snapshot, _, _ = moment(name, 1)
        bench = Bench(wish_of(snapshot, cures.smaller_steps(snapshot.config)))
        trial = bench.advance(0.05)
        epochs, losses = both(trial, LOSS)
        for values, half in zip(losses, (trial.treated, trial.original), strict=True):
            table = half.snapshot.curves
            assert epochs[0] == 1
            assert values[~np.isnan(values)].tolist() == table[LOSS, table[0] >= 1].tolist()
        painted(lambda painter, t=trial: paint_trial(painter, QRectF(0, 0, 740, 200), t, LIGHT), 740, 200)
        panel.show_trial(trial)
    assert "Epoch" in panel.trial_page.verdict.text
    panel.trial_page.show_refusal("This can't be tried: no")
    assert panel.trial_page.close_button.text() == "Close"


def test_facts_of_another_finding_do_not_lie_over_those_of_the_next(panel: HealthPanel) -> None:
    snapshot, table, findings = moment("dead", 30)
    panel.show_health(table, findings, health_words(snapshot, len(findings)))
    facts = findings[0].facts
    assert len(facts) > 1
    panel.open_finding(findings[0])
    panel.finding_page.show_finding(replace(findings[0], facts=facts[:1]))
    labels = panel.finding_page.findChildren(QLabel)
    seen = {each.text() for each in labels if each.isVisible()}
    assert set(facts[0]) <= seen
    assert not seen & ({text for fact in facts[1:] for text in fact} - set(facts[0]))
