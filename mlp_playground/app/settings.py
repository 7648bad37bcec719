"""What the program remembers between two starts: the window's place, its panels, theme and colours, the last files."""

from __future__ import annotations

import os.path
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

from mlp_playground.views.colour_sets import COLOUR_SETS

RECENT = 8


class Settings:
    """A small file in the user's configuration folder. What can't be read from it is as if it were new."""

    def __init__(self, path: Path | None = None) -> None:
        file = path or user_config_path("mlp-playground", appauthor=False) / "window.ini"
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def panels(self) -> QByteArray:
        """Where the panels stand."""
        return self._bytes("window/panels")

    @panels.setter
    def panels(self, value: QByteArray) -> None:
        self._store.setValue("window/panels", value)

    @property
    def theme(self) -> str:
        """`system`, `light` or `dark`."""
        value = self._store.value("theme", "system")
        return value if value in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def colours(self) -> str:
        """A name of COLOUR_SETS."""
        value = self._store.value("colours", "standard")
        return value if isinstance(value, str) and value in COLOUR_SETS else "standard"

    @colours.setter
    def colours(self, value: str) -> None:
        self._store.setValue("colours", value)

    @property
    def picture(self) -> str:
        """What was chosen of a picture last (see FigureChoice.as_text); nothing at first."""
        value = self._store.value("picture", "")
        return value if isinstance(value, str) else ""

    @picture.setter
    def picture(self, value: str) -> None:
        self._store.setValue("picture", value)

    @property
    def recent(self) -> list[Path]:
        """The files opened or saved last, the newest first, as far as they are still there."""
        value = self._store.value("recent", [])
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [Path(name) for name in names if isinstance(name, str) and os.path.isfile(name)]

    def remember_file(self, path: Path) -> None:
        """Put a file on top of the list."""
        others = [each for each in self.recent if each != path]
        self._store.setValue("recent", [str(each) for each in [path, *others][:RECENT]])

    @property
    def folder(self) -> Path:
        """Where files were opened or saved last."""
        value = self._store.value("folder", "")
        # os.path says no where Path would raise: names that are too long, folders that may not be looked into
        return Path(value) if isinstance(value, str) and os.path.isdir(value) else Path.home()

    @folder.setter
    def folder(self, value: Path) -> None:
        self._store.setValue("folder", str(value))

    def save(self) -> None:
        """Write to the disk now."""
        self._store.sync()

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key, QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()
