"""Every text that the pages ask for is there, and none is there for nothing."""

import re
from pathlib import Path

from game.classroom.texts import t

ROOM = Path(__file__).parents[2] / "game" / "classroom"
SOURCES = [
    *ROOM.rglob("*.py"),
    *ROOM.rglob("*.html"),
    ROOM.parent / "door" / "classroom.py",
]
LITERAL = re.compile(r"""\bt\(\s*f?["']([\w.]+)["']\s*[,)]""")
BUILT = re.compile(r"""\bt\(\s*f?["']([\w.]+)(?:["'] ~|\{)""")
QUOTED = re.compile(r"""["']([a-z_]+(?:\.[\w]+)+)["']""")


def asked() -> tuple[set[str], set[str], set[str]]:
    """Keys that are asked for as they stand, beginnings of others, and all that looks like one."""
    whole, begun, quoted = set[str](), set[str](), set[str]()
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        whole |= set(LITERAL.findall(text))
        begun |= set(BUILT.findall(text))
        quoted |= set(QUOTED.findall(text))
    return whole, begun, quoted


def test_no_text_is_missing() -> None:
    whole, begun, _ = asked()
    assert len(whole) > 150
    assert sorted(key for key in whole if key not in t.all) == []
    assert sorted(b for b in begun if not any(key.startswith(b) for key in t.all)) == []


def test_no_text_is_there_for_nothing() -> None:
    whole, begun, quoted = asked()
    begins = [f"{name}{end}" for name in quoted for end in "._"]
    unused = [
        key for key in t.all if key not in whole | quoted and not key.startswith((*begun, *begins))
    ]
    assert unused == []


def test_texts_keep_to_the_manners_of_the_house() -> None:
    for key, text in t.all.items():
        assert "!" not in text, key
        assert text == text.strip(), key
        assert text, key
