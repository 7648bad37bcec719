"""The panel of confused classes in a real window: of the moment on screen, and only while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlp_playground.analysis.confusion import Confusion, Residuals
from mlp_playground.experiment.config import parse

CIRCLE = parse({"data": {"name": "circle", "samples": 100}, "network": {"hidden": [4], "activations": ["relu"]}})


def test_it_follows_the_run_while_it_is_seen(use: Callable[..., Any]) -> None:
    user = use(CIRCLE)
    window, view = user.window, user.window.confusion.panel.view
    user.play(50)
    assert view.found is None, "nobody looks"
    window.confusion.dock.raise_()
    user.until(lambda: view.found is not None)
    first = view.found
    user.until(lambda: view.found is not first)
    shown = user.pause()

    def agrees(share: float | None) -> bool:
        found = view.found
        return isinstance(found, Confusion) and bool(np.isclose(found.accuracy, share))

    user.until(lambda: agrees(shown.metrics.test_accuracy))
    user.click(window.confusion.panel.train)
    user.until(lambda: agrees(shown.metrics.train_accuracy))
    with user.qtbot.waitSignal(window.confusion.cell_clicked) as clicked:
        window.confusion.panel.cell_clicked.emit(1, 0)
    assert clicked.args == [1, 0, True]
    # numbers instead of classes, under the same panel
    window.controller.choose_data("sine")
    user.until(lambda: isinstance(view.found, Residuals))
    assert "far off" in window.confusion.dock.heading.words.text()
    window.controller.choose_data("spiral3")
    user.until(lambda: isinstance(view.found, Confusion) and len(view.found.counts) == 3)
