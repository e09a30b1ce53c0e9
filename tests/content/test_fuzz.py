"""However a file is mangled, it is either read or refused with problems that name its lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.load import load_base, load_rulebook
from game.content.problems import ContentError

PIECES = st.sampled_from(
    [
        b"",
        b" ",
        b"\n",
        b"=",
        b'"',
        b'"""',
        b"'''",
        b"[",
        b"]",
        b"[[",
        b"{",
        b"}",
        b",",
        b".",
        b"#",
        b"\\",
        b"-",
        b"1",
        b"0",
        b"nan",
        b"-inf",
        b"true",
        b"1e400",
        b"2020-01-01",
        b"9" * 30,
        b'"US"',
        b"[]",
        b"{}",
        b"\xff",
        b"\x00",
        b"\xe2\x80\xae",
        b"\r",
        b"a.b.c = 1\n",
        b"[role.US]\n",
        b"[[turn]]\n",
        b"turn = 1\n",
        b"history = [1]\n",
        b"opening = 3\n",
        b"role = []\n",
        b"source = 'x'\n",
    ]
)


@st.composite
def mangled(draw, good):
    """Lines deleted, doubled, moved and replaced, then bytes."""
    lines = good.splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 4))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.integers(0, 4)):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                key, _, _ = lines[at].partition(b"=")
                _, _, value = lines[other].partition(b"=")
                lines[at] = key + b"=" + (value or b"\n")
            case _:
                lines.insert(at, draw(PIECES) + b"\n")
    raw = b"".join(lines)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(raw)))
        width = draw(st.integers(0, 8))
        raw = raw[:at] + draw(PIECES | st.binary(max_size=4)) + raw[at + width :]
    return raw


def survives(read, path, raw):
    """Reading does its duty: it succeeds, or it says where it failed."""
    path.write_bytes(raw)
    try:
        read()
    except ContentError as error:
        problems = error.problems
    else:
        return
    assert problems
    for problem in problems:
        assert problem.path == path
        assert 0 <= problem.line <= raw.count(b"\n") + 1
        assert problem.what
        assert problem.remedy
        assert str(problem).isprintable()


@pytest.fixture(scope="module")
def desk(library, tmp_path_factory):
    """Where files are mangled: a scenario's path, and a copy of the rulebook."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "rulebook").mkdir()
    for path in library.folder.iterdir():
        (folder / "rulebook" / path.name).write_bytes(path.read_bytes())
    return folder


@settings(deadline=None, database=None, max_examples=150)
@given(data=st.data())
def test_mangled_scenario(library, desk, data):
    path = desk / "a-winter.toml"
    raw = data.draw(mangled(library.scenario_text.encode()))
    survives(lambda: library.load(path), path, raw)


@settings(deadline=None, database=None, max_examples=150)
@given(data=st.data())
def test_mangled_rulebook(library, desk, data):
    name = data.draw(st.sampled_from(sorted(path.name for path in library.folder.iterdir())))
    path, good = desk / "rulebook" / name, (library.folder / name).read_bytes()
    read = load_base if name == "base.toml" else load_rulebook
    raw = data.draw(mangled(good))
    try:
        survives(lambda: read(desk / "rulebook"), path, raw)
    finally:
        path.write_bytes(good)
