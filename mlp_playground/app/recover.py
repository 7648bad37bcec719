"""After a crash: offers what a window left, once, and says from when it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from mlp_playground.app.files import Files
from mlp_playground.data.toy import TOYS
from mlp_playground.experiment.config import MNIST, MNIST_FULL, OWN
from mlp_playground.experiment.recovery import Orphan, Recovery

OTHERS = {MNIST: "MNIST", MNIST_FULL: "full MNIST", OWN: "your own data"}


def offer(files: Files, recovery: Recovery) -> None:
    """Ask whether to go on with the newest thing that was left, if there is any."""
    orphans = recovery.orphans()
    if not orphans:
        return
    newest, button = orphans[0], QMessageBox.StandardButton
    buttons = button.Open | button.Discard | button.Cancel
    title = "The program ended unexpectedly. Go on where it was?"
    box = QMessageBox(QMessageBox.Icon.Question, "MLP Playground", title, buttons, files.over)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(words(newest, len(orphans) - 1))
    for which, text in ((button.Open, "Go on"), (button.Discard, "Throw away"), (button.Cancel, "Decide later")):
        box.button(which).setText(text)
    box.setDefaultButton(button.Open)
    box.finished.connect(lambda chosen: _settle(files, recovery, newest, button(chosen)))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def words(orphan: Orphan, others: int) -> str:
    """What is there to go on with, and from when."""
    moment = orphan.document.moment
    local = orphan.time.astimezone()
    today = local.date() == datetime.now(local.tzinfo).date()
    when = f"today at {local:%H:%M}" if today else f"{local:%d %B %Y at %H:%M}"
    hidden = moment.config.network.hidden
    neurons = "–".join(str(width) for width in hidden)
    network = f"hidden neurons {neurons}" if hidden else "no hidden layer"
    data = TOYS[name].label if (name := moment.config.data.name) in TOYS else OTHERS[name]
    rest = f" {others} older ones will be offered at the next start." if others > 1 else ""
    rest = rest or (" An older one will be offered at the next start." if others else "")
    return f"It was kept {when}: {data}, {network}, epoch {moment.epoch}. Your saved files are as you saved them.{rest}"


def _settle(files: Files, recovery: Recovery, orphan: Orphan, chosen: QMessageBox.StandardButton) -> None:
    def take_over() -> None:
        recovery.write(orphan.document)  # before the other goes: at no time is there none
        recovery.drop(orphan)

    if chosen is QMessageBox.StandardButton.Open:
        files.recover(orphan.document, take_over)
    elif chosen is QMessageBox.StandardButton.Discard:
        recovery.drop(orphan)
