"""What must hold between the rows of a rulebook file, beside what each row says for itself."""

from collections.abc import Collection, Iterator, Mapping

from game.rules.endings import Ending
from game.rules.parameters import GROUPS, TheoryNumbers
from game.rules.rulebook import DEEDS_BY_NAME, WHISPERS_BY_NAME
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS, EVERYONE, READY

from .kinds import is_number
from .problems import Mistake
from .raw import RawTable, begins_with, repeated, table, tables, texts_of
from .wording import unknown
from .world_schema import ENDINGS


def deed_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Ids are unique within a seat; every seat's first deed is hold, which it always may; no deed
    claims what the referee would not do, or keeps a secret that it can't.
    """
    yield from repeated(data, "deed", ("seat", "id"))
    yield from mechanism_mistakes(data)
    yield from campaign_mistakes(data)
    yield from occasion_mistakes(data)
    yield from secret_mistakes(data)
    yield from named_mistakes(data)
    for seat in SEATS:
        own = [i for i, deed in enumerate(tables(data, "deed")) if deed.get("seat") == seat.name]
        if not own:
            yield Mistake(("deed",), f"{seat.name} has no deed", 'give it "hold" at least')
        elif tables(data, "deed")[own[0]].get("id") != "hold":
            yield Mistake(
                ("deed", own[0], "id"),
                f'the first deed of {seat.name} must be "hold"',
                'put "hold" before its others',
            )
        elif tables(data, "deed")[own[0]].get("requires"):
            yield Mistake(
                ("deed", own[0], "requires"), "a seat may always hold", 'leave "requires" out'
            )


_MECHANISMS = {
    "fire": (("MILITIA", "deniable"), ("IRAN", "deniable"), ("IRAN", "public")),
    "strike": (("US", "public"),),
    "investigates": (("IRAQ", "public"),),
    "detains": (("IRAQ", "public"),),
    "mediates": (("IRAQ", "public"),),
}
"""What only some seats can do, in the ways in which the referee knows it."""
_OF_SEATS = {
    "effort": ("MILITIA",),
    "curbs": ("IRAQ",),
    "heavy": tuple(seat.name for seat in READY),
}
"""What only some seats can do, in whatever way."""
_SEATS = tuple(Seat.__members__)
_VISIBILITIES = ("public", "deniable", "covert")


def mechanism_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Fire, strikes, investigations and arrests belong to seats that the referee knows them of."""
    for index, deed in enumerate(tables(data, "deed")):
        done = (deed.get("seat"), deed.get("visibility"))
        if done[0] not in _SEATS or done[1] not in _VISIBILITIES:
            continue  # told already, for what it is
        for key, known in _MECHANISMS.items():
            if deed.get(key) and done not in known:
                ways = " or ".join(f"{seat} ({visibility})" for seat, visibility in known)
                yield Mistake(
                    ("deed", index, key),
                    f'the referee knows "{key}" only of {ways}',
                    f'leave "{key}" out, or change "seat" or "visibility"',
                )


def campaign_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Only the militias drive a campaign, only Baghdad curbs it, and only forces that can be made
    ready do what is heavy.
    """
    for index, deed in enumerate(tables(data, "deed")):
        seat, fire = deed.get("seat"), table(deed, "fire")
        if seat not in _SEATS:
            continue  # told already, for what it is
        for key, known in _OF_SEATS.items():
            if key in deed and deed[key] is not False and seat not in known:
                yield Mistake(
                    ("deed", index, key),
                    f'the referee knows "{key}" only of {" or ".join(known)}',
                    f'leave "{key}" out, or change "seat"',
                )
        if fire.get("campaign") is True and seat != "MILITIA":
            yield Mistake(
                ("deed", index, "fire", "campaign"),
                "only the militias have a campaign",
                'leave "campaign" out',
            )
        elif fire.get("campaign") is True and deed.get("heavy") is True:
            yield Mistake(
                ("deed", index, "heavy"),
                "fire of the campaign is never heavy",
                'leave "heavy" out, or "campaign"',
            )


def occasion_mistakes(data: RawTable) -> Iterator[Mistake]:
    """What waits for its moment says for which; and the moment is one that its doer can see, and
    everybody who sees what comes of it.
    """
    for index, deed in enumerate(tables(data, "deed")):
        timely, occasion = table(deed, "timely"), table(deed, "occasion")
        if occasion and not timely:
            what = "nothing waits for this moment"
            yield Mistake(("deed", index, "occasion"), what, 'add "timely", or leave it out')
        if timely and not occasion:
            what = "nothing says what moment this waits for"
            yield Mistake(("deed", index, "timely"), what, 'add "occasion", or write "effects"')
        seen = [COLUMNS[column].seen_by == EVERYONE for column in timely if column in COLUMNS]
        for column in occasion:
            if column in COLUMNS:
                yield from _unseen(index, column, deed.get("seat"), public=any(seen))


def _unseen(index: int, column: str, doer: object, *, public: bool) -> Iterator[Mistake]:
    """A moment that its doer does not see, or that would come out by what everybody sees."""
    seen_by, loc = COLUMNS[column].seen_by, ("deed", index, "occasion", column)
    if doer in _SEATS and doer not in [seat.name for seat in seen_by]:
        what = f"{doer} does not see {column}"
        yield Mistake(loc, what, "make it depend on something that the seat sees")
    elif public and seen_by != EVERYONE:
        what = f"everybody could work out {column} from what this deed moves"
        yield Mistake(loc, what, "make it depend on something that everybody sees")


def secret_mistakes(data: RawTable) -> Iterator[Mistake]:
    """A covert deed moves no column that everybody sees, and shows nobody its doer's resolve: it
    would be no secret.
    """
    for index, deed in enumerate(tables(data, "deed")):
        if deed.get("visibility") != "covert":
            continue
        if deed.get("resolve"):
            yield Mistake(
                ("deed", index, "resolve"),
                "whoever reads the doer's resolve from it learns of this deed",
                'leave "resolve" out, or make its "visibility" "deniable" or "public"',
            )
        for key in ("costs", "effects", "weekly", "timely"):
            for column in table(deed, key):
                spec = COLUMNS.get(column)
                if spec is not None and spec.seen_by == EVERYONE:
                    yield Mistake(
                        ("deed", index, key, column),
                        f"everybody sees {column}, so this deed would be no secret",
                        'choose another column, or make its "visibility" "deniable" or "public"',
                    )


def named_mistakes(data: RawTable) -> Iterator[Mistake]:
    """The deeds that the referee knows by name are there."""
    there = texts_of(data, "deed", "seat", "id")
    for seat, deeds in DEEDS_BY_NAME.items():
        for deed in deeds:
            if (seat.name, deed) not in there:
                yield Mistake(
                    ("deed",),
                    f'the referee needs the deed "{deed}" of {seat.name}',
                    "add it, or give it its name back",
                )


def word_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Ids are unique; the first word is silence, which every seat may keep without conditions."""
    yield from repeated(data, "word", ("id",))
    yield from begins_with(data, "word", "silence")
    for silence in tables(data, "word")[:1]:
        seats = silence.get("seats")
        if isinstance(seats, list) and not all(seat.name in seats for seat in SEATS):
            yield Mistake(("word", 0, "seats"), "some seat may not be silent", "name all four")
        for key in ("requires", "to_seat", "to_rung"):
            if silence.get(key):
                yield Mistake(
                    ("word", 0, key),
                    "silence has no conditions and says nothing",
                    f'leave "{key}" out',
                )


def whisper_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Ids are unique; the first whisper is none, and the others have somebody to send them."""
    yield from repeated(data, "whisper", ("id",))
    yield from begins_with(data, "whisper", "none")
    there = texts_of(data, "whisper", "id")
    for name in WHISPERS_BY_NAME:
        if (name,) not in there:
            yield Mistake(
                ("whisper",),
                f'the referee needs the whisper "{name}"',
                "add it, or give it its name back",
            )
    for index, whisper in enumerate(tables(data, "whisper")):
        if whisper.get("links") and index == 0:
            yield Mistake(
                ("whisper", 0, "links"), "the whisper that is none goes to nobody", "empty the list"
            )
        elif whisper.get("links") == [] and index:
            yield Mistake(
                ("whisper", index, "links"),
                "nobody may send this whisper",
                'add a link such as "US>IRAQ"',
            )


def site_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Ids are unique; every host has a site that is held to the end and chosen at times."""
    yield from repeated(data, "site", ("id",))
    sites = tables(data, "site")
    hosts = (site.get("host") for site in sites)
    for host in dict.fromkeys(host for host in hosts if isinstance(host, str)):
        own = [i for i, site in enumerate(sites) if site.get("host") == host]
        if not any(_lasting(sites[i]) for i in own):
            yield Mistake(
                ("site", own[0]),
                f"no site of {host} can always be chosen",
                'give one of them a "habit" above 0 and no "held_above"',
            )


def _lasting(site: RawTable) -> bool:
    return bool(site.get("habit", 1) != 0 and site.get("held_above", 0) == 0)


def mark_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Ids are unique within a seat, and the points of each seat add up to 100."""
    yield from repeated(data, "mark", ("seat", "id"))
    marks = tables(data, "mark")
    for seat in SEATS:
        own = [i for i, mark in enumerate(marks) if mark.get("seat") == seat.name]
        if not own:
            yield Mistake(("mark",), f"{seat.name} has no marks", "give it some, of 100 points")
            continue
        points = [number for i in own if is_number(number := marks[i].get("points"))]
        if len(points) == len(own) and abs(sum(points) - 100) > 1e-6:
            yield Mistake(
                ("mark", own[0], "points"),
                f"the points of {seat.name} add up to {sum(points):g}",
                "make them add up to 100",
            )


def agenda_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Ids are unique within a seat, and every seat has an agenda."""
    yield from repeated(data, "agenda", ("seat", "id"))
    there = texts_of(data, "agenda", "seat")
    for seat in SEATS:
        if (seat.name,) not in there:
            yield Mistake(("agenda",), f"{seat.name} has no agenda", "give it one at least")


def named_by_agendas(
    data: RawTable,
    objectives: Mapping[Seat, Collection[str]],
    deeds: Mapping[Seat, Mapping[str, str]],
) -> Iterator[Mistake]:
    """Agendas weigh objectives of their own seat, and incline to deeds of its own."""
    for index, agenda in enumerate(tables(data, "agenda")):
        if (name := agenda.get("seat")) in Seat.__members__:
            seat = Seat[str(name)]
            for loc, *told in agenda_names(agenda, objectives[seat], deeds[seat]):
                yield Mistake(("agenda", index, *loc), *told)


def agenda_names(
    agenda: RawTable, objectives: Collection[str], deeds: Mapping[str, str]
) -> Iterator[Mistake]:
    """The names of objectives, of deeds or their groups, and of endings, that an agenda has wrong.

    Args:
        agenda: its table.
        objectives: ids of its seat's.
        deeds: the group of each of its seat's deeds, by id.
    """
    for name in table(agenda, "points"):
        if name not in objectives:
            yield Mistake(("points", name), *unknown("objective", name, objectives))
    known = [*deeds, *dict.fromkeys(deeds.values())]
    for name in table(agenda, "inclination"):
        if name not in known:
            yield Mistake(("inclination", name), *unknown("deed or group", name, known))
    endings = [ending.name.lower() for ending in Ending if ending]
    for name in table(agenda, "endings"):
        if name not in endings:
            yield Mistake(("endings", name), *unknown("ending", name, endings))


def ending_mistakes(data: RawTable) -> Iterator[Mistake]:
    """The endings are those that the rules know, in their order."""
    endings = tables(data, "ending")
    for index, (ending, wanted) in enumerate(zip(endings, ENDINGS, strict=False)):
        if ending.get("id") != wanted:
            yield Mistake(
                ("ending", index, "id"),
                f'ending {index + 1} must be "{wanted}"',
                f"keep this order: {', '.join(ENDINGS)}",
            )
    for missing in ENDINGS[len(endings) :]:
        yield Mistake(("ending",), f'the ending "{missing}" is missing', "add it at the end")


def reach_mistakes(data: RawTable) -> Iterator[Mistake]:
    """There is at most one reach of a seat on another."""
    yield from repeated(data, "reach", ("of", "on"))


def theory_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Numbers are exactly those of the rules; the first theory, which holds where none is drawn,
    has all of them, and every value lies in its number's range.
    """
    yield from repeated(data, "theory", ("id",))
    numbers, theories = table(data, "number"), tables(data, "theory")
    for name in numbers:
        if name not in TheoryNumbers._fields:
            yield Mistake(("number", name), *unknown("number", name, TheoryNumbers._fields))
    for name in TheoryNumbers._fields:
        if name not in numbers:
            what = f"the number [number.{name}] is missing"
            yield Mistake(("number",), what, "add it with unit, range and meaning")
        if theories and name not in table(theories[0], "values"):
            what = f"the first theory has no value of {name}"
            yield Mistake(("theory", 0, "values"), what, "write one")
    for index, theory in enumerate(theories):
        for name, value in table(theory, "values").items():
            loc = ("theory", index, "values", name)
            if name not in TheoryNumbers._fields:
                yield Mistake(loc, *unknown("number", name, TheoryNumbers._fields))
                continue
            span = table(numbers, name).get("range")
            if not is_number(value) or not isinstance(span, list) or len(span) != len("ab"):
                continue  # told already, for what it is
            low, high = span
            if is_number(low) and is_number(high) and not low <= value <= high:
                what = f"{value:g} is out of its range"
                yield Mistake(loc, what, f"write a number from {low:g} to {high:g}")


def parameter_mistakes(data: RawTable) -> Iterator[Mistake]:
    """Groups and names are exactly those of the rules; half-lives cannot be 0."""
    for group in data:
        if group not in GROUPS:
            yield Mistake((group,), *unknown("group of parameters", group, GROUPS))
    for group, kind in GROUPS.items():
        rows = table(data, group)
        for name in kind._fields:
            if name not in rows:
                yield Mistake(
                    (group,),
                    f"the parameter [{group}.{name}] is missing",
                    "add it with value, unit, range, meaning and source",
                )
        for name in rows:
            if name not in kind._fields:
                yield Mistake((group, name), *unknown("parameter", name, kind._fields))
            elif name.endswith("half_life") and table(rows, name).get("value") == 0:
                yield Mistake(
                    (group, name, "value"),
                    "a half-life cannot be 0",
                    "write the days after which half is left",
                )


def host_mistakes(data: RawTable, hosts: Collection[str]) -> Iterator[Mistake]:
    """Every deed that is done at somebody's sites finds one; `hosts` are those who have sites."""
    for index, deed in enumerate(tables(data, "deed")):
        if "at" in deed and deed["at"] not in hosts:
            yield Mistake(
                ("deed", index, "at"),
                f"there are no sites of {deed['at']}",
                "add one to sites.toml, or name another host",
            )
