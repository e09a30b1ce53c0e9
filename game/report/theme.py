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
