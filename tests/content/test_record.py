"""The record tells each event of history once, with its sources; the scenarios refer to it."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from game.content.check import check_file
from game.content.load import RECORD, RULEBOOK, SCENARIOS, load_record, load_scenario, scenario_ids

MONTHS = re.findall(
    r"\w+",
    "January February March April May June July August September October November December",
)
UNITS = re.findall(
    r"\w+",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
)
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
VALUES = {word: place for place, word in enumerate(UNITS, start=1)} | TENS
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b(?: 20\d\d)?")
SINCE = re.compile(rf"\bsince {DAY.pattern}", re.IGNORECASE)
NUMBER = re.compile(rf"\b({'|'.join(VALUES)}|\d+)\b", re.IGNORECASE)
NO_COUNT = re.compile(
    r"\b[A-Z]+-\d+|\b20\d\d\b|\b\d+/\d+\b|\b(?:the|that|this|no) one\b|\bone (?:did|of the)\b"
)
"""A base's name, a year, a date in figures, and the word that only points at something."""
SENTENCE = re.compile(r"(?<=[.!?;])\s+")
DEATH = re.compile(r"\b(?:killed|died|deaths?|dead)\b", re.IGNORECASE)
OF_THE_DEAD = re.compile(r"Killed[^:]*: .+ \([^()]+\)\.|Nobody was killed\.", re.DOTALL)
"""How many and who, and in brackets whose count it is."""
WORK = re.compile(r"\w Press, (?:19|20)\d\d$|\d+\(\d+\), (?:19|20)\d\d, pages \d+-\d+$")
"""A book with its publisher, or an article with its volume and pages."""
ABOUT_TWO_MEN = "In the night an American drone killed "
"""A killing that is itself the event, of two public men; its dead follow in the form."""
TOO_MUCH_ALIKE = 0.65
"""Above it two texts tell one thing; two bases handed over in one week stay below."""

record = load_record(RECORD)
EVENTS = tuple(record.events.values())
ROWS = tomllib.loads(RECORD.read_text(encoding="utf-8"))["event"]


def numbers(text: str) -> set[int]:
    """What a text counts; days and years are no counts."""
    text = NO_COUNT.sub(" ", DAY.sub(" ", text))
    return {VALUES.get(m[1].lower()) or int(m[1]) for m in NUMBER.finditer(text)}


def prose(name: str) -> Iterator[str]:
    """A scenario's texts that are its own: not those that it takes from the record."""
    scenario = load_scenario(name)
    file = tomllib.loads((SCENARIOS / f"{name}.toml").read_text(encoding="utf-8"))
    yield scenario.prologue
    for role in scenario.roles.values():
        yield from (role.who, *role.goals, *role.red_lines, *role.knows)
    yield from (inject.text for inject in scenario.injects)
    yield from (turn.get("note", "") for turn in file["turn"])
    yield from (row.get("happened", "") for row in file["history"])


@pytest.mark.parametrize("name", scenario_ids())
def test_the_scenarios_tell_no_event_of_their_own(name: str) -> None:
    file = tomllib.loads((SCENARIOS / f"{name}.toml").read_text(encoding="utf-8"))
    assert "event" not in file
    assert "source" not in file
    assert file["events"]
    for row in file["history"]:
        assert row["events"], row
        own = row.get("happened", "")
        assert numbers(own) == set(), own
        assert DAY.search(own) is None, own


def test_an_event_is_named_for_its_day() -> None:
    for event in EVENTS:
        day = f"_{MONTHS[event.date.month - 1][:3].lower()}{event.date.day}"
        assert event.id.endswith(day), event.id


def test_no_event_stands_twice() -> None:
    """Two events of the same day or the next may not be one told in other words."""
    near = [(a, b) for a, b in combinations(ROWS, 2) if abs(a["date"] - b["date"]) <= timedelta(1)]
    assert len(near) > 100
    for a, b in near:
        alike = SequenceMatcher(None, a["text"], b["text"], autojunk=False).ratio()
        assert alike < TOO_MUCH_ALIKE, (a["id"], b["id"], alike)


def test_nothing_is_kept_that_no_scenario_refers_to() -> None:
    files = [(SCENARIOS / f"{name}.toml").read_text(encoding="utf-8") for name in scenario_ids()]
    files.append((RULEBOOK / "agendas.toml").read_text(encoding="utf-8"))
    named = set(re.findall(r'"([a-z0-9_]+)"', "".join(files)))
    assert set(record.events) <= named
    named |= {source for event in EVENTS for source in event.sources}
    assert set(record.sources) <= named


def test_every_event_has_a_source_and_every_source_can_be_found() -> None:
    for event in EVENTS:
        assert event.sources, event.id
        assert set(event.sources) <= set(record.sources)
    for source in record.sources.values():
        address = source.url.startswith(("https://", "http://"))
        assert address or WORK.search(source.title), source.id


def test_the_dead_are_told_in_one_form() -> None:
    told = [
        (row["id"], sentence)
        for row in ROWS
        for sentence in re.split(r"(?<=\.)\s+", row["text"].removeprefix(ABOUT_TWO_MEN))
        if DEATH.search(sentence)
    ]
    assert len(told) >= 15
    for name, sentence in told:
        assert OF_THE_DEAD.fullmatch(sentence), (name, sentence)
    for row in ROWS:
        for reading in row.get("readings", ()):
            if reading.startswith("Killed"):
                assert OF_THE_DEAD.fullmatch(reading), (row["id"], reading)


def test_what_is_told_of_a_day_is_what_the_record_tells() -> None:
    """Prologues, role sheets, notes and injects count no otherwise than the record does."""
    of_day: dict[tuple[int, str], set[int]] = {}
    for event in EVENTS:
        day = event.date.day, MONTHS[event.date.month - 1]
        of_day.setdefault(day, set()).update(numbers(event.text))
    compared = 0
    for text in (text for name in scenario_ids() for text in prose(name)):
        for sentence in SENTENCE.split(text):
            days = {(int(m[1]), m[2]) for m in DAY.finditer(SINCE.sub(" ", sentence))}
            if len(days) == 1 and (counts := numbers(sentence)) and days <= set(of_day):
                assert counts <= of_day[days.pop()], sentence
                compared += 1
    assert compared >= 5


GOOD = """\
[[event]]
id = "raid_jan4"
date = 2020-01-04
rung = 3
text = "A workshop was raided."
readings = ["The police: twice."]
source = "archive"

[[source]]
id = "archive"
title = "An archive"
url = "https://example.org/archive"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('source = "archive"', 'source = "archiv"', 7, 'unknown source "archiv"'),
        ('source = "archive"', 'source = ["archive", "diary"]', 7, 'unknown source "diary"'),
        ('source = "archive"\n', "", 1, '"source" is missing'),
        ('source = "archive"', "source = []", 7, '"source" has 0 items, too few'),
        (
            'readings = ["The police: twice."]',
            "readings = []",
            6,
            '"readings" has 0 items, too few',
        ),
        ("rung = 3", "rung = 30", 4, '"rung" is 30, too large'),
        ("rung = 3", "rungs = 3", 4, 'unknown key "rungs"; did you mean "rung"'),
        ('url = "https://', 'url = "gopher://', 12, "this is no address on the web"),
        (
            "[[source]]",
            GOOD.split("\n\n", maxsplit=1)[0] + "\n[[source]]",
            10,
            'a second event with id "raid_jan4"',
        ),
    ],
)
def test_a_mistake_in_a_record_is_told_by_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    path = folder / "events.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert check_file(path) == []
    assert GOOD.count(old) == 1
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert f"{path}:{line}: " in "\n".join(map(str, check_file(path)))
    assert told in "\n".join(map(str, check_file(path)))
