"""Asks what a pupil writes on a report, and shows its pages as they will be."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mlp_playground.app.beside import lay_out, room_for
from mlp_playground.app.reporting import ReportOf
from mlp_playground.export.report import Fields
from mlp_playground.views.figures.report_preview import ReportPreview
from mlp_playground.views.parts import captioned
from mlp_playground.views.theme import SPACE, font

FORM = 264
"""Pixels of the form's width."""
PAUSE = 400
"""Milliseconds after the last key until the pages are painted anew."""


class ReportDialog(QDialog):
    """Shows the report that `make` puts together, with the `fields` that were written last. `save_wanted`: as it is."""

    save_wanted = Signal()

    def __init__(self, make: ReportOf, fields: Fields, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report")
        self.make = make
        self.preview = ReportPreview()
        self.title, self.name, self.group, self.date = (QLineEdit() for _ in range(4))
        self.notes = QPlainTextEdit()
        self.today = QPushButton("Today")
        self.save, self.leave = QPushButton("Save as…"), QPushButton("Close")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._dress(fields)
        self._lay_out()
        self._later.timeout.connect(self.refresh)
        for line in (self.title, self.name, self.group, self.date):
            line.textChanged.connect(lambda _text: self._later.start())
        self.notes.textChanged.connect(self._later.start)
        self.today.clicked.connect(self._write_today)
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.reject)
        self.refresh()
        self.name.setFocus()
        if parent is not None:
            self.resize(self.sizeHint().width(), round(parent.height() * 0.9))

    @property
    def fields(self) -> Fields:
        """What is written."""
        title, name, group, date = (line.text().strip() for line in (self.title, self.name, self.group, self.date))
        return Fields(title, name, group, date, self.notes.toPlainText().strip())

    def refresh(self) -> None:
        """Paint the pages as they are now."""
        self._later.stop()
        self.preview.show_report(self.make.report(self.fields), self.make.drawings)

    def done(self, result: int) -> None:
        """Close."""
        self._later.stop()
        super().done(result)

    def _write_today(self) -> None:
        self.date.setText(QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat))

    def _dress(self, fields: Fields) -> None:
        for line, text, tip in (
            (self.title, fields.title, "Left empty: the data and the network"),
            (self.name, fields.name, "Left empty: a line to write on by hand"),
            (self.group, fields.group, "Your class or group"),
            (
                self.date,
                fields.date,
                "Left empty: a line to write on. Without a date the same experiment gives the same file",
            ),
        ):
            line.setText(text)
            line.setToolTip(tip)
            line.setFixedHeight(28)
            line.setFont(font(10))
        self.title.setPlaceholderText(self.make.report(Fields()).title)
        self.notes.setPlainText(fields.notes)
        self.notes.setPlaceholderText("What did you try, what did you expect, and what happened? Why?")
        self.notes.setToolTip("Your own words; left empty, there are lines to write on")
        self.notes.setFont(font(10))
        self.notes.setTabChangesFocus(True)
        self.today.setToolTip("Write today's date")
        self.save.setToolTip("PDF to print and hand in, or one HTML page for a browser")
        self.save.setDefault(True)

    def _lay_out(self) -> None:
        date = QHBoxLayout()
        date.setSpacing(SPACE)
        date.addWidget(captioned("Date", self.date), 1)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.today)
        date.addLayout(column)
        form = QVBoxLayout()
        for caption, line in (("Title", self.title), ("Name", self.name), ("Class", self.group)):
            form.addWidget(captioned(caption, line))
        form.addLayout(date)
        form.addWidget(captioned("What I found out", self.notes), 1)
        lay_out(self, self.preview, room_for(form, FORM), (self.save, self.leave))
