"""What the banner over the diagram says: what to try next, what a drawing lacks, or why a run has stopped."""

from __future__ import annotations

from mlp_playground.app.controller import Controller
from mlp_playground.app.errors import ErrorReporter
from mlp_playground.app.frame_clock import FrameClock
from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.views.diagram.banner import Banner

FIRST_HINT = "Press play and watch it fail: one neuron can draw one line, and XOR needs more. Then add a neuron with +."
DRAFT_HINT = "Draw points of two classes or more in the picture: left button for one class, right button for another."


class Hints:
    """Decides what `banner` says. A hint goes with the data that it speaks of, and stays away once it was closed."""

    def __init__(self, banner: Banner, controller: Controller, clock: FrameClock, errors: ErrorReporter) -> None:
        self._banner, self._controller, self._clock, self._errors = banner, controller, clock, errors
        self._hint, self._of = "", controller.config.data.name
        self._draft_hint = DRAFT_HINT
        self._read = (-1, "")  # the revision and the reason that the user has read and closed
        banner.dismissed.connect(self._on_closed)

    def say(self, text: str) -> None:
        """A hint on the open experiment, or none."""
        self._hint, self._of = text, self._controller.config.data.name
        self._show()

    def on_config(self, config: ExperimentConfig) -> None:
        """The experiment is another one: what speaks of something else goes."""
        of_one_neuron = self._hint == FIRST_HINT and config.network.hidden != (1,)
        if config.data.name != self._of or of_one_neuron:
            self.say("")

    def on_draft(self, draft: OwnData | None) -> None:
        """There is a drawing that nothing can be learned from yet, or no more."""
        self._draft_hint = DRAFT_HINT if draft is None else self._draft_hint
        self._show()

    def show_state(self, snapshot: Snapshot) -> None:
        """Say why the run has stopped, if it has for a reason; else the hint."""
        if snapshot.reason and (snapshot.revision, snapshot.reason) == self._read:
            return
        if snapshot.state is RunState.DIVERGED:
            self._banner.show_text(f"Training diverged. {snapshot.reason}", warns=True)
        elif snapshot.state is RunState.FAILED:
            self._errors.show_error(snapshot.reason)
            self._banner.show_text(f"Training stopped: {snapshot.reason}. Reset starts again.", warns=True)
        elif snapshot.reason:  # a plan that is done
            self._banner.show_text(f"{snapshot.reason} You find both under More.")
        else:
            self._show()

    def _on_closed(self) -> None:
        latest = self._clock.latest
        self._read = (latest.revision, latest.reason) if latest is not None else (-1, "")
        if self._controller.draft is not None:
            self._draft_hint = ""
        else:
            self.say("")

    def _show(self) -> None:
        self._banner.show_text(self._hint if self._controller.draft is None else self._draft_hint)
