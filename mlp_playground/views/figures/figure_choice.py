"""What somebody wants to take home, as one value that is remembered until the next time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from mlp_playground.errors import InvalidValue
from mlp_playground.views.figures.export import FORMATS
from mlp_playground.views.figures.figure_options import FigureOptions
from mlp_playground.views.figures.figures import FIGURES
from mlp_playground.views.figures.film import FILMS, Film

Options = TypeVar("Options", FigureOptions, Film)


@dataclass(frozen=True)
class FigureChoice:
    """A view, a format and how the figure is to look, and how long a film of it is to take. `own_size`: the size was
    typed, and does not follow the view."""

    view: str = "boundary"
    format: str = "png"
    options: FigureOptions = field(default_factory=FigureOptions)
    own_size: bool = False
    film: Film = field(default_factory=Film)

    def as_text(self) -> str:
        """The choice as one line of JSON, without the title, which belongs to one picture only."""
        options = {name: value for name, value in asdict(self.options).items() if name != "words"}
        film = asdict(self.film)
        return json.dumps({"view": self.view, "format": self.format, "own_size": self.own_size, **film, **options})


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
        str(kind) if kind in FORMATS or kind in FILMS else FigureChoice.format,
        _known(FigureOptions(), content),
        content.get("own_size") is True,
        _known(Film(), content),
    )


def _known(first: Options, content: dict[str, Any]) -> Options:
    """What `first` becomes by what is told of its fields, if that can be."""
    told = ((each.name, content.get(each.name)) for each in fields(first))
    known: dict[str, Any] = {name: value for name, value in told if type(value) is type(getattr(first, name))}
    try:
        return replace(first, **known)
    except InvalidValue:
        return first
