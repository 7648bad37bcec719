"""Every wish becomes the next experiment, or a reason why not; the runner is told once and nobody else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from inspect import isfunction
from pathlib import Path

import numpy as np
import pytest

from mlp_playground.app.controller import Controller
from mlp_playground.app.undo import forget_oldest
from mlp_playground.data import drawing
from mlp_playground.data.download import mnist_folder
from mlp_playground.experiment.change import Change
from mlp_playground.experiment.config import DIGITS_DEFAULT, MAX_LAYERS, MAX_NEURONS, ExperimentConfig
from mlp_playground.experiment.doctor import cures
from mlp_playground.experiment.lineage import Lineage, Origin
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.pace import PACES, Pace
from mlp_playground.experiment.snapshot import Look, RunState, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer

FIRST = ExperimentConfig()
TWO = FIRST.changed("network", hidden=(3, 2), activations=("tanh", "relu"))
OWN_DATA = drawing.add_points(drawing.add_points(None, np.eye(2), 0), -np.eye(2), 1)

pytestmark = pytest.mark.usefixtures("qapp")


CONTROLLERS: list[Controller] = []


@pytest.fixture(autouse=True)
def _commands_go_before_their_stack() -> Iterator[None]:
    """Qt owns commands that Python knows, too; a collector that frees a stack in a cycle with them frees some twice."""
    yield
    for controller in CONTROLLERS:
        controller.undo_stack.clear()
    CONTROLLERS.clear()


class FakeRunner:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, tuple[object, ...]]] = []

    def _note(self, name: str, *values: object) -> int:
        self.told.append((name, values))
        return len(self.told)

    def play(self) -> int:
        return self._note("play")

    def pause(self) -> int:
        return self._note("pause")

    def step(self) -> int:
        return self._note("step")

    def step_epoch(self) -> int:
        return self._note("step_epoch")

    def make(self, change: Change) -> int:
        return self._note("make", change)

    def take_back(self, change: Change) -> int:
        return self._note("take_back", change)

    def make_again(self, change: Change) -> int:
        return self._note("make_again", change)

    def set_pace(self, pace: Pace) -> int:
        return self._note("set_pace", pace)


class Desk:
    """A controller, its runner, and what it said."""

    def __init__(self, config: ExperimentConfig = FIRST) -> None:
        self.runner = FakeRunner()
        self.controller = Controller(self.runner, config)  # type: ignore[arg-type]
        CONTROLLERS.append(self.controller)
        self.sent: list[int] = []
        self.configs: list[ExperimentConfig] = []
        self.refused: list[str] = []
        self.controller.sent.connect(self.sent.append)
        self.controller.config_changed.connect(self.configs.append)
        self.controller.refused.connect(self.refused.append)

    @property
    def made(self) -> Change:
        """The change that the runner was told last."""
        name, (change,) = self.runner.told[-1]
        assert name == "make"
        assert isinstance(change, Change)
        return change

    @property
    def undoable(self) -> list[str]:
        """What undo would take back, the oldest first."""
        stack = self.controller.undo_stack
        return [stack.text(index) for index in range(stack.index())]

    def changed_to(self, config: ExperimentConfig) -> None:
        assert self.controller.config == config
        assert self.configs == [config]
        assert self.made.after == config
        assert not self.made.begins_anew
        assert len(self.runner.told) == 1
        assert self.sent == [1]
        assert self.refused == []

    def nothing_happened(self) -> None:
        assert self.runner.told == []
        assert self.configs == []
        assert self.sent == []
        assert self.undoable == []


def moment(config: ExperimentConfig = FIRST, state: RunState = RunState.PAUSED, revision: int = 0) -> Snapshot:
    return replace(observe(Trainer(config), Look(16, digits=2)), state=state, revision=revision)


# -- the run ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["step", "step_epoch"])
def test_commands_reach_the_runner_and_their_revision_is_told(name: str) -> None:
    desk = Desk()
    getattr(desk.controller, name)()
    assert desk.runner.told == [(name, ())]
    assert desk.sent == [1]


def test_a_reset_reaches_the_runner_as_a_change_that_begins_anew() -> None:
    desk = Desk(TWO)
    desk.controller.reset()
    assert (desk.made.before, desk.made.after, desk.made.restarts) == (TWO, TWO, True)
    assert desk.sent == [1]
    assert desk.undoable == ["reset"]


def test_a_pace_reaches_the_runner() -> None:
    desk = Desk()
    desk.controller.set_pace(PACES[0])
    assert desk.runner.told == [("set_pace", (PACES[0],))]


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (RunState.PAUSED, "play"),
        (RunState.RUNNING, "pause"),
        (RunState.DIVERGED, "play"),
        (RunState.FAILED, "play"),
    ],
)
def test_one_button_plays_and_pauses(state: RunState, wanted: str) -> None:
    desk = Desk()
    desk.controller.on_snapshot(moment(state=state))
    desk.controller.toggle_play()
    assert desk.runner.told == [(wanted, ())]


def test_two_quick_presses_play_and_pause_even_before_a_picture_came() -> None:
    desk = Desk()
    desk.controller.toggle_play()
    desk.controller.on_snapshot(moment(state=RunState.PAUSED, revision=0))  # taken before the press
    desk.controller.toggle_play()
    assert [name for name, _ in desk.runner.told] == ["play", "pause"]
    desk.controller.on_snapshot(moment(state=RunState.PAUSED, revision=2))
    desk.controller.toggle_play()
    assert desk.runner.told[-1] == ("play", ())


def test_after_a_step_or_a_reset_the_next_press_plays() -> None:
    for act in ("step", "step_epoch", "reset"):
        desk = Desk()
        desk.controller.on_snapshot(moment(state=RunState.RUNNING, revision=0))
        getattr(desk.controller, act)()
        desk.controller.toggle_play()
        assert desk.runner.told[-1] == ("play", ()), act


def test_a_run_that_diverged_before_the_picture_came_is_played_not_paused() -> None:
    desk = Desk()
    desk.controller.toggle_play()
    desk.controller.on_snapshot(moment(state=RunState.DIVERGED, revision=1))
    desk.controller.toggle_play()
    assert desk.runner.told[-1] == ("play", ())


# -- the network ------------------------------------------------------------------------------------------------------

NETWORK_INTENTS: list[tuple[str, Callable[[Controller], None], dict[str, object], Lineage]] = [
    (
        "add a neuron", lambda c: c.add_neuron(0), {"hidden": (4, 2)},
        (Origin(1, (0, 1, 2, None)), Origin(2, (0, 1))),
    ),
    (
        "remove a neuron", lambda c: c.remove_neuron(0), {"hidden": (2, 2)},
        (Origin(1, (0, 1)), Origin(2, (0, 1))),
    ),
    (
        "insert a layer", lambda c: c.insert_layer(1), {"hidden": (3, 3, 2), "activations": ("tanh", "tanh", "relu")},
        (Origin(1, (0, 1, 2)), Origin(None, (None,) * 3), Origin(2, (0, 1))),
    ),
    (
        "append a layer", lambda c: c.append_layer(),
        {"hidden": (3, 2, 2), "activations": ("tanh", "relu", "relu")},
        (Origin(1, (0, 1, 2)), Origin(2, (0, 1)), Origin(None, (None,) * 2)),
    ),
    ("remove a layer", lambda c: c.remove_layer(0), {"hidden": (2,), "activations": ("relu",)}, (Origin(2, (0, 1)),)),
    (
        "one activation", lambda c: c.set_layer_activation(0, "sigmoid"), {"activations": ("sigmoid", "relu")},
        (Origin(1, (0, 1, 2)), Origin(2, (0, 1))),
    ),
    (
        "all activations", lambda c: c.set_activation("sigmoid"), {"activations": ("sigmoid", "sigmoid")},
        (Origin(1, (0, 1, 2)), Origin(2, (0, 1))),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("intent", "values", "lineage"), [each[1:] for each in NETWORK_INTENTS], ids=[each[0] for each in NETWORK_INTENTS]
)
def test_an_edit_of_the_network_is_sent_with_who_was_who(
    intent: Callable[[Controller], None], values: dict[str, object], lineage: Lineage
) -> None:
    desk = Desk(TWO)
    intent(desk.controller)
    desk.changed_to(TWO.changed("network", **values))
    assert desk.made.lineage == lineage


def test_the_last_neuron_takes_its_layer_with_it() -> None:
    desk = Desk()
    desk.controller.remove_neuron(0)
    assert desk.controller.config.network.hidden == ()


@pytest.mark.parametrize(
    ("config", "intent", "words"),
    [
        (FIRST.changed("network", hidden=(MAX_NEURONS,)), lambda c: c.add_neuron(0), "at most 1024"),
        (
            FIRST.changed("network", hidden=(1,) * MAX_LAYERS, activations=("tanh",) * MAX_LAYERS),
            lambda c: c.append_layer(),
            "at most 10",
        ),
        (FIRST, lambda c: c.set_training(learning_rate=0.0), "greater than 0"),
        (FIRST, lambda c: c.set_training(planned_epochs=0), "greater than or equal to 1"),
        (FIRST, lambda c: c.set_first_weights(initializer_scale=1001), "less than or equal to 1000"),
        (FIRST, lambda c: c.set_data(noise=0.9), "less than or equal to 0.5"),
        (FIRST, lambda c: c.set_data(bits=11), "less than or equal to 10"),
        (FIRST, lambda c: c.set_data(turns=0.25), "greater than or equal to 0.5"),
        (FIRST, lambda c: c.set_activation("cubic"), "one of"),
        (FIRST.changed(features=("x2",)), lambda c: c.toggle_feature("x2"), "at least one feature"),
    ],
)
def test_beyond_a_limit_there_is_a_reason_and_nothing_else(
    config: ExperimentConfig, intent: Callable[[Controller], None], words: str
) -> None:
    desk = Desk(config)
    intent(desk.controller)
    desk.nothing_happened()
    assert desk.controller.config == config
    assert len(desk.refused) == 1
    assert words in desk.refused[0]


def test_features_are_switched_on_and_off() -> None:
    desk = Desk()
    desk.controller.toggle_feature("x1*x2")
    assert desk.controller.config.features == ("x1", "x2", "x1*x2")
    desk.controller.toggle_feature("x1")
    assert desk.controller.config.features == ("x2", "x1*x2")
    assert (desk.made.after, desk.made.lineage) == (desk.controller.config, None)


# -- data and training ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("intent", "part", "values"),
    [
        (lambda c: c.choose_data("spiral"), "data", {"name": "spiral"}),
        (lambda c: c.choose_data("spiral5"), "data", {"name": "spiral5"}),
        (lambda c: c.choose_data("parity"), "data", {"name": "parity"}),
        (lambda c: c.choose_data("chirp"), "data", {"name": "chirp"}),
        (lambda c: c.set_data(turns=2.5), "data", {"turns": 2.5}),
        (lambda c: c.set_data(bits=7), "data", {"bits": 7}),
        (lambda c: c.set_data(noise=0.2), "data", {"noise": 0.2}),
        (lambda c: c.set_data(samples=100), "data", {"samples": 100}),
        (lambda c: c.set_data(test_share=0.3), "data", {"test_share": 0.3}),
        (lambda c: c.new_points(), "data", {"seed": 1}),
        (lambda c: c.choose_problem("regress"), "data", {"name": "plane"}),
        (lambda c: c.set_training(learning_rate=0.3), "training", {"learning_rate": 0.3}),
        (lambda c: c.set_training(optimizer="sgd"), "training", {"optimizer": "sgd"}),
        (lambda c: c.set_training(batch_size=64), "training", {"batch_size": 64}),
        (lambda c: c.set_training(batch_size=0), "training", {"batch_size": 0}),
        (lambda c: c.set_training(loss="tanh-squared"), "training", {"loss": "tanh-squared"}),
        (lambda c: c.set_training(schedule="cosine"), "training", {"schedule": "cosine"}),
        (lambda c: c.set_first_weights(initializer="normal"), "network", {"initializer": "normal"}),
        (lambda c: c.set_first_weights(initializer_scale=-2.0), "network", {"initializer_scale": -2.0}),
        (lambda c: c.set_penalty("l1", 0.1), "training", {"l1": 0.1}),
        (lambda c: c.set_penalty("l2", 0.1), "training", {"l2": 0.1}),
        (lambda c: c.new_weights(), "", {"seed": 1}),
    ],
)
def test_a_change_is_adopted(intent: Callable[[Controller], None], part: str, values: dict[str, object]) -> None:
    desk = Desk()
    intent(desk.controller)
    desk.changed_to(FIRST.changed(part, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "intent",
    [
        lambda c: c.choose_data("xor"),
        lambda c: c.choose_problem("classify"),
        lambda c: c.set_data(noise=0.0),
        lambda c: c.set_data(turns=1.75),
        lambda c: c.set_data(bits=4),
        lambda c: c.set_training(learning_rate=0.01),
        lambda c: c.set_penalty("none", 0.1),
        lambda c: c.set_activation("tanh"),
    ],
)
def test_what_is_so_already_tells_nobody(intent: Callable[[Controller], None]) -> None:
    desk = Desk()
    intent(desk.controller)
    desk.nothing_happened()
    assert desk.refused == []


def test_seeds_begin_again_after_the_last() -> None:
    desk = Desk(FIRST.changed(seed=2**32 - 1).changed("data", seed=2**32 - 1))
    desk.controller.new_weights()
    desk.controller.new_points()
    assert (desk.controller.config.seed, desk.controller.config.data.seed) == (0, 0)
    assert desk.refused == []


def test_digits_have_no_new_points() -> None:
    desk = Desk(DIGITS_DEFAULT)
    desk.controller.new_points()
    desk.nothing_happened()


def test_digits_come_with_their_own_network_and_the_former_one_comes_back() -> None:
    desk = Desk(TWO)
    desk.controller.choose_data("mnist")
    assert desk.controller.config == DIGITS_DEFAULT
    desk.controller.add_neuron(1)
    with_65 = desk.controller.config
    desk.controller.choose_data("circle")
    assert desk.controller.config == TWO.changed("data", name="circle")
    desk.controller.choose_data("mnist")
    assert desk.controller.config == with_65


def test_turns_bits_and_features_come_along_to_other_points_and_back() -> None:
    desk = Desk(TWO.changed(features=("x1^2",)))
    desk.controller.choose_data("spiral3")
    desk.controller.set_data(turns=2.5)
    desk.controller.choose_data("parity")
    desk.controller.set_data(bits=6)
    desk.controller.choose_data("sine")
    desk.controller.choose_data("spiral5")
    assert desk.controller.config == TWO.changed(features=("x1^2",)).changed("data", name="spiral5", turns=2.5, bits=6)


def test_the_problem_that_was_left_comes_back_with_its_data() -> None:
    desk = Desk()
    desk.controller.choose_data("parity")
    desk.controller.choose_problem("regress")
    assert desk.controller.config.data.name == "plane"
    desk.controller.choose_data("chirp")
    desk.controller.choose_problem("classify")
    assert desk.controller.config.data.name == "parity"
    desk.controller.choose_problem("regress")
    assert desk.controller.config.data.name == "chirp"


def test_who_starts_with_digits_gets_the_first_experiment_on_the_plane() -> None:
    desk = Desk(DIGITS_DEFAULT)
    desk.controller.choose_data("spiral")
    assert desk.controller.config == FIRST.changed("data", name="spiral")


def test_the_full_mnist_is_chosen_by_its_folder() -> None:
    desk = Desk()
    desk.controller.choose_full_mnist(Path("/digits"))
    assert (desk.controller.config.data.name, desk.controller.config.data.folder) == ("mnist-full", "/digits")
    desk.controller.choose_full_mnist(None)
    assert desk.controller.config.data.folder is None
    desk.controller.choose_data("mnist")
    assert desk.controller.config == DIGITS_DEFAULT


def test_from_digits_to_numbers_and_back() -> None:
    desk = Desk(DIGITS_DEFAULT)
    desk.controller.choose_problem("classify")
    desk.nothing_happened()
    desk.controller.choose_problem("regress")
    assert desk.controller.config.data.name == "plane"
    desk.controller.choose_problem("classify")
    assert desk.controller.config == DIGITS_DEFAULT


@pytest.mark.parametrize(
    ("loss", "intent", "expected"),
    [
        ("tanh-squared", lambda c: c.choose_problem("regress"), "auto"),
        ("tanh-squared", lambda c: c.choose_data("spiral"), "tanh-squared"),
        ("tanh-squared", lambda c: c.set_data(noise=0.1), "tanh-squared"),
        ("auto", lambda c: c.choose_problem("regress"), "auto"),
    ],
)
def test_a_loss_that_does_not_fit_the_data_gives_way_to_the_usual_one(
    loss: str, intent: Callable[[Controller], None], expected: str
) -> None:
    desk = Desk(FIRST.changed("training", loss=loss))
    intent(desk.controller)
    assert desk.controller.config.training.loss == expected
    assert desk.refused == []
    Trainer(desk.controller.config)  # takes it


def test_with_the_digits_their_own_loss_comes_back() -> None:
    desk = Desk(DIGITS_DEFAULT.changed("training", loss="classes"))
    desk.controller.choose_data("circle")
    assert desk.controller.config.training.loss == "auto"
    desk.controller.choose_data("mnist")
    assert desk.controller.config.training.loss == "classes"


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ({"samples": 200}, 100),  # as many for training as in the batch
        ({"samples": 198}, 0),
        ({"test_share": 0.8}, 100),
        ({"test_share": 0.85}, 0),
        ({"noise": 0.3}, 100),
    ],
)
def test_a_batch_that_is_larger_than_the_data_becomes_all_of_them(values: dict[str, float], size: int) -> None:
    desk = Desk(FIRST.changed("training", batch_size=100))
    desk.controller.set_data(**values)
    desk.changed_to(FIRST.changed("training", batch_size=size).changed("data", **values))


def test_other_points_take_the_batch_along_too() -> None:
    few = FIRST.changed("data", samples=20)
    desk = Desk(DIGITS_DEFAULT)
    desk.controller.last_toy = few.changed("training", batch_size=64)
    desk.controller.choose_data("circle")
    assert desk.controller.config.training.batch_size == 0


def test_digits_keep_their_batch() -> None:
    desk = Desk(FIRST)
    desk.controller._last_digits = DIGITS_DEFAULT.changed("training", batch_size=5000)
    desk.controller.choose_data("mnist")
    assert desk.controller.config.training.batch_size == 5000


# -- files and beginnings ---------------------------------------------------------------------------------------------


def test_a_saved_moment_is_opened() -> None:
    desk = Desk()
    saved = Moment(TWO, np.zeros(3, np.float32), 5, 100, np.zeros((5, 1)))
    assert desk.controller.open(saved) == 1
    assert desk.made.opens is saved
    assert desk.made.begins_anew
    assert desk.configs == [TWO]
    assert desk.sent == [1]


@pytest.mark.parametrize("before", [FIRST, TWO, DIGITS_DEFAULT], ids=["the same", "another", "digits"])
def test_a_new_experiment_begins_at_epoch_0_whatever_was_before(before: ExperimentConfig) -> None:
    desk = Desk(before)
    assert desk.controller.start(FIRST) == 1
    assert desk.controller.config == FIRST
    assert (desk.made.after, desk.made.restarts) == (FIRST, True)
    assert desk.sent == [1]
    assert desk.undoable == []


# -- refused by the runner --------------------------------------------------------------------------------------------


def test_what_the_runner_refuses_is_undone() -> None:
    desk = Desk()
    desk.controller.choose_full_mnist(Path("/nowhere"))
    desk.controller.go_back(moment(FIRST))
    assert desk.controller.config == FIRST
    assert desk.configs[-1] == FIRST
    assert [name for name, _ in desk.runner.told] == ["make"], "the runner has never left it"
    assert desk.controller.undo_stack.count() == 0, "it never was, so there is nothing to undo or redo"


def test_the_recipes_epochs_follow_the_digits_and_the_users_stay() -> None:
    desk = Desk(DIGITS_DEFAULT)
    desk.controller.choose_full_mnist(Path("/digits"))
    assert desk.controller.config.training.planned_epochs == 6
    desk.controller.choose_data("mnist")
    assert desk.controller.config.training.planned_epochs == 50
    desk.controller.set_training(planned_epochs=9)
    desk.controller.choose_full_mnist(Path("/digits"))
    assert desk.controller.config.training.planned_epochs == 9


def test_before_the_first_picture_there_is_nothing_to_go_back_to() -> None:
    desk = Desk()
    desk.controller.go_back(None)
    assert desk.configs == []


def test_after_a_refused_full_mnist_the_sample_is_still_there() -> None:
    desk = Desk()
    desk.controller.choose_full_mnist(Path("/nowhere"))
    desk.controller.go_back(moment(FIRST))
    desk.controller.choose_data("mnist")
    assert desk.controller.config == DIGITS_DEFAULT


@pytest.mark.parametrize(
    "intent",
    [
        lambda c: c.remove_layer(3),
        lambda c: c.remove_neuron(1),
        lambda c: c.add_neuron(7),
        lambda c: c.insert_layer(2),
        lambda c: c.set_layer_activation(1, "relu"),
    ],
)
def test_a_second_click_on_what_is_gone_already_does_nothing(intent: Callable[[Controller], None]) -> None:
    desk = Desk(FIRST)
    intent(desk.controller)
    desk.nothing_happened()
    assert desk.refused == []
    assert desk.controller.config == FIRST


def test_each_problem_comes_back_to_its_own_data() -> None:
    desk = Desk(FIRST.changed("data", name="spiral"))
    desk.controller.choose_problem("regress")
    assert desk.controller.config.data.name == "plane"
    desk.controller.choose_data("hills")
    desk.controller.choose_problem("classify")
    assert desk.controller.config.data.name == "spiral"
    desk.controller.choose_problem("regress")
    assert desk.controller.config.data.name == "hills"


def test_both_penalties_can_pull() -> None:
    desk = Desk(FIRST)
    desk.controller.set_penalty("both", 0.01)
    assert (desk.controller.config.training.l1, desk.controller.config.training.l2) == (0.01, 0.01)


def test_the_programs_own_folder_has_no_name_in_the_experiment() -> None:
    desk = Desk(FIRST)
    desk.controller.choose_full_mnist(mnist_folder())
    assert desk.controller.config.data.folder is None


# -- undo -------------------------------------------------------------------------------------------------------------

THREE_OFF = TWO.changed("network", off=((0, 1),), frozen=((2, 0),))

NAMES: list[tuple[ExperimentConfig, Callable[[Controller], object], str]] = [
    (TWO, lambda c: c.add_neuron(1), "add neuron to layer 2"),
    (TWO, lambda c: c.remove_neuron(0), "remove neuron from layer 1"),
    (TWO, lambda c: c.set_width(0, 5), "5 neurons in layer 1"),
    (TWO, lambda c: c.freeze([(0, 2)], True), "freeze neuron 3 of layer 1"),
    (TWO, lambda c: c.freeze([(0, 0), (0, 1)], True), "freeze layer 1"),
    (THREE_OFF, lambda c: c.freeze([(2, 0)], False), "unfreeze the output"),
    (TWO, lambda c: c.switch_off([(1, 0)], True), "switch neuron 1 of layer 2 off"),
    (THREE_OFF, lambda c: c.switch_off([(0, 1)], False), "switch neuron 2 of layer 1 on"),
    (TWO, lambda c: c.set_weight(0, 1, 0, -0.5), "weight -0.5"),
    (TWO, lambda c: c.set_bias(0, 1, 1 / 3), "bias 0.3333"),
    (TWO, lambda c: c.insert_layer(1), "add layer"),
    (TWO, lambda c: c.append_layer(), "add layer"),
    (TWO, lambda c: c.remove_layer(1), "remove layer 2"),
    (TWO, lambda c: c.set_layer_activation(1, "sigmoid"), "sigmoid in layer 2"),
    (TWO, lambda c: c.set_activation("relu"), "ReLU in all layers"),
    (TWO, lambda c: c.toggle_feature("x1^2"), "x₁² on"),
    (TWO, lambda c: c.toggle_feature("x1"), "x₁ off"),
    (TWO, lambda c: c.reset(), "reset"),
    (TWO, lambda c: c.new_weights(), "new weights"),
    (TWO, lambda c: c.choose_data("circle"), "data circle"),
    (TWO, lambda c: c.choose_data("mnist"), "data MNIST"),
    (TWO, lambda c: c.choose_full_mnist(Path("/digits")), "data full MNIST"),
    (TWO, lambda c: c.choose_problem("regress"), "data plane"),
    (TWO, lambda c: c.use_own(OWN_DATA, "data wine.csv"), "data wine.csv"),
    (TWO, lambda c: c.set_data(noise=0.2), "noise 0.2"),
    (TWO, lambda c: c.set_data(samples=100), "points 100"),
    (TWO, lambda c: c.set_data(test_share=0.25), "test share 0.25"),
    (TWO, lambda c: c.new_points(), "new points"),
    (TWO, lambda c: c.set_training(learning_rate=0.3), "learning rate 0.3"),
    (TWO, lambda c: c.set_training(clip_norm=1.0), "clipping 1"),
    (TWO, lambda c: c.set_first_weights(initializer="zeros"), "initializer zeros"),
    (TWO, lambda c: c.set_penalty("l2", 0.01), "regularization"),
    (TWO, lambda c: c.apply(cures.learning_rate(0.001)), "learning rate 0.001"),
]  # fmt: skip
"""Every wish that changes the experiment, and how Edit → Undo names it."""


@pytest.mark.parametrize(("config", "intent", "name"), NAMES, ids=[each[2] for each in NAMES])
def test_every_change_can_be_undone_and_redone_by_name(
    config: ExperimentConfig, intent: Callable[[Controller], object], name: str
) -> None:
    desk = Desk(config)
    intent(desk.controller)
    assert desk.undoable == [name]
    made, wanted = desk.made, desk.controller.config
    desk.controller.undo_stack.undo()
    assert desk.controller.config == config
    assert desk.runner.told[-1] == ("take_back", (made,))
    desk.controller.undo_stack.redo()
    assert desk.controller.config == wanted
    assert desk.runner.told[-1] == ("make_again", (made,))
    assert desk.sent == [1, 2, 3]
    assert desk.refused == []


def test_the_list_of_wishes_is_complete() -> None:
    """Whoever adds a wish that changes the experiment finds out here that it needs a name."""
    leave_it = {"toggle_play", "step", "step_epoch", "set_pace", "open", "start", "capture"}
    wishes = {name for name, value in vars(Controller).items() if isfunction(value) and name[0] != "_"} - leave_it
    told: set[str] = set()

    class Noting(Controller):
        def __getattribute__(self, name: str) -> object:
            told.add(name)
            return super().__getattribute__(name)

    for config, intent, _ in NAMES:
        intent(Noting(FakeRunner(), config))  # type: ignore[arg-type]
    assert wishes <= told


def test_a_gesture_is_one_change_and_the_next_is_another() -> None:
    desk = Desk(TWO)
    for gesture, width in ((7, 4), (7, 5), (7, 6), (8, 7)):
        desk.controller.set_width(0, width, gesture)
    assert desk.undoable == ["6 neurons in layer 1", "7 neurons in layer 1"]
    desk.controller.undo_stack.undo()
    assert desk.controller.config.network.hidden == (6, 2)
    desk.controller.undo_stack.undo()
    assert desk.controller.config == TWO
    desk.controller.undo_stack.redo()
    assert desk.controller.config.network.hidden == (6, 2)


def test_another_change_in_between_parts_a_gesture() -> None:
    desk = Desk(TWO)
    desk.controller.set_width(0, 4, 7)
    desk.controller.set_training(learning_rate=0.3)
    desk.controller.set_width(0, 5, 7)
    assert len(desk.undoable) == 3


def test_after_a_change_that_began_anew_and_its_undo_the_next_press_plays() -> None:
    desk = Desk()
    desk.controller.on_snapshot(moment(state=RunState.RUNNING, revision=0))
    desk.controller.reset()
    desk.controller.undo_stack.undo()
    desk.controller.toggle_play()
    assert desk.runner.told[-1] == ("play", ())


def test_of_two_changes_of_which_the_first_is_refused_none_is_left() -> None:
    desk = Desk()
    desk.controller.choose_full_mnist(Path("/nowhere"))
    desk.controller.set_training(learning_rate=0.3)
    for _ in range(2):  # the runner refuses both: there are no such data
        desk.controller.go_back(moment(FIRST))
    assert desk.controller.config == FIRST
    assert desk.controller.undo_stack.count() == 0


def test_an_older_change_stays_where_a_later_one_is_refused() -> None:
    desk = Desk()
    desk.controller.add_neuron(0)
    accepted = desk.controller.config
    desk.controller.choose_full_mnist(Path("/nowhere"))
    desk.controller.go_back(moment(accepted))
    assert desk.undoable == ["add neuron to layer 1"]
    assert not desk.controller.undo_stack.canRedo()
    desk.controller.undo_stack.undo()
    assert desk.controller.config == FIRST


def test_what_was_done_is_past_only_when_the_other_experiment_is_there() -> None:
    desk = Desk()
    desk.controller.add_neuron(0)
    edited = desk.controller.config
    desk.controller.start(TWO)
    assert desk.undoable == ["add neuron to layer 1"], "the run may refuse it"
    desk.controller.go_back(moment(edited))
    assert desk.controller.config == edited
    desk.controller.start(TWO)
    desk.controller.leave()
    assert desk.controller.undo_stack.count() == 0
    desk.controller.add_neuron(1)
    assert desk.undoable == ["add neuron to layer 2"]
    desk.controller.leave()
    assert desk.undoable == ["add neuron to layer 2"]


def test_a_change_of_the_other_experiment_does_not_wait_for_it() -> None:
    desk = Desk()
    desk.controller.add_neuron(0)
    desk.controller.start(TWO)
    desk.controller.add_neuron(1)
    assert desk.undoable == ["add neuron to layer 2"]
    desk.controller.leave()
    assert desk.undoable == ["add neuron to layer 2"]


def test_old_runs_are_forgotten_before_they_fill_the_memory() -> None:
    desk = Desk(TWO)
    big = Moment(TWO, np.zeros(1000, np.float32), 0, 0, np.zeros((5, 1)))
    for rate in (0.1, 0.2, 0.3):
        desk.controller.set_training(learning_rate=rate)
        desk.made.was = big
    stack = desk.controller.undo_stack
    forget_oldest(stack, most=2 * big.n_bytes)
    kept = [stack.command(index).change.was is not None for index in range(3)]  # type: ignore[union-attr]
    assert kept == [False, True, True]
    for _ in range(3):
        stack.undo()
    assert desk.controller.config == TWO, "the experiments themselves are never forgotten"


def test_moments_that_runs_share_are_counted_once() -> None:
    desk = Desk(TWO)
    past = Trainer(TWO).timeline.past
    with_past = Moment(TWO, np.zeros(1000, np.float32), 0, 0, np.zeros((5, 1)), past=past)
    for rate in (0.1, 0.2):
        desk.controller.set_training(learning_rate=rate)
        desk.made.was = with_past
    stack, both = desk.controller.undo_stack, 2 * with_past.n_bytes + past.n_bytes
    for most, kept in ((both, [True, True]), (both - 1, [False, True])):
        forget_oldest(stack, most=most)
        assert [stack.command(i).change.was is not None for i in range(2)] == kept  # type: ignore[union-attr]
