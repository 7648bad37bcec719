"""The panel behind "More": what it offers, says and shows, and how it comes and goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.initializers import INITIALIZERS
from mlp_playground.nn.schedules import SCHEDULES
from mlp_playground.views.controls import Choice
from mlp_playground.views.training.training_settings import NOT_YET, TrainingSettings, unusual

Take = Callable[..., Snapshot]
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
FIRST = ExperimentConfig()
REGRESS = FIRST.changed("data", name="plane")
UNUSUAL = FIRST.changed(
    "training", loss="tanh-squared", schedule="warm-up", planned_epochs=12_345, clip_norm=0.77, dropout=0.125
).changed("network", initializer="uniform", initializer_scale=-0.75)
ALL_DATA = pytest.mark.parametrize("config", [FIRST, REGRESS, DIGITS_DEFAULT], ids=["plane", "numbers", "digits"])


class Desk:
    """The panel, open below a button at the upper right of its window, and what it said."""

    def __init__(self, qtbot: QtBot, config: ExperimentConfig = FIRST) -> None:
        self.qtbot, self.window = qtbot, QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(700, 500)
        self.button = QPushButton("More", self.window)
        self.button.setGeometry(640, 10, 50, 28)
        self.panel = TrainingSettings(self.window)
        self.told: list[tuple[str, object]] = []
        self.panel.training_changed.connect(lambda *said: self.told.append(said))
        self.panel.network_changed.connect(lambda *said: self.told.append(said))
        self.panel.show_config(config)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.panel.open_below(self.button)

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.panel, key)

    def texts(self) -> list[str]:
        return [each.text() for each in self.panel.findChildren(QLabel)]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def entries(choice: Choice) -> list[object]:
    return [choice.itemData(i) for i in range(choice.count())]


def choose(qtbot: QtBot, choice: Choice, data: object) -> None:
    qtbot.keyClick(choice, KEY.Key_Home)
    for _ in range(entries(choice).index(data)):
        qtbot.keyClick(choice, KEY.Key_Down)


# -- what it offers ---------------------------------------------------------------------------------------------------


@ALL_DATA
def test_only_losses_for_such_data_are_offered(qtbot: QtBot, config: ExperimentConfig) -> None:
    desk = Desk(qtbot, config)
    fitting = [name for name, head in HEADS.items() if head.task == config.data.task]
    assert entries(desk.panel.loss) == ["auto", *fitting]
    desk.panel.show_config(FIRST)
    assert entries(desk.panel.loss) == ["auto", "binary", "tanh-squared"]


def test_everything_that_the_tables_have_is_offered_with_its_words(desk: Desk) -> None:
    for choice, table in ((desk.panel.schedule, SCHEDULES), (desk.panel.initializer, INITIALIZERS)):
        words = {choice.itemData(i): choice.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(choice.count())}
        assert words.items() >= {name: each.words for name, each in table.items()}.items()
    assert entries(desk.panel.initializer) == ["auto", *INITIALIZERS]
    assert entries(desk.panel.schedule) == list(SCHEDULES)
    assert entries(desk.panel.clip_norm) == [0, 0.1, 0.3, 1, 3, 10]
    assert [desk.panel.dropout.itemText(i) for i in range(5)] == [
        "off", "10\u202f%", "20\u202f%", "30\u202f%", "50\u202f%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("loss", "tanh-squared"),
        ("schedule", "cosine"),
        ("clip_norm", 0.3),
        ("dropout", 0.5),
        ("initializer", "constant"),
    ],
)
def test_each_choice_says_what_is_wanted(desk: Desk, qtbot: QtBot, field: str, data: object) -> None:
    choose(qtbot, getattr(desk.panel, field), data)
    assert desk.told[-1] == (field, data)


@pytest.mark.parametrize(
    ("name", "field", "typed", "value"),
    [("planned_epochs", "planned_epochs", "250", 250), ("scale", "initializer_scale", "-1.5", -1.5)],
)
def test_each_field_says_what_is_wanted(qtbot: QtBot, name: str, field: str, typed: str, value: float) -> None:
    desk = Desk(qtbot, UNUSUAL)
    qtbot.mouseDClick(getattr(desk.panel, name), LEFT)
    getattr(desk.panel, name).selectAll()
    qtbot.keyClicks(getattr(desk.panel, name), typed)
    assert desk.told == []
    qtbot.keyClick(getattr(desk.panel, name), KEY.Key_Return)
    assert desk.told == [(field, value)]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("planned_epochs", "0", "It must be greater than or equal to 1."),
        ("planned_epochs", "99999999", "It must be less than or equal to 10000000."),
        ("planned_epochs", "", "It must be a whole number."),
        ("scale", "nan", "It must be a finite number."),
        ("scale", "1001", "It must be less than or equal to 1000."),
    ],
)
def test_what_is_not_allowed_is_told_beside_its_field(
    qtbot: QtBot, take: Take, name: str, typed: str, said: str
) -> None:
    desk = Desk(qtbot, UNUSUAL)
    field = getattr(desk.panel, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, typed) if typed else qtbot.keyClick(field, KEY.Key_Delete)
    assert said in desk.texts()
    desk.panel.show_state(replace(take(), epoch=3, steps=75))
    assert said in desk.texts(), "while the run goes on"
    desk.key(KEY.Key_Return)
    desk.key(KEY.Key_Tab)
    assert said not in desk.texts()
    assert desk.told == []


# -- what it shows ----------------------------------------------------------------------------------------------------


def test_values_that_are_in_no_list_are_shown_too(qtbot: QtBot) -> None:
    panel = Desk(qtbot, UNUSUAL).panel
    assert (panel.loss.currentData(), panel.schedule.currentData()) == ("tanh-squared", "warm-up")
    assert (panel.clip_norm.currentText(), panel.dropout.currentText()) == ("0.77", "12.5\u202f%")
    assert (panel.initializer.currentData(), panel.scale.text()) == ("uniform", "-0.75")
    assert panel.planned_epochs.text() == "12345"


def test_showing_a_config_says_nothing(desk: Desk) -> None:
    for config in (UNUSUAL, REGRESS, DIGITS_DEFAULT, FIRST):
        desk.panel.show_config(config)
    assert desk.told == []


@pytest.mark.parametrize("name", HEADS)
def test_the_formula_of_the_loss_is_there_to_read(qtbot: QtBot, name: str) -> None:
    config = {"binary": FIRST, "classes": DIGITS_DEFAULT, "regression": REGRESS}[HEADS[name].task]
    desk = Desk(qtbot, config.changed("training", loss=name))
    assert any(text.startswith(HEADS[name].formula) for text in desk.texts())


@ALL_DATA
def test_the_usual_loss_is_the_one_with_the_datas_own_formula(qtbot: QtBot, config: ExperimentConfig) -> None:
    desk = Desk(qtbot, config)
    usual = HEADS[config.data.task]
    assert any(text.startswith(usual.formula) for text in desk.texts())
    assert usual.label in desk.panel.loss.itemData(0, Qt.ItemDataRole.ToolTipRole)


def test_what_auto_comes_to_is_named(qtbot: QtBot) -> None:
    network = {"hidden": (2, 2, 2), "activations": ("relu", "selu", "gelu")}
    desk = Desk(qtbot, FIRST.changed("network", **network))
    assert any(text.startswith("here: He, LeCun, Xavier\n") for text in desk.texts())


@pytest.mark.parametrize("name", ["auto", *INITIALIZERS])
def test_only_where_it_counts_a_scale_can_be_typed(qtbot: QtBot, name: str) -> None:
    panel = Desk(qtbot, FIRST.changed("network", initializer=name)).panel
    assert panel.scale.isEnabled() == (name in ("normal", "uniform", "constant"))
    assert ("first" in panel.scale.toolTip()) != panel.scale.isEnabled()


@pytest.mark.parametrize("name", SCHEDULES)
def test_only_a_schedule_has_a_plan(qtbot: QtBot, name: str) -> None:
    panel = Desk(qtbot, FIRST.changed("training", schedule=name)).panel
    assert panel.planned_epochs.isEnabled() == (name != "constant")
    assert ("first" in panel.planned_epochs.toolTip()) != panel.planned_epochs.isEnabled()


def test_the_curve_shows_where_the_run_is(qtbot: QtBot, take: Take) -> None:
    desk = Desk(qtbot, FIRST.changed("training", schedule="linear", planned_epochs=40))
    before = desk.panel.curve.grab().toImage()
    desk.panel.show_state(replace(take(), epoch=20, steps=500))
    half = desk.panel.curve.grab().toImage()
    assert half != before
    desk.panel.show_state(replace(take(), epoch=40, steps=1000))
    end = desk.panel.curve.grab().toImage()
    desk.panel.show_state(replace(take(), epoch=999, steps=9999))
    assert half != desk.panel.curve.grab().toImage() == end


def test_once_something_is_learned_it_says_when_first_weights_count(desk: Desk, take: Take) -> None:
    assert NOT_YET not in desk.texts()
    desk.panel.show_state(replace(take(), epoch=0, steps=1))
    assert NOT_YET in desk.texts()
    desk.panel.show_state(take())
    assert NOT_YET not in desk.texts()


def test_what_happened_while_it_was_closed_is_there_when_it_opens(desk: Desk, take: Take) -> None:
    desk.panel.close()
    desk.panel.show_state(replace(take(), epoch=7, steps=175))
    desk.panel.open_below(desk.button)
    assert NOT_YET in desk.texts()


@pytest.mark.parametrize(
    ("part", "values", "words"),
    [
        ("training", {"loss": "tanh-squared"}, "loss tanh + squared error"),
        ("training", {"schedule": "step"}, "schedule steps"),
        ("training", {"clip_norm": 0.3}, "clipping 0.3"),
        ("training", {"dropout": 0.2}, "dropout 20\u202f%"),
        ("network", {"initializer": "he-uniform"}, "initializer He, uniform"),
    ],
)
def test_what_is_not_as_usual_is_named(part: str, values: dict[str, object], words: str) -> None:
    assert unusual(FIRST) == unusual(DIGITS_DEFAULT) == []
    assert unusual(FIRST.changed(part, **values)) == [words]  # type: ignore[arg-type]


def test_what_does_not_act_is_no_matter() -> None:
    idle = FIRST.changed("training", planned_epochs=7).changed("network", initializer_scale=3)
    assert unusual(idle) == []
    assert len(unusual(UNUSUAL)) == 5


# -- its place --------------------------------------------------------------------------------------------------------


def test_nothing_moves_whatever_is_chosen(qtbot: QtBot, take: Take) -> None:
    desk = Desk(qtbot)
    children = [each for each in desk.panel.findChildren(QWidget) if each.isVisible()]

    def places() -> list[tuple[QPoint, int, int]]:
        desk.panel.adjustSize()
        desk.panel.layout().activate()
        return [(each.mapTo(desk.panel, QPoint(0, 0)), each.width(), each.height()) for each in children]

    before = places()
    for schedule in SCHEDULES:
        desk.panel.show_config(UNUSUAL.changed("training", schedule=schedule))
        assert places() == before
    for initializer in ("auto", *INITIALIZERS):
        desk.panel.show_config(UNUSUAL.changed("network", initializer=initializer))
        assert places() == before
    for config in (FIRST, REGRESS, DIGITS_DEFAULT):
        desk.panel.show_config(config)
        desk.panel.show_state(replace(take(), epoch=5, steps=125))
        assert places() == before


@pytest.mark.parametrize(
    "config",
    [
        *(FIRST.changed("network", initializer=name) for name in INITIALIZERS),
        *(FIRST.changed("training", schedule=name) for name in SCHEDULES),
        FIRST.changed("training", loss="tanh-squared"),
        REGRESS.changed("training", loss="huber"),
        DIGITS_DEFAULT,
    ],
)
def test_no_word_is_cut_off(qtbot: QtBot, take: Take, config: ExperimentConfig) -> None:
    desk = Desk(qtbot, config)
    desk.panel.show_state(replace(take(), epoch=5, steps=125))
    desk.panel.layout().activate()
    for each in desk.panel.findChildren(QLabel):
        needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
        assert each.height() >= needed, each.text()
        assert each.wordWrap() or each.width() >= each.sizeHint().width(), each.text()
    for choice in desk.panel.findChildren(Choice):
        assert choice.width() >= choice.minimumSizeHint().width()


def test_it_opens_below_its_button_in_line_with_its_right_end(desk: Desk) -> None:
    corner = desk.button.mapToGlobal(desk.button.rect().bottomRight())
    assert desk.panel.geometry().right() == corner.x()
    assert 0 < desk.panel.geometry().top() - corner.y() < 20


@pytest.mark.parametrize("place", [QPoint(-2000, -900), QPoint(3000, 3000), QPoint(0, 0)])
def test_it_opens_wholly_on_the_screen(desk: Desk, place: QPoint) -> None:
    desk.panel.close()
    desk.window.move(place)
    desk.panel.open_below(desk.button)
    assert desk.button.screen().availableGeometry().contains(desk.panel.geometry())


# -- coming and going -------------------------------------------------------------------------------------------------


def test_every_control_is_reached_by_tab_in_the_order_that_one_reads(qtbot: QtBot) -> None:
    desk = Desk(qtbot, UNUSUAL)
    panel = desk.panel
    reached = []
    for _ in range(7):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(panel.windowHandle(), KEY.Key_Tab)
    assert reached == [
        panel.loss, panel.schedule, panel.planned_epochs, panel.clip_norm, panel.dropout,
        panel.initializer, panel.scale,
    ]  # fmt: skip
    assert QApplication.focusWidget() is panel.loss


@pytest.mark.parametrize("control", ["loss", "planned_epochs", "scale"])
def test_escape_closes_it_and_drops_what_was_typed(qtbot: QtBot, control: str) -> None:
    desk = Desk(qtbot, UNUSUAL)
    desk.panel.planned_epochs.setFocus()
    qtbot.keyClicks(desk.panel.planned_epochs, "9")
    getattr(desk.panel, control).setFocus(Qt.FocusReason.PopupFocusReason)  # which does not count as leaving the field
    with qtbot.waitSignal(desk.panel.closed):
        desk.key(KEY.Key_Escape)
    assert desk.panel.isHidden()
    assert desk.told == []


def press_at(desk: Desk, place: QPoint) -> None:
    """Press the mouse at a place on the screen, as a popup gets it wherever that is."""
    local = QPointF(desk.panel.mapFromGlobal(place))
    QApplication.sendEvent(
        desk.panel,
        QMouseEvent(
            QMouseEvent.Type.MouseButtonPress, local, QPointF(place), LEFT, LEFT, Qt.KeyboardModifier.NoModifier
        ),
    )


def test_a_click_elsewhere_closes_it_and_takes_what_was_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, UNUSUAL)
    desk.panel.planned_epochs.setFocus()
    desk.panel.planned_epochs.selectAll()
    qtbot.keyClicks(desk.panel.planned_epochs, "77")
    press_at(desk, desk.window.mapToGlobal(QPoint(5, 490)))
    assert desk.panel.isHidden()
    assert desk.told == [("planned_epochs", 77)]


def test_a_click_inside_leaves_it_open(desk: Desk) -> None:
    press_at(desk, desk.panel.mapToGlobal(QPoint(5, 5)))
    assert desk.panel.isVisible()


@pytest.mark.parametrize("on_button", [True, False])
def test_the_click_that_closes_it_does_not_reach_its_button_too(desk: Desk, on_button: bool) -> None:
    inside = desk.button if on_button else desk.window
    press_at(desk, inside.mapToGlobal(QPoint(20, 20)))
    assert desk.panel.isHidden()
    assert desk.panel.testAttribute(Qt.WidgetAttribute.WA_NoMouseReplay) == on_button
