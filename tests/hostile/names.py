"""Names of files and folders, and what lies under them: each is told in a sentence, or is fine."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.content.load import SCENARIOS
from game.session.places import matches

from .matches import good, over
from .trial import Answer, Failure, Trial, tried

NAMES = (
    "a", "a b", "a'b", 'a"b', "a\nb", "a\tb", "a\x1b[2Jb", "a\x07", "\u202egnp", "\u200b", "-a",
    "--help", "~", "~nosuchuser", "~root", "%s{0}", "$(x)", "*", "[a]", "نام", "é", "e\u0301",
    "x" * 200, "con", "nul.txt", "a.", " a", "a ", ".a", "a;b", "a&b", "\udcff\udcfe", "😀", "..a",
)  # fmt: skip
NOBODY = 65534
PLACES = ("match", "folder", "scenario", "doctrine", "output", "beside")
"""What is called so."""


def trials(luck: random.Random) -> Iterator[Trial]:
    """One name in one place after another, without an end."""
    while True:
        name, place = luck.choice(NAMES), luck.choice(PLACES)
        what = luck.choice(sorted(THINGS))
        if "~" in name or name == "--help":
            what = "nothing"
        yield Trial(f"{place} {name!r} is {what}", _go(name, place, what, luck.random() < 0.5))


def _nothing(_path: Path) -> None:
    pass


def _closed(path: Path) -> None:
    path.mkdir()
    path.chmod(0)


THINGS: dict[str, Callable[[Path], None]] = {
    "a file": lambda path: path.write_bytes(b"nonsense") and None,
    "a match": lambda path: path.write_bytes(good()) and None,
    "an empty file": lambda path: path.touch(),
    "a folder": lambda path: path.mkdir(),
    "a closed folder": _closed,
    "a pipe": os.mkfifo,
    "a link to nothing": lambda path: path.symlink_to("nothing-at-all"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "nothing": _nothing,
}


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Without the rights of the system's master, who may do all that is forbidden to others."""
    if os.geteuid() or not all(above.stat().st_mode & 0o001 for above in folder.parents):
        yield  # nobody could not even reach it
        return
    _warm_up()
    folder.chmod(0o777)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@cache
def _warm_up() -> None:
    """Loads what is loaded when it is first needed: nobody may read where it lies."""
    with TemporaryDirectory() as name, chdir(name):
        for place in PLACES:
            _tried(Path(name), f"warm {place}", place, "nothing", True)
            _tried(Path(name), f"warm {place} up", place, "a match", True)


def _go(name: str, place: str, what: str, whole: bool) -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        try:
            with chdir(folder), as_nobody(folder):
                _tried(folder, name, place, what, whole)
        finally:
            for path in folder.rglob("*"):  # so that it can be cleared away
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o700)

    return go


def _tried(folder: Path, name: str, place: str, what: str, whole: bool) -> None:
    def told(*arguments: str, typed: str = "") -> Answer:
        answer = tried(*arguments, typed=typed)
        if "\n" in name and name in answer.out + answer.err:
            raise Failure(f"the name makes lines of its own: {list(arguments)} -> {answer}")
        return answer

    ending = {"match": ".match", "scenario": ".toml", "doctrine": ".toml"}.get(place, "")
    path = folder / f"{name}{ending}"
    called = f"{name}{ending}" if name.startswith("~") else str(path)
    if place == "beside":
        (folder / "b.match").write_bytes(over() if whole else good())
        THINGS[what](
            folder / f"b.match{random.Random(ascii(name)).choice(('-wal', '-shm', '-journal'))}"
        )
        told("matches", "--folder", str(folder), "--text")
        told("replay", str(folder / "b.match"), "--spoil", "--folder", str(folder))
        told("resume", str(folder / "b.match"), "--text", typed="\n" * 200)
        return
    THINGS[what](path)
    match place:
        case "match":
            answer = told("matches", "--folder", str(folder), "--text")
            if what == "a match" and not name.startswith(".") and len(matches(folder)[0]) != 1:
                raise Failure(f"the match is not in the list: {answer}")
            told("replay", called, "--spoil", "--folder", str(folder))
            told("resume", called, "--text", typed="\n" * 200)
            told("export", called, "--csv", str(folder / "csv"), "--spoil")
            answer = told("fork", called, "--turn", "1", "--spoil", "--folder", str(folder))
            if what == "a match" and answer.status:
                raise Failure(f"a match that is good is not forked: {answer}")
        case "folder":
            answer = told("matches", "--folder", called, "--text")
            if what == "nothing" and not answer.status:
                raise Failure(f"a folder that is not there, and all is well: {answer}")
            told("resume", "--folder", called, "--text")
            told(
                "play", "turn_zero", "--seat", "US", "--folder", called, "--text", typed="\n" * 300
            )
        case "scenario":
            if whole and what == "a file":
                path.write_bytes((SCENARIOS / "turn_zero.toml").read_bytes())
            told("check", called)
            told("simulate", called, "--games", "1", "--text")
            told("replay", called, "--game", "0", "--text")
        case "doctrine":
            told("simulate", "turn_zero", "--us", called, "--games", "1", "--text")
            told("explore", "turn_zero", "--lens", called, "--games", "1", "--text")
        case "output" if what not in ("a pipe", "a link to a device"):
            for arguments in (
                ("simulate", "turn_zero", "--games", "1", "--text", "--json"),
                ("explore", "turn_zero", "--games", "1", "--text", "--csv"),
                ("sweep", "turn_zero", "--us", "all", "--games", "1", "--text", "--out"),
                ("export", str(_a_match(folder)), "--spoil", "--text", "--csv"),
                ("export", str(_a_match(folder)), "--text", "--match"),
            ):
                suffix = ".csv" if arguments[0] == "sweep" else ""
                told(*arguments, called + suffix)


def _a_match(folder: Path) -> Path:
    path = folder / "source.match"
    path.write_bytes(over())
    return path
