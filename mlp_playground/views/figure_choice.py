"""What somebody wants to take home, as one value that is remembered until the next time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from mlp_playground.errors import InvalidValue
from mlp_playground.views.export import FORMATS
from mlp_playground.views.figure_options import FigureOptions
from mlp_playground.views.figures import FIGURES


@dataclass(frozen=True)
class FigureChoice:
    """A view, a format and how the figure is to look. `own_size`: the size was typed, and does not follow the view."""

    view: str = "boundary"
    format: str = "png"
    options: FigureOptions = field(default_factory=FigureOptions)
    own_size: bool = False

    def as_text(self) -> str:
        """The choice as one line of JSON, without the title, which belongs to one picture only."""
        options = {name: value for name, value in asdict(self.options).items() if name != "words"}
        return json.dumps({"view": self.view, "format": self.format, "own_size": self.own_size, **options})


def choice_from(text: str) -> FigureChoice:
    """The choice that `as_text` wrote; what is not understood is as it is at first."""
    try:
        content = json.loads(text)
    except ValueError:
        content = {}
    content = content if isinstance(content, dict) else {}
    view, kind = content.get("view"), content.get("format")
    return FigureChoice(
        str(view) if view in FIGURES else FigureChoice.view,
        str(kind) if kind in FORMATS else FigureChoice.format,
        _options(content),
        content.get("own_size") is True,
    )


def _options(content: dict[str, Any]) -> FigureOptions:
    first = FigureOptions()
    named = (each.name for each in fields(FigureOptions) if each.name in content)
    known = {name: content[name] for name in named if type(content[name]) is type(getattr(first, name))}
    try:
        return FigureOptions(**known)
    except InvalidValue:
        return first
