"""Makes a film on a thread of its own, which can be called off: a file is there whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mlp_playground.errors import Cancelled, InvalidValue
from mlp_playground.files import write_whole
from mlp_playground.views.figures.film import Progress

Make = Callable[[Progress, Callable[[], bool]], bytes]
"""Makes the film's bytes: tells how far it is, asks whether to stop and raises Cancelled then."""


class Filming(QObject):
    """One film. Its signals arrive on the thread that made it; one of the last three tells that it has ended. After an
    error of the program's own that is `cancelled`, and the error goes on to whoever reports such."""

    progressed = Signal(int, int)
    finished = Signal(Path)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, path: Path, make: Make, parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._make = path, make
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
        try:
            write_whole(self._path, self._make(self.progressed.emit, self._stop.is_set))
        except Cancelled:
            self.cancelled.emit()
        except (InvalidValue, OSError, MemoryError) as error:
            self.failed.emit(str(error) or "There is not enough memory for it.")
        except Exception:
            self.cancelled.emit()  # or whoever waits would wait for ever
            raise
        else:
            self.finished.emit(self._path)
