"""Readable stand-ins for signs that an encoding has not: a minus sign must not be lost."""

import codecs
import unicodedata

READABLE = "readable"
"""The name of the error handler, for `reconfigure(errors=...)`."""
_STAND_INS = {
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{BULLET}": "*",
    "\N{MIDDLE DOT}": "*",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{PLUS-MINUS SIGN}": "+/-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHTWARDS ARROW}": "->",
    # Not ": these may stand inside a JSON text or a CSV cell.
    "\N{LEFT DOUBLE QUOTATION MARK}": "'",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "'",
}


def spelt(text: str) -> str:
    """The text in ASCII: known signs by their stand-ins, letters without their accents, and a
    question mark for whatever is left.
    """
    return "".join(_STAND_INS.get(sign) or _ascii(sign) for sign in text)


def _ascii(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return plain or "?"


def _readable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return spelt(error.object[error.start : error.end]), error.end


codecs.register_error(READABLE, _readable)
