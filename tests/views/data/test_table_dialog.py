"""The dialog for a table, used with mouse and keys as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from mlp_playground.data.from_table import to_own_data
from mlp_playground.data.own import OwnData
from mlp_playground.data.table import parse_table
from mlp_playground.errors import InvalidValue
from mlp_playground.views.controls import Choice
from mlp_playground.views.data.table_dialog import TableDialog
from mlp_playground.views.data.table_parts import PreviewModel
from mlp_playground.views.data.table_words import words
from mlp_playground.views.theme import DARK, LIGHT, palette

LEFT = Qt.MouseButton.LeftButton
TEXT = """\
name,height,weight,legs,fixed,wild
Tom,10,1.0,4,7,yes
Rex,30,3.5,4,7,no
Tweety,20,,2,7,no
Kaa,50,6.0,0,7,yes
Jerry,35,2.0,4,7,yes
Ed,40,NA,4,7,no
Nagini,12,1.5,0,7,no
"""
Open = Callable[..., TableDialog]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Open:
    """Opens the dialog for a file with that text."""

    def open_dialog(text: str = TEXT) -> TableDialog:
        path = tmp_path / "zoo.csv"
        path.write_text(text, encoding="utf-8")
        dialog = TableDialog(path)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return open_dialog


def choose(choice: Choice, data: object) -> None:
    """Choose an entry as a user does; a choice made by the program tells nobody."""
    index = choice.findData(data)
    assert index >= 0, data
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def offered(choice: Choice) -> list[object]:
    return [choice.itemData(index) for index in range(choice.count())]


def says(dialog: TableDialog) -> str:
    return dialog.summary.text()


def shown(model: PreviewModel) -> list[list[str]]:
    rows, columns = model.rowCount(), model.columnCount()
    return [[model.data(model.index(row, column)) for column in range(columns)] for row in range(rows)]


def test_it_opens_with_what_is_usual_and_can_be_used_at_once(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    assert dialog.inputs.chosen == ("height", "weight", "legs")
    assert (dialog.target.currentData(), dialog.task.currentData()) == ("wild", "classify")
    assert (dialog.separator.currentText(), dialog.has_header.isChecked()) == ("comma", True)
    expected = to_own_data(parse_table(TEXT, "zoo.csv"), ("height", "weight", "legs"), "wild")
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.mouseClick(dialog.ok, LEFT)
    assert told.args == [expected]
    assert not dialog.isVisible()


def test_the_first_rows_are_shown_as_they_are_written(opened: Open) -> None:
    model = opened().preview.model()
    assert isinstance(model, PreviewModel)
    rows = shown(model)
    assert rows[0] == ["Tom", "10", "1.0", "4", "7", "yes"]
    assert rows[2][2] == "missing"
    assert rows[5][2] == "NA"
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [model.headerData(k, across) for k in range(6)] == ["name", "height", "weight", "legs", "fixed", "wild"]
    assert [model.headerData(k, down) for k in (0, 6)] == ["2", "8"]


def test_gaps_are_faded_and_numbers_stand_at_the_right(opened: Open) -> None:
    dialog = opened()
    model = dialog.preview.model()
    role = Qt.ItemDataRole
    faded = model.data(model.index(2, 2), role.ForegroundRole)
    assert faded.color() == dialog.preview.palette().placeholderText().color()
    assert model.data(model.index(5, 2), role.ForegroundRole) is not None
    assert model.data(model.index(0, 2), role.ForegroundRole) is None
    right, left = (model.data(model.index(0, k), role.TextAlignmentRole) for k in (1, 0))
    assert right & Qt.AlignmentFlag.AlignRight.value
    assert left & Qt.AlignmentFlag.AlignLeft.value


def test_gaps_are_told_with_their_lines(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    assert "5 of 7 rows are used; in the other 2 a cell is missing (lines 4 and 7)." in says(dialog)
    qtbot.mouseClick(dialog.inputs.boxes["weight"], LEFT)
    assert dialog.inputs.chosen == ("height", "legs")
    assert "All 7 rows are used." in says(dialog)
    assert dialog.own is not None
    assert len(dialog.own.samples) == 7


def test_columns_that_can_be_no_inputs_say_why(opened: Open) -> None:
    dialog = opened()
    assert set(dialog.inputs.boxes) == {"height", "weight", "legs"}
    reasons = [part.text() for part in dialog.inputs.widget().findChildren(QLabel) if not part.isHidden()]
    assert reasons == ["name has text in line 2", "fixed is always the same"]


def test_only_what_can_be_a_target_is_offered(opened: Open) -> None:
    assert offered(opened().target) == ["name", "height", "weight", "legs", "wild"]


def test_another_target_is_no_input(opened: Open) -> None:
    dialog = opened()
    choose(dialog.target, "legs")
    assert dialog.inputs.chosen == ("height", "weight")
    assert dialog.inputs.boxes["legs"].isHidden()
    assert offered(dialog.task) == ["classify", "regress"]
    assert "To tell apart: 0 (2) and 4 (3)." in says(dialog)
    choose(dialog.task, "regress")
    assert "To predict: legs, from 0 to 4. It is scaled to −1…1." in says(dialog)
    assert dialog.own is not None
    assert dialog.own.task == "regression"
    choose(dialog.target, "weight")
    assert offered(dialog.task) == ["regress"]
    assert not dialog.inputs.boxes["legs"].isHidden()
    assert not dialog.inputs.boxes["legs"].isChecked()


def test_too_few_inputs_are_told_and_can_not_be_used(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    qtbot.mouseClick(dialog.none, LEFT)
    assert not dialog.ok.isEnabled()
    assert says(dialog) == "inputs: 'none' is not allowed; it must be two or more different columns of zoo.csv"
    assert dialog.summary.font().bold()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.accept()
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.every, LEFT)
    assert dialog.inputs.chosen == ("height", "weight", "legs")
    assert dialog.ok.isEnabled()
    assert not dialog.summary.font().bold()


def test_all_means_all_but_the_target(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    choose(dialog.target, "height")
    qtbot.mouseClick(dialog.every, LEFT)
    assert dialog.inputs.chosen == ("weight", "legs")


def test_a_wrong_separator_is_told_and_can_be_put_right(opened: Open) -> None:
    dialog = opened()
    choose(dialog.separator, ";")
    assert not dialog.ok.isEnabled()
    assert says(dialog).startswith("zoo.csv: '1 cell in line 1, parted by semicolon' is not allowed")
    assert dialog.own is None
    assert shown(dialog.preview.model()) == []  # type: ignore[arg-type]
    assert not any(part.isEnabled() for part in (dialog.inputs, dialog.every, dialog.none, dialog.target, dialog.task))
    choose(dialog.separator, ",")
    assert dialog.ok.isEnabled()
    assert dialog.inputs.chosen == ("height", "weight", "legs")
    assert dialog.target.isEnabled()


def test_the_first_row_can_be_taken_for_data(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("1,2,3\n2,1,4\n5,3,5\n4,4,3\n")
    assert not dialog.has_header.isChecked()
    assert dialog.inputs.chosen == ("column 1", "column 2")
    qtbot.mouseClick(dialog.has_header, LEFT)
    assert dialog.inputs.chosen == ("1", "2")
    assert not dialog.ok.isEnabled()
    assert "own data: '3 samples'" in says(dialog)
    qtbot.mouseClick(dialog.has_header, LEFT)
    assert dialog.ok.isEnabled()


def test_decimal_commas_are_told(opened: Open) -> None:
    text = "a;b;k\n1,5;2,5;x\n2,5;1,5;y\n3,5;0,5;x\n0,5;4,5;y\n"
    dialog = opened(text)
    assert dialog.separator.currentText() == "semicolon"
    assert dialog.decimal.text() == "Decimals are written with a comma."
    assert "To the right: a from 0.5 to 3.5. Upwards: b from 0.5 to 4.5." in says(dialog)
    assert opened().decimal.text() == ""


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "a,b,c\n1,2\n3,4,5\n", 'a,b,"c\n1,2,3\n', "a,b,c\n"])
def test_what_is_no_table_is_told_and_can_not_be_used(opened: Open, text: str) -> None:
    dialog = opened(text)
    assert not dialog.ok.isEnabled()
    assert says(dialog).startswith("zoo.csv: ")
    assert " is not allowed; it must be " in says(dialog)


def test_useless_columns_are_told(opened: Open) -> None:
    dialog = opened("a,b,c\n1,1,1\n1,1,1\n")
    assert not dialog.ok.isEnabled()
    assert dialog.inputs.boxes == {}
    assert " is not allowed; it must be " in says(dialog)


def test_what_is_no_text_is_refused_before_there_is_a_dialog(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\3\4\0\0")
    with pytest.raises(InvalidValue, match=r"a\.xlsx: 'no text' .* a table as text"):
        TableDialog(tmp_path / "a.xlsx")


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_chooses_nothing(opened: Open, qtbot: QtBot, way: str) -> None:
    dialog = opened()
    with qtbot.assertNotEmitted(dialog.chosen):
        if way == "button":
            qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel), LEFT)
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_enter_uses_the_data(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    dialog.inputs.setFocus()
    with qtbot.waitSignal(dialog.chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_a_long_name_is_cut_but_told_whole(opened: Open) -> None:
    name = "height of the animal, measured from the ground to the shoulder, in centimetres"
    dialog = opened(TEXT.replace("height", f'"{name}"'))
    box = dialog.inputs.boxes[name]
    assert box.text().endswith("…")
    assert box.toolTip() == box.accessibleName() == name
    assert name in dialog.inputs.chosen
    index = offered(dialog.target).index(name)
    assert dialog.target.itemText(index).endswith("…")
    assert dialog.target.itemData(index, Qt.ItemDataRole.ToolTipRole) == name


def test_a_name_that_looks_like_markup_is_a_name(opened: Open) -> None:
    dialog = opened(TEXT.replace("fixed", "<b>fixed</b>"))
    reasons = [part for part in dialog.inputs.widget().findChildren(QLabel) if "fixed" in part.text()]
    assert reasons[0].text().startswith("<b>fixed</b>")
    assert reasons[0].textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_all_text_is_within_the_dialog(opened: Open, qtbot: QtBot, theme: object) -> None:
    dialog = opened()
    dialog.setPalette(palette(theme))  # type: ignore[arg-type]
    picture = dialog.grab().toImage()
    assert len({picture.pixel(x, 300) for x in range(0, picture.width(), 3)}) > 3
    room = dialog.summary.contentsRect()
    needed = dialog.summary.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, says(dialog))
    assert needed.height() <= room.height()
    assert QColor(picture.pixel(4, 4)).lightness() > 128 or theme is DARK


# -- the sentences ----------------------------------------------------------------------------------------------------


def own(inputs: tuple[str, ...], target: str, text: str = TEXT) -> tuple[OwnData, str]:
    table = parse_table(text, "zoo.csv")
    data = to_own_data(table, inputs, target)
    return data, words(table, data)


def test_a_plane_and_a_table_are_told_apart() -> None:
    _, plane = own(("height", "legs"), "wild")
    assert plane.splitlines() == [
        "All 7 rows are used.",
        "To tell apart: no (4) and yes (3).",
        "To the right: height from 10 to 50. Upwards: legs from 0 to 4. Both are scaled to −5…5 of the plane.",
    ]
    _, table = own(("height", "legs", "weight"), "wild")
    assert table.splitlines()[-1] == (
        "Each input is scaled: its smallest number becomes −5, its largest 5. The network is told all 3 of them; the "
        "picture shows the plane along which they vary most."
    )


def test_one_gap_is_one_row_and_thousands_are_parted() -> None:
    rows = "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(1200))
    _, told = own(("x", "y"), "k", "x,y,k\n" + rows.replace("5,5,b", "5,,b", 1))
    assert told.startswith("1\u202f199 of 1\u202f200 rows are used; in the other one a cell is missing (line 7).")
    assert "a (600) and b (599)" in told
