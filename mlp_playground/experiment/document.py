"""The experiment as a file: a zip with readable JSON and the arrays of a run's moment. No pickle anywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeAlias

from numpy.typing import NDArray

from mlp_playground import __version__
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import kept, moment_content, own_content, runs_content
from mlp_playground.experiment.archive import Archive, pack
from mlp_playground.experiment.config import checked
from mlp_playground.experiment.config_content import config_content, config_from
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.runs import Runs
from mlp_playground.experiment.saved import Saved
from mlp_playground.experiment.versions import FORMAT, SAVED, VERSION, Arrays, Content, read_json, upgraded
from mlp_playground.files import write_whole

TEXT = "experiment.json"
TEXT_LONGEST = 4_000_000
LARGEST = 400_000_000
"""Bytes. Ten layers of 1,024 neurons with Adam's memory take 140 MB, and the user's own data at most 120 MB."""

Scalar: TypeAlias = bool | int | float | str | None


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Document:
    """A saved moment of a run, `view` (what the window stores, to get it back), when that was, and the kept `runs`.

    `saved_at` is in UTC; None in a file of version 1, which didn't say.
    """

    moment: Moment
    view: Mapping[str, Scalar] = field(default_factory=dict)
    saved_at: datetime | None = field(default_factory=_now)
    runs: Runs = field(default_factory=Runs)


def save(document: Document, path: Path) -> None:
    """Write the file whole or not at all: an old one stays until the new one is complete. Raises OSError.

    What could not be loaded again (parameters that are not finite) raises InvalidValue.
    """
    moment, saved = document.moment, document.saved_at
    arrays = moment_content.arrays(moment)
    runs, theirs = runs_content.packed(document.runs, moment.config)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "saved": saved and saved.astimezone(timezone.utc).isoformat(),
        "config": config_content(moment.config, own_content.described),
        **moment_content.content(moment),
        "view": dict(document.view),
        "runs": runs,
    }
    past = moment.kept or kept.keep(moment.past, moment.config)
    if past.stretches:
        content["past"] = kept.content(past)
        arrays |= kept.arrays(past)
    checked(Saved, content)
    moment_content.check(moment)
    kept.check(past, moment.steps)
    if moment.config.data.own is not None:
        arrays |= own_content.arrays(moment.config.data.own)
    arrays |= theirs
    write_whole(path, pack({TEXT: json.dumps(content, allow_nan=False, indent=2) + "\n"}, arrays))


def load(path: Path) -> Document:
    """Read a file that `save` wrote, now or in an older version. Raises InvalidValue naming what is wrong, or OSError.

    Whether the arrays are as long as the network and its data need, only the trainer can tell.
    """
    if path.stat().st_size > LARGEST:
        raise InvalidValue("file", path.name, "an experiment of this program; this one is too large to be one")
    whole = path.read_bytes()
    archive = Archive(whole, path.name) if whole.startswith(b"PK") else None
    content = _read_content(whole if archive is None else archive.text(TEXT, TEXT_LONGEST), path.name)
    arrays: Arrays = {}
    content = upgraded(content, arrays)
    if archive is None and not arrays:
        why = "a whole experiment; this is the text that describes one, without its weights: copy it and paste it"
        raise InvalidValue("file", path.name, why)

    def take(name: str, most: int) -> NDArray[Any]:
        if archive is not None:
            return archive.array(name, most)
        if name not in arrays:
            raise InvalidValue("file", path.name, f"a whole experiment; “{name}” is missing in it")
        return arrays[name]

    saved = checked(Saved, content)
    config = config_from(content.get("config"), lambda told: own_content.from_arrays(told, take))
    moment = moment_content.from_content(config, saved, take)
    if saved.past is not None:
        past = kept.from_content(saved.past.stretches, saved.past.stride, config, take)
        kept.check(past, moment.steps)
        moment = replace(moment, kept=past)
    return Document(moment, saved.view, saved.saved, runs_content.unpacked(saved.runs, config, take))


def _read_content(text: bytes, name: str) -> Content:
    try:
        content = read_json(text)
    except ValueError as error:
        raise InvalidValue("file", name, f"{SAVED}; it can't be read as one ({error})") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InvalidValue("file", name, SAVED)
    return content
