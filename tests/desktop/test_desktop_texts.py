"""Texts: every one that is asked for exists, and every one that exists is asked for."""

import ast
import re
import string
from pathlib import Path

import pytest

import game.desktop
from game.desktop.texts import t

ROOM = Path(game.desktop.__file__).parent


def asked_for():
    """The keys in every call of `t`, as patterns: what stands in braces may be anything. Where a
    call is given a name, the keys are elsewhere in its file.
    """
    known, found = t.all, {}
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t":
                for pattern in keys(node.args[0]):
                    found[pattern] = f"{path.name}:{node.lineno}"
            elif isinstance(node, ast.Constant) and node.value in known:
                found[re.escape(node.value)] = path.name
    return found


def keys(node):
    """The keys that an argument may be."""
    if isinstance(node, ast.Constant):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from keys(node.body)
        yield from keys(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else r"[A-Za-z0-9_]+"
            for part in node.values
        ]
        yield "".join(parts)


def test_every_text_is_asked_for():
    patterns = asked_for()
    unused = [key for key in t.all if not any(re.fullmatch(p, key) for p in patterns)]
    assert not unused


def test_every_text_that_is_asked_for_exists():
    known = t.all
    missing = {
        key: where
        for key, where in asked_for().items()
        if not any(re.fullmatch(key, name) for name in known)
    }
    assert not missing


def test_a_text_without_its_values_says_so():
    with pytest.raises(KeyError):
        t("frame.text_size", other=1)
    assert t("frame.text_size", percent=115) == "Text at 115%"


def test_texts_are_filled_in_by_name():
    for key, text in t.all.items():
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names), key
