"""The journey on screen: it draws what a worker found out about one digit, and says what lies under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from mlp_playground.analysis.digit_journey import Journey
from mlp_playground.numerals import percent
from mlp_playground.views.digits.journey_layout import JourneyPlace, journey_place
from mlp_playground.views.digits.journey_links import Hovered
from mlp_playground.views.digits.journey_picture import (
    JourneyShowing,
    claim,
    paint_journey,
    signed,
)
from mlp_playground.views.painting import painting
from mlp_playground.views.pointing import PointingView
from mlp_playground.views.theme import SPACE, font, theme_of

HINT = "Draw a digit at the left\nwith mouse, pen or finger:\nhere you see how the network reads it."
EDGE = 4


class JourneyView(PointingView):
    """Shows a DigitLook beside the `source` of the digit, which stands at its left. `neuron_clicked` carries (hidden
    layer, neuron), `class_clicked` a class's number."""

    neuron_clicked = Signal(int, int)
    class_clicked = Signal(int)

    def __init__(self, source: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        source.setParent(self)
        self._journey: Journey | None = None
        self._showing = JourneyShowing(())
        self.setAccessibleName("The digit's journey through the network")

    def sizeHint(self) -> QSize:
        return QSize(480, 340)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 216)

    def show_journey(self, journey: Journey | None, classes: tuple[str, ...], truth: int | None) -> None:
        """Draw this one; None: there is no digit yet."""
        hovered = self._showing.hovered
        is_other = _widths(journey) != _widths(self._journey)
        self._journey, self._showing = journey, JourneyShowing(classes, truth, None if is_other else hovered)
        if is_other:
            self._place_source()
        self.update()

    def show_focus(self, neuron: Hovered | None) -> None:
        """Mark a neuron that the mouse is on elsewhere."""
        self._hover(neuron)

    @property
    def place(self) -> JourneyPlace:
        """Where everything stands."""
        area = QRectF(self.rect()).adjusted(EDGE, 0, -EDGE, -EDGE)
        classes = len(self._showing.classes) or 10
        return journey_place(area, _widths(self._journey), classes, has_source=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_source()
        super().resizeEvent(event)

    def _place_source(self) -> None:
        self._source.setGeometry(self.place.source.toRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._source.geometry().contains(event.rect()):
            return  # the source has changed, which lets this view show through, where nothing is painted
        theme = theme_of(self.palette())
        with painting(QPainter(self)) as painter:
            if self._journey is not None:
                paint_journey(painter, self.place, self._journey, self._showing, theme)
                return
            place = self.place
            right = QRectF(place.source.right() + 2 * SPACE, 0, self.width() - place.source.right(), self.height())
            painter.setFont(font(10))
            painter.setPen(QColor(theme.muted))
            painter.drawText(right.adjusted(SPACE, 0, -SPACE, 0), Qt.AlignmentFlag.AlignCenter, HINT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.neuron_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hover(None)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        neuron, number = self.neuron_at(event.position()), self.class_at(event.position())
        if neuron is not None:
            self.neuron_clicked.emit(*neuron)
        elif number is not None:
            self.class_clicked.emit(number)

    def _hover(self, neuron: Hovered | None) -> None:
        if neuron != self._showing.hovered:
            self._showing = JourneyShowing(self._showing.classes, self._showing.truth, neuron)
            self.update()

    def neuron_at(self, at: QPointF) -> Hovered | None:
        """(hidden layer, neuron) whose tile or cell is there."""
        if self._journey is None:
            return None
        for l, layer in enumerate(self.place.layers):
            for tile, neuron in zip(layer.tiles, self._journey.strongest[l], strict=False):
                if tile.adjusted(0, 0, layer.number_width, 0).contains(at):
                    return l, neuron
            neuron_in_grid = layer.neuron_at(at)
            if neuron_in_grid is not None:
                return l, neuron_in_grid
        return None

    def class_at(self, at: QPointF) -> int | None:
        """The class whose bar is there."""
        if self._journey is None:
            return None
        return next((k for k, bar in enumerate(self.place.bars) if bar.contains(at)), None)

    def words_at(self, x: float, y: float) -> str:
        journey, at, place = self._journey, QPointF(x, y), self.place
        if journey is None:
            return ""
        neuron, number = self.neuron_at(at), self.class_at(at)
        if neuron is not None:
            return self._neuron_words(journey, *neuron)
        if number is not None:
            name, p = self._showing.classes[number], float(journey.probabilities[number])
            return (
                f"{name}: {percent(p)}, logit {signed(float(journey.logits[number]))}; a click shows what speaks for it"
            )
        if place.seen.contains(at):
            return "what the network sees: 28 × 28 pixels, scaled to 20 × 20 and centred by mass, as all of MNIST is"
        if place.speaks.contains(at):
            what = claim(journey, self._showing.classes)
            return f"what each pixel's ink adds {what}: blue speaks for it, orange against"
        if place.goal.contains(at):
            return "around this digit, ink on blue raises the evidence, and ink on orange lowers it"
        return ""

    def _neuron_words(self, journey: Journey, l: int, neuron: int) -> str:
        a, share = float(journey.activations[l][neuron]), float(journey.evidence.shares[l + 1][neuron])
        what = claim(journey, self._showing.classes)
        return f"Layer {l + 1} · neuron {neuron + 1}: answers {a:.3g}, adds {signed(share)} {what}".replace("-", "−")


def _widths(journey: Journey | None) -> tuple[int, ...]:
    return () if journey is None else tuple(len(each) for each in journey.activations)
