"""Python to read: in letters of one width, with its words, texts, numbers and comments told apart by colour."""

from __future__ import annotations

import re
from keyword import kwlist

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mlp_playground.views.theme import Theme, theme_of

PARTS = re.compile(
    r'(?P<comment>#.*)|(?P<long>""")|(?P<text>"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')'
    r"|(?P<name>(?<=def )\w+|(?<=class )\w+)"
    rf"|(?P<keyword>\b(?:{'|'.join(kwlist)})\b)|(?P<number>\b\d+(?:\.\d*)?(?:[eE][-+]?\d+)?\b)"
)
OPEN = 1
"""The state of a line after which a text in triple quotes goes on."""


class Colouring(QSyntaxHighlighter):
    """Colours the Python in a document as a theme has it."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Take on another theme."""
        green, purple, red, _ = theme.layers
        self._formats = {
            "comment": _format(theme.muted),
            "text": _format(green),
            "keyword": _format(purple),
            "number": _format(red),
            "name": _format(theme.text, bold=True),
        }
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        start = 0
        if self.previousBlockState() == OPEN:
            start = self._close(text, 0)
        while found := PARTS.search(text, start):
            start = found.end()
            if found.lastgroup == "long":
                start = self._close(text, found.start(), found.end())
            elif found.lastgroup is not None:
                self.setFormat(found.start(), found.end() - found.start(), self._formats[found.lastgroup])

    def _close(self, text: str, begin: int, inside: int = 0) -> int:
        """Colour a text in triple quotes from `begin` to its end, and say where that is."""
        end = text.find('"""', inside)
        stop = len(text) if end < 0 else end + 3
        self.setCurrentBlockState(OPEN if end < 0 else 0)
        self.setFormat(begin, stop - begin, self._formats["text"])
        return stop


class CodeText(QPlainTextEdit):
    """Shows code, which can be selected and not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setAccessibleName("The code")
        letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        letters.setPointSizeF(9.5)
        self.setFont(letters)
        self.document().setDocumentMargin(12)
        self._colouring = Colouring(self.document(), theme_of(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_colouring"):
            self._colouring.dress(theme_of(self.palette()))


def _format(colour: str, *, bold: bool = False) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(QColor(colour))
    if bold:
        result.setFontWeight(QFont.Weight.DemiBold)
    return result
