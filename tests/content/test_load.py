"""A good rulebook and scenario become what their files say."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from game.content import deeds_schema, load, world_schema
from game.content.check import check_file
from game.content.load import load_base, load_rulebook, load_scenario
from game.content.problems import ContentError
from game.content.record import Record
from game.rules import rulebook
from game.rules.legal import refusals
from game.rules.luck import game_keys
from game.rules.rulebook import Requirement
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS, NO_LINE

US, IRAN, MILITIA, IRAQ = SEATS


@pytest.fixture
def scenario(library, tmp_path):
    path = tmp_path / "a-winter.toml"
    path.write_text(library.scenario_text)
    return library.load(path)


MODELS = vars(deeds_schema) | vars(world_schema)


@pytest.mark.parametrize(
    ("row", "kind", "only_in_the_file"),
    [
        ("RequirementRow", "Requirement", set()),
        ("FireRow", "Fire", set()),
        ("StrikeRow", "Strike", set()),
        ("DeedRow", "Deed", set()),
        ("WordRow", "Word", set()),
        ("WhisperRow", "Whisper", set()),
        ("SiteRow", "Site", {"source", "confidence"}),
        ("MarkRow", "MarkPart", set()),
        ("EndingRow", "EndingText", set()),
        ("ReachRow", "Reach", set()),
    ],
)
def test_files_have_the_fields_of_the_rules(row, kind, only_in_the_file):
    compiled = getattr(rulebook, kind)
    names = getattr(compiled, "_fields", None) or [f.name for f in fields(compiled)]
    model = MODELS[row]
    assert set(model.model_fields) - only_in_the_file == set(names)


def test_defaults_are_those_of_the_rules():
    for row, kind in (("FireRow", "Fire"), ("StrikeRow", "Strike")):
        compiled = getattr(rulebook, kind)()
        assert MODELS[row]().model_dump() == compiled._asdict()
    for row, kind in (
        ("DeedRow", "Deed"),
        ("WordRow", "Word"),
        ("WhisperRow", "Whisper"),
        ("SiteRow", "Site"),
        ("MarkRow", "MarkPart"),
    ):
        defaults = MODELS[row].model_fields
        for field in fields(getattr(rulebook, kind)):
            if isinstance(field.default, str | int | float | None | tuple):
                default = defaults[field.name].default
                same = tuple(default) if isinstance(default, list) else default
                assert same == field.default, (kind, field.name)


def test_rulebook(library):
    book = library.rulebook
    assert [[deed.id for deed in deeds] for deeds in book.deeds] == [
        ["hold", "strike-depots"],
        ["hold"],
        ["hold", "harass"],
        ["hold", "investigate", "resolution", "order_out", "mediate"],
    ]
    strike = book.deeds[US][1]
    assert strike.seat is US
    assert strike.sentence.startswith("Bomb the depots. A key = ")
    assert strike.sentence.endswith("''' this '''.")
    assert strike.against == {MILITIA: 6, IRAQ: 5}
    assert strike.harm == {MILITIA: 0.2}
    assert strike.costs == {"us_coalition": 0.01}
    assert strike.requires[0] == Requirement("us_troops", "too few troops", at_least=1000)
    assert strike.requires[1].at_most == 1
    assert strike.at == "MILITIA"
    assert strike.fire is None
    assert strike.strike == rulebook.Strike(25, 0.1, 0, 1, 0.5)
    assert book.deeds[MILITIA][1].fire == rulebook.Fire(True, 1, 5, 0.1, 0.05, 1, 0.4, 3)
    deny = book.words[book.word("deny")]
    assert deny.seats == (IRAN, MILITIA)
    assert deny.odds == {Seat.MILITIA: (0.8, 0.8, 1.2, 1.2)}
    assert deny.effects == {MILITIA: {"mil_standing": -0.01}}
    assert deny.requires[MILITIA][0].column == "mil_standing"
    notice = book.whispers[book.whisper("notice")]
    assert notice.links == ((US, IRAQ), (IRAN, IRAQ))
    assert notice.soothes == 0.2
    assert [site.id for site in book.sites] == ["big-base", "small-base", "depot"]
    assert sum(mark.points for mark in book.marks) == 400
    assert book.endings[1].marks == {US: -10, IRAN: -10}
    assert book.reaches[1].columns == {"mil_rockets": 0.001, "us_protection": -0.2}
    assert book.splinter_fire.rounds_high == 4
    assert book.parameters.words.shift_cost == 1


def test_scenario_texts(scenario):
    assert scenario.id == "a-winter"
    assert scenario.prologue.splitlines()[1] == "[[turn]]"
    assert scenario.questions == ("Was it read?", "Was it refused?")
    assert [turn.date for turn in scenario.turns] == [
        date(2019, 12, 29),
        date(2020, 1, 3),
        date(2020, 1, 5),
    ]
    raided = "4 January: A workshop was raided. The police: twice. The owners: never."
    assert [turn.note for turn in scenario.turns] == ["Everybody knows this.", "", raided]
    assert scenario.turns[1].anniversary_of == "The day when something happened."
    assert scenario.roles[IRAN].doctrine == "patience"
    assert scenario.roles[MILITIA].goals == ("Resist.",)
    assert scenario.roles[IRAN].knows == ("Much, and 5\u00a0names.",)
    assert scenario.prologue_sources == ("book", "paper")
    assert [turn.sources for turn in scenario.turns] == [
        ("book",),
        (),
        ("archive", "diary"),
    ]
    assert [scenario.roles[seat].sources for seat in SEATS] == [(), ("book",), (), ()]
    assert [source.title for source in scenario.sources_of(("book", "paper"))] == [
        "A book",
        "A newspaper",
    ]
    assert scenario.injects[0].sources == ("paper",)
    assert scenario.injects[1].turn is None
    assert scenario.history[1].order.word == scenario.setting.rulebook.word("deny")
    assert [source.id for source in scenario.sources] == ["archive", "diary", "paper", "book"]
    assert scenario.sources[3].url == ""


def test_what_the_record_tells_stands_in_the_scenario(scenario):
    raided = "A workshop was raided. The police: twice. The owners: never."
    assert [(event.id, event.date.day) for event in scenario.events] == [
        ("", 29),
        ("", 3),
        ("raid", 4),
    ]
    assert [event.contested for event in scenario.events] == [False, True, True]
    assert scenario.events[2].text == raided
    assert scenario.events[2].sources == ("archive", "diary")
    assert scenario.history[2].happened == f"4 January: {raided} An inquiry began."
    assert scenario.history[2].sources == ("archive", "diary")


def test_an_event_of_the_record_has_one_text_for_all(library, tmp_path):
    other = library.record.events["raid"]
    path = tmp_path / "a-winter.toml"
    path.write_text(library.scenario_text)
    told = load_scenario(
        path,
        library.rulebook,
        base=library.base,
        doctrines={},
        record=Record(
            {**library.record.events, "raid": replace(other, text="It was a barn.")},
            library.record.sources,
        ),
    )
    assert "It was a barn." in told.turns[2].note
    assert "It was a barn." in told.history[2].happened
    assert [event.text for event in told.events if event.id == "raid"] == ["It was a barn."]


def test_scenario_setting(scenario):
    setting = scenario.setting
    assert setting.days == (5, 2, 3)
    assert setting.anniversaries == (0, 0.5, 0)
    opening = setting.opening
    assert opening.us_troops[0] == 6000  # the scenario's own
    assert opening.mil_rockets[0] == 500  # the base's
    assert opening.anger[US, MILITIA, 0] == np.float32(0.6)
    assert opening.anger[IRAN, US, 0] == np.float32(0.4)
    assert opening.channel[US, IRAQ, 0] == 1
    assert (opening.line[..., 0] == NO_LINE).all()
    assert opening.suspicion[IRAQ, :, 0] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert opening.suspicion[US, :, 0] == pytest.approx([0.5, 0.3, 0.1, 0.1])
    assert opening.suspicion[IRAN, :, 0] == pytest.approx([0.25] * 4)


def test_history_becomes_orders(scenario, library):
    book, (first, second, third) = library.rulebook, scenario.historical_orders
    assert [orders.games for orders in scenario.historical_orders] == [1, 1, 1]
    assert first.deed[:, 0].tolist() == [1, 0, 0, 0]
    assert first.site[US, 0] == book.site("depot")
    assert first.word[US, 0] == book.word("threaten")
    assert first.word_to[US, 0] == IRAN
    assert first.word_rung[US, 0] == 5
    assert first.whisper[US, 0] == book.whisper("notice")
    assert first.whisper_to[US, 0] == IRAQ
    assert second.deed[:, 0].tolist() == [0, 0, 1, 0]
    assert second.word[MILITIA, 0] == book.word("deny")
    assert second.word_to[MILITIA, 0] == second.site[MILITIA, 0] == -1
    assert third.deed[:, 0].tolist() == [0, 0, 0, 1]
    assert refusals(scenario.setting, scenario.setting.opening, first) == []


def test_scenario_without_history_holds(library, tmp_path):
    text = library.scenario_text
    start, end = text.index("[[history]]"), text.index("[[event]]")
    path = tmp_path / "a-winter.toml"
    path.write_text(text[:start] + text[end:])
    scenario = library.load(path)
    assert scenario.history == ()
    assert all((orders.deed == 0).all() for orders in scenario.historical_orders)


def test_doctrines_are_not_asked_for_where_there_are_none(library, tmp_path):
    path = tmp_path / "a-winter.toml"
    path.write_text(library.scenario_text.replace('"vanguard"', '"anybody"'))
    scenario = load_scenario(
        path, library.rulebook, base=library.base, doctrines={}, record=library.record
    )
    assert scenario.roles[Seat.MILITIA].doctrine == "anybody"


def test_problems_are_told_together_and_in_words(library, tmp_path):
    path = tmp_path / "a-winter.toml"
    text = library.scenario_text.replace("rung = 6", "rung = 60").replace("= 45", "= 0")
    path.write_text(text)
    with pytest.raises(ContentError) as caught:
        library.load(path)
    assert str(caught.value) == (
        f'{path}:4: "minutes" is 0, too small; write 1 or more\n'
        f'{path}:{text[: text.index("rung = 60")].count(chr(10)) + 1}: "rung" is 60, too large; '
        "write 10 or less"
    )


# The true files


def test_true_rulebook_is_read_once():
    assert load_rulebook() is load_rulebook()
    assert load_base() is load_base()
    assert set(load_base().columns) <= set(COLUMNS)


@pytest.mark.parametrize(
    "path",
    [
        *(load.RULEBOOK / name for name in load.RULEBOOK_FILES),
        *sorted(load.DOCTRINES.glob("*.toml")),
        *sorted(load.SCENARIOS.glob("*.toml")),
    ],
    ids=lambda path: path.name,
)
def test_true_file_is_good(path):
    assert [str(problem) for problem in check_file(path)] == []


@pytest.mark.parametrize("name", load.scenario_ids())
def test_true_scenario_opens(name):
    scenario = load_scenario(name)
    assert scenario.id == name
    assert len(scenario.historical_orders) == scenario.setting.turns == len(scenario.turns)
    assert scenario.setting.open_games(game_keys(1, range(3))).games == 3
