"""The rulebook's pages and the checking of files."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from game.content.load import doctrine_ids, load_rulebook, scenario_ids
from game.rules.endings import Ending
from game.rules.parameters import GROUPS
from game.rules.rulebook import Deal, Fire, Requirement, Strike
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS, PAIR_COLUMNS
from game.terminal.console import open_console
from game.terminal.fuzzy_match import find
from game.views.handbook import orders, players
from game.views.handbook.amounts import label
from game.views.handbook.page import Entry
from game.views.handbook.topics import called, topics
from game.views.situation import LABELS

BOOK = load_rulebook()
NAMES = [
    *(f"{d.seat.name.lower()}.{d.id}" for deeds in BOOK.deeds for d in deeds),
    *(d.id for deeds in BOOK.deeds for d in deeds),
    *(w.id for w in BOOK.words),
    *(w.id for w in BOOK.whispers),
    *(s.id for s in BOOK.sites),
    *COLUMNS,
    *PAIR_COLUMNS,
    *(e.id for e in BOOK.endings),
    *(s.name for s in SEATS),
    *(f"{group}.{name}" for group, kind in GROUPS.items() for name in kind._fields),
    *GROUPS,
    *doctrine_ids(),
    "ladder",
    "ledger",
]


@pytest.mark.parametrize("name", dict.fromkeys(NAMES))
def test_everything_in_the_rulebook_has_a_page(run, name):
    result = run("rules", name)
    assert result.status == 0, result.err
    assert len(result.out.split("\n")) > 3
    assert "\x1b" not in result.out


def test_all_pages_are_printed_in_plain_text_as_well(run, capsys):
    for topic in topics():
        topic.show(open_console(plain=True))
    plain = capsys.readouterr().out
    assert plain.count("\n== ") == len(topics())
    assert "─" not in plain


def test_no_two_pages_have_the_same_name_and_kind():
    names = [(topic.kind, topic.name) for topic in topics()]
    assert len(names) == len(set(names))
    for topic in topics():
        assert topic in called(topic.name)


def test_an_ambiguous_name_lists_both(run):
    out = run("rules", "cyber", "--text").out
    assert "The name stands for two things: us.cyber (action), iran.cyber (action)." in out
    assert "== Cyber operation (us.cyber) ==" in out
    assert "== Cyber operation (iran.cyber) ==" in out


@pytest.mark.parametrize(
    "name", ["strike_depots", "Strike depots", "strike-depots", "US.Strike_Depots"]
)
def test_a_name_can_be_written_in_any_way(run, name):
    assert "(us.strike_depots)" in run("rules", *name.split()).out


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("strike_depot", "did you mean strike_depots?"),
        ("us_suport", "did you mean us_support?"),
        ("qqqq", "lists what there is"),
        ("", "an empty text names nothing"),
        ("x" * 5000, "lists what there is"),
        ("[/bold]", "lists what there is"),
    ],
)
def test_an_unknown_name_is_a_mistake(run, name, guess):
    result = run("rules", name) if name else run("rules", " ")
    assert result.status == 2
    assert guess in result.err


def test_the_index_names_every_page(run):
    out = run("rules", "--text").out
    plain = out.replace(",", " ").replace(":", " ").replace(".\n", " ")
    words = set(plain.split())
    for topic in topics():
        if topic.kind == "quick reference":
            assert topic.name in " ".join(plain.split())
        elif topic.kind not in ("parameter", "seat", "ladder", "ledger", "rung"):
            assert topic.name in words, topic.name
    assert "10. " in out  # the ladder


def page(show, *about, capsys):
    show(*about, open_console(plain=True))
    return capsys.readouterr().out


OTHER = {
    "id": "other",
    "name": "Other",
    "sentence": "Something else.",
    "report": "Something else.",
    "seat": Seat.IRAQ,
    "group": "economy",
    "rung": 9,
    "visibility": "deniable",
    "against": {Seat.MILITIA: 9},
    "harm": {Seat.IRAQ: 0.77},
    "costs": {"brink": 0.77},
    "effects": {"brink": 0.77},
    "weekly": {"brink": 0.77},
    "timely": {"brink": 0.77},
    "occasion": {"calm": 0.77},
    "resolve": {Seat.IRAN: 0.77},
    "effort": 0.77,
    "curbs": 0.77,
    "heavy": True,
    "reveals": 0.77,
    "at": "GULF",
    "requires": (Requirement("brink", "no", at_least=0.77),),
    "fire": Fire(rounds_high=77),
    "strike": Strike(fighters=77),
    "investigates": 0.77,
    "detains": 77.0,
    "mediates": True,
    "seats": (Seat.IRAQ,),
    "to_seat": True,
    "to_rung": True,
    "stake": 0.77,
    "odds": (7.0, 1.0, 1.0, 1.0),
    "credit": 0.77,
    "facade": 0.77,
    "case": 0.77,
    "doubt": 0.77,
    "soothes": 0.77,
    "offends": 0.77,
    "accuses": True,
    "occasion_of_word": "news",
    "links": ((Seat.IRAQ, Seat.MILITIA),),
    "guidance": -1.0,
    "deal": Deal(days=77),
    "marks": {Seat.IRAQ: 77.0},
    "column": "brink",
    "worst": 77.0,
    "best": 0.77,
    "points": 77.0,
    "since_opening": False,
}
"""Another value for every field that a row of the rulebook may have."""


@pytest.mark.parametrize(
    ("show", "row"),
    [
        (orders.deed, BOOK.deeds[Seat.US][BOOK.deed(Seat.US, "draw_down")]),
        (orders.word, BOOK.words[0]),
        (orders.whisper, BOOK.whispers[1]),
        (players.ending, BOOK.endings[0]),
        (players.objective, BOOK.marks[0]),
    ],
)
def test_a_page_shows_every_field(capsys, show, row):
    book = (BOOK,) if show in (orders.deed, players.objective) else ()
    before = page(show, *book, row, capsys=capsys)
    for field in fields(row):
        value = OTHER[field.name]
        if field.name == "occasion" and show is orders.word:
            value = OTHER["occasion_of_word"]
        if field.name == "effects" and show is orders.word:
            value = {Seat.IRAQ: value}
        if field.name == "effects" and show is orders.whisper:
            value = {(Seat.IRAQ, Seat.MILITIA): value}
        if field.name == "odds":
            value = {Seat.IRAQ: value}
        if field.name == "requires" and show is orders.word:
            value = {Seat.IRAQ: value}
        other = replace(row, **{field.name: value})
        assert page(show, *book, other, capsys=capsys) != before, field.name


OTHERWISE = {"campaign": True}
"""Other values of figures that are none."""


@pytest.mark.parametrize("kind", [Fire, Strike])
def test_a_page_shows_every_figure_of_fire_and_strikes(capsys, kind):
    name = kind.__name__.lower()
    for field in kind._fields:
        deed = replace(BOOK.deeds[Seat.US][0], **{name: kind(**{field: OTHERWISE.get(field, 7.0)})})
        blank = replace(BOOK.deeds[Seat.US][0], **{name: kind()})
        assert page(orders.deed, BOOK, deed, capsys=capsys) != page(
            orders.deed, BOOK, blank, capsys=capsys
        ), field


def test_a_parameter_tells_value_unit_range_and_source(run):
    out = run("rules", "force.protection_saves", "--text").out
    for told in ("Value: ", "share", "May be: from 0 to 1", "Source: "):
        assert told in out


def test_a_column_tells_who_sees_it_and_what_moves_it(run):
    out = run("rules", "us_protection", "--text").out
    assert "Seen exactly by: United States" in out
    assert "Estimated by: every other seat" in out
    assert "us.harden: +" in out


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_has_a_label_of_its_own(run, name):
    assert LABELS[name] not in COLUMNS
    assert list(LABELS.values()).count(LABELS[name]) == 1
    assert f"== {LABELS[name]} ({name}) ==" in run("rules", name, "--text").out


def test_names_of_nations_keep_their_capital():
    told = [label(name) for name in COLUMNS]
    assert "Iranians killed" in told
    assert "Americans killed" in told
    assert "troops in Iraq" in told
    for text in told:
        assert not re.match(r"americ|iran|iraq|tehran|washing", text), text


def test_endings_have_their_pages():
    for ending in Ending:
        if ending is not Ending.NONE:
            assert called(ending.name.lower())


# --- names that are typed

DEEDS = [
    Entry("strike_depots", "Strike depots"),
    Entry("strike_iran", "Strike Iran"),
    Entry("strike", "Strike"),
    Entry("aid", "Aid Baghdad"),
]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("1", 0),
        ("4", 3),
        ("strike_depots", 0),
        ("STRIKE depots", 0),
        ("strike-d", 0),
        ("strike", 2),
        ("aid", 3),
        ("Aid B", 3),
        ("ai", 3),
    ],
)
def test_what_is_typed_is_found(typed, place):
    assert find(typed, DEEDS, "deed") == place


@pytest.mark.parametrize("typed", ["0", "5", "a", "stri", "strikes", "²", "٣", "-1", "1.5"])
def test_what_is_not_found_gets_a_sentence(typed):
    answer = find(typed, DEEDS, "deed")
    assert isinstance(answer, str)
    assert answer.endswith((".", "?"))


def test_numbers_can_begin_elsewhere():
    assert find("2", DEEDS, "rung", first=2) == 0
    assert isinstance(find("1", DEEDS, "rung", first=2), str)


# --- check


def test_the_games_own_files_have_no_mistakes(run):
    result = run("check")
    assert result.status == 0, result.out
    assert result.out.endswith(" files, no mistakes.\n")


@pytest.mark.parametrize("scenario", scenario_ids())
def test_a_good_file(run, scenario):
    result = run("check", f"scenarios/{scenario}.toml")
    assert result == (0, "One file, no mistakes.\n", "")


def test_every_mistake_is_told_with_its_line(run, tmp_path):
    text = Path("scenarios/turn_zero.toml").read_text(encoding="utf-8")
    bad = tmp_path / "turn_zero.toml"
    bad.write_text(
        text.replace("minutes = 15", "minutse = 15").replace(
            'deed = "sanction"', 'deed = "sanctoin"'
        ),
        encoding="utf-8",
    )
    result = run("check", str(bad), "scenarios/turn_zero.toml")
    assert result.status == 2
    line = text[: text.index("minutes = 15")].count("\n") + 1
    assert f'{bad}:{line}: unknown key "minutse"; did you mean "minutes"?' in result.out
    assert 'did you mean "sanction"?' in result.out
    assert "Two files, three mistakes.\n" in result.out
    assert result.err == ""


@pytest.mark.parametrize("path", ["no/such/file.toml", "scenarios", "main.py"])
def test_what_is_no_data_file(run, path):
    result = run("check", path)
    assert result.status == 2
    assert "One file, one mistake.\n" in result.out
