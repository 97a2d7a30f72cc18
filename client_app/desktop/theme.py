"""The one place with Hearth's colours, sizes and fonts: embers on warm charcoal, and their daylight counterpart.

Names say what a colour is for, never what it looks like. Text keeps a contrast of at least 4.5:1 on every ground it is
drawn on, which the tests compute.
"""

from dataclasses import dataclass, fields
from typing import Literal

Appearance = Literal["dark", "light"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one appearance, as `#rrggbb`."""

    # Grounds, from the back to the front.
    sidebar: str
    """Behind the left and the right pane."""
    surface: str
    """Behind messages."""
    raised: str
    """Headers' edges, cards, dialogs, menus, tooltips."""
    field: str
    """Inside entries and the composer."""
    hover: str
    """A row under the pointer."""
    selected: str
    """The open channel; a pressed row."""
    selection: str
    """Behind selected text."""
    border: str

    # What is written on them.
    text: str
    text_muted: str
    text_faint: str
    """Times on hover, placeholders, icons: still readable."""
    link: str
    danger: str
    """Failures and what destroys."""
    warning: str
    online: str
    offline: str

    # Filled things and what is written on those.
    accent: str
    accent_hover: str
    on_accent: str
    danger_fill: str
    danger_hover: str
    on_danger: str
    mention: str
    """A badge with a number that wants attention."""
    on_mention: str
    banner: str
    on_banner: str

    unread_line: str
    focus: str
    """The ring around what the keyboard would act upon."""
    scrollbar: str
    scrollbar_hover: str

    authors: tuple[str, ...]
    """Names of people are written in one of these, chosen by their id."""
    avatars: tuple[str, ...]
    """Discs behind `on_avatar` initials, in the same order."""
    on_avatar: str


DARK = Palette(
    sidebar="#1c1816",
    surface="#252020",
    raised="#302928",
    field="#332c2a",
    hover="#2b2524",
    selected="#382e2b",
    selection="#55331e",
    border="#3b3331",
    text="#efe7e0",
    text_muted="#b8aaa0",
    text_faint="#a3958b",
    link="#8cc4ea",
    danger="#ff9184",
    warning="#f2bd60",
    online="#86cf90",
    offline="#a3958b",
    accent="#f28c4f",
    accent_hover="#ffa26b",
    on_accent="#2a1206",
    danger_fill="#b93a2c",
    danger_hover="#a83226",
    on_danger="#ffffff",
    mention="#f28c4f",
    on_mention="#2a1206",
    banner="#5a3a1e",
    on_banner="#fde9cf",
    unread_line="#f07a4a",
    focus="#ffc08f",
    scrollbar="#51463f",
    scrollbar_hover="#6f6057",
    authors=(
        "#f5a06e",
        "#f2bd60",
        "#c9cf6c",
        "#93d08c",
        "#6fd0b4",
        "#74cbe0",
        "#90bdf2",
        "#b3aef5",
        "#d3a3ee",
        "#ee9fcb",
        "#f79a9f",
        "#d9b99a",
    ),
    avatars=(
        "#a34f1e",
        "#86610f",
        "#666a14",
        "#3a7436",
        "#1d7560",
        "#1c6f86",
        "#34659f",
        "#5f58b0",
        "#85509f",
        "#9c4377",
        "#a8424a",
        "#7d6046",
    ),
    on_avatar="#fff8f2",
)

LIGHT = Palette(
    sidebar="#f1e8df",
    surface="#fffbf7",
    raised="#ffffff",
    field="#ffffff",
    hover="#f7efe8",
    selected="#e6d7c9",
    selection="#ffd9b8",
    border="#ddcfc2",
    text="#2c2420",
    text_muted="#61544b",
    text_faint="#665a51",
    link="#1b5d96",
    danger="#ad2318",
    warning="#7d5200",
    online="#256835",
    offline="#665a51",
    accent="#a84812",
    accent_hover="#8d3b0c",
    on_accent="#ffffff",
    danger_fill="#b3291d",
    danger_hover="#962015",
    on_danger="#ffffff",
    mention="#a84812",
    on_mention="#ffffff",
    banner="#ffe3b8",
    on_banner="#4a2f06",
    unread_line="#c4501c",
    focus="#a84812",
    scrollbar="#d3c3b5",
    scrollbar_hover="#b5a294",
    authors=(
        "#9c4514",
        "#7c5600",
        "#5c610a",
        "#2f6b2b",
        "#0f6a55",
        "#0f6379",
        "#2a5b96",
        "#554dab",
        "#7a4395",
        "#923a6d",
        "#a0353d",
        "#71543b",
    ),
    avatars=DARK.avatars,
    on_avatar="#fff8f2",
)

PALETTES: dict[Appearance, Palette] = {"dark": DARK, "light": LIGHT}


@dataclass(frozen=True, slots=True)
class FontRole:
    """What a font is for: pixels high at 100 %, and its face."""

    size: int
    weight: Literal["normal", "bold"] = "normal"
    slant: Literal["roman", "italic"] = "roman"
    is_mono: bool = False
    """All letters are of one width."""


FONTS: dict[str, FontRole] = {
    "body": FontRole(15),
    "body_bold": FontRole(15, "bold"),
    "body_italic": FontRole(15, slant="italic"),
    "body_bold_italic": FontRole(15, "bold", "italic"),
    "large_bold": FontRole(20, "bold"),
    "mono": FontRole(14, is_mono=True),
    "mono_bold": FontRole(14, "bold", is_mono=True),
    "small": FontRole(12),
    "small_bold": FontRole(12, "bold"),
    "row": FontRole(14),
    "row_bold": FontRole(14, "bold"),
    "title": FontRole(17, "bold"),
    "heading": FontRole(24, "bold"),
    "hero": FontRole(32, "bold"),
}
"""Every font of the window by its role."""

FAMILY = "Hearth Sans"
"""Comes with Hearth: Inter by another name, so that no installed version of it can be mixed in."""

FALLBACK_FAMILIES = ("Inter", "Noto Sans", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Cantarell", "DejaVu Sans")
"""Tried in this order where private fonts cannot be loaded; all have true regular and bold faces."""

MONO_FAMILIES = (
    "JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "Consolas", "DejaVu Sans Mono", "Noto Sans Mono",
    "Liberation Mono",
)  # fmt: skip
"""For code, in this order; the system's own where none is installed."""


class Space:
    """Distances in pixels at 100 %: multiples of four, so that everything sits on one grid."""

    HAIR = 2
    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    HUGE = 24
    RADIUS = 8
    HEADER = 48
    LEFT_PANE = 240
    RIGHT_PANE = 220


def pair(role: str) -> tuple[str, str]:
    """One colour as CustomTkinter wants it, (light, dark); it changes by itself with the appearance.

    Raises `AttributeError` for a role that no palette has.
    """
    return getattr(LIGHT, role), getattr(DARK, role)


def roles() -> tuple[str, ...]:
    """The names of all single colours of a palette."""
    return tuple(field.name for field in fields(Palette) if field.name not in {"authors", "avatars"})


def chrome_font(role: str, family: str = FAMILY) -> tuple[str, int] | tuple[str, int, str]:
    """A font for CustomTkinter's widgets, which scale it themselves; plain Tk wants `Root.font_name(role)`."""
    font = FONTS[role]
    face = " ".join(word for word in (font.weight, font.slant) if word not in {"normal", "roman"})
    return (family, font.size, face) if face else (family, font.size)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours after WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(first: str, second: str, share: float) -> str:
    """The colour that is `share` (0 to 1) of the way from the first to the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def unsent_text(palette: Palette) -> str:
    """The colour of what is not sent yet: paler than what is, and as easily read on the ground of any message."""
    return mix(palette.text, palette.surface, 0.3)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
