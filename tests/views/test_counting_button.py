"""A button with room for a number: it is drawn beside the text, and nothing moves when it comes and goes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from mlp_playground.views.counting_button import SIDE, CountingButton
from mlp_playground.views.parts import flat_button


def test_the_number_has_a_room_of_its_own(qtbot: QtBot) -> None:
    button = flat_button("Health", "how healthy each layer is", checkable=True, made=CountingButton())
    assert isinstance(button, CountingButton)
    plain = flat_button("Health", "")
    for widget in (button, plain):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
    assert button.width() == plain.width() + 2 * SIDE
    before = button.grab().toImage()
    button.show_count(3)
    there = button.grab().toImage()
    assert button.sizeHint() == button.size()
    changed = [
        x for x in range(there.width()) for y in range(there.height()) if there.pixel(x, y) != before.pixel(x, y)
    ]
    assert min(changed) >= (button.width() - SIDE - 4) * there.devicePixelRatio()
    button.show_count(0)
    assert button.grab().toImage() == before
