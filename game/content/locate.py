"""Finds the line on which a key of a TOML text stands.

`tomllib` forgets where it read a value, and the parsers that remember are either unkept or bring
a tree of dependencies; so this walks over the text once more. It takes for granted that `tomllib`
has accepted the text, which makes the walk short: strings and comments are single tokens, and
what remains is brackets, dots, commas and equals signs.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress

from .problems import Loc

_TOKEN = re.compile(
    r"""
      (?P<text> \"{3} (?: [^"\\] | \\. | "{1,2} (?!") )*+ "{3,5}  # quotes may stand before the last
              | '{3} (?: [^'] | '{1,2} (?!') )*+ '{3,5}
              | " (?!"") (?: [^"\\\n] | \\[^\n] )*+ "
              | ' (?!'') [^'\n]*+ '
      )
    | (?P<gap> [ \t\r]+ | \#[^\n]* )
    | (?P<line> \n (?: [ \t\r]* (?: \#[^\n]* )? \n )*+ )
    | (?P<mark> [\[\]{}=,.] )
    | (?P<bare> [^\s\[\]{}=,.\#"']+ )
    | (?P<stray> "{3}.* | '{3}.* | ["'][^\n]* | . )   # never closed: the rest is unknown
    """,
    re.DOTALL | re.VERBOSE,
)
MAX_DOTS = 8
"""A key has fewer: a parser's work grows with the square of its parts."""
_MAYBE_LONG_KEY = re.compile(
    r"""(?<![\w\\-])
    (?: (?: [\w-]++ | " (?: [^"\\\n] | \\[^\n] )*+ " | '[^'\n]*+' ) [ \t]*+ \. [ \t]*+ )"""
    f"{{{MAX_DOTS}}}",
    re.VERBOSE,
)
_LONG_NUMBER = re.compile(r"(?<!\w)[+-]?[0-9][0-9_]{3000}")
MOST_NOTED = 20_000
"""So many keys and items are noted; what comes later is told at the line of the table around it."""


class Lines:
    """The line of every key of one TOML text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines = _Walk(text).lines

    def of(self, loc: Loc) -> int:
        """The line of a key, or of the innermost table around it where the key is not there.

        Steps that pydantic adds to name a key itself ("[key]") are overlooked.
        """
        steps = tuple(step for step in loc if step != "[key]")
        while steps not in self._lines:
            steps = steps[:-1]
        return self._lines[steps]

    def knows(self, loc: Loc) -> bool:
        """Whether this very key stands in the text."""
        return loc in self._lines


def unclosed_quote(text: str) -> int | None:
    """The line of the first quotation mark that is never closed; None where there is none."""
    line = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "stray" and token.group()[0] in "\"'":
            return line
        line += token.group().count("\n")
    return None


def deepest_bracket(text: str) -> int:
    """The line on which the brackets stand deepest inside each other."""
    line, depth, deepest, found = 1, 0, 0, 1
    for token in _TOKEN.finditer(text):
        mark = token.group()
        depth += (mark in ("[", "{")) - (mark in ("]", "}"))
        if depth > deepest:
            deepest, found = depth, line
        line += mark.count("\n")
    return found


def long_key(text: str) -> int | None:
    """The line of a key with `MAX_DOTS` dots or more; None where there is none."""
    if not _MAYBE_LONG_KEY.search(text):
        return None
    line, dots, before = 1, 0, ""
    for token in _TOKEN.finditer(text):
        kind, content = token.lastgroup, token.group()
        if kind != "gap":
            joined = content == "." or (before == "." and kind in ("bare", "text"))
            dots = dots + (content == ".") if joined else 0
            before = content
        if dots >= MAX_DOTS:
            return line
        line += content.count("\n")
    return None


def long_number(text: str) -> int | None:
    """The line of a number of more than 3,000 digits; None where there is none."""
    found = _LONG_NUMBER.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1


class _Walk:
    """One pass over a valid text, noting the line of each key, table and list item."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Loc, int] = {(): 1}
        self._items: dict[Loc, int] = {}
        """How many items each list of tables has so far."""
        self._tokens = self._tokens_of(text)
        self._kind, self._token, self._line = "", "", 1
        self._step()
        with suppress(RecursionError):  # as deep as the parser could just go; the notes so far hold
            self._document()

    @staticmethod
    def _tokens_of(text: str) -> Iterator[tuple[str, str, int]]:
        line = 1
        for token in _TOKEN.finditer(text):
            kind, content = token.lastgroup or "", token.group()
            if kind != "gap":
                yield kind, content, line
            line += content.count("\n")

    def _step(self) -> None:
        """Goes on to the next token; past the last one its kind is empty."""
        self._kind, self._token, self._line = next(self._tokens, ("", "", self._line))

    def _document(self) -> None:
        table: Loc = ()
        while self._kind and len(self.lines) < MOST_NOTED:
            if self._kind == "line":
                self._step()
            elif self._token == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Loc:
        """Reads `[a.b]` or `[[a.b]]`; the path of the table that it opens."""
        line = self._line
        self._step()
        listed = self._token == "["
        if listed:
            self._step()
        *outer, last = self._key()
        path: Loc = ()
        for part in outer:
            path = self._newest((*path, part))
            self.lines.setdefault(path, line)
        path = (*path, last)
        if listed:
            self.lines.setdefault(path, line)
            self._items[path] = self._items.get(path, 0) + 1
            path = self._newest(path)
        self.lines[path] = line
        while self._token == "]":
            self._step()
        return path

    def _newest(self, path: Loc) -> Loc:
        """The path of a table, or of the newest item where the path is a list of tables."""
        return (*path, self._items[path] - 1) if path in self._items else path

    def _key(self) -> list[str]:
        parts = [self._part()]
        while self._token == ".":
            self._step()
            parts.append(self._part())
        return parts

    def _part(self) -> str:
        part = self._token
        if self._kind == "text":
            part = str(tomllib.loads(f"part = {part}")["part"])
        self._step()
        return part

    def _pair(self, table: Loc) -> None:
        """Reads `a.b = value`."""
        line, path = self._line, table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._step()
        self._value(path)

    def _value(self, path: Loc) -> None:
        if self._token == "[":
            self._list(path)
        elif self._token == "{":
            self._inline_table(path)
        else:
            self._step()
            while self._kind == "bare" or self._token == ".":
                self._step()

    def _list(self, path: Loc) -> None:
        self._step()
        self._skip()
        index = 0
        while self._kind and self._token != "]" and len(self.lines) < MOST_NOTED:
            self.lines[(*path, index)] = self._line
            self._value((*path, index))
            self._skip(",")
            index += 1
        self._step()

    def _inline_table(self, path: Loc) -> None:
        self._step()
        self._skip()
        while self._kind and self._token != "}" and len(self.lines) < MOST_NOTED:
            self._pair(path)
            self._skip(",")
        self._step()

    def _skip(self, mark: str = "") -> None:
        """Goes over line ends, and over a mark."""
        while self._kind == "line" or (mark and self._token == mark):
            self._step()
