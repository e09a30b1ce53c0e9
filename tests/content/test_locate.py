"""Every key of a TOML text is found on its own line."""

import time
import tomllib
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.locate import (
    MOST_NOTED,
    Lines,
    deepest_bracket,
    long_key,
    long_number,
    unclosed_quote,
)
from game.content.syntax import syntax_mistake

ROOT = Path(__file__).parents[2]
TEXT = '''\
# line 1
title = "one = [two]"  # [[not.this]]
"quoted key" = 'one "two" three'
dotted.inner."a.b" = 1
dotted.other = 2
list = [
    "first",   # ], not the end
    """
    second = [
    [[nor.this]]
    """,
    [1, { deep = "x", deeper.still = 2 }],
]

[[deed]]
id = "a"
[deed.fire]
campaign = true
requires = [{ column = "x" }, { column = "y", because = "]" }]

[[deed]]
id = "b"

  [ deed . strike ]
  fighters = +1_000
  when = 1979-05-27 07:32:00Z

[outer.middle.inner]
key = true

[outer]
own = \'\'\'
[fake]
key = 1
four quotes \'\'\'\'
after = """four ""\\""" and five"""""
last = ""

[[outer.items]]
n = 1
[[outer.items.sub]]
n = 2
[[outer.items]]
n = 3
[[outer.items.sub]]
[outer.items.sub.table]
n = 4
'''

PLACES = [
    ((), 1),
    (("title",), 2),
    (("quoted key",), 3),
    (("dotted",), 4),
    (("dotted", "inner", "a.b"), 4),
    (("dotted", "other"), 5),
    (("list",), 6),
    (("list", 0), 7),
    (("list", 1), 8),
    (("list", 2), 12),
    (("list", 2, 1, "deep"), 12),
    (("list", 2, 1, "deeper", "still"), 12),
    (("deed",), 15),
    (("deed", 0), 15),
    (("deed", 0, "id"), 16),
    (("deed", 0, "fire"), 17),
    (("deed", 0, "fire", "campaign"), 18),
    (("deed", 0, "fire", "requires", 1, "because"), 19),
    (("deed", 1), 21),
    (("deed", 1, "id"), 22),
    (("deed", 1, "strike"), 24),
    (("deed", 1, "strike", "fighters"), 25),
    (("deed", 1, "strike", "when"), 26),
    (("outer", "middle"), 28),
    (("outer", "middle", "inner"), 28),
    (("outer", "middle", "inner", "key"), 29),
    (("outer",), 31),
    (("outer", "own"), 32),
    (("outer", "after"), 36),
    (("outer", "last"), 37),
    (("outer", "items", 0, "n"), 40),
    (("outer", "items", 0, "sub", 0), 41),
    (("outer", "items", 1, "n"), 44),
    (("outer", "items", 1, "sub", 0), 45),
    (("outer", "items", 1, "sub", 0, "table", "n"), 47),
]


def paths(value, loc=()):
    """The path of everything in parsed TOML."""
    yield loc
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*loc, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*loc, index))


@pytest.mark.parametrize(("loc", "line"), PLACES)
def test_key_is_on_its_line(loc, line):
    assert Lines(TEXT).of(loc) == line


def test_everything_in_the_text_is_known():
    lines = Lines(TEXT)
    assert [loc for loc in paths(tomllib.loads(TEXT)) if not lines.knows(loc)] == []


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("deed", 0, "name"), 15),
        (("deed", 1, "strike", "rockets"), 24),
        (("deed", 1, "fire", "toll"), 21),
        (("outer", "middle", "inner", "missing"), 28),
        (("outer", "nothing"), 31),
        (("list", 2, 1, "nothing"), 12),
        (("nothing", 3, "at all"), 1),
    ],
)
def test_missing_key_is_at_the_head_of_its_table(loc, line):
    assert Lines(TEXT).of(loc) == line


def test_steps_that_name_a_key_itself_are_overlooked():
    assert Lines(TEXT).of(("dotted", "other", "[key]")) == 5


def test_line_ends_of_windows_do_not_count_twice():
    assert Lines("a = 1\r\nb = 2\r\n[c]\r\nd = 3\r\n").of(("c", "d")) == 4


def test_depth_that_the_parser_accepts_is_survived():
    depth = 300
    text = "first = 1\nlist = " + "[" * depth + "]" * depth + "\n"
    tomllib.loads(text)
    assert Lines(text).of(("list", *[0] * 50)) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = "x"\nb = """\ny\n', 2),
        ("a = '''\n\n", 1),
        ('a = "x', 1),
        ('a = """x"""\n# "\nb = 1\n', None),
    ],
)
def test_unclosed_quote(text, line):
    assert unclosed_quote(text) == line


def test_deepest_bracket():
    assert deepest_bracket('a = [1]\nb = [[{c = "[[[["}],\n[[[2]]]]\n') == 3


def test_long_key_is_seen_without_parsing():
    assert long_key("a = 1\n[x]\n" + "k." * 40 + "k = 1") == 3
    assert long_key("a = 1\n" + '"k". ' * 40 + "k = 1") == 2
    assert long_key('a = "A sentence. Another... And one. ' + "More. " * 100 + '"\n') is None
    assert long_key("# No." + " No." * 100 + "\na = [" + "1.5, " * 100 + "]\n") is None
    assert long_key("a" * 1_000_000) is None


def test_long_number_is_seen_without_parsing():
    assert long_number("a = 1\nb = -" + "9" * 5000) == 2
    assert long_number("a = 1\nb = 1_000_000") is None


WORST = {
    "escaped quotes": 'a = "' + '\\"' * 100,
    "escaped quotes in lines": '\\"""\n' * 100,
    "long key of quoted parts": '"\\"".' * 100 + "a = 1\n",
    "quotes": '"' * 100,
    "apostrophes and quotes": "\"'\n" * 100,
    "brackets": "[" * 100,
    "brackets in and out": "[[]" * 100,
    "numbers": "a = [" + "1," * 100,
    "keys": "k = 1\n" * 100,
    "headings": "[[a.b]]\n" * 100,
    "comments": "#\n" * 100,
    "escaped line ends": 'a = """' + "\\\n" * 100,
    "dots in a sentence": 'a = "' + "a. " * 100,
    "digits": "a = " + "9" * 200,
}
"""Of each about a hundred of what an author of a malicious file repeats."""


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_a_large_text_of_any_kind_is_looked_through_quickly(text):
    large = text * (500_000 // len(text))
    wrong = tomllib.TOMLDecodeError("Expected '=' (at line 1, column 1)")
    looks = unclosed_quote, deepest_bracket, long_key, long_number
    for look in (*looks, partial(syntax_mistake, error=wrong)):
        start = time.process_time()
        look(large)
        assert time.process_time() - start < 2, look


def test_the_lines_of_a_large_text_are_found_quickly():
    for text in (
        "a = [" + "1," * 250_000 + "]",
        "".join(f"k{i} = 1\n" for i in range(40_000)),
        "[[a]]\n[[a.b]]\n" * 35_000,
        "".join(f"a.b.c.d.e.f.g.k{i} = 1\n" for i in range(20_000)),
    ):
        start = time.process_time()
        assert Lines(text).of(("zzz", 1)) == 1
        assert time.process_time() - start < 2


def test_what_stands_beyond_the_notes_is_told_at_its_table():
    text = "[[row]]\nn = 1\n" * MOST_NOTED
    assert Lines(text).of(("row", 5, "n")) == 12
    assert Lines(text).of(("row", MOST_NOTED - 1, "n")) == 1


KEYS = st.sampled_from(["a", "b-1", "2020", '"with space"', "'single.dot'", '"[x]"', '"q\\"uote"'])
SCALARS = st.sampled_from(
    [
        "1",
        "-0.5",
        "true",
        '"plain"',
        '"with # and ] and \\" in it"',
        "'literal \\'",
        "2020-01-31",
        "2020-01-31T10:00:00Z",
        "2020-01-31 10:00:00.5",
        "inf",
        "0xff",
        "1e6",
        '""',
        "''",
        '"""two\nlines = [1]\n[[x]]\n"""',
        "'''\n[y]\n'''",
        '"""ends in quotes"""""',
        '"""\\\n  folded"""',
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda items: st.sampled_from(
            [
                "[" + ", ".join(items) + "]",
                "[\n" + "".join(f"  {item}, # [ comment\n" for item in items) + "]",
                "{" + ", ".join(f"k{i} = {item}" for i, item in enumerate(items)) + "}",
                "{" + ", ".join(f"k{i}.x = {item}" for i, item in enumerate(items)) + "}",
            ]
        )
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.builds(lambda key, value: f"{key} = {value}", KEYS, VALUES),
    st.builds(lambda k, m, value: f"{k} . {m} = {value}", KEYS, KEYS, VALUES),
    st.builds(lambda keys: f"[{'.'.join(keys)}]", st.lists(KEYS, min_size=1, max_size=3)),
    st.builds(lambda keys: f"[[{'.'.join(keys)}]]", st.lists(KEYS, min_size=1, max_size=3)),
    st.sampled_from(["", "# [comment] = '''", "   "]),
)


def grow(statements):
    """A valid text of those statements that do not spoil it, and the lines that each path is on."""
    text, places = "", {}
    for statement in statements:
        longer = f"{text}{statement}\n"
        try:
            data = tomllib.loads(longer)
        except tomllib.TOMLDecodeError:
            continue
        span = range(text.count("\n") + 1, longer.count("\n") + 1)
        places |= {loc: span for loc in paths(data) if loc not in places}
        text = longer
    return text, places


@settings(deadline=None, database=None)
@given(st.lists(LINES, max_size=14))
def test_a_key_is_within_the_statement_that_brought_it(statements):
    text, places = grow(statements)
    lines = Lines(text)
    for loc, span in places.items():
        assert lines.knows(loc)
        # a table may be opened by name after a longer heading has brought it into being
        if not text.splitlines()[lines.of(loc) - 1].lstrip().startswith("["):
            assert lines.of(loc) in span


@pytest.mark.parametrize(
    "path",
    [
        *sorted(ROOT.glob("game/content/*/*.toml")),
        *sorted(ROOT.glob("scenarios/*.toml")),
        *sorted(ROOT.glob("tests/content/data/**/*.toml")),
    ],
    ids=lambda path: path.name,
)
def test_the_true_files_are_walked(path):
    text = path.read_text(encoding="utf-8")
    lines = Lines(text)
    assert [loc for loc in paths(tomllib.loads(text)) if not lines.knows(loc)] == []
