"""The trainer owns what changes in a run: parameters, optimizer memory, sample order, curves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from mlp_playground.data.features import FEATURES
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import build
from mlp_playground.experiment.batches import Batches, batch_size
from mlp_playground.experiment.build import Material
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.history import History
from mlp_playground.experiment.kept import past_of
from mlp_playground.experiment.lineage import Lineage, Origin, brought_back, carry_over, unchanged
from mlp_playground.experiment.moment import Moment, moment_of, new_run_id
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.stepper import Stepper
from mlp_playground.experiment.streams import Streams
from mlp_playground.experiment.timeline import Frame, Past, Timeline
from mlp_playground.nn.arrays import Array
from mlp_playground.nn.network import Architecture, Network
from mlp_playground.nn.optimizers import OPTIMIZERS, memory_of, recall


class Trainer(Stepper):
    """One run of one experiment, which can be changed on the way, kept and gone back to."""

    run_id: int
    _past_materials: list[tuple[ExperimentConfig, Material]]

    def __init__(self, config: ExperimentConfig, beside: Material | None = None) -> None:
        """At epoch 0 of `config`. Raises as `reset` does. `beside` is what another run with the same data and features
        learns from: they are shared then, as those of the full MNIST take 190 MB."""
        if beside is not None:
            self.config, self.material = config, beside
        self.reset(config)

    def reset(self, config: ExperimentConfig | None = None) -> None:
        """To epoch 0 of `config` (None: of the present one), with the first weights that its seed stands for.

        Raises InvalidValue or OSError if there can't be such a run, and stays as before.
        """
        config = config or self.config
        material = self._material(config)
        self._use(config, material, build.first_parameters(config, material.architecture))
        self._streams = Streams(config.seed)
        self.epoch = self.step_count = 0
        self.seconds = 0.0
        self.run_id = new_run_id()
        self.history = History()
        self.history.record(0, self.measure(), 0.0)
        self._remember(Past())

    # -- moments --------------------------------------------------------------------------------------------------

    def moment(self) -> Moment:
        """This moment of the run, complete."""
        table, stride = self.history.table(), self.history.stride
        now = moment_of(self.frame(whole=True), table, stride, self.timeline.past, self.run_id)
        return replace(now, seconds=self.history.seconds(), trained=self.seconds)

    def go_to(self, moment: Moment) -> None:
        """To a moment of this or another run, to go on from there as that run would have.

        Raises InvalidValue or OSError if its parts don't fit each other, and stays as before.
        """
        config = moment.config
        material = self._material(config)
        Network(material.architecture, moment.theta)  # refuses a wrong length before anything is changed
        past = moment.past if moment.kept is None else past_of(moment.kept, material.data)
        streams = Streams(config.seed, moment.generators, moment.epoch)
        batches = Batches(material.X_train, material.Y_train, batch_size(config.training.batch_size, material.n_train))
        _check_position(moment, batches)
        if moment.memory:
            recall(OPTIMIZERS[config.training.optimizer].start(moment.theta), moment.memory)
        self._use(config, material, moment.theta, batches)
        if moment.order is not None:
            self._batches.arrange(moment.order.copy())
            self._position = moment.position
        if moment.memory:
            recall(self._descent.rule, moment.memory)
        self._streams = streams
        self.epoch, self.step_count, self.run_id = moment.epoch, moment.steps, moment.run_id or new_run_id()
        self.seconds = moment.trained
        self.history = History.from_table(moment.curves, moment.curve_stride, moment.seconds)
        self._remember(past)

    def bring_back(self, then: Moment, hidden: Lineage | None = None) -> None:
        """To the experiment as it was, with its removed neurons, but with what has been learned since.

        `hidden` says where the hidden neurons of `then` are now (None: where they were). Raises as `adopt` does.
        """
        material = self._material(then.config)
        widths = material.architecture.widths
        if hidden is None:
            hidden = unchanged(widths)[1:-1]
        origins = (self._inputs_origin(then.config), *hidden, self._outputs_origin(material.architecture))
        now = self.material.architecture, self.network.theta
        self._take_on(then.config, material, brought_back(origins, now, (material.architecture, then.theta)), origins)

    # -- changes --------------------------------------------------------------------------------------------------

    def adopt(self, config: ExperimentConfig, lineage: Lineage | None = None) -> None:
        """Go on with a changed experiment, or raise InvalidValue or OSError and stay as before.

        Other data by name, other inputs or another seed begin a new run. Else all that was learned is kept; `lineage`
        says which neuron of the new hidden layers was which (None: they stay as they are). Where nothing has been
        learned or set by hand, the network becomes the one that the changed experiment starts with.
        """
        old = self.config
        if old.data.name != config.data.name or old.seed != config.seed:
            self.reset(config)
            return
        material = self._material(config)
        if not self._hears_the_same(material):
            self.reset(config)
            return
        if self._is_untouched():
            run_id = self.run_id
            self.reset(config)
            self.run_id = run_id  # whoever undoes this after some training wants to keep what was learned
            return
        widths = self.material.architecture.widths
        same = unchanged(widths)
        hidden = same[1:-1] if lineage is None else lineage
        origins = (self._inputs_origin(config), *hidden, self._outputs_origin(material.architecture))
        theta = self.network.theta
        if origins != same or material.architecture.widths != widths:
            fresh = build.first_parameters(config, material.architecture)
            theta = carry_over(origins, (self.material.architecture, theta), (material.architecture, fresh))
        self._take_on(config, material, theta, origins)

    def put(self, puts: Iterable[Put]) -> None:
        """Set parameters by hand: all of them, or none and InvalidValue for one that there is not, or for no number."""
        places = [(each.place(self.material.architecture), each.number) for each in puts]
        if not places:
            return
        before = self.frame(is_edit=True)
        for place, number in places:
            self.network.theta[place] = number
        self._descent.hold(self.network.theta)
        self._measured = None
        self._note_edit(before)

    def _remember(self, past: Past) -> None:
        """What the run was before is `past`; where there is none, it begins now."""
        self._past_materials = []
        self.timeline = Timeline(past)
        if not past.frames:
            self.timeline.record(self.frame())
        self._frame_due = self.timeline.due(self.step_count)

    def _note_edit(self, before: Frame) -> None:
        self.timeline.record_edit(before, self.frame(is_edit=True))
        self._frame_due = self.timeline.due(self.step_count)

    def material_of(self, frame: Frame) -> Material:
        """What the network of a past moment had to do with; two are kept, as moments are compared."""
        for config, material in self._past_materials:
            if config is frame.config:
                return material
        material = self._material(frame.config)
        self._past_materials = [(frame.config, material), *self._past_materials[:1]]
        return material

    def _material(self, config: ExperimentConfig) -> Material:
        """What `config` trains with; the samples are the present ones where they can be.

        Raises as `build.material` does, and for minibatches that it can't fill.
        """
        old = getattr(self, "config", None)  # there is none at first
        if old is not None and (old.data, old.features) == (config.data, config.features):
            material = replace(self.material, architecture=build.architecture(config, self.material.data))
            if material.architecture.head != self.material.architecture.head:
                material = build.material(config)
        else:
            material = build.material(config)
        batch_size(config.training.batch_size, material.n_train)
        return material

    def _is_untouched(self) -> bool:
        """Whether the network is still the one that the seed stands for."""
        if self.step_count:
            return False
        return np.array_equal(self.network.theta, build.first_parameters(self.config, self.material.architecture))

    def _hears_the_same(self, material: Material) -> bool:
        """Whether the inputs that the data have by themselves are still the same: as many, and of the same names."""
        ours, theirs = (
            (data.space, data.image_shape, data.n_in, [scale.name for scale in data.inputs])
            for data in (self.material.data, material.data)
        )
        return ours == theirs

    def _inputs_origin(self, config: ExperimentConfig) -> Origin:
        if self.material.data.space != "plane":
            return unchanged(self.material.architecture.widths)[0]
        old = self.config.features
        return Origin(
            0, tuple(old.index(name) if name in old else None for name in FEATURES if name in config.features)
        )

    def _outputs_origin(self, architecture: Architecture) -> Origin:
        """The outputs stay as they are, unless there are more or fewer classes: then all is new to them."""
        ours, last = self.material.architecture, len(self.material.architecture.widths) - 1
        width = architecture.widths[-1]
        return Origin(last, tuple(range(width)) if width == ours.widths[-1] else (None,) * width)

    def _take_on(self, config: ExperimentConfig, material: Material, theta: Array, origins: Lineage) -> None:
        """Go on with other parts of the experiment, and keep of the present ones what can be kept."""
        old, before = self.config, self.material
        same_parameters = origins == unchanged(before.architecture.widths)
        same_rule = same_parameters and old.training.optimizer == config.training.optimizer
        same_samples = material.X is before.X and material.Y is before.Y
        same_cut = same_samples and old.training.batch_size == config.training.batch_size
        rule, batches, position = self._descent.rule, self._batches, self._position
        frame = self.frame(is_edit=True)
        self._use(config, material, theta, batches if same_cut else None)
        if same_rule:
            recall(self._descent.rule, memory_of(rule))
        if same_cut:
            self._position = position
        if not (same_samples and material.architecture == before.architecture and np.array_equal(theta, frame.theta)):
            self._note_edit(frame)


def _check_position(moment: Moment, batches: Batches) -> None:
    """Raise InvalidValue where the moment's place in its epoch is none."""
    n = len(batches.order)
    if moment.order is None:
        if moment.position:
            raise InvalidValue("position", moment.position, "0 where no sample order is given")
        return
    if moment.order.dtype != np.int64 or not np.array_equal(np.sort(moment.order), np.arange(n)):
        found = f"{len(moment.order)} numbers"
        raise InvalidValue("sample order", found, f"a permutation of the {n} training samples")
    if not 0 < moment.position < len(batches):
        raise InvalidValue("position", moment.position, f"1 to {len(batches) - 1}")
