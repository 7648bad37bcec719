"""The signs of buttons: each is there, within its box, and no two can be taken for each other."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from mlp_playground.views.painting import painting
from mlp_playground.views.signs import DRAWN, FILLED, paint_sign


def drawn(sign: str) -> QImage:
    image = QImage(60, 60, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    with painting(QPainter(image)) as painter:
        paint_sign(painter, sign, QPointF(30, 30), 40, QColor("black"))
    return image


def test_every_sign_is_drawn_in_its_own_way(qapp: object) -> None:
    blank = QColor("white").rgb()
    pictures = {sign: drawn(sign) for sign in (*FILLED, *DRAWN)}
    for sign, picture in pictures.items():
        inked = [(x, y) for x in range(60) for y in range(60) if picture.pixel(x, y) != blank]
        assert inked, sign
        assert all(5 <= each <= 55 for place in inked for each in place), sign
        assert [other for other, each in pictures.items() if each == picture] == [sign]
