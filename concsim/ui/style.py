"""The style sheet: calm surfaces, one accent, an 8-pixel grid."""

from __future__ import annotations

from concsim.ui.theme import Theme


def style_sheet(theme: Theme) -> str:
    """Qt's style sheet for the scheme and type size in force."""
    c, size = theme.colours, theme.point_size
    return f"""
    * {{ font-size: {size}pt; }}
    QMainWindow, QWidget#page, QWidget#stage {{ background: {c.window}; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    QTabBar::tab {{ padding: 8px 16px; color: {c.muted}; background: transparent; border: none;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
    QFrame#panel {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; }}
    QLabel#heading {{ font-size: {size * 1.3:.1f}pt; font-weight: 600; }}
    QLabel#muted {{ color: {c.muted}; }}
    QLabel#sentence {{ font-size: {size * 1.15:.1f}pt; }}
    QLabel#sentence[tone="danger"] {{ color: {c.danger}; font-weight: 600; }}
    QPushButton, QToolButton, QLineEdit {{ background: {c.panel};
        color: {c.text}; border: 1px solid {c.line}; border-radius: 4px; padding: 4px 8px; min-height: 20px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {c.accent}; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton:focus, QToolButton:focus, QLineEdit:focus {{ border: 1px solid {c.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; background: {c.window}; }}
    QPushButton#primary {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
        font-weight: 600; padding: 4px 16px; }}
    QPushButton#primary:disabled {{ background: {c.raised}; color: {c.muted}; border-color: {c.line}; }}
    QPushButton#primary:focus {{ border: 2px solid {c.text}; }}
    QListWidget {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; padding: 4px;
        outline: none; }}
    QListWidget::item {{ padding: 8px; border-radius: 4px; color: {c.text}; }}
    QListWidget::item:selected {{ background: {c.raised}; color: {c.text}; border-left: 3px solid {c.accent}; }}
    QPlainTextEdit, QTextBrowser {{ background: {c.panel}; color: {c.text}; border: none;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QTableWidget {{ background: {c.panel}; color: {c.text}; border: none; gridline-color: {c.line}; }}
    QHeaderView::section {{ background: {c.panel}; color: {c.muted}; border: none; padding: 4px 8px; }}
    QSplitter::handle {{ background: transparent; }}
    QSlider {{ background: transparent; min-height: 20px; }}
    QSlider::add-page:horizontal {{ background: {c.line}; border-radius: 2px; }}
    QSlider::groove:horizontal {{ height: 4px; background: {c.line}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 14px; margin: -5px 0; border-radius: 7px; background: {c.accent}; }}
    QSlider::handle:horizontal:focus {{ background: {c.text}; }}
    QSlider::handle:horizontal:disabled {{ background: {c.finished}; }}
    QFrame#notice {{ background: {c.raised}; border: 1px solid {c.line}; border-left: 3px solid {c.accent};
        border-radius: 4px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 5px; min-height: 24px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; }}
    QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 5px; min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QMenu {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; }}
    QMenu::item {{ padding: 6px 24px; }}
    QMenu::item:selected {{ background: {c.raised}; }}
    """
