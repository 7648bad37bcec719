"""What is remembered, and that no file, however broken, keeps the window from opening."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from mlp_playground.app.settings import RECENT, Settings

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


def files(tmp_path: Path, count: int) -> list[Path]:
    paths = [tmp_path / f"{i}.json" for i in range(count)]
    for path in paths:
        path.touch()
    return paths


def test_everything_comes_back_in_the_next_start(file: Path, tmp_path: Path) -> None:
    one, two = files(tmp_path, 2)
    settings = Settings(file)
    settings.geometry, settings.panels = QByteArray(b"\x00\x01\xff"), QByteArray(b"panels")
    settings.theme = "dark"
    settings.folder = tmp_path
    settings.remember_file(one)
    settings.remember_file(two)
    settings.save()
    again = Settings(file)
    assert again.geometry == QByteArray(b"\x00\x01\xff")
    assert again.panels == QByteArray(b"panels")
    assert again.theme == "dark"
    assert again.folder == tmp_path
    assert again.recent == [two, one]


def test_a_new_user_has_defaults(file: Path) -> None:
    settings = Settings(file)
    assert settings.geometry.isEmpty()
    assert settings.panels.isEmpty()
    assert settings.theme == "system"
    assert settings.recent == []
    assert settings.folder == Path.home()


def test_without_a_path_the_users_own_folder_is_used() -> None:
    from platformdirs import user_config_path

    settings = Settings()
    settings.theme = "light"
    settings.save()
    assert (user_config_path("mlp-playground", appauthor=False) / "window.ini").is_file()


def test_the_last_files_stand_on_top_once_each_and_not_too_many(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    paths = files(tmp_path, RECENT + 3)
    for path in (*paths, paths[5]):
        settings.remember_file(path)
    newest = [paths[5], *(path for path in reversed(paths) if path != paths[5])]
    assert settings.recent == newest[:RECENT]


def test_files_that_are_gone_are_not_offered(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    one, two = files(tmp_path, 2)
    settings.remember_file(one)
    settings.remember_file(two)
    two.unlink()
    assert settings.recent == [one]


def test_a_single_file_is_a_list_too(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    (one,) = files(tmp_path, 1)
    settings.remember_file(one)
    settings.save()
    assert Settings(file).recent == [one]


def test_a_folder_that_is_gone_is_the_home_folder(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    settings.folder = tmp_path / "gone"
    assert settings.folder == Path.home()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe garbage \x80" * 50,
        b"[window]\ngeometry=nonsense\npanels=@Invalid()\n[General]\ntheme=purple\nrecent=1\nfolder=@Variant(x)\n",
        b"[General]\ntheme=light, dark\nrecent=" + b"a" * 6000 + b"\nfolder=" + b"b" * 6000 + b"\n",
        b"[window]\ngeometry=1, 2, 3\n[General]\nrecent=, ,\nfolder=,\n",
        b"[General\ntheme",
    ],
    ids=["empty", "binary", "wrong values", "long names", "lists", "cut"],
)
def test_garbage_is_as_if_it_were_new(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.theme in ("system", "light", "dark")
    assert settings.recent == []
    assert settings.folder == Path.home()
    assert settings.geometry.isEmpty()
    assert settings.panels.isEmpty()
    settings.theme = "dark"
    assert settings.theme == "dark"


def test_colours_are_remembered_and_unknown_ones_are_the_usual(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    assert settings.colours == "standard"
    settings.colours = "print"
    settings.save()
    assert Settings(tmp_path / "window.ini").colours == "print"
    settings.colours = "none such"
    assert settings.colours == "standard"
