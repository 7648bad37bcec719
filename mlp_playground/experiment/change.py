"""One change of an experiment as a value: what was done, and how it is taken back and made again."""

from __future__ import annotations

from dataclasses import dataclass

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.lineage import Lineage, composed, inverted
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.trainer import Trainer


@dataclass(eq=False)
class Change:
    """From one experiment to the next, which the trainer goes through when its turn comes.

    `lineage` says which neuron of the new hidden layers was which (None: they stay as they are). `puts` sets parameters
    by hand. `restarts` goes back to epoch 0, and `opens` to a saved moment. `was` and `became` are the run just before
    the change was made and before it was taken back: the trainer's thread notes them down for itself.
    """

    name: str
    before: ExperimentConfig
    after: ExperimentConfig
    lineage: Lineage | None = None
    puts: tuple[Put, ...] = ()
    restarts: bool = False
    opens: Moment | None = None
    was: Moment | None = None
    became: Moment | None = None

    @property
    def begins_anew(self) -> bool:
        """Whether another run begins with it, which undo leaves for the one before."""
        return self.restarts or self.opens is not None

    def absorb(self, later: Change) -> None:
        """Become this change and a later one in one step."""
        if later.lineage is not None:
            self.lineage = later.lineage if self.lineage is None else composed(self.lineage, later.lineage)
        self.after, self.became, self.puts = later.after, None, (*self.puts, *later.puts)


def make(trainer: Trainer, change: Change) -> None:
    """Go through a change. Raises InvalidValue or OSError and leaves the run as it was."""
    was = trainer.moment()
    if change.opens is not None:
        trainer.go_to(change.opens)
    elif change.restarts:
        trainer.reset(change.after)
    else:
        trainer.adopt(change.after, change.lineage)
        try:
            trainer.put(change.puts)
        except InvalidValue:
            trainer.go_to(was)
            raise
    change.was = was


def take_back(trainer: Trainer, change: Change) -> None:
    """Undo a change that was made. What was learned since stays, but for a new run, which gives way to the old one.

    Where nothing was learned since, the run is what it was, to the bit.
    """
    became, was = trainer.moment(), change.was
    hidden = None if change.lineage is None else inverted(change.lineage, change.before.network.hidden)
    if was is None:  # it was refused, or too long ago to be kept
        trainer.adopt(change.before, hidden)
    elif _is_as_left(change, was, became):
        trainer.go_to(was)
    else:
        trainer.bring_back(was, hidden)
        trainer.put(put.undone(was, trainer.material.architecture) for put in change.puts)
    change.became = became


def make_again(trainer: Trainer, change: Change) -> None:
    """Redo a change that was taken back."""
    was, became = trainer.moment(), change.became
    if became is None:
        make(trainer, change)
        return
    if _is_as_left(change, was, became):
        trainer.go_to(became)
    else:
        trainer.bring_back(became, change.lineage)
        trainer.put(change.puts)
    change.was = was


def _is_as_left(change: Change, was: Moment, became: Moment) -> bool:
    """Whether nothing was learned between the two moments, or they are of different runs: then each is whole."""
    return change.begins_anew or was.run_id != became.run_id or was.steps == became.steps
