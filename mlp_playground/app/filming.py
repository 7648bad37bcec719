"""Makes a film of a run on a thread of its own, which can be called off: a file is there whole or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mlp_playground.errors import Cancelled, InvalidValue
from mlp_playground.experiment.film import trainer_at
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.snapshot import Look
from mlp_playground.files import write_whole
from mlp_playground.views.figure_choice import FigureChoice
from mlp_playground.views.figures import FIGURES
from mlp_playground.views.film import FILMS
from mlp_playground.views.picture_frame import Showing
from mlp_playground.views.run_film import run_film


class Filming(QObject):
    """One film. Its signals arrive on the thread that made it."""

    progressed = Signal(int, int)
    finished = Signal(Path)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(
        self, path: Path, moment: Moment, choice: FigureChoice, showing: Showing, look: Look, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._path, self._moment, self._choice, self._showing, self._look = path, moment, choice, showing, look
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; `cancelled` tells when."""
        self._stop.set()

    def end(self) -> None:
        """Stop, and wait for the thread's end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5.0)

    def _run(self) -> None:
        choice = self._choice
        try:
            trainer = trainer_at(self._moment)
            content = run_film(
                FILMS[choice.format], trainer, FIGURES[choice.view], self._showing, self._look, choice.options,
                choice.film, self.progressed.emit, self._stop.is_set,
            )  # fmt: skip
            write_whole(self._path, content)
        except Cancelled:
            self.cancelled.emit()
        except (InvalidValue, OSError, MemoryError) as error:
            self.failed.emit(str(error) or "There is not enough memory for it.")
        else:
            self.finished.emit(self._path)
