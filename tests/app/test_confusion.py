"""The panel of confused classes in a real window: of the moment on screen, and only while somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mlp_playground.analysis.confusion import Confusion, Residuals
from mlp_playground.experiment.config import DIGITS_DEFAULT, parse

CIRCLE = parse({"data": {"name": "circle", "samples": 100}, "network": {"hidden": [4], "activations": ["relu"]}})


def test_it_follows_the_run_while_it_is_seen(use: Callable[..., Any]) -> None:
    user = use(CIRCLE)
    window = user.window
    user.play(50)
    assert not hasattr(window.confusion, "panel"), "nobody looks"
    window.confusion.dock.raise_()
    user.until(lambda: hasattr(window.confusion, "panel"))
    view = window.confusion.panel.view
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
    # a click looks at the samples of a cell one by one, in all panels
    samples = view.found.samples(1, 1).tolist()
    for number in (*samples[:2], samples[2]):
        window.confusion.panel.cell_clicked.emit(1, 1)
        example = window.inspected.example
        assert example.words == f"training sample {number + 1}"
        assert np.array_equal(example.x, shown.data.train.X[:, number])
    # numbers instead of classes, under the same panel
    window.controller.choose_data("sine")
    user.until(lambda: isinstance(view.found, Residuals))
    assert "far off" in window.confusion.dock.heading.words.text()
    window.controller.choose_data("spiral3")
    user.until(lambda: isinstance(view.found, Confusion) and len(view.found.counts) == 3)


def test_a_click_on_digits_follows_them(use: Callable[..., Any]) -> None:
    user = use(DIGITS_DEFAULT)
    window = user.window
    window.confusion.dock.raise_()
    user.until(lambda: hasattr(window.confusion, "panel"))
    view = window.confusion.panel.view
    user.until(lambda: view.found is not None)
    label, answer = (int(k) for k in np.argwhere(view.found.counts > 1)[0])
    first, second = view.found.samples(label, answer)[:2].tolist()
    for number in (first, second):
        window.confusion.panel.cell_clicked.emit(label, answer)
        assert window.output.digits.pick.index == number
        assert window.output.digits.mode == "pick"
    nothing = tuple(int(k) for k in np.argwhere(view.found.counts == 0)[0])
    window.confusion.panel.cell_clicked.emit(*nothing)
    assert window.output.digits.pick.index == second
