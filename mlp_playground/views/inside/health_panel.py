"""The health panel: all layers' numbers over time, what the doctor finds, and a page for each finding."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.experiment.doctor.illnesses import ILLNESSES
from mlp_playground.experiment.doctor.trial import Trial
from mlp_playground.views.inside.finding_card import FindingCard
from mlp_playground.views.inside.finding_page import FindingPage
from mlp_playground.views.inside.health_grid import HealthGrid
from mlp_playground.views.inside.trial_page import TrialPage
from mlp_playground.views.layers.health_table import HealthTable
from mlp_playground.views.parts import label
from mlp_playground.views.theme import SPACE

DOCTOR = 224
"""Pixels for what the doctor says."""
LOOKED_FOR = "It looks for:\n" + "\n".join(f"• {each.label}: {each.words}" for each in ILLNESSES.values())


class Doctor(QWidget):
    """The findings as cards, or that there is none. `opened` carries a finding that was clicked."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[FindingCard] = []
        self.words = label("Examining all layers …", 9, muted=True)
        self.words.setWordWrap(True)
        self.words.setToolTip(LOOKED_FOR)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE, 0)
        self._column.setSpacing(SPACE)
        title = label("Doctor", 10, bold=True)
        title.setToolTip(LOOKED_FOR)
        self._column.addWidget(title)
        self._column.addWidget(self.words)
        self._column.addStretch(1)

    def show_findings(self, findings: tuple[Finding, ...], words: str) -> None:
        """These, the first to cure first; the cards stay while the same illnesses are found."""
        if [card.finding.illness for card in self.cards] != [each.illness for each in findings]:
            self._make_cards(findings)
        for card, finding in zip(self.cards, findings, strict=True):
            card.show_finding(finding)
        if words != self.words.text():
            self.words.setText(words)

    def _make_cards(self, findings: tuple[Finding, ...]) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self.cards = [FindingCard(finding) for finding in findings]
        for place, card in enumerate(self.cards):
            card.clicked.connect(lambda _checked=False, which=card: self.opened.emit(which.finding))
            self._column.insertWidget(2 + place, card)


class HealthPanel(QWidget):
    """`layer_chosen` carries a layer's number, from 0, `finding_opened` a Finding that is shown whole or None,
    `cure_wanted` and `trial_wanted` a Finding, and `trial_closed` says that a trial is not wanted any more."""

    layer_chosen = Signal(int)
    finding_opened = Signal(object)
    cure_wanted = Signal(object)
    trial_wanted = Signal(object)
    trial_closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that Esc leads back
        self.grid, self.doctor = HealthGrid(), Doctor()
        self.finding_page, self.trial_page = FindingPage(), TrialPage()
        self.pages = QStackedWidget()
        self.overview = self._overview()
        for page in (self.overview, self.finding_page, self.trial_page):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, 0, SPACE // 2)
        column.addWidget(self.pages)
        self.grid.layer_chosen.connect(self.layer_chosen)
        self.doctor.opened.connect(self.open_finding)
        self.finding_page.left.connect(self.show_overview)
        self.finding_page.trial_wanted.connect(self._begin_trial)
        self.trial_page.closed.connect(self._on_trial_closed)
        for source in (self.finding_page, self.trial_page):
            source.cure_wanted.connect(self._on_cure_wanted)

    def _overview(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(_scrolling(self.grid), 1)
        doctor = _scrolling(self.doctor)
        doctor.setFixedWidth(DOCTOR)
        row.addWidget(doctor)
        page = QWidget()
        page.setLayout(row)
        return page

    def sizeHint(self) -> QSize:
        return QSize(760, 250)

    def show_health(self, table: HealthTable, findings: tuple[Finding, ...], words: str) -> None:
        """This moment of the run; `words` say what holds for all of it."""
        self.grid.show_table(table)
        self.doctor.show_findings(findings, words)
        shown = self.shown
        if shown is None:
            return
        newer = next((each for each in findings if each.illness == shown.illness), None)
        if newer is None and table.record.now.steps == 0:
            self.show_overview()  # another run
        else:
            self.finding_page.show_finding(newer or shown, is_gone=newer is None)

    @property
    def shown(self) -> Finding | None:
        """The finding whose page is open."""
        return self.finding_page.finding if self.pages.currentWidget() is self.finding_page else None

    def open_finding(self, finding: Finding) -> None:
        """Show one finding whole."""
        self.finding_page.show_finding(finding)
        self._turn_to(self.finding_page)
        self.finding_opened.emit(finding)

    def show_overview(self) -> None:
        """All layers again."""
        self._turn_to(self.overview)
        self.finding_opened.emit(None)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trial(self, trial: Trial) -> None:
        """How far the trial is that was asked for."""
        self.trial_page.show_trial(trial)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or self.pages.currentIndex() == 0:
            super().keyPressEvent(event)
        elif self.pages.currentWidget() is self.trial_page:
            self._on_trial_closed()
        else:
            self.show_overview()

    def _begin_trial(self, finding: Finding) -> None:
        self.trial_page.begin(finding)
        self._turn_to(self.trial_page)
        self.trial_wanted.emit(finding)

    def _on_trial_closed(self) -> None:
        self._turn_to(self.finding_page)
        self.trial_closed.emit()

    def _on_cure_wanted(self, finding: Finding) -> None:
        self.show_overview()
        self.trial_closed.emit()
        self.cure_wanted.emit(finding)


def _scrolling(widget: QWidget) -> QScrollArea:
    result = QScrollArea()
    result.setWidgetResizable(True)
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    result.setWidget(widget)
    return result
