"""Data files whose text is mangled: lines, keys, types, bytes; signs that only look like TOML's."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from game.content.load import RULEBOOK
from game.terminal.check import own_files

from .trial import Failure, Trial, tried

PIECES = (
    "", " ", "\n", "=", '"', '"""', "'''", "[", "]", "[[", "]]", "{", "}", ",", ".", "#", "\\", "-",
    "nan", "-inf", "true", "1e400", "2020-01-01", "9" * 400, '"US"', "[]", "{}", "\x00", "\x1b[2J",
    "\u202e", "\u00a0", "\u200b", "\ufeff", "\u2028", "“", "”", "’", "\r", "\x85", "a.b.c = 1\n",
    "[role.US]\n", "[[turn]]\n", "turn = 1\n", "role = []\n", "id = 3\n", "'" * 7, '"' * 7,
    "k." * 40 + "k = 1\n", '"\\"".' * 40 + "k = 1\n", "[" * 400, "a = [" * 40, "x = 0x" + "f" * 300,
    'x = "\\ud800"\n', 'x = "\\U00110000"\n', "x = 2020-02-30\n", "x = 1979-05-27T07:32:00Z\n",
    "title = '\u200d'\n", "url = 'https://'\n", "points = -1\n", "date = 0001-01-01\n",
)  # fmt: skip
BYTES = (b"\xff", b"\xfe\xff", b"\x80", b"\xed\xa0\x80", b"\xf0\x9f", b"\x00", b"\xef\xbb\xbf")


def trials(luck: random.Random) -> Iterator[Trial]:
    """One mangled file after another, without an end."""
    paths = own_files()
    texts = {path: path.read_bytes() for path in paths}
    lines = [line for raw in texts.values() for line in raw.splitlines(keepends=True)]
    while True:
        path = luck.choice(paths)
        told, raw = _mangled(texts[path], lines, luck)
        place = f"{path.parent.name}/{path.name}"
        beside = {}
        if path.parent == RULEBOOK:
            beside = {f"rulebook/{p.name}": texts[p] for p in paths if p.parent == RULEBOOK}
        yield Trial(f"{place}: {told}", _checked(place), {**beside, place: raw})


def _mangled(raw: bytes, others: list[bytes], luck: random.Random) -> tuple[str, bytes]:
    lines = raw.splitlines(keepends=True)
    told = []
    for _ in range(luck.choice((1, 1, 1, 2, 4))):
        at = luck.randrange(len(lines))
        match luck.randrange(9):
            case 0 if len(lines) > 1:
                del lines[at]
                told.append(f"line {at + 1} is gone")
            case 1:
                lines.insert(at, lines[at])
                told.append(f"line {at + 1} is there twice")
            case 2:
                other = luck.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
                told.append(f"lines {at + 1} and {other + 1} changed places")
            case 3:
                lines[at] = luck.choice(others)
                told.append(f"line {at + 1} is another file's")
            case 4:
                key, _, _ = lines[at].partition(b"=")
                lines[at] = key + b"=" + luck.choice(others).partition(b"=")[2]
                told.append(f"line {at + 1} has another value")
            case 5:
                place = luck.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + luck.choice(BYTES) + lines[at][place:]
                told.append(f"line {at + 1} has strange bytes")
            case 6:
                lines[at] = lines[at].rstrip(b"\n") + luck.choice(
                    (b"\r", b"\r\r\n", b"\x0b\n", b"\r\n")
                )
                told.append(f"line {at + 1} ends otherwise")
            case _:
                place = luck.randrange(len(lines[at]) + 1)
                piece = luck.choice(PIECES)
                lines[at] = lines[at][:place] + piece.encode() + lines[at][place:]
                told.append(f"line {at + 1} has {piece[:20]!r} in it")
    return ", ".join(told), b"".join(lines)


def _checked(place: str) -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        path = folder / place
        answer = tried("check", str(path))
        if answer.status and f"{path.name}" not in answer.out:
            raise Failure(f"the mistake does not name its file: {answer.out}")
        for line in answer.out.splitlines():
            if line.startswith(str(path)) and "; " not in line:
                raise Failure(f"a mistake without a remedy: {line}")

    return go
