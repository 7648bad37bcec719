"""An experiment's config as plain data, for files and for shared texts alike."""

from __future__ import annotations

from collections.abc import Callable

from mlp_playground.data.own import OwnData
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.versions import Content


def config_content(config: ExperimentConfig, own: Callable[[OwnData], Content]) -> Content:
    """The config as JSON can have it; `own` tells of the user's own data."""
    content = config.model_dump(mode="json")
    if config.data.own is not None:
        content["data"]["own"] = own(config.data.own)
    return content


def config_from(content: object, own: Callable[[object], OwnData]) -> ExperimentConfig:
    """The config that `config_content` told, with the data that `own` makes of what was told of them.

    Raises InvalidValue naming the first wrong field.
    """
    data = content.get("data") if isinstance(content, dict) else None
    if isinstance(content, dict) and isinstance(data, dict) and data.get("own") is not None:
        content = {**content, "data": {**data, "own": own(data["own"])}}
    return parse(content)
