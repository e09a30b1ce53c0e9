"""Whole numbers out of forms and addresses, where anybody can write anything."""

MOST_DIGITS = 9


def whole(text: str) -> int | None:
    """A whole number in plain digits; None where it is none, or too long to be one of ours."""
    fits = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if fits else None
