"""The style sheet: calm surfaces, one accent, an 8-pixel grid."""

from __future__ import annotations

from concsim.ui.painting.theme import Theme

TAB_PAD, TIGHT_PAD = 15, 7
"""The air at both sides of a tab's text, and where there is little room."""


def style_sheet(theme: Theme) -> str:
    """Qt's style sheet for the scheme and type size in force."""
    c, size, icons = theme.colours, theme.point_size, "dark" if theme.dark else "light"
    side = round(size * 1.4)
    return f"""
    * {{ font-size: {size}pt; }}
    QMainWindow, QWidget#page, QWidget#stage {{ background: {c.window}; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    QTabBar::tab {{ padding: 7px {TAB_PAD}px; color: {c.muted}; background: transparent; border: 1px solid transparent;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:hover {{ background: {c.raised}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
    QTabBar::tab:focus {{ border: 1px solid {c.accent}; border-bottom: 2px solid {c.accent}; }}
    QTabBar[tight="true"] {{ font-size: {min(size, 13.0)}pt; }}
    QTabBar[tight="true"]::tab {{ padding: 7px {TIGHT_PAD}px; }}
    QTabBar::scroller {{ width: {2 * side + 8}px; }}
    QTabBar QToolButton {{ padding: 0; min-height: 0; margin: 2px 1px; }}
    QTabBar QToolButton::left-arrow {{ image: url(:/icons/left_{icons}.svg); }}
    QTabBar QToolButton::right-arrow {{ image: url(:/icons/right_{icons}.svg); }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
    QFrame#panel {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; }}
    QLabel#heading {{ font-size: {size * 1.3:.1f}pt; font-weight: 600; }}
    QLabel#empty {{ font-size: {size * 1.3:.1f}pt; color: {c.muted}; background: {c.panel};
        border: 1px dashed {c.edge}; border-radius: 6px; padding: 32px; }}
    QLabel#muted {{ color: {c.muted}; }}
    QLabel#sentence {{ font-size: {size * 1.15:.1f}pt; }}
    QLabel#sentence[tone="danger"] {{ color: {c.danger}; font-weight: 600; }}
    QPushButton, QToolButton, QLineEdit {{ background: {c.panel};
        color: {c.text}; border: 1px solid {c.edge}; border-radius: 4px; padding: 4px 8px; min-height: 20px; }}
    QSpinBox, QDoubleSpinBox, QComboBox {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge};
        border-radius: 4px; padding: 1px 4px; min-height: 20px; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; }}
    QPushButton:hover, QToolButton:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover,
        QCheckBox::indicator:hover {{ border-color: {c.accent}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border; width: {side + 4}px;
        border: none; border-left: 1px solid {c.line}; background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.raised}; }}
    QAbstractSpinBox::up-arrow {{ image: url(:/icons/up_{icons}.svg); width: {size:.0f}px; height: {size:.0f}px; }}
    QAbstractSpinBox::down-arrow, QComboBox::down-arrow {{ image: url(:/icons/down_{icons}.svg);
        width: {size:.0f}px; height: {size:.0f}px; }}
    QComboBox::drop-down {{ border: none; width: {side + 4}px; }}
    QComboBox QAbstractItemView {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge};
        selection-background-color: {c.raised}; selection-color: {c.text}; outline: none; }}
    QCheckBox {{ spacing: 6px; padding: 2px 4px; border: 1px solid transparent; border-radius: 4px; }}
    QCheckBox:focus {{ border-color: {c.accent}; }}
    QCheckBox::indicator {{ width: {side}px; height: {side}px; border: 1px solid {c.edge}; border-radius: 3px;
        background: {c.panel}; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url(:/icons/check_{icons}.svg); }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 3px 7px; }}
    QToolButton[corner="true"] {{ padding: 1px 10px; }}
    QToolButton[corner="true"]:focus {{ padding: 0 9px; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border-color: {c.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; background: {c.window};
        border-color: {c.line}; }}
    QToolButton:checked:enabled {{ border-color: {c.accent}; color: {c.accent}; }}
    QToolButton[segment="first"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
    QToolButton[segment="middle"] {{ border-radius: 0; border-left: none; }}
    QToolButton[segment="last"] {{ border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: none; }}
    QToolButton[segment]:checked {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QToolButton[segment]:checked:enabled {{ color: {c.on_accent}; }}
    QToolButton[segment]:focus {{ border: 2px solid {c.text}; padding: 3px 7px; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QPushButton#primary {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
        font-weight: 600; padding: 4px 16px; }}
    QPushButton#primary:disabled {{ background: {c.raised}; color: {c.muted}; border-color: {c.line}; }}
    QPushButton#primary:focus {{ border: 2px solid {c.text}; padding: 3px 15px; }}
    QListWidget {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; padding: 4px;
        outline: none; }}
    QListWidget:focus {{ border-color: {c.accent}; }}
    QListWidget::item {{ padding: 8px; border-radius: 4px; color: {c.text}; }}
    QListWidget::item:selected {{ background: {c.raised}; color: {c.text}; border-left: 3px solid {c.accent}; }}
    QTreeWidget::item {{ padding: 4px; color: {c.text}; }}
    QTreeWidget::item:selected {{ background: {c.raised}; color: {c.text}; }}
    QPlainTextEdit, QTextBrowser {{ background: {c.panel}; color: {c.text}; border: 1px solid transparent;
        border-radius: 5px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QListView#steps {{ background: {c.panel}; border: 1px solid transparent; outline: none; }}
    QListView#steps:focus {{ border-color: {c.accent}; }}
    QTableWidget, QTableView {{ background: {c.panel}; color: {c.text}; border: 1px solid transparent;
        gridline-color: {c.line}; selection-background-color: {c.raised}; selection-color: {c.text}; }}
    QPlainTextEdit:focus, QTextBrowser:focus, QTableView:focus {{ border-color: {c.accent}; }}
    QHeaderView::section {{ background: {c.panel}; color: {c.muted}; border: none; padding: 4px 8px; }}
    QSplitter::handle {{ background: transparent; }}
    QSlider {{ background: transparent; min-height: 20px; }}
    QSlider::add-page:horizontal {{ background: {c.line}; border-radius: 2px; }}
    QSlider::groove:horizontal {{ height: 4px; background: {c.line}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::sub-page:horizontal:disabled {{ background: {c.line}; }}
    QSlider::handle:horizontal {{ width: 14px; margin: -5px 0; border-radius: 7px; background: {c.accent}; }}
    QSlider::handle:horizontal:focus {{ background: {c.text}; }}
    QSlider::handle:horizontal:disabled {{ background: {c.finished}; }}
    QFrame#notice {{ background: {c.raised}; border: 1px solid {c.line}; border-left: 3px solid {c.accent};
        border-radius: 4px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 5px; min-height: 24px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; }}
    QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 5px; min-width: 24px; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QMenu {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; }}
    QMenu::item {{ padding: 6px 24px; }}
    QMenu::item:selected {{ background: {c.raised}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    """
