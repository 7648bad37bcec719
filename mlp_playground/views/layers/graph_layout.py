"""Where everything of a graph stands: the way forward above, the way back below, and between them what is learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from mlp_playground.analysis.trace.graph import Node, Op
from mlp_playground.analysis.trace.passes import Trace
from mlp_playground.analysis.trace.steps import Phase, Step
from mlp_playground.views.layers.graph_names import sign_of, size_words
from mlp_playground.views.theme import SPACE, font

BOX, LEAF = 22, 28
"""Pixels of a box's height: of an operation, and of a value with its shape below its name."""
LEAST_GAP, PAD = 24, 6
TOP = 25
"""Where the way forward lies; above it are the layers' names."""
ROOM = 10
"""Between the rows, at least."""
SIGN_SIZE, SHAPE_SIZE = 9, 7.5
DERIVED = "′"
"""On the way back a function's derivative has its place."""
MIDDLE = (Op.WEIGHTS, Op.BIAS, Op.MASK, Op.TARGET, Op.PENALTY)
"""What stands in the middle row, below the operation that it goes into."""


@dataclass(frozen=True)
class Box:
    """One thing that can be clicked: `step` says what is told of it, and with `until` it is done. `shape` is written
    below its `sign`, if any."""

    step: Step
    place: QRectF
    sign: str
    until: Step
    shape: str = ""


@dataclass(frozen=True)
class Arrow:
    """A way that a value (or a gradient) takes; it is there once `step` is done. `shape` is written at its middle."""

    step: Step
    points: tuple[QPointF, ...]
    shape: str = ""
    is_cached: bool = False


@dataclass(frozen=True)
class GraphLayout:
    """All of it, in pixels. `captions` are the layers' names with the room from left to right that each has."""

    boxes: Mapping[Step, Box]
    arrows: tuple[Arrow, ...]
    captions: tuple[tuple[str, float, float], ...]
    width: float
    height: float

    def at(self, place: QPointF) -> Box | None:
        """The box at a place."""
        return next((box for box in self.boxes.values() if box.place.adjusted(-3, -3, 3, 3).contains(place)), None)

    def box_of(self, step: Step) -> Box:
        """The box that belongs to a step; a value of the middle row has one for all its steps."""
        return self.boxes.get(step) or self.boxes[Step(Phase.UPDATE, step.name)]


def lay_out(trace: Trace, width: float, height: float) -> GraphLayout:
    """The layout for a picture of that size, wider where it would be too narrow."""
    return _Maker(trace, height).make(width)


class _Maker:
    def __init__(self, trace: Trace, height: float) -> None:
        self._graph, self._values = trace.graph, trace.values
        self._columns = [node for node in self._graph.nodes if node.op not in MIDDLE]
        room = max((height - TOP - BOX - LEAF - BOX / 2 - 14) / 2, ROOM)
        self._rows = {Phase.FORWARD: float(TOP)}
        self._rows[Phase.UPDATE] = TOP + BOX / 2 + room + LEAF / 2
        self._rows[Phase.BACKWARD] = self._rows[Phase.UPDATE] + LEAF / 2 + room + BOX / 2
        self._boxes: dict[Step, Box] = {}
        self._arrows: list[Arrow] = []

    def make(self, width: float) -> GraphLayout:
        self._place_columns(width)
        self._place_leaves()
        for node in self._graph.way:
            self._connect(node)
        right = max(box.place.right() for box in self._boxes.values()) + SPACE / 2
        height = self._rows[Phase.BACKWARD] + BOX / 2 + 14 if self._graph.has_loss else self._rows[Phase.BACKWARD]
        return GraphLayout(self._boxes, tuple(self._arrows), tuple(self._captions()), right, height)

    # -- places ---------------------------------------------------------------------------------------------------

    def _place_columns(self, width: float) -> None:
        """Boxes of the way, with gaps that hold the shapes between them and share the room that is left."""
        letters, small = QFontMetricsF(font(SIGN_SIZE, bold=True)), QFontMetricsF(font(SHAPE_SIZE))
        wide = [max(letters.horizontalAdvance(self._sign(n, Phase.BACKWARD)) + 2 * PAD, BOX) for n in self._columns]
        gaps = [max(small.horizontalAdvance(self._shape(n.name)) + 6, LEAST_GAP) for n in self._columns[:-1]]
        left = width - 1.5 * SPACE - LEAF / 2 - sum(wide) - sum(gaps)
        more = min(max(left / max(len(gaps), 1), 0), 40)
        x = float(SPACE)
        for node, w, gap in zip(self._columns, wide, (*gaps, 0), strict=True):
            for phase in (Phase.FORWARD, Phase.BACKWARD):
                if phase is Phase.FORWARD or (self._graph.has_loss and node.rule is not None):
                    sign = self._sign(node, phase)
                    self._add(Step(phase, node.name), x + w / 2, w, BOX, sign)
            x += w + gap + more

    def _sign(self, node: Node, phase: Phase) -> str:
        is_derived = phase is Phase.BACKWARD and node.op in (Op.ACTIVATION, Op.ANSWER, Op.LOSS, Op.FEATURES)
        return sign_of(self._graph, node) + (DERIVED if is_derived else "")

    def _place_leaves(self) -> None:
        small = QFontMetricsF(font(SHAPE_SIZE))
        for node in self._graph.nodes:
            if node.op in MIDDLE:
                user = next(each for each in self._columns if node.name in each.inputs)
                x = self._boxes[Step(Phase.FORWARD, user.name)].place.center().x()
                w = max(small.horizontalAdvance(self._shape(node.name)) + 8, LEAF)
                sign = sign_of(self._graph, node)
                step = Step(Phase.UPDATE, node.name)
                is_learned = node.op in (Op.WEIGHTS, Op.BIAS)
                until = step if is_learned else Step(Phase.FORWARD, node.name if node.rule else user.name)
                self._add(step, x, w, LEAF, sign, until, self._shape(node.name))

    def _add(
        self, step: Step, x: float, wide: float, high: float, sign: str, until: Step | None = None, shape: str = ""
    ) -> None:
        place = QRectF(x - wide / 2, self._rows[step.phase] - high / 2, wide, high)
        self._boxes[step] = Box(step, place, sign, until or step, shape)

    def _shape(self, name: str) -> str:
        return size_words(self._values[name].shape)

    # -- arrows ---------------------------------------------------------------------------------------------------

    def _connect(self, node: Node) -> None:
        if node.op is Op.PENALTY:
            return
        forth, back = Step(Phase.FORWARD, node.name), Step(Phase.BACKWARD, node.name)
        # the loss is computed from the sums, too; drawn is what it means
        for name in node.inputs[:2]:
            is_leaf = self._graph.by_name[name].op in MIDDLE
            source = self._boxes[Step(Phase.UPDATE if is_leaf else Phase.FORWARD, name)].place
            target = self._boxes[forth].place
            if is_leaf:
                self._arrow(forth, _top(source), _bottom(target))
                if back in self._boxes and self._graph.by_name[name].op not in (Op.MASK, Op.TARGET):
                    self._arrow(back, _top(self._boxes[back].place), _bottom(source))
            else:
                self._arrow(forth, _right(source), _left(target), shape=self._shape(name))
                before = self._boxes.get(Step(Phase.BACKWARD, name))
                if back in self._boxes and before is not None:
                    start = _left(self._boxes[back].place)
                    self._arrow(back, start, _right(before.place), shape=self._shape(name))
        if back in self._boxes:
            for name in node.cached:
                self._cache(forth, back, name)

    def _cache(self, forth: Step, back: Step, name: str) -> None:
        """What the way forward leaves for the way back, straight down."""
        target, source = self._boxes[back].place, self._boxes.get(Step(Phase.UPDATE, name))
        if source is not None:
            x = target.center().x() - 6
            points = [QPointF(x, source.place.bottom()), QPointF(x, target.top() + 1)]
        else:
            made = self._boxes[Step(Phase.FORWARD, name)].place
            after = name == back.name  # the answer itself, which its own way back needs
            x = made.right() + 6 if after else self._left_of(back.name) - 6
            end = QPointF(target.right() - 3 if after else target.left() + 2, target.top() + 3)
            points = [QPointF(x, made.center().y()), QPointF(x, end.y() - 6), end]
        self._arrows.append(Arrow(forth, tuple(points), is_cached=True))

    def _left_of(self, name: str) -> float:
        """How far the column of a node reaches to the left, with what stands in its middle row."""
        leaves = (self._boxes.get(Step(Phase.UPDATE, each)) for each in self._graph.by_name[name].inputs)
        places = [leaf.place for leaf in leaves if leaf is not None]
        return min(place.left() for place in (self._boxes[Step(Phase.FORWARD, name)].place, *places))

    def _arrow(self, step: Step, *points: QPointF, shape: str = "") -> None:
        self._arrows.append(Arrow(step, points, shape))

    # -- layers ---------------------------------------------------------------------------------------------------

    def _captions(self) -> list[tuple[str, float, float]]:
        last = max(node.layer for node in self._columns)
        groups = []
        for layer, nodes in groupby(self._columns, key=lambda node: node.layer):
            places = [self._boxes[Step(Phase.FORWARD, node.name)].place for node in nodes]
            name = "input" if layer == 0 else "output and loss" if layer == last else f"layer {layer}"
            groups.append((name, places[0].left(), places[-1].right()))
        edges = [0.0, *((one[2] + other[1]) / 2 for one, other in pairwise(groups)), groups[-1][2] + SPACE]
        return [(group[0], left, right) for group, (left, right) in zip(groups, pairwise(edges), strict=True)]


def _left(place: QRectF) -> QPointF:
    return QPointF(place.left(), place.center().y())


def _right(place: QRectF) -> QPointF:
    return QPointF(place.right(), place.center().y())


def _top(place: QRectF) -> QPointF:
    return QPointF(place.center().x(), place.top())


def _bottom(place: QRectF) -> QPointF:
    return QPointF(place.center().x(), place.bottom())
