"""Turns what the user wants into the next experiment and tells the runner: here a wish becomes a value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mlp_playground.data.download import mnist_folder
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits
from mlp_playground.experiment.config import (
    CLASSIFY,
    DIGITS_DEFAULT,
    DIGITS_EPOCHS,
    MNIST,
    MNIST_FULL,
    REGRESS,
    ExperimentConfig,
)
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.edits import Edit
from mlp_playground.experiment.lineage import Lineage
from mlp_playground.experiment.pace import Pace
from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.snapshot import RunState, Snapshot
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import AUTO


class Controller(QObject):
    """Holds the experiment as it was last wished for; the runner follows, and snapshots show what is true.

    `sent` carries the revision of each command, `config_changed` each new experiment, `refused` why a wish can't be
    met (in the user's words).
    """

    sent = Signal(int)
    config_changed = Signal(ExperimentConfig)
    refused = Signal(str)

    def __init__(self, runner: Runner, config: ExperimentConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.config = config
        # what the run does once it has command number `_told`: a picture that is older says nothing about it
        self._state, self._told = RunState.PAUSED, 0
        # what to come back to: a learner who looks at the digits finds the own network on the plane again
        self._last_toy = ExperimentConfig() if config.data.is_digits else config
        self._last_digits = config if config.data.is_digits else DIGITS_DEFAULT
        self._last_name = {CLASSIFY: "xor", REGRESS: "plane", config.data.problem: config.data.name}

    # -- the run --------------------------------------------------------------------------------------------------

    def toggle_play(self) -> None:
        """Play or pause."""
        if self._state is RunState.RUNNING:
            self._tell(self._runner.pause(), RunState.PAUSED)
        else:
            self._tell(self._runner.play(), RunState.RUNNING)

    def step(self) -> None:
        """Pause and learn from one minibatch."""
        self._tell(self._runner.step(), RunState.PAUSED)

    def step_epoch(self) -> None:
        """Pause and learn from every sample once."""
        self._tell(self._runner.step_epoch(), RunState.PAUSED)

    def reset(self) -> None:
        """Pause and go back to the same first weights."""
        self._tell(self._runner.reset(), RunState.PAUSED)

    def set_pace(self, pace: Pace) -> None:
        """Run that fast."""
        self.sent.emit(self._runner.set_pace(pace))

    def new_weights(self) -> None:
        """Begin again from other first weights: the next seed."""
        self._change(lambda: self.config.changed(seed=(self.config.seed + 1) % 2**32))

    def open(self, document: Document) -> int:
        """Go to a saved moment. Returns the revision of the first snapshot that can have it."""
        self._become(document.config)
        revision = self._runner.open(document)
        self._tell(revision, RunState.PAUSED)
        return revision

    def start(self, config: ExperimentConfig) -> None:
        """Begin another experiment, at epoch 0 and with nothing learned."""
        self._become(config)
        self._tell(self._runner.reset(config), RunState.PAUSED)

    # -- the network ----------------------------------------------------------------------------------------------

    def add_neuron(self, layer: int) -> None:
        """One neuron more in a hidden layer."""
        self._edit(lambda: edits.add_neuron(self.config, layer))

    def remove_neuron(self, layer: int) -> None:
        """One neuron less; the last takes its layer with it."""
        self._edit(lambda: edits.remove_neuron(self.config, layer))

    def insert_layer(self, position: int) -> None:
        """A hidden layer more."""
        self._edit(lambda: edits.insert_layer(self.config, position))

    def append_layer(self) -> None:
        """A hidden layer more, right before the output."""
        self.insert_layer(len(self.config.network.hidden))

    def remove_layer(self, layer: int) -> None:
        """A hidden layer less."""
        self._edit(lambda: edits.remove_layer(self.config, layer))

    def set_layer_activation(self, layer: int, name: str) -> None:
        """One layer's activation."""
        self._edit(lambda: edits.set_activation(self.config, name, layer))

    def set_activation(self, name: str) -> None:
        """All hidden layers' activation."""
        self._edit(lambda: edits.set_activation(self.config, name))

    def toggle_feature(self, name: str) -> None:
        """Switch a feature on or off; the last one stays on."""
        now = self.config.features
        wanted = tuple(each for each in now if each != name) if name in now else (*now, name)
        if not wanted:
            self.refused.emit("The network needs at least one feature to see anything of a point.")
            return
        self._change(lambda: self.config.changed(features=wanted))

    # -- data and training ----------------------------------------------------------------------------------------

    def choose_data(self, name: str) -> None:
        """Other points, curves or patterns, or the sample of handwritten digits."""
        if name == self.config.data.name:
            return
        if name == MNIST:
            self._change(lambda: self._with_data(self._last_digits, name=MNIST, folder=None))
        else:
            base = self._last_toy
            self._change(lambda: self._with_data(base, name=name))

    def choose_full_mnist(self, folder: Path | None) -> None:
        """All 70,000 digits, from a folder or (None) from the user's data folder."""
        # the program's own folder has no name in a saved experiment, which may go to another machine
        where = None if folder in (None, mnist_folder()) else str(folder)
        self._change(lambda: self._with_data(self._last_digits, name=MNIST_FULL, folder=where))

    def choose_problem(self, problem: str) -> None:
        """Classes or numbers: go to a data set of that kind."""
        if problem != self.config.data.problem:
            self.choose_data(self._last_name[problem])

    def set_data(self, **values: object) -> None:
        """Noise, number of points, test share, turns, bits, or whether digits are straightened."""
        if any(getattr(self.config.data, name) != value for name, value in values.items()):
            self._change(lambda: self._with_data(self.config, **values))

    def new_points(self) -> None:
        """Other points of the same kind: the next seed."""
        if not self.config.data.is_digits:
            self._change(lambda: self.config.changed("data", seed=(self.config.data.seed + 1) % 2**32))

    def set_training(self, **values: object) -> None:
        """Learning rate, optimizer, batch size, loss, schedule and such; the run goes on."""
        self._change(lambda: self.config.changed("training", **values))

    def set_first_weights(self, **values: object) -> None:
        """Initializer or its scale. Before the first step the network starts from them; later it keeps what it has
        learned, and they count for new neurons and from the next reset."""
        self._change(lambda: self.config.changed("network", **values))

    def set_penalty(self, kind: str, rate: float) -> None:
        """`none`, `l1`, `l2` or `both`."""
        self.set_training(l1=rate if kind in ("l1", "both") else 0.0, l2=rate if kind in ("l2", "both") else 0.0)

    # -- what became of it ----------------------------------------------------------------------------------------

    def on_snapshot(self, snapshot: Snapshot) -> None:
        """Keep in mind whether it runs."""
        if snapshot.revision >= self._told:
            self._state = snapshot.state

    def go_back(self, snapshot: Snapshot | None) -> None:
        """The runner could not follow: back to the experiment that it has."""
        if snapshot is not None:
            self._become(snapshot.config)

    def _tell(self, revision: int, state: RunState) -> None:
        self._told, self._state = revision, state
        self.sent.emit(revision)

    @staticmethod
    def _with_data(base: ExperimentConfig, **values: object) -> ExperimentConfig:
        """Other data, with those settings that don't fit them replaced by ones that always do."""
        config = base.changed("data", **values)
        planned = _fitting_plan(config, base.data.name)
        batch = _fitting_batch(config)
        return config.changed("training", loss=_fitting_loss(config), batch_size=batch, planned_epochs=planned)

    def _change(self, make: Callable[[], ExperimentConfig]) -> None:
        try:
            config = make()
        except InvalidValue as error:
            self.refused.emit(str(error))
            return
        self._adopt(config)

    def _edit(self, make: Callable[[], Edit]) -> None:
        try:
            edit = make()
        except edits.Gone:
            return  # a second click on something that the first one has removed
        except InvalidValue as error:
            self.refused.emit(str(error))
            return
        self._adopt(edit.config, edit.lineage)

    def _adopt(self, config: ExperimentConfig, lineage: Lineage | None = None) -> None:
        if config == self.config:
            return
        self._become(config)
        self.sent.emit(self._runner.adopt(config, lineage))

    def _become(self, config: ExperimentConfig) -> None:
        self.config = config
        self._last_name[config.data.problem] = config.data.name
        if config.data.is_digits:
            self._last_digits = config
        else:
            self._last_toy = config
        self.config_changed.emit(config)


def _fitting_loss(config: ExperimentConfig) -> str:
    """The chosen loss, or the usual one where that is for another kind of data."""
    loss = config.training.loss
    return loss if loss == AUTO or HEADS[loss].task == config.data.task else AUTO


def _fitting_plan(config: ExperimentConfig, before: str) -> int:
    """The planned epochs, or those of the recipe for these digits where they were those for the others."""
    planned = config.training.planned_epochs
    return DIGITS_EPOCHS.get(config.data.name, planned) if DIGITS_EPOCHS.get(before) == planned else planned


def _fitting_batch(config: ExperimentConfig) -> int:
    """The chosen batch size, or all training samples at once where there are fewer."""
    size, n_train = config.training.batch_size, config.data.n_train
    return size if n_train is None or size <= n_train else 0
