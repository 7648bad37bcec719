"""Files that a command is to write: pictures and films by name, refused before any work where they can't be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mlp_playground.errors import InvalidValue
from mlp_playground.files import check_writable


@dataclass(frozen=True)
class Wanted:
    """A picture to write: which view (none: the first one that the data have), where to, and the option to blame."""

    view: str
    path: Path
    option: str


def wanted_of(option: str, text: str) -> Wanted:
    """The picture that `VIEW=FILE`, or only `FILE`, asks for. Raises InvalidValue unless it could be written now. Qt
    must have been loaded."""
    from mlp_playground.views.figures.figures import FIGURES

    view, equals, file = text.partition("=")
    if equals and view not in FIGURES:
        views = ", ".join(each.name for each in FIGURES.values() if not each.of_window)
        raise InvalidValue(option, text, f"VIEW=FILE with one of the views {views}")
    wanted = Wanted(view, Path(file), option) if equals else Wanted("", Path(text), option)
    check_picture(wanted)
    return wanted


def check_picture(wanted: Wanted) -> None:
    """Raise InvalidValue unless the picture (or film) could be written now."""
    from mlp_playground.views.figures.export import format_of

    try:
        if not is_film(wanted):
            format_of(wanted.path)
    except InvalidValue as error:
        allowed = error.allowed.replace(" or ", ", ") + ", or .gif or .webp for a film"
        raise InvalidValue(wanted.option, str(wanted.path), allowed) from error
    check_target(wanted.option, str(wanted.path))


def check_target(option: str, path: str) -> None:
    """Raise InvalidValue, which names the option, unless the file could be written now."""
    target = Path(path)
    if not path or target.is_dir():
        raise InvalidValue(option, path, "a file, not a folder")
    if not target.parent.is_dir():
        raise InvalidValue(option, path, "a file in a folder that exists")
    try:
        check_writable(target)
    except OSError as error:
        raise InvalidValue(option, path, f"a file that can be written ({error.strerror})") from error


def is_film(wanted: Wanted) -> bool:
    """Whether the file's name asks for a film. Qt must have been loaded."""
    from mlp_playground.views.figures.film import FILMS

    return wanted.path.suffix.lower().removeprefix(".") in FILMS
