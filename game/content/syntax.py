"""Says in plain words what keeps a text from being TOML."""

import re
import tomllib
import unicodedata

from .locate import unclosed_quote
from .wording import quoted

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_DAY = re.compile(r"=\s*(\d{1,4}([-./])\d{1,2}\2\d{1,4}\S*)")
"""Something that is meant for a day."""
_TEXT_OR_COMMENT = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'[^']*'|\#.*""")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CURLY = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2032\u2033"
"""Quotation marks of word processors and of other languages."""
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("Cannot overwrite a value", "this key already has a value further up", "keep one of the two"),
    (
        "Cannot declare",
        "this table is opened for the second time",
        "gather its keys under one heading, or write [[name]] if it is an item of a list",
    ),
    (
        "Cannot mutate immutable namespace",
        "this adds to something that is already closed",
        "write all of its keys in one place",
    ),
    (
        "Unterminated string",
        "the text that begins here is never closed",
        'end it with the same quotation marks, " or """',
    ),
    (
        "Illegal character '\\n'",
        "the text in this line is not closed",
        'end it with ", or begin and end it with """ if it has several lines',
    ),
    ("Illegal character", "an invisible control character stands in this line", "delete it"),
    (
        "Unescaped '\\'",
        "a backslash stands in a text",
        "write it twice, or put the text in 'single quotes'",
    ),
    (
        "Unclosed array",
        "a list does not end, or a comma is missing in it",
        "put commas between its items and ] at its end, here or just above",
    ),
    (
        "Unclosed inline table",
        "a table in braces does not end, or a comma is missing in it",
        "put commas between its keys and } at its end, in one line",
    ),
    (
        "Expected '=' after a key",
        "a key stands here without a value",
        'write key = value; a comment begins with #, and text of several lines with """',
    ),
    (
        "Expected newline",
        "something follows the value that does not belong to it",
        "write one key in each line, texts in quotation marks, numbers like 0.5 or 1200 and days "
        "like 2020-01-31",
    ),
    (
        "Invalid value",
        "the value cannot be read",
        'write texts in straight quotation marks like "this", numbers like 0.5, days like '
        "2020-01-31, and true or false in small letters",
    ),
    (
        "Invalid statement",
        "this line is neither a key with a value nor a heading",
        'a comment begins with #, and text of several lines begins and ends with """',
    ),
    (
        "Invalid initial character",
        "a key begins with a character that it may not have",
        "use letters, digits, - and _, or put the key in quotation marks",
    ),
    ("Expected ']'", "a heading does not end", "write it like [name]"),
    ("Expected ']]'", "a heading does not end", "write it like [[name]]"),
    ("Invalid date", "there is no such day or time", "write days like 2020-01-31"),
    ("Invalid hex", "a character is given by a number that cannot be read", "type it itself"),
    (
        "Escaped character",
        "a character is given by a number that it does not have",
        "type it itself",
    ),
    ("Duplicate inline table key", "a key stands twice in the same braces", "keep one of the two"),
)


def syntax_mistake(text: str, error: tomllib.TOMLDecodeError) -> tuple[int, str, str]:
    """The line, what is wrong, and what to do, for a text that `tomllib` refused."""
    message = str(error)
    position = _POSITION.search(message)
    line = int(position[1]) if position and position[1] else text.rstrip().count("\n") + 1
    if message.startswith("Unterminated string"):
        line = unclosed_quote(text) or line
    if message.startswith("Expected newline") and (day := _DAY.search(_line(text, line))):
        what = f"{quoted(day[1])} cannot be read as a day"
        return line, what, "write days like 2020-01-31: the year, the month, the day"
    if (stranger := _stranger(_line(text, line))) is not None:
        return line, *stranger
    for beginning, what, remedy in _PLAIN:
        if message.startswith(beginning):
            return line, what, remedy
    what = f"this is not TOML ({_POSITION.sub('', message)})"
    return line, what, "compare it with a file that works"


def _stranger(line: str) -> tuple[str, str] | None:
    """What is wrong and what to do about a sign that looks like one of TOML's and is none."""
    for sign in _NOT_ASCII.findall(_TEXT_OR_COMMENT.sub("", line)):
        if sign in _CURLY:
            return (
                f"{sign} is no quotation mark of TOML",
                'write texts in straight quotation marks like "this"',
            )
        name = f"U+{ord(sign):04X}, {unicodedata.name(sign, 'without a name').lower()}"
        if unicodedata.category(sign) == "Zs":
            return f"a space of another kind ({name}) stands in this line", "type an ordinary space"
        if unicodedata.category(sign) in ("Cf", "Zl", "Zp"):
            return f"an invisible sign ({name}) stands in this line", "delete it"
    return None


def _line(text: str, number: int) -> str:
    return text.split("\n")[number - 1]
