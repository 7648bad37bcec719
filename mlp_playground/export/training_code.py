"""How a run learns, as constants and functions of a script: learning rate, schedule, penalties, first weights."""

from __future__ import annotations

from mlp_playground.export.subject import Subject
from mlp_playground.export.text import function
from mlp_playground.nn.initializers import suited
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.schedules import SCHEDULES

FACTORS = {
    "step": "return 1.0 if t < 0.5 else 0.1 if t < 0.75 else 0.01",
    "linear": "return 1 - t",
    "cosine": "return (1 + math.cos(math.pi * t)) / 2",
    "warm-up": "return t / 0.1 if t < 0.1 else (1 + math.cos(math.pi * (t - 0.1) / 0.9)) / 2",
}
"""The schedules but for the constant one: what the learning rate is multiplied by when the share t is done."""


class Training:
    """What of the training a script has to know."""

    def __init__(self, subject: Subject) -> None:
        self._subject, self.options = subject, subject.config.training
        n = len(subject.data.train)
        self.batch = self.options.batch_size or n
        self.epochs = subject.epoch or self.options.planned_epochs
        self.decouples = OPTIMIZERS[self.options.optimizer].decouples
        self.l2 = self.options.l2 if not self.decouples else 0.0
        self.decay = self.options.l2 if self.decouples else 0.0
        self.frozen = [
            cell for cell in subject.config.network.frozen if cell[1] < subject.architecture.widths[cell[0] + 1]
        ]
        self.has_schedule = self.options.schedule != "constant"

    @property
    def constants(self) -> str:
        """The numbers that one may want to change, each with its meaning."""
        t = self.options
        lines: list[tuple[str, object, str]] = [
            ("SEED", self._subject.config.seed, "of the first weights and the order of the samples"),
            ("EPOCHS", self.epochs, "how often it learns from every sample"),
            ("BATCH", self.batch, "samples in a minibatch"),
            ("RATE", t.learning_rate, "the learning rate η"),
        ]
        if self.has_schedule:
            lines.append(("PLANNED", t.planned_epochs, "epochs over which the schedule changes the learning rate"))
        if t.dropout:
            lines.append(("DROPOUT", t.dropout, "share of the hidden neurons that are silent in each step"))
        if t.l1:
            lines.append(("L1", t.l1, "pulls weights to 0: the penalty's rate"))
        if t.l2:
            lines.append(("L2", t.l2, "keeps weights small: the penalty's rate"))
        if t.clip_norm:
            lines.append(("CLIP", t.clip_norm, "the gradient's greatest length"))
        if self.frozen:
            lines.append(("FROZEN", self.frozen, "(layer, neuron), from 0: these keep their weights"))
        return "\n".join(f"{name} = {value!r}  # {words}" for name, value, words in lines)

    @property
    def imports(self) -> tuple[str, ...]:
        """What the schedule needs."""
        return ("import math",) if "math" in FACTORS.get(self.options.schedule, "") else ()

    @property
    def factor(self) -> str:
        """The schedule as a function."""
        if not self.has_schedule:
            return ""
        schedule = SCHEDULES[self.options.schedule]
        words = (
            f"The schedule “{schedule.label}”: what the learning rate is multiplied by, t being the share that is done."
        )
        return function("factor(t)", words, FACTORS[schedule.name])

    @property
    def initializers(self) -> list[str]:
        """Each layer's, the output's included."""
        network, shape = self._subject.config.network, self._subject.architecture
        return [suited(network.initializer, fold).name for fold in (*shape.activations, "linear")]
