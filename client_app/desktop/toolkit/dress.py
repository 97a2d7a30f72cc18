"""Hearth's colours in the form in which CustomTkinter keeps its theme, so that every widget is dressed from birth."""

from typing import Any

from client_app.desktop.theme import FONTS, Space, pair

from .library import ctk


def dress_library(family: str) -> None:
    """Make Hearth's theme the one that CustomTkinter's widgets take their defaults from."""
    theme = ctk.ThemeManager.theme
    for widget, options in _theme(family).items():
        theme[widget] = theme.get(widget, {}) | options


def _theme(family: str) -> dict[str, dict[str, Any]]:
    text, muted, accent, hover = pair("text"), pair("text_muted"), pair("accent"), pair("accent_hover")
    field, border, on_accent, faint = pair("field"), pair("border"), pair("on_accent"), pair("text_faint")
    radius = Space.RADIUS
    written = {"text_color": text, "text_color_disabled": faint}
    ticked = {"fg_color": accent, "border_color": faint, "hover_color": hover, **written}
    entry = {"corner_radius": radius, "border_width": 2, "fg_color": field, "border_color": border, "text_color": text}
    picker = {"corner_radius": radius, "fg_color": field, "button_color": field, "button_hover_color": pair("hover")}
    bar = {"button_color": pair("scrollbar"), "button_hover_color": pair("scrollbar_hover")}
    return {
        "CTk": {"fg_color": pair("surface")},
        "CTkToplevel": {"fg_color": pair("raised")},
        "CTkFrame": {"fg_color": pair("surface"), "top_fg_color": pair("raised"), "border_color": border},
        "CTkButton": {
            "corner_radius": radius,
            "fg_color": accent,
            "hover_color": hover,
            "border_color": border,
            "text_color": on_accent,
            "text_color_disabled": on_accent,
        },
        "CTkLabel": {"text_color": text},
        "CTkEntry": {**entry, "placeholder_text_color": faint},
        "CTkCheckBox": {**ticked, "corner_radius": 5, "border_width": 2, "checkmark_color": on_accent},
        "CTkRadioButton": {**ticked, "border_width_unchecked": 2},
        "CTkSwitch": {
            **written,
            "fg_color": pair("scrollbar"),
            "progress_color": accent,
            "button_color": pair("text"),
            "button_hover_color": muted,
        },
        "CTkProgressBar": {"fg_color": border, "progress_color": accent},
        "CTkOptionMenu": {**picker, **written},
        "CTkComboBox": {**entry, **picker, **written},
        "CTkScrollbar": bar,
        "CTkTextbox": {**entry, "border_width": 0},
        "DropdownMenu": {"fg_color": pair("raised"), "hover_color": pair("selected"), "text_color": text},
        "CTkFont": {"family": family, "size": FONTS["row"].size, "weight": "normal"},
    }
