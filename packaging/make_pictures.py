"""Makes the README's picture with the program itself: `python packaging/make_pictures.py` writes docs/window.png."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from mlp_playground.app.main import make_application
from mlp_playground.app.main_window import MainWindow
from mlp_playground.app.self_test import wait_until
from mlp_playground.app.settings import Settings
from mlp_playground.experiment.config import ExperimentConfig

TARGET = Path(__file__).parents[1] / "docs" / "window.png"
EPOCHS = 900


def main() -> None:
    """Train three layers of eight on the spiral for a while, and take the picture."""
    spiral = ExperimentConfig().changed("data", name="spiral", noise=0.05)
    config = spiral.changed("network", hidden=(8, 8, 8), activations=("tanh",) * 3)
    config = config.changed("training", learning_rate=0.003)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        settings.theme = "light"
        app = make_application(settings)
        window = MainWindow(config, settings)
        window.setWindowState(window.windowState().WindowNoState)
        window.resize(1280, 800)
        window.show()
        wait_until(lambda: window.clock.latest is not None and window.curves is not None)
        window.transport.play.click()
        wait_until(lambda: window.clock.latest is not None and window.clock.latest.epoch > EPOCHS)
        window.transport.play.click()
        wait_until(lambda: False, 0.5)
        TARGET.parent.mkdir(exist_ok=True)
        window.grab().save(str(TARGET))
        window.close()
        window.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main()
