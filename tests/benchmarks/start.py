"""How long a learner waits for the first picture, from the command to a window with a boundary in it."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

from tests.benchmarks.report import spread, table

ROUNDS = 5
FIRST_PICTURE = """
import tempfile
from pathlib import Path
from mlp_playground.app.main import make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.self_test import wait_until
from mlp_playground.app.settings import Settings
settings = Settings(Path(tempfile.mkdtemp()) / "window.ini")
app = make_application(settings)
window = MainWindow(settings=settings)
window.show()
wait_until(lambda: window.clock.latest is not None)
window.close()
"""


def report() -> None:
    """Whole processes, start to end."""
    rows = []
    for name, code in (
        ("`import numpy`, for comparison", "import numpy"),
        ("the core alone (`experiment.trainer`)", "import mlp_playground.experiment.trainer"),
        ("window with its first picture", FIRST_PICTURE),
    ):
        seconds = []
        for _ in range(ROUNDS):
            began = perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, stderr=subprocess.DEVNULL)
            seconds.append(perf_counter() - began)
        rows.append((name, spread([1000 * s for s in seconds])))
    table("Start", ("whole process", "ms, median (least–most)"), rows)
