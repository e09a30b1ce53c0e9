"""Texts from outside, such as names of files, made harmless to print."""

SPACES_AND_JOINERS = "\u00a0\u2009\u202f\u200c\u200d"
"""Spaces that do not break, and the joiners without which Persian is misspelt: they do not count as
printable, and are fine.
"""


def is_text(name: str) -> bool:
    """Whether a name is no mere bytes, as those of files and folders can be."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def visible(text: object, keep: str = "") -> str:
    """A text in which whatever a terminal could take for an order, or cannot write, is replaced:
    control signs, signs that turn the direction of writing round, bytes that were no text.

    Args:
        text: of anybody.
        keep: signs that may stay, such as line ends.
    """
    fine = SPACES_AND_JOINERS + keep
    return "".join(
        c if c.isprintable() or c in fine else "\N{REPLACEMENT CHARACTER}" for c in str(text)
    )
