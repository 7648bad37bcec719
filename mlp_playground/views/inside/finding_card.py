"""A finding as a button: what was found and its first number, with the sign that something is wrong."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from mlp_playground.experiment.doctor.finding import Finding
from mlp_playground.views.keys import PressedByKey
from mlp_playground.views.painting import painting
from mlp_playground.views.polyline import polyline
from mlp_playground.views.theme import RADIUS, SPACE, Theme, font, theme_of

LINE = 16.0
HEIGHT = 58
SIGN = 7.0
"""Half of the warning sign's side."""


def paint_warning(painter: QPainter, middle: QPointF, size: float, theme: Theme) -> None:
    """A triangle with an exclamation mark, `size` pixels from its middle to its sides."""
    painter.save()
    painter.setPen(QPen(QColor(theme.warning_text), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = middle.x(), middle.y()
    corners = np.array([[x, y - size], [x + size, y + 0.8 * size], [x - size, y + 0.8 * size]])
    painter.drawPolygon(polyline(corners))
    painter.drawLine(QPointF(x, y - 0.35 * size), QPointF(x, y + 0.2 * size))
    painter.drawPoint(QPointF(x, y + 0.5 * size))
    painter.restore()


class FindingCard(PressedByKey, QAbstractButton):
    """Shows one finding; a click opens it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_finding(finding)

    def show_finding(self, finding: Finding) -> None:
        """The same illness with newer numbers."""
        self.finding = finding
        self.setAccessibleName(finding.title)
        self.setToolTip(f"{finding.title}\n{_first(finding)}\nClick for the evidence, the reason, and what helps.")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            is_lit = self.underMouse() or self.hasFocus()
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.warning_text), 1))
            if not is_lit:
                painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.warning))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            paint_warning(painter, QPointF(2 * SPACE, SPACE + LINE / 2 + 1), SIGN, theme)
            self._paint_words(painter, theme)

    def _paint_words(self, painter: QPainter, theme: Theme) -> None:
        left = 4.0 * SPACE
        width = self.width() - left - SPACE
        painter.setPen(QColor(theme.warning_text))
        painter.setFont(font(9, bold=True))
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        title = QRectF(left, SPACE - 2, width, 2 * LINE + 2)
        painter.drawText(title, wrapped, self.finding.title)
        needed = painter.boundingRect(title, wrapped, self.finding.title).height()
        painter.setFont(font(8.5))
        box = QRectF(left, SPACE - 1 + min(needed, title.height()), width, LINE)
        text = QFontMetricsF(painter.font()).elidedText(_first(self.finding), Qt.TextElideMode.ElideRight, width)
        if box.bottom() <= self.height() + 1:
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _first(finding: Finding) -> str:
    name, value = finding.facts[0]
    return f"{name}: {value}"
