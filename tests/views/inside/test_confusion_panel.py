"""The table of confused classes: counts where they belong, words for a cell, and why numbers have none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from mlp_playground.analysis.confusion import Confusion, Residuals
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.judge_question import JudgeQuestion, judged
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.views.canvas.confusion_picture import LEAST_ROW, grid_of, paint_confusion
from mlp_playground.views.canvas.confusion_words import cell_words, class_words
from mlp_playground.views.canvas.residual_picture import paint_residuals, residual_axes
from mlp_playground.views.inside.confusion_panel import HINT, ConfusionPanel
from mlp_playground.views.theme import DARK, LIGHT

Take = Callable[..., Snapshot]
Painted = Callable[..., np.ndarray]
LEFT = Qt.MouseButton.LeftButton
TEN = tuple("0123456789")

pytestmark = pytest.mark.usefixtures("qapp")


def of_counts(counts: list[list[int]] | np.ndarray) -> Confusion:
    """With so many samples of each class that were answered with each class."""
    table = np.asarray(counts)
    labels, answers = (np.repeat(k.ravel(), table.ravel()) for k in np.indices(table.shape))
    return Confusion(labels, answers, len(table))


@pytest.fixture
def panel(qtbot: QtBot) -> ConfusionPanel:
    widget = ConfusionPanel()
    qtbot.addWidget(widget)
    widget.resize(500, 165)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_cells_lie_within_their_area_and_do_not_overlap() -> None:
    for width, height in ((360, 130), (500, 300), (1200, 800)):
        for names in (("orange", "blue"), TEN, ("a very long name of a class indeed", "b", "c")):
            area = QRectF(10, 20, width, height)
            grid = grid_of(area, names)
            cells = [grid.cell(r, c) for r in range(grid.k + (not grid.tight)) for c in range(grid.k + 1)]
            assert all(area.contains(cell) for cell in cells), (width, height, names)
            inner = [cell.adjusted(0.01, 0.01, -0.01, -0.01) for cell in cells]
            assert not any(a.intersects(b) for i, a in enumerate(inner) for b in inner[i + 1 :])
            assert grid.height >= min(LEAST_ROW, (height - 30) / len(names)) - 2
            middle = grid.cell(1, 0).center()
            assert grid.at(middle) == (1, 0)
            assert grid.at(QPointF(area.right() - 1, area.top() + 1)) is None


def test_what_is_right_is_blue_and_what_is_wrong_orange_the_more_the_darker(painted: Painted) -> None:
    found = of_counts([[90, 10, 0], [0, 50, 50], [0, 0, 0]])
    area, names = QRectF(0, 0, 400, 200), ("a", "b", "c")
    grid = grid_of(area, names)

    def colour(pixels: np.ndarray, row: int, column: int) -> np.ndarray:
        corner = grid.cell(row, column).topLeft().toPoint()
        return pixels[corner.y() + 4, corner.x() + 4]

    for theme in (LIGHT, DARK):
        pixels = painted(lambda p, theme=theme: paint_confusion(p, area, found, names, theme), 400, 200)
        right, some, half, none = (colour(pixels, *cell) for cell in ((0, 0), (0, 1), (1, 2), (0, 2)))
        assert right[2] > right[0] + 40
        assert half[0] > half[2] + 40
        assert half[0] - half[2] > some[0] - some[2] > none[0] - none[2]
        # rows of 100 samples are their own percents, those of 50 are not
        halved = of_counts(found.counts // 2)
        for shown, is_same in ((found, True), (halved, False)):
            counts, shares = (
                painted(
                    lambda p, shown=shown, theme=theme, shares=shares: paint_confusion(
                        p, area, shown, names, theme, shares=shares
                    ),
                    400, 200,
                )
                for shares in (False, True)
            )  # fmt: skip
            assert (counts == shares).all() == is_same


def test_a_cell_says_what_one_would_say(take: Take) -> None:
    digits = take(DIGITS_DEFAULT).data
    counts = np.zeros((10, 10), np.int64)
    counts[7] = [0, 0, 0, 0, 0, 0, 0, 86, 0, 12]
    found = of_counts(counts)
    assert cell_words(digits, found, 7, 9) == "12 of 98 sevens were read as nines (12.2\u202f%)"
    assert cell_words(digits, found, 7, 7) == "86 of 98 sevens were recognised (87.8\u202f%)"
    assert cell_words(digits, found, 3, 3) == "There are no threes here"
    assert class_words(digits, found, 7).splitlines() == [
        "Of the sevens, 87.8\u202f% were recognised (recall).",
        "Of all answers “7”, 100.0\u202f% were right (precision).",
    ]
    assert class_words(digits, found, 0).splitlines() == ["No zeros are here.", "“0” was never the answer."]
    points = take().data
    assert cell_words(points, of_counts([[3, 1], [0, 4]]), 0, 1) == (
        "1 of 4 “orange” were taken for “blue” (25.0\u202f%)"
    )


def test_mouse_and_keys_point_at_cells_and_a_click_wants_their_samples(
    panel: ConfusionPanel, take: Take, qtbot: QtBot
) -> None:
    snapshot = take()
    found = judged(JudgeQuestion(snapshot))
    assert isinstance(found, Confusion)
    panel.show_found(found, snapshot.data)
    assert panel.words.text().startswith(f"{100 * found.accuracy:.1f}")
    assert "0.5" in panel.words.text()
    assert HINT in panel.words.text()
    view, grid = panel.view, panel.view.grid
    assert grid is not None
    qtbot.mouseMove(view, grid.cell(0, 1).center().toPoint())
    assert panel.words.text() == cell_words(snapshot.data, found, 0, 1)
    qtbot.mouseMove(view, grid.cell(0, 2).center().toPoint())
    assert panel.words.text() == class_words(snapshot.data, found, 0)
    with qtbot.assertNotEmitted(panel.cell_clicked):
        qtbot.mouseClick(view, LEFT, pos=grid.cell(0, 2).center().toPoint())
    with qtbot.waitSignal(panel.cell_clicked) as clicked:
        qtbot.mouseClick(view, LEFT, pos=grid.cell(1, 0).center().toPoint())
    assert clicked.args == [1, 0]
    qtbot.mouseMove(view, grid.cell(1, 0).center().toPoint())
    for key, cell in (("Up", (0, 0)), ("Right", (0, 1)), ("Right", (0, 1)), ("Down", (1, 1))):
        qtbot.keyClick(view, getattr(Qt.Key, f"Key_{key}"))
        assert view.pointed == cell
    with qtbot.waitSignal(panel.cell_clicked) as clicked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert clicked.args == [1, 1]
    # fewer classes: what was pointed at may be gone
    ten = take(DIGITS_DEFAULT)
    panel.show_found(of_counts(np.eye(10, dtype=np.int64)), ten.data)
    view._point_at((9, 9))
    panel.show_found(found, snapshot.data)
    assert view.pointed is None


def test_buttons_choose_the_samples_and_the_numbers(panel: ConfusionPanel, take: Take, qtbot: QtBot) -> None:
    snapshot = take()
    panel.show_found(judged(JudgeQuestion(snapshot)), snapshot.data)
    with qtbot.waitSignal(panel.part_changed):
        qtbot.mouseClick(panel.train, LEFT)
    assert panel.train.isChecked()
    assert not panel.test.isChecked()
    qtbot.mouseClick(panel.shares, LEFT)
    assert panel.view.shares
    train = judged(JudgeQuestion(snapshot, train=True))
    assert isinstance(train, Confusion)
    assert train.counts.sum() == len(snapshot.data.train)


def test_numbers_are_shown_beside_what_they_should_be(panel: ConfusionPanel, take: Take, painted: Painted) -> None:
    snapshot = take(ExperimentConfig().changed("data", name="plane"))
    found = judged(JudgeQuestion(snapshot))
    assert isinstance(found, Residuals)
    panel.show_found(found, snapshot.data)
    assert panel.words.text().startswith("Numbers can't be confused.")
    assert not panel.counts.isVisible()
    assert panel.view.grid is None
    assert not panel.grab().isNull()
    truth = np.array([0.0, 10])
    x, y = residual_axes(Residuals(truth, truth), "price")
    assert (x.name, y.name, x.low, y.high) == ("true price", "predicted price", -0.4, 10.4)
    area = QRectF(0, 0, 300, 200)
    on, off = (
        painted(lambda p, answers=answers: paint_residuals(p, area, Residuals(truth, answers), "y", LIGHT), 300, 200)
        for answers in (truth, np.array([np.nan, 0.0]))
    )
    assert (on != off).any()
