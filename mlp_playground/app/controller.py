"""Turns what the user wants into the next experiment and tells the runner: here a wish becomes a value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlp_playground.app.desk import Desk
from mlp_playground.app.fitting import with_data, with_own
from mlp_playground.data.download import mnist_folder
from mlp_playground.data.features import FEATURES
from mlp_playground.data.own import OwnData
from mlp_playground.data.toy import TOYS
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import edits
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import (
    CLASSIFY,
    DIGITS_DEFAULT,
    MNIST,
    MNIST_FULL,
    OWN,
    REGRESS,
    Cell,
    ExperimentConfig,
)
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.pace import Pace
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.runner import Runner
from mlp_playground.experiment.snapshot import RunState
from mlp_playground.nn.activations import ACTIVATIONS

if TYPE_CHECKING:
    from mlp_playground.experiment.doctor.finding import Cure


class Controller(Desk):
    """What the user can want of an experiment, each wish a method."""

    def __init__(self, runner: Runner, config: ExperimentConfig, parent: QObject | None = None) -> None:
        super().__init__(runner, config, parent)
        # what to come back to: a learner who looks at the digits finds the own network on the plane again
        self.last_toy = ExperimentConfig() if config.data.is_digits else config
        self._last_digits = config if config.data.is_digits else DIGITS_DEFAULT
        self._last_name = {CLASSIFY: "xor", REGRESS: "plane", config.data.problem: config.data.name}

    # -- the run --------------------------------------------------------------------------------------------------

    def toggle_play(self) -> None:
        """Play or pause; while a past moment is looked at, play on from there."""
        if self._state is RunState.RUNNING:
            self._tell(self._runner.pause(), RunState.PAUSED)
        else:
            self.go_on_from_there()
            self._tell(self._runner.play(), RunState.RUNNING)

    def step(self) -> None:
        """Pause and learn from one minibatch."""
        self.go_on_from_there()
        self._tell(self._runner.step(), RunState.PAUSED)

    def step_epoch(self) -> None:
        """Pause and learn from every sample once."""
        self.go_on_from_there()
        self._tell(self._runner.step_epoch(), RunState.PAUSED)

    def reset(self) -> None:
        """Pause and go back to the same first weights."""
        self.push(Change("reset", self.config, self.config, restarts=True), draft=self.draft)

    def set_pace(self, pace: Pace) -> None:
        """Run that fast."""
        self.sent.emit(self._runner.set_pace(pace))

    def new_weights(self) -> None:
        """Begin again from other first weights: the next seed."""
        self._change("new weights", lambda: self.config.changed(seed=(self.config.seed + 1) % 2**32))

    def open(self, moment: Moment) -> int:
        """Go to a saved moment of a run. Returns the revision of the first snapshot that can have it."""
        return self._begin(Change("open", self.config, moment.config, opens=moment))

    def start(self, config: ExperimentConfig) -> int:
        """Begin another experiment, at epoch 0 and with nothing learned. Returns the revision that has it."""
        return self._begin(Change("new experiment", self.config, config, restarts=True))

    def capture(self) -> Future[Moment]:
        """The run as it is, complete, as soon as it can be had."""
        return self._runner.capture()

    # -- the network ----------------------------------------------------------------------------------------------

    def add_neuron(self, layer: int) -> None:
        """One neuron more in a hidden layer."""
        self._edit(f"add neuron to layer {layer + 1}", lambda: edits.add_neuron(self.config, layer))

    def remove_neuron(self, layer: int, neuron: int | None = None) -> None:
        """One neuron less, the last one where none is named; a layer's only neuron takes its layer with it."""
        self._edit(f"remove neuron from layer {layer + 1}", lambda: edits.remove_neuron(self.config, layer, neuron))

    def set_width(self, layer: int, width: int, gesture: int | None = None) -> None:
        """So many neurons in a hidden layer; with the same number of a `gesture` all is one change, which begins anew
        from where the gesture began: so neurons that a drag took away come back as it returns."""
        self._take_back(gesture)
        name = f"{width} neurons in layer {layer + 1}"
        self._edit(name, lambda: edits.set_width(self.config, layer, width), gesture)

    def freeze(self, cells: Collection[Cell], frozen: bool) -> None:
        """Neurons (layer, neuron) whose weights stay as they are, or learn again."""
        name = ("freeze " if frozen else "unfreeze ") + _called(cells, len(self.config.network.hidden))
        self._edit(name, lambda: edits.freeze(self.config, cells, frozen=frozen))

    def switch_off(self, cells: Collection[Cell], off: bool) -> None:
        """Hidden neurons (layer, neuron) that answer 0, or work again."""
        name = f"switch {_called(cells, len(self.config.network.hidden))} {'off' if off else 'on'}"
        self._edit(name, lambda: edits.switch_off(self.config, cells, off=off))

    def set_weight(self, layer: int, neuron: int, sender: int, value: float) -> None:
        """One weight by hand; layers count from 0, the output layer after the hidden ones."""
        self._put(f"weight {value:.4g}", Put(layer, neuron, sender, value))

    def set_bias(self, layer: int, neuron: int, value: float) -> None:
        """One bias by hand."""
        self._put(f"bias {value:.4g}", Put(layer, neuron, None, value))

    def insert_layer(self, position: int) -> None:
        """A hidden layer more."""
        self._edit("add layer", lambda: edits.insert_layer(self.config, position))

    def append_layer(self) -> None:
        """A hidden layer more, right before the output."""
        self.insert_layer(len(self.config.network.hidden))

    def remove_layer(self, layer: int) -> None:
        """A hidden layer less."""
        self._edit(f"remove layer {layer + 1}", lambda: edits.remove_layer(self.config, layer))

    def set_layer_activation(self, layer: int, name: str) -> None:
        """One layer's activation."""
        what = f"{_label(name)} in layer {layer + 1}"
        self._edit(what, lambda: edits.set_activation(self.config, name, layer))

    def set_activation(self, name: str) -> None:
        """All hidden layers' activation."""
        self._edit(f"{_label(name)} in all layers", lambda: edits.set_activation(self.config, name))

    def toggle_feature(self, name: str) -> None:
        """Switch a feature on or off; the last one stays on."""
        now = self.config.features
        wanted = tuple(each for each in now if each != name) if name in now else (*now, name)
        if not wanted:
            self.refused.emit("The network needs at least one feature to see anything of a point.")
            return
        word = "off" if name in now else "on"
        self._change(f"{FEATURES[name].label} {word}", lambda: self.config.changed(features=wanted))

    # -- data and training ----------------------------------------------------------------------------------------

    def choose_data(self, name: str) -> None:
        """Other points, curves or patterns, or the sample of handwritten digits."""
        if name == self.config.data.name:
            if self.draft is not None:
                self.push(Change("leave the drawing", self.config, self.config))
            return
        if name == OWN and self.last_toy.data.own is not None:
            self.use_own(self.last_toy.data.own)
        elif name == MNIST:
            self._change("data MNIST", lambda: with_data(self._last_digits, name=MNIST, folder=None))
        else:
            base = self.last_toy
            self._change(f"data {TOYS[name].label}", lambda: with_data(base, name=name))

    def use_own(self, own: OwnData, name: str = "own data") -> None:
        """The user's own samples."""
        base = self.last_toy
        self._change(name, lambda: with_own(base, own))

    def choose_full_mnist(self, folder: Path | None) -> None:
        """All 70,000 digits, from a folder or (None) from the user's data folder."""
        # the program's own folder has no name in a saved experiment, which may go to another machine
        where = None if folder in (None, mnist_folder()) else str(folder)
        self._change("data full MNIST", lambda: with_data(self._last_digits, name=MNIST_FULL, folder=where))

    def choose_problem(self, problem: str) -> None:
        """Classes or numbers: go to a data set of that kind."""
        if problem != self.config.data.problem:
            self.choose_data(self._last_name[problem])

    def set_data(self, **values: object) -> None:
        """Noise, number of points, test share, turns, bits, or whether digits are straightened."""
        if any(getattr(self.config.data, name) != value for name, value in values.items()):
            self._change(_setting(values), lambda: with_data(self.config, **values))

    def new_points(self) -> None:
        """Other points of the same kind: the next seed."""
        if not self.config.data.is_digits:
            seed = (self.config.data.seed + 1) % 2**32
            self._change("new points", lambda: self.config.changed("data", seed=seed))

    def set_training(self, **values: object) -> None:
        """Learning rate, optimizer, batch size, loss, schedule and such; the run goes on."""
        self._change(_setting(values), lambda: self.config.changed("training", **values))

    def set_first_weights(self, **values: object) -> None:
        """Initializer or its scale. Before the first step the network starts from them; later it keeps what it has
        learned, and they count for new neurons and from the next reset."""
        self._change(_setting(values), lambda: self.config.changed("network", **values))

    def set_penalty(self, kind: str, rate: float) -> None:
        """`none`, `l1`, `l2` or `both`."""
        l1, l2 = (rate if kind in (name, "both") else 0.0 for name in ("l1", "l2"))
        self._change("regularization", lambda: self.config.changed("training", l1=l1, l2=l2))

    def apply(self, cure: Cure) -> None:
        """What the doctor advises."""
        try:
            change = cure.change(self.config)
        except edits.Gone:
            return  # what it was about has been removed meanwhile
        except InvalidValue as error:
            self.refused.emit(str(error))
            return
        self.push(change, draft=self.draft)
        begins = " It begins again: press play." if cure.restarts else ""
        self.told.emit(f"Done: {cure.name}.{begins} Undo takes it back.")

    def _become(self, config: ExperimentConfig) -> None:
        self._last_name[config.data.problem] = config.data.name
        if config.data.is_digits:
            self._last_digits = config
        else:
            self.last_toy = config
        super()._become(config)


_NAMES = {"l1": "L1", "l2": "L2", "test_share": "test share", "clip_norm": "clipping", "samples": "points"}


def _setting(values: Mapping[str, object]) -> str:
    """What is changed, as undo names it."""
    return " and ".join(f"{_NAMES.get(name, name.replace('_', ' '))} {_shown(value)}" for name, value in values.items())


def _label(activation: str) -> str:
    """What an activation is called; one that there is not is refused where the change is made."""
    return ACTIVATIONS[activation].label if activation in ACTIVATIONS else activation


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _called(cells: Collection[Cell], output: int) -> str:
    """One neuron or several, in words."""
    (layer, neuron), *others = cells
    where = "the output" if layer == output else f"layer {layer + 1}"
    return where if others or layer == output else f"neuron {neuron + 1} of {where}"
