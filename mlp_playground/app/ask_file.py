"""Asks where a file is to be written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(over: QWidget, title: str, start: Path, kinds: list[str]) -> Path | None:
    """A file to write, with the ending of the chosen kind; Qt has asked before one that exists is replaced."""
    dialog = QFileDialog(over, title, str(start.parent), ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(start.name)
    # the ending must be there before Qt looks whether the file exists
    dialog.setDefaultSuffix(_ending(kinds[0]))
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind)))
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None


def _ending(kind: str) -> str:
    """`png` for `PNG (*.png)`."""
    return kind.rsplit("*.", 1)[1].rstrip(")")
