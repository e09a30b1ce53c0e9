"""Letters: styles, wrapping with fallback, and a cache of what has been drawn.

All sizes are in pixels of the window; `Ui` has applied the scale before.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

import pygame

from game.content.visible import visible

from .theme import ASSETS, Colour

FONTS = ASSETS / "fonts"
FILES: dict[str, str] = {
    "sans": "IBMPlexSans-Regular.ttf",
    "strong": "IBMPlexSans-SemiBold.ttf",
    "narrow": "IBMPlexSansCondensed-Regular.ttf",
    "narrow-strong": "IBMPlexSansCondensed-SemiBold.ttf",
    "mono": "IBMPlexMono-Regular.ttf",
    "arabic": "IBMPlexSansArabic-Regular.ttf",
}
FALLBACKS = ("mono", "arabic")
"""Faces that are asked for a letter which a style's own face lacks."""
SEPARATORS = "/\\_-."
"""Letters behind which a word that is too wide, such as a path, is broken first."""
CACHE_PIXELS = 12_000_000
"""Pixels of drawn text that are kept; the least recently used go first."""


class Style(NamedTuple):
    """One way of setting text: its face, its size in units and its leading."""

    face: str
    size: int
    leading: float = 1.4
    """Height of a line, in sizes."""


STYLES: dict[str, Style] = {
    "display": Style("narrow-strong", 46, 1.15),
    "title": Style("strong", 26, 1.25),
    "heading": Style("strong", 18, 1.3),
    "subhead": Style("strong", 15, 1.35),
    "body": Style("sans", 15, 1.45),
    "strong": Style("strong", 15, 1.45),
    "small": Style("sans", 13, 1.4),
    "label": Style("narrow-strong", 13, 1.35),
    "mono": Style("mono", 14, 1.4),
    "figure": Style("narrow-strong", 30, 1.15),
    "button": Style("strong", 15, 1.3),
    "scene": Style("sans", 44, 1.18),
    "scene-low": Style("sans", 34, 1.2),
    "lead": Style("sans", 18, 1.5),
    "number": Style("narrow-strong", 22, 1.15),
    "clock": Style("mono", 21, 1.2),
    "condensed": Style("narrow", 13, 1.35),
    "tiny": Style("narrow-strong", 12, 1.25),
}


class Run(NamedTuple):
    """Letters in one face."""

    text: str
    face: str
    x: int
    width: int
    link: str = ""
    """The page of the handbook that it leads to; empty for plain text."""


class TextLine(NamedTuple):
    """One line of wrapped text."""

    runs: tuple[Run, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Block:
    """Wrapped text."""

    lines: tuple[TextLine, ...]
    width: int
    """The width of its longest line."""
    height: int
    line_height: int
    size: int
    broken: str = ""
    """A word that had to be broken because it is wider than its box; empty if none was."""


@dataclass(slots=True)
class Fonts:
    """The faces of one window, and what has been drawn with them."""

    _drawn: OrderedDict[tuple[str, int, str, Colour], pygame.Surface] = field(
        default_factory=OrderedDict
    )
    _pixels: int = 0
    _blocks: dict[tuple[str, str, int, int], Block] = field(default_factory=dict)
    _widths: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def width(self, face: str, size: int, text: str) -> int:
        """How wide a text is in one face."""
        key = (face, size, text)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > 60_000:
                self._widths.clear()
            found = self._widths[key] = font(face, size).size(visible(text))[0]
        return found

    def block(self, text: str, style: Style, size: int, width: int) -> Block:
        """The text wrapped to a width; line breaks in it are kept."""
        key = (text, style.face, size, width)
        found = self._blocks.get(key)
        if found is None:
            if len(self._blocks) > 4_000:
                self._blocks.clear()
            found = self._blocks[key] = self._wrapped(text, style, size, width)
        return found

    def drawn(self, face: str, size: int, text: str, colour: Colour) -> pygame.Surface:
        """The text as a picture."""
        key = (face, size, text, colour)
        found = self._drawn.get(key)
        if found is not None:
            self._drawn.move_to_end(key)
            return found
        made = font(face, size).render(visible(text), True, colour)
        self._drawn[key] = made
        self._pixels += made.get_width() * made.get_height()
        while self._pixels > CACHE_PIXELS and len(self._drawn) > 1:
            _, old = self._drawn.popitem(last=False)
            self._pixels -= old.get_width() * old.get_height()
        return made

    def _wrapped(self, text: str, style: Style, size: int, width: int) -> Block:
        leading = round(size * style.leading)
        lines: list[TextLine] = []
        broken = ""
        for paragraph in visible(text, "\n").split("\n"):
            words = _words(paragraph)
            line: list[_Word] = []
            for word in words:
                if line and not self._fits([*line, word], style.face, size, width):
                    lines.append(self._line(line, style.face, size))
                    line = []
                if not line and self._measure([word], style.face, size) > width:
                    broken = broken or word.text
                    *whole, rest = self._cut(word, style.face, size, width)
                    lines += [self._line([part], style.face, size) for part in whole]
                    word = rest  # noqa: PLW2901 (its rest begins the next line)
                line.append(word)
            lines.append(self._line(line, style.face, size))
        widest = max((line.width for line in lines), default=0)
        return Block(tuple(lines), widest, leading * len(lines), leading, size, broken)

    def _fits(self, words: list["_Word"], face: str, size: int, width: int) -> bool:
        """Whether words fit on a line: by their own widths, and near the end of the line by the
        width of all of them set together, which is a little other.
        """
        apart = self._measure(words, face, size)
        if apart < 0.95 * width or apart > 1.05 * width:
            return apart <= width
        return self._line(words, face, size).width <= width

    def _measure(self, words: list["_Word"], face: str, size: int) -> int:
        space = self.width(face, size, " ")
        return sum(
            sum(self.width(f, size, part) for part, f in _faces(word.text + word.after, face))
            for word in words
        ) + space * (len(words) - 1)

    def _cut(self, word: "_Word", face: str, size: int, width: int) -> list["_Word"]:
        """A word that is too wide, in pieces that are not: behind a separator where one of them has
        any, as in paths; a letter is never cut.
        """
        pieces, piece = [], ""
        for letter in word.text:
            if piece and self._measure([_Word(piece + letter, "")], face, size) > width:
                kept = 1 + max(piece.rfind(mark) for mark in SEPARATORS) or len(piece)
                pieces.append(_Word(piece[:kept], word.link))
                piece = piece[kept:]
            piece += letter
        return [*pieces, _Word(piece, word.link, word.after)]

    def _line(self, words: list["_Word"], face: str, size: int) -> TextLine:
        atoms: list[tuple[str, str, str]] = []
        for place, word in enumerate(words):
            if place:
                before = words[place - 1]
                atoms.append((" ", face, word.link if word.link == before.link else ""))
            atoms += [(part, of, word.link) for part, of in _faces(word.text, face)]
            atoms += [(part, of, "") for part, of in _faces(word.after, face)]
        runs: list[Run] = []
        x = 0
        for (of, link), some in groupby(atoms, key=lambda atom: atom[1:]):
            text = "".join(atom[0] for atom in some)
            width = self.width(of, size, text)
            runs.append(Run(text, of, x, width, link))
            x += width
        return TextLine(tuple(runs), x)


class _Word(NamedTuple):
    text: str
    link: str = ""
    after: str = ""
    """What stands right behind it and is no part of the link."""


def _words(paragraph: str) -> list[_Word]:
    """The words of a paragraph with the pages that they lead to, from `[words](page)`."""
    if "](" not in paragraph:
        return [_Word(word) for word in paragraph.split(" ")]
    words: list[_Word] = []
    rest = paragraph
    while (middle := rest.find("](")) >= 0:
        start, end = rest.rfind("[", 0, middle), rest.find(")", middle)
        if start < 0 or end < 0:
            break
        words += [_Word(word) for word in rest[:start].split(" ") if word]
        inside, link = rest[start + 1 : middle], rest[middle + 2 : end]
        rest = rest[end + 1 :]
        tail = ""
        while rest and rest[0] in ".,;:!?)":  # it stays with the word that it follows
            tail, rest = tail + rest[0], rest[1:]
        *first, last = inside.split(" ")
        words += [*(_Word(word, link) for word in first), _Word(last, link, tail)]
    return words + [_Word(word) for word in rest.split(" ") if word]


def _faces(text: str, face: str) -> list[tuple[str, str]]:
    """The text in parts that one face has all letters of; a letter that none has stays."""
    if text.isascii() or _has_all(text, face):
        return [(text, face)]
    parts: list[tuple[str, str]] = []
    for letter in text:
        of = next((f for f in (face, *FALLBACKS) if _has(letter, f)), face)
        if parts and parts[-1][1] == of:
            parts[-1] = (parts[-1][0] + letter, of)
        else:
            parts.append((letter, of))
    return parts


@cache
def _has(letter: str, face: str) -> bool:
    return font(face, 16).metrics(letter)[0] is not None


@lru_cache(8192)
def _has_all(text: str, face: str) -> bool:
    return all(_has(letter, face) for letter in set(text))


@cache
def is_there(face: str) -> bool:
    """Whether the file of a face is there and can be read."""
    pygame.font.init()  # the map asks before any window is open
    try:
        pygame.font.Font(str(FONTS / FILES[face]), 16)
    except (OSError, pygame.error):
        return False
    return True


def missing() -> list[str]:
    """The names of the files that are not there, or cannot be read."""
    return [name for face, name in FILES.items() if not is_there(face)]


@cache
def font(face: str, size: int) -> pygame.font.Font:
    """A face at a size in pixels; pygame's own where the assets have not been made."""
    if is_there(face):
        return pygame.font.Font(str(FONTS / FILES[face]), size)
    made = pygame.font.Font(None, round(size * 1.2))
    made.bold = face.endswith("strong")
    return made
