"""The look of Qt's own widgets, as one style sheet."""

from __future__ import annotations

from PySide6.QtGui import QColor

from mlp_playground.views.theme import RADIUS, SPACE, Theme, mixed


def stylesheet(theme: Theme) -> str:
    """The look of standard widgets, on the same grid and colours as our own."""
    faded = mixed(QColor(theme.muted), QColor(theme.background), 0.5).name()
    return f"""
    QWidget {{ color: {theme.text}; }}
    QMainWindow, QDialog, QDockWidget, QMenuBar, QStatusBar {{ background: {theme.background}; }}
    QMainWindow::separator {{ background: transparent; width: {SPACE}px; height: {SPACE}px; }}
    QMainWindow::separator:hover {{ background: {theme.line}; }}
    QToolBar {{ background: {theme.background}; border: none; border-bottom: 1px solid {theme.line}; padding: 0; }}
    QMenuBar {{ padding: 2px {SPACE}px; border-bottom: 1px solid {theme.line}; }}
    QMenuBar::item {{ padding: 4px {SPACE}px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {theme.raised}; }}
    QMenu {{ background: {theme.surface}; border: 1px solid {theme.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {theme.raised}; }}
    QMenu::item:disabled {{ color: {theme.muted}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px {SPACE}px; }}
    QToolTip {{ background: {theme.text}; color: {theme.background}; border: none; padding: 6px; }}
    QStatusBar {{ color: {theme.muted}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {theme.muted}; padding: 0 {SPACE}px; }}
    QLabel[role="heading"] {{ font-weight: 600; }}
    QLabel[role="muted"] {{ color: {theme.muted}; }}
    QLabel:disabled {{ color: {theme.muted}; }}
    QPushButton {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: {RADIUS}px;
        padding: 5px {SPACE}px; }}
    QPushButton:hover {{ border-color: {theme.muted}; }}
    QPushButton:pressed {{ background: {theme.raised}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:default {{ background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.muted}; background: {theme.background}; }}
    QToolButton[role="flat"] {{ background: transparent; border: none; border-radius: 4px; padding: 2px 6px;
        color: {theme.muted}; }}
    QToolButton[role="flat"]:hover {{ background: {theme.raised}; color: {theme.text}; }}
    QToolButton[role="flat"]:checked {{ color: {theme.text}; background: {theme.raised}; }}
    QToolButton[role="flat"]:disabled {{ color: {faded}; }}
    QToolButton[role="flat"]:focus {{ background: {theme.raised}; }}
    QToolButton[role="flat"]::menu-indicator {{ image: none; }}
    QLineEdit {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: {RADIUS}px;
        padding: 0 {SPACE - 3}px; selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QLineEdit:hover {{ border-color: {theme.muted}; }}
    QLineEdit:focus {{ border-color: {theme.accent}; }}
    QLineEdit:disabled {{ color: {theme.muted}; background: {theme.background}; border-color: {theme.line}; }}
    QLineEdit[wrong="true"] {{ border-color: {theme.orange}; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ background: {theme.surface}; border: 1px solid {theme.line}; outline: none;
        selection-background-color: {theme.raised}; selection-color: {theme.text}; }}
    QComboBox QAbstractItemView::item {{ min-height: 24px; padding-left: 4px; }}
    QComboBox QAbstractItemView::item:selected {{ background: {theme.raised}; color: {theme.text}; }}
    QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QProgressBar {{ background: {theme.raised}; border: none; border-radius: 4px; height: 8px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 4px; }}
    QTableView[role="bare"], QTableView[role="bare"] QHeaderView, QTableView[role="bare"] QHeaderView::section {{
        background: transparent; border: none; }}
    QTableView[role="bare"] QTableCornerButton::section {{ background: transparent; border: none; }}
    QTableView[role="bare"] QHeaderView::section {{ color: {theme.muted}; padding: 0; }}
    QTableView[role="bare"] QHeaderView::section:horizontal {{ padding-right: 3px; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar:vertical {{ width: 10px; }}
    QScrollBar::handle {{ background: {theme.line}; border-radius: 4px; margin: 1px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:hover {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; width: 0; height: 0; }}
    QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {theme.muted}; padding: 4px {SPACE}px; margin: 0 2px;
        border: none; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
    QTabBar::tab:hover {{ color: {theme.text}; }}
    QTabBar::tab:focus {{ background: {theme.raised}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    """
