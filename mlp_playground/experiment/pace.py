"""How fast a run goes: from one step a second, to watch a single minibatch act, to as fast as it goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """`rate` minibatches (or epochs, if `by_epoch`) a second; rate 0 means as fast as it goes."""

    label: str
    rate: float
    by_epoch: bool = False

    def steps_per_second(self, batches_per_epoch: int) -> float:
        """The same in minibatches a second; infinity for full speed."""
        if not self.rate:
            return float("inf")
        return self.rate * (batches_per_epoch if self.by_epoch else 1)


PACES = (
    Pace("1 step/s", 1),
    Pace("10 steps/s", 10),
    Pace("1 epoch/s", 1, by_epoch=True),
    Pace("10 epochs/s", 10, by_epoch=True),
    Pace("60 epochs/s", 60, by_epoch=True),
    Pace("full speed", 0),
)
FULL_SPEED = PACES[-1]
