"""The list of kept runs beside the chart: which is which, whether it is drawn, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.runs import LIMIT, LONGEST_NAME, MOST, STYLES, Run, Runs
from mlp_playground.views.parts import flat_button, label
from mlp_playground.views.run_looks import NAMES, look_icon, paint_run_sample
from mlp_playground.views.theme import SPACE, font, theme_of
from mlp_playground.views.training.run_words import difference_words, result_words, run_tip

ROW = 36
SAMPLE = 32
"""Pixels at the left of a row, in which a click shows or hides its curves."""
EMPTY = (
    "Runs are kept here when another one begins: after a reset, with other weights or data, or when you go on from "
    "the past."
)
_RUN = Qt.ItemDataRole.UserRole


class _Rows(QStyledItemDelegate):
    """Paints a row from its Run, and edits its name."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        run, words, result = index.data(_RUN)
        assert option.widget is not None
        theme = theme_of(option.widget.palette())
        place = QRectF(option.rect)
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        painter.setOpacity(1.0 if run.seen else 0.35)
        paint_run_sample(painter, QPointF(place.left() + SPACE, place.top() + 11), run.style, theme)
        painter.setOpacity(1.0)
        text = place.adjusted(SAMPLE, 2, -SPACE / 2, -2)
        top, below = text.adjusted(0, 0, 0, -text.height() / 2), text.adjusted(0, text.height() / 2, 0, 0)
        painter.setFont(font(9))
        metrics = QFontMetricsF(painter.font())
        right = metrics.horizontalAdvance(result) + SPACE
        painter.setPen(QColor(theme.text if run.seen else theme.muted))
        name = metrics.elidedText(run.title, Qt.TextElideMode.ElideRight, top.width() - right)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, result)
        painter.setFont(font(8))
        painter.setPen(QColor(theme.muted))
        words = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setMaxLength(LONGEST_NAME)
        field.setFont(font(9))
        return field

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(index.data(_RUN)[0].title)
        editor.selectAll()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place: QRect = option.rect
        editor.setGeometry(place.adjusted(SAMPLE - 4, 1, -2, -place.height() // 2 + 4))

    def setModelData(self, editor: QWidget, _model: object, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QLineEdit)
        view = self.parent()
        assert isinstance(view, _List)
        view.named(index.data(_RUN)[0], editor.text().strip())


class _List(QListWidget):
    """The rows; `named` is told what was typed, `seen_toggled` whose sample was clicked."""

    def __init__(self, named: Callable[[Run, str], None], seen_toggled: Callable[[Run], None]) -> None:
        super().__init__()
        self.named, self._seen_toggled = named, seen_toggled
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setEditTriggers(QListWidget.EditTrigger.DoubleClicked | QListWidget.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("Kept runs")
        self.viewport().setAutoFillBackground(False)

    def run_at(self, place: QPoint) -> Run | None:
        """Whose row is there."""
        item = self.itemAt(place)
        return None if item is None else item.data(_RUN)[0]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        run = self.run_at(event.position().toPoint())
        if run is not None and event.position().x() < SAMPLE and event.button() == Qt.MouseButton.LeftButton:
            self._seen_toggled(run)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= SAMPLE:
            super().mouseDoubleClickEvent(event)

    def event(self, event: QEvent) -> bool:
        mine = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_End)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in mine:
            event.accept()
            return True
        return super().event(event)


class RunList(QWidget):
    """Shows Runs. What the user wants of one of them comes with its number: `seen_wanted` whether its curves are to be
    drawn, `name_wanted` another name, `style_wanted` another look, `restore_wanted` to go back to it, `delete_wanted`
    to let go of it; `export_wanted` all visible curves as a table."""

    seen_wanted = Signal(int, bool)
    name_wanted = Signal(int, str)
    style_wanted = Signal(int, int)
    restore_wanted = Signal(int)
    delete_wanted = Signal(int)
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Runs, ExperimentConfig | None] = Runs(), None
        self.rows = _List(self._on_named, lambda run: self.seen_wanted.emit(run.number, not run.seen))
        self.rows.setMinimumHeight(ROW)
        self.rows.customContextMenuRequested.connect(self._open_menu)
        self.rows.currentItemChanged.connect(lambda *_: self._show_buttons())
        self._empty = label(EMPTY, 8.5, muted=True)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.restore = flat_button(
            "Restore", "Go back to the selected run: its settings, data and network, as it was. Undo returns."
        )
        self.delete = flat_button("Delete", "Let go of the selected run (Del). Undo brings it back.")
        self.export = flat_button("CSV…", "All visible curves as a table, to go on with in a spreadsheet")
        self.restore.clicked.connect(lambda: self._for_current(self.restore_wanted.emit))
        self.delete.clicked.connect(lambda: self._for_current(self.delete_wanted.emit))
        self.export.clicked.connect(self.export_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.restore, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(row)
        self.setToolTip(f"At most {MOST} runs, {LIMIT >> 20} MB together; the oldest that nobody kept by hand go first")
        self._show_buttons()
        self.rows.hide()

    @property
    def current(self) -> int | None:
        """The number of the selected run."""
        item = self.rows.currentItem()
        return None if item is None else item.data(_RUN)[0].number

    def show_runs(self, runs: Runs, now: ExperimentConfig) -> None:
        """Show these runs, the newest first, and how they differ from the present settings."""
        if (runs, now) == self._shown:
            return
        if self.rows.state() == QListWidget.State.EditingState:
            return  # the next beat shows them; somebody is just typing a name
        chosen, self._shown = self.current, (runs, now)
        self.rows.clear()
        for run in reversed(runs.kept):
            item = QListWidgetItem()
            item.setData(_RUN, (run, difference_words(run, now), result_words(run.moment)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(
                f"{run_tip(run, now)}\nClick its line to {'hide' if run.seen else 'show'} its curves; F2 renames it."
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{run.title}: {difference_words(run, now)}")
            self.rows.addItem(item)
            if run.number == chosen:
                self.rows.setCurrentItem(item)
        self.rows.setVisible(bool(runs.kept))
        self._empty.setVisible(not runs.kept)
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._for_current(self.delete_wanted.emit)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._for_current(self.restore_wanted.emit)
        else:
            super().keyPressEvent(event)

    def _show_buttons(self) -> None:
        for button in (self.restore, self.delete):
            button.setEnabled(self.current is not None)

    def _for_current(self, act: Callable[[int], object]) -> None:
        if self.current is not None:
            act(self.current)

    def _on_named(self, run: Run, name: str) -> None:
        if name != run.title:
            self.name_wanted.emit(run.number, name)

    def menu_for(self, run: Run) -> QMenu:
        """What can be done with a run."""
        menu, theme = QMenu(self), theme_of(self.palette())
        number = run.number
        menu.addAction("&Hide" if run.seen else "&Show", lambda: self.seen_wanted.emit(number, not run.seen))
        menu.addAction("Re&name", lambda: self.rows.editItem(self.rows.currentItem()))
        looks = menu.addMenu("&Look")
        for style in range(STYLES):
            action = looks.addAction(look_icon(style, theme), NAMES[style])
            action.setCheckable(True)
            action.setChecked(style == run.style)
            action.triggered.connect(partial(self._on_style, number, style))
        menu.addSeparator()
        menu.addAction("&Restore", lambda: self.restore_wanted.emit(number))
        menu.addAction("&Delete", lambda: self.delete_wanted.emit(number))
        return menu

    def _on_style(self, number: int, style: int) -> None:
        self.style_wanted.emit(number, style)

    def _open_menu(self, place: QPoint) -> None:
        run = self.rows.run_at(place)
        if run is not None:
            menu = self.menu_for(run)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.rows.viewport().mapToGlobal(place))
