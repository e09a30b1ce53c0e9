"""The report's colours, and which of them stand on which: tests hold the contrast of every pair."""

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "paper": "#ffffff",
    "panel": "#f3f5f7",
    "ink": "#1b2430",
    "muted": "#4a5563",
    "accent": "#0b5a7d",
    "tint": "#dcebf2",
    "rule": "#c5cdd6",
    "grid": "#8a94a0",
}
"""One accent; everything else is grey. Lines are told apart by dashes and shapes, not by colour."""

TEXT_ON: tuple[tuple[str, str], ...] = (
    ("ink", "paper"),
    ("ink", "panel"),
    ("ink", "tint"),
    ("muted", "paper"),
    ("muted", "panel"),
    ("accent", "paper"),
    ("accent", "panel"),
    ("accent", "tint"),
    ("paper", "accent"),
)
"""Text and its ground: at least 4.5 to 1."""

DRAWN_ON: tuple[tuple[str, str], ...] = (
    ("accent", "paper"),
    ("ink", "paper"),
    ("muted", "paper"),
    ("grid", "paper"),
)
"""Lines and marks that carry meaning: at least 3 to 1."""

FONTS = (
    '"IBM Plex Sans", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, "Noto Sans", '
    "sans-serif"
)


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
