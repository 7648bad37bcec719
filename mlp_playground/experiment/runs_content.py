"""Kept runs as plain data and arrays, as a file has them: within their bounds, and nothing that no run could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import moment_content, own_content
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.config_content import config_content, config_from
from mlp_playground.experiment.moment import new_run_id
from mlp_playground.experiment.moment_content import Take
from mlp_playground.experiment.runs import LIMIT, Run, Runs
from mlp_playground.experiment.saved import SavedRun, SavedRuns
from mlp_playground.experiment.versions import Arrays, Content

OWN_LIMIT = LIMIT
"""Bytes of samples that kept runs learned from and the present one does not; what is beyond is left out of a file."""


def packed(runs: Runs, now: ExperimentConfig) -> tuple[Content, Arrays]:
    """What a file has of kept runs beside the experiment `now`. Raises InvalidValue for what could not be read again.

    Samples of the user's own are there once, however many runs have learned from them.
    """
    told: list[Content] = []
    arrays: Arrays = {}
    owns: list[OwnData | None] = [now.data.own]
    for run in _storable(runs, now):
        prefix = f"runs/{len(told)}/"
        moment_content.check(run.moment)
        named = moment_content.arrays(run.moment)
        own = run.moment.config.data.own
        if own is not None and own not in owns:
            named |= own_content.arrays(own)
        config = config_content(run.moment.config, lambda each: _told(each, owns))
        told.append({**moment_content.content(run.moment), **_looks(run), "config": config})
        arrays |= {prefix + name: array for name, array in named.items()}
    return {"next_number": runs.next_number, "kept": told}, arrays


def unpacked(saved: SavedRuns, now: ExperimentConfig, take: Take) -> Runs:
    """The runs that `packed` told of. Raises InvalidValue naming what is wrong."""
    numbers = [run.number for run in saved.kept]
    if sorted(set(numbers)) != numbers or (numbers and numbers[-1] >= saved.next_number):
        raise InvalidValue("runs", numbers, "numbers that rise, below the next one")
    left, owns = LIMIT + OWN_LIMIT, [now.data.own]
    kept = []
    for index, run in enumerate(saved.kept):

        def taken(name: str, most: int, index: int = index) -> NDArray[Any]:
            nonlocal left
            array = take(f"runs/{index}/{name}", min(most, left // 4))
            left -= array.nbytes
            if left < 0:
                raise InvalidValue("runs", "more", f"at most {(LIMIT + OWN_LIMIT) >> 20} MB together")
            return array

        kept.append(_run(run, owns, taken))
    return Runs(tuple(kept), saved.next_number)


def _run(saved: SavedRun, owns: list[OwnData | None], take: Take) -> Run:
    config = config_from(saved.config, lambda told: _own(told, owns, take))
    moment = replace(moment_content.from_content(config, saved, take), run_id=new_run_id())
    return Run(saved.number, moment, saved.name, saved.style, saved.seen, saved.pinned)


def _looks(run: Run) -> Content:
    return {
        "number": run.number,
        "name": run.name,
        "style": run.style,
        "seen": run.seen,
        "pinned": run.pinned,
    }


def _storable(runs: Runs, now: ExperimentConfig) -> Sequence[Run]:
    """The runs whose own samples have room, the newest first to be chosen."""
    owns, room, found = [now.data.own], OWN_LIMIT, list[Run]()
    for run in reversed(runs.kept):
        own = run.moment.config.data.own
        if own is not None and own not in owns:
            size = own.samples.X.nbytes + own.samples.y.nbytes
            if size > room:
                continue
            owns.append(own)
            room -= size
        found.append(run)
    return found[::-1]


def _told(own: OwnData, owns: list[OwnData | None]) -> Content:
    """Own data: described, or which of those before they are."""
    if own in owns:
        return {"same_as": owns.index(own)}
    owns.append(own)
    return own_content.described(own)


def _own(told: object, owns: list[OwnData | None], take: Take) -> OwnData:
    if isinstance(told, dict) and told.keys() == {"same_as"}:
        index = told["same_as"]
        found = owns[index] if type(index) is int and 0 <= index < len(owns) else None
        if found is None:
            raise InvalidValue("own data of a run", index, "the number of some that are there")
        return found
    own = own_content.from_arrays(told, take)
    owns.append(own)
    return own
