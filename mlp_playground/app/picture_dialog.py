"""Takes a picture home: what it will be is seen at once, and it goes into a file or onto the clipboard."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mlp_playground.views.figure_choice import FigureChoice
from mlp_playground.views.figure_form import FigureForm
from mlp_playground.views.figure_preview import FigurePreview
from mlp_playground.views.figures import Scene
from mlp_playground.views.theme import SPACE

FORM = 296
"""Pixels of the form's width."""


class PictureDialog(QDialog):
    """Shows a scene as a picture. `save_wanted` and `copy_wanted` carry the FigureChoice."""

    save_wanted = Signal(FigureChoice)
    copy_wanted = Signal(FigureChoice)

    def __init__(self, scene: Scene, choice: FigureChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export a picture")
        self.scene = scene
        self.preview = FigurePreview()
        self.form = FigureForm(choice, scene)
        self.form.setFixedWidth(FORM)
        self.copy = QPushButton("Copy")
        self.copy.setToolTip("Put the picture on the clipboard, as pixels")
        self.save = QPushButton("Save…")
        self.save.setToolTip("Write the picture into a file")
        self.save.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.form.choice))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.form.choice))
        self.form.changed.connect(self._update)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        for button in (self.copy, self.save, buttons):
            row.addWidget(button)
        columns = QHBoxLayout()
        columns.setSpacing(3 * SPACE)
        columns.addWidget(self.preview, 1)
        columns.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(2 * SPACE,) * 4)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(columns, 1)
        whole.addLayout(row)
        self._update()
        self.save.setFocus()

    def _update(self) -> None:
        can = self.form.problem is None
        for button in (self.copy, self.save):
            button.setEnabled(can)
        if can:
            self.preview.show_figure(self.form.figure, self.scene, self.form.choice.options)
