"""Python in colours: words, texts, numbers and comments are told apart, over several lines too."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlp_playground.views.code_text import CodeText
from mlp_playground.views.theme import DARK, LIGHT, palette

CODE = 'def f(x):\n    """One "quoted"\n    # no comment\n    """\n    return "a # b" + \'c\', 1.5e-3  # why\n'


def colours(text: CodeText, line: int) -> dict[str, str]:
    """What stands in each colour that is not the text's own."""
    block = text.document().findBlockByNumber(line)
    found: dict[str, str] = {}
    for span in block.layout().formats():
        colour = span.format.foreground().color().name()
        found[colour] = found.get(colour, "") + block.text()[span.start : span.start + span.length]
    return found


def test_python_is_coloured(qtbot: QtBot) -> None:
    text = CodeText()
    qtbot.addWidget(text)
    for theme in (LIGHT, DARK):
        text.setPalette(palette(theme))
        text.setPlainText(CODE)
        green, purple, red, _ = (QColor(each).name() for each in theme.layers)
        grey = QColor(theme.muted).name()
        assert colours(text, 0) == {purple: "def", QColor(theme.text).name(): "f"}
        assert colours(text, 1) == {green: '"""One "quoted"'}
        assert colours(text, 2) == {green: "    # no comment"}
        assert colours(text, 4) == {
            purple: "return",
            green: "\"a # b\"'c'",
            red: "1.5e-3",
            grey: "# why",
        }
    assert text.isReadOnly()
