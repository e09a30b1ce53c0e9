"""Days as people write them, the same on every system."""

from datetime import date


def day(date: date) -> str:
    """A day with its year: "3 January 2020"."""
    return f"{date.day} {date:%B %Y}"


def short_day(date: date) -> str:
    """A day without its year: "3 Jan"."""
    return f"{date.day} {date:%b}"
