"""Takes a picture home: what it will be is seen at once, and it goes into a file or onto the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QWidget

from mlp_playground.app.beside import lay_out
from mlp_playground.views.figures.figure import Scene
from mlp_playground.views.figures.figure_choice import FigureChoice
from mlp_playground.views.figures.figure_form import FigureForm
from mlp_playground.views.figures.figure_preview import FigurePreview
from mlp_playground.views.parts import label

FORM = 304
"""Pixels of the form's width."""
WIDE = 0.75
"""How much of the window the dialog covers, at least."""


class PictureDialog(QDialog):
    """Shows a scene as a picture, with what `ready` finds out for a view. `save_wanted` and `copy_wanted` carry the
    FigureChoice; `cancelled`: the film that is being made is not wanted any more."""

    save_wanted = Signal(FigureChoice)
    copy_wanted = Signal(FigureChoice)
    cancelled = Signal()

    def __init__(
        self, scene: Scene, ready: Callable[[str], Scene], choice: FigureChoice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export a picture")
        self._ready, self._scenes = ready, dict[str, Scene]()
        self.preview = FigurePreview()
        self.form = FigureForm(choice, scene)
        self.form.setFixedWidth(FORM)
        self.bar, self.state = QProgressBar(), label("", 9, muted=True)
        self.bar.setTextVisible(False)
        self.copy, self.save, self.leave = QPushButton("Copy"), QPushButton("Save…"), QPushButton("Close")
        self.copy.setToolTip("Put the picture on the clipboard: as pixels, and as vectors for programs that take them")
        self.save.setToolTip("Write it into a file")
        self.save.setDefault(True)
        self._is_busy = False
        lay_out(self, self.preview, self.form, (self.copy, self.save, self.leave), (self.bar, self.state))
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.form.choice))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.form.choice))
        self.leave.clicked.connect(self.reject)
        self.form.changed.connect(self._update)
        self.show_progress(0, 0)
        self._update()
        self.save.setFocus()
        if parent is not None:  # the more one sees of the picture the better
            room = QSize(round(parent.width() * WIDE), round(parent.height() * WIDE))
            self.resize(self.sizeHint().expandedTo(room))

    def show_progress(self, done: int, n: int) -> None:
        """A film is being made, `done` of `n` pictures; with an `n` of 0 none is."""
        was_busy, self._is_busy = self._is_busy, n > 0
        for part in (self.bar, self.state):
            part.setVisible(self._is_busy)
        self.bar.setRange(0, max(n, 1))
        self.bar.setValue(done)
        self.state.setText(f"{done} of {n} pictures")
        self.form.setEnabled(not self._is_busy)
        self.leave.setText("Cancel" if self._is_busy else "Close")
        self.leave.setToolTip("Stop: no file is written" if self._is_busy else "")
        self._enable()
        if was_busy and not self._is_busy:
            self.save.setFocus()  # which the button that stops the film has had meanwhile

    def reject(self) -> None:
        """Close, or stop the film that is being made."""
        if self._is_busy:
            self.cancelled.emit()
        else:
            super().reject()

    def _update(self) -> None:
        self._enable()
        if self.form.problem is None:
            self.preview.show_figure(self.form.figure, self.scene, self.form.choice.options)

    @property
    def scene(self) -> Scene:
        """What the chosen view is of."""
        view = self.form.figure.name
        if view not in self._scenes:
            self._scenes[view] = self._ready(view)
        scene = self._scenes[view]
        return replace(scene, showing=replace(scene.showing, filling=self.form.filling.currentData()))

    def _enable(self) -> None:
        for button in (self.copy, self.save):
            button.setEnabled(self.form.problem is None and not self._is_busy)
