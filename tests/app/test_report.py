"""The dialog of the report: what is typed is seen, saved, and there again the next time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlp_playground import cli
from mlp_playground.app import report as module
from mlp_playground.app.report_dialog import ReportDialog
from mlp_playground.experiment import document
from mlp_playground.experiment.document import Document
from mlp_playground.experiment.trainer import Trainer
from tests.app.conftest import User
from tests.export.subjects import config


def opened(user: User, qtbot: QtBot) -> ReportDialog:
    user.choose("Repor&t…")
    dialog = user.window.findChildren(ReportDialog)[-1]
    qtbot.addWidget(dialog)
    return dialog


def first_page(dialog: ReportDialog) -> object:
    page: QLabel = dialog.preview.pages[0]
    return page.pixmap().toImage()


def test_what_is_typed_is_seen_after_a_moment_and_there_the_next_time(user: User, qtbot: QtBot) -> None:
    dialog = opened(user, qtbot)
    before = first_page(dialog)
    qtbot.keyClicks(dialog.name, "Ada")
    assert first_page(dialog) == before
    user.until(lambda: first_page(dialog) != before)
    user.click(dialog.today)
    assert dialog.date.text()
    dialog.notes.setPlainText("  It bends. \n")
    assert (dialog.fields.name, dialog.fields.notes, dialog.fields.title) == ("Ada", "It bends.", "")
    assert dialog.title.placeholderText().startswith("XOR with the network 2–1–1")
    user.click(dialog.leave)
    again = opened(user, qtbot)
    assert again.fields == dialog.fields


def test_it_is_saved_as_pdf_or_html(user: User, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    for kind, begin in (("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")):
        dialog = opened(user, qtbot)
        path = tmp_path / f"mine.{kind}"
        monkeypatch.setattr(module, "ask_where", lambda *question, path=path: asked.append(question) or path)
        user.click(dialog.save)
        assert path.read_bytes().startswith(begin)
        assert not dialog.isVisible()
    assert asked[0][2].name == "xor-report.pdf"
    dialog = opened(user, qtbot)
    user.window.report.save(tmp_path / "mine.doc", dialog)
    assert "must be a name that ends in .html or .pdf" in user.read_box()
    assert dialog.isVisible()


def test_a_report_is_written_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trainer = Trainer(config("xor", (3,)))
    trainer.run_epoch()
    file, out, notes = tmp_path / "x.mlp", tmp_path / "x.html", tmp_path / "notes.txt"
    document.save(Document(trainer.moment()), file)
    notes.write_text("It folds & bends.\n", encoding="utf-8")
    assert cli.main(["report", str(file), "-o", str(out), "--name", "Ada", "--notes", f"@{notes}"]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    page = out.read_text(encoding="utf-8")
    assert "<b>Ada</b>" in page
    assert "It folds &amp; bends." in page
    assert page.count("data:image/svg+xml") == 5
    assert cli.main(["report", str(file), "-o", str(tmp_path / "x.pdf")]) == 0
    notes.write_bytes(b"\xff\xfe\xff")
    for arguments, words in (
        (["-o", str(tmp_path / "x.doc")], "--out: 'x.doc' is not allowed"),
        (["-o", str(tmp_path / "no" / "x.pdf")], "in a folder that exists"),
        (["-o", str(out), "--notes", f"@{notes}"], "a file of text"),
    ):
        assert cli.main(["report", str(file), *arguments]) == 2
        assert words in capsys.readouterr().err
    assert cli.main(["report", "nowhere.mlp", "-o", str(out)]) == 2
