"""A run's own random generators: each is a stream of its own from the seed, so that one leaves the others alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlp_playground.errors import InvalidValue

ORDER, DROPOUT = "order", "dropout"
STREAMS = {ORDER: 3, DROPOUT: 4}
"""The generators by name, with the numbers of their streams."""


class Streams:
    """The generators of a run with that `seed`, at its start or in the `states` that they had in a certain epoch.

    `states` are plain data by name (NumPy's `bit_generator.state`). A generator that is missing there is seeded anew:
    the run then goes on in another order than it itself would have. Raises InvalidValue for a state that is none.
    """

    def __init__(self, seed: int, states: Mapping[str, dict[str, Any]] | None = None, epoch: int = 0) -> None:
        self._rngs = {}
        for name, stream in STREAMS.items():
            self._rngs[name] = np.random.default_rng([seed, stream] if states is None else [seed, stream, epoch])
            if states is not None and name in states:
                try:
                    self._rngs[name].bit_generator.state = states[name]
                except (TypeError, ValueError, KeyError, OverflowError) as error:
                    what = f"one of NumPy's PCG64 ({error})"
                    raise InvalidValue(f"random generator {name}", "its state", what) from None
        self._states: Mapping[str, dict[str, Any]] | None = None

    def draw_from(self, name: str) -> np.random.Generator:
        """A generator, of which something is to be drawn at once."""
        self._states = None
        return self._rngs[name]

    def states(self) -> Mapping[str, dict[str, Any]]:
        """The generators' states; asked for again without a draw, the same object, as reading them takes 5 µs."""
        if self._states is None:
            self._states = {name: dict(rng.bit_generator.state) for name, rng in self._rngs.items()}
        return self._states
