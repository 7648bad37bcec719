"""An experiment as text, to be pasted into a message: its config without weights, as JSON to read or as a link."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.config_content import config_content, config_from
from mlp_playground.experiment.own_content import from_lists, listed
from mlp_playground.experiment.versions import FORMAT, SAVED, VERSION, Content, read_json, upgraded

PREFIX = "mlp-playground:"
LONGEST = 1_000_000
"""Characters that are looked at, as they are and unpacked."""

_AROUND = " \t\r\n\xa0\ufeff\"'`“”„‘’«»<>"
"""What mail programs, chats and people put around a text that they quote."""
_QUOTED = re.compile(r"^[ \t>]+", re.MULTILINE)
"""How lines begin in the answer to a mail."""
_EXPECTED = "the link or the text of an experiment, copied from this program"


def to_text(config: ExperimentConfig) -> str:
    """The experiment as JSON to read."""
    return json.dumps(_content(config), allow_nan=False, indent=2) + "\n"


def to_link(config: ExperimentConfig) -> str:
    """The experiment in one line without spaces, some 400 characters: zlib's deflate of its JSON in base64url."""
    compact = json.dumps(_content(config), allow_nan=False, separators=(",", ":"))
    return PREFIX + urlsafe_b64encode(zlib.compress(compact.encode(), 9)).decode().rstrip("=")


def from_text(text: str) -> ExperimentConfig:
    """The experiment in a link or a text, also one that was quoted or broken into lines on its way.

    Raises InvalidValue: for a text that is none, that lost a part or is from a newer program, and for a wrong value.
    """
    if len(text) > LONGEST:
        raise InvalidValue("text", f"{len(text):,} characters", f"{_EXPECTED}; none is longer than {LONGEST:,}")
    # a link has no spaces, but a mail program may break it into lines
    joined = "".join(part.lstrip(">") for part in text.split()).strip(_AROUND)
    if joined.lower().startswith(PREFIX):
        json_text = _unpacked(joined[len(PREFIX) :])
    else:
        json_text = _QUOTED.sub("", text).strip(_AROUND).replace("\xa0", " ")
    try:
        content = read_json(json_text)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise InvalidValue("text", text, _EXPECTED)
    if content.get("format") != FORMAT:
        raise InvalidValue("text", text, SAVED)
    return config_from(upgraded(content, {}).get("config"), from_lists)


def _content(config: ExperimentConfig) -> Content:
    """As in a file. The folder is left out: it is nobody else's."""
    return {"format": FORMAT, "version": VERSION, "config": config_content(config.changed("data", folder=None), listed)}


def _unpacked(packed: str) -> str:
    """The JSON in a link."""
    unzip = zlib.decompressobj()
    try:
        if not re.fullmatch("[A-Za-z0-9_-]*=*", packed):
            raise ValueError
        padded = packed.rstrip("=") + "=" * (-len(packed.rstrip("=")) % 4)
        text = unzip.decompress(urlsafe_b64decode(padded), LONGEST).decode("utf-8")
    except (ValueError, zlib.error):
        text = ""
    if not text or not unzip.eof:  # without its end, and the checksum there, it could say anything
        raise InvalidValue("link", PREFIX + packed, "a whole one; a part of it is missing or was changed on the way")
    return text
