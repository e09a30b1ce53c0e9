"""The papers of a class: role sheets, order slips and what a teacher needs, from the same data as
the screens; each a file that prints as it stands.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.rules.rulebook import Agenda, Deed, MarkPart, Whisper, Word
from game.rules.seats import SEATS, Rung, Seat
from game.views.handbook.amounts import change, label
from game.views.handbook.reference import reference
from game.views.names import rung_name
from game.views.secrets import has_secret
from game.views.summary import day

from .faults import ClassroomFault
from .mapping import WIDTH, place
from .plan import Plan, plans
from .room import templates
from .texts import t


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page of text."""

    heading: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    kind: str = "ul"
    paragraphs: tuple[str, ...] = ()
    lines: int = 0
    """Empty lines to write on."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of text."""

    title: str
    lead: str = ""
    parts: tuple[Part, ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """The short codes of what a seat can order, as slips have them."""

    seat: Seat
    deeds: tuple[tuple[str, Deed], ...]
    words: tuple[tuple[str, Word], ...]
    whispers: tuple[tuple[str, Whisper], ...]
    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each code, as in `Orders`."""


def codes(scenario: Scenario, seat: Seat) -> Codes:
    """A seat's codes: A1 and on for actions, S1 for statements, P1 for messages."""
    book = scenario.setting.rulebook
    words = [(i, one) for i, one in enumerate(book.words) if seat in one.seats]
    whispers = [
        (i, one)
        for i, one in enumerate(book.whispers)
        if not i or any(sender is seat for sender, _ in one.links)
    ]
    deeds = list(enumerate(book.deeds[seat]))
    numbers = {
        f"{letter}{place}": number
        for letter, rows in (("A", deeds), ("S", words), ("P", whispers))
        for place, (number, _) in enumerate(rows, 1)
    }
    return Codes(
        seat,
        tuple((f"A{k}", one) for k, (_, one) in enumerate(deeds, 1)),
        tuple((f"S{k}", one) for k, (_, one) in enumerate(words, 1)),
        tuple((f"P{k}", one) for k, (_, one) in enumerate(whispers, 1)),
        numbers,
    )


def papers(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Every paper: its file's name, its title, and the document."""
    for seat in SEATS:
        yield _made(scenario, f"role_{seat.name.lower()}", t(f"seats.{seat.name}"), "role",
                    **_role(scenario, seat))  # fmt: skip
    for seat in SEATS:
        made = reference(scenario.setting.rulebook, seat)
        title = t("print.reference", seat=t(f"seats.{seat.name}"))
        yield _made(
            scenario, f"reference_{seat.name.lower()}", title, "reference", seat=seat, made=made
        )
    for seat in SEATS:
        own = codes(scenario, seat)
        name = t("print.slips", seat=t(f"seats.{seat.name}"))
        yield _made(
            scenario,
            f"slips_{seat.name.lower()}",
            name,
            "slips",
            seat=seat,
            turns=list(range(1, len(scenario.turns) + 1)),
            deeds=own.deeds,
            words=own.words,
            whispers=own.whispers,
        )
    if secret := [seat for seat in SEATS if has_secret(scenario, seat)]:
        cards = _cards(scenario, secret)
        yield _made(scenario, "agendas", t("print.agendas"), "agendas", cards=cards)
    yield _made(scenario, "map", t("print.map"), "map", places=_places(scenario))
    yield _made(scenario, "ladder", t("briefing.ladder"), "ladder")
    if scenario.injects:
        told = {i.id: _effects(i.effects) for i in scenario.injects}
        yield _made(scenario, "injects", t("host.all_news"), "injects", effects=told)
    for name, page in _pages(scenario).items():
        yield _made(scenario, name, page.title, "text", pages=[page])


def _made(
    scenario: Scenario, name: str, title: str, template: str, **values: Any
) -> tuple[str, str, str]:
    rungs = [(int(rung), rung_name(rung)) for rung in Rung]
    document = templates.get_template(f"print/{template}.html").render(
        scenario=scenario, title=title, rungs=rungs, **values
    )
    return f"{name}.html", title, document


def _role(scenario: Scenario, seat: Seat) -> dict[str, Any]:
    own, book = codes(scenario, seat).deeds, scenario.setting.rulebook
    middle = (len(own) + 1) // 2
    return {
        "seat": seat,
        "role": scenario.roles[seat],
        "marks": () if has_secret(scenario, seat) else book.objectives(seat, 0),
        "halves": (own[:middle], own[middle:]),
        "span": f"{day(scenario.turns[0].date)} – {day(scenario.end)}",
    }


def _cards(scenario: Scenario, seats: Sequence[Seat]) -> list[tuple[Agenda, list[MarkPart]]]:
    """Each agenda that one of these seats may have, and what its mark is made of then."""
    book = scenario.setting.rulebook
    return [
        (agenda, list(book.objectives(seat, number)))
        for seat in seats
        for number, agenda in enumerate(book.agendas[seat])
    ]


def _places(scenario: Scenario) -> list[tuple[Any, int, int, bool]]:
    found = []
    for site in scenario.setting.rulebook.sites:
        x, y = place(site.longitude, site.latitude)
        found.append((site, round(x), round(y), x > WIDTH * 0.7))
    return found


def _effects(effects: Mapping[str, float]) -> str:
    return "; ".join(f"{label(name)} {change(name, by)}" for name, by in effects.items())


def _pages(scenario: Scenario) -> dict[str, Sheet]:
    """The pages that are text only."""
    listed = _listed
    plan = _plan_for(scenario)
    questions = tuple(t(f"print.quiz.q{k}") for k in range(1, 6))
    answers = tuple(t(f"print.quiz.a{k}") for k in range(1, 6))
    rubric = ("evidence", "perspective", "theory", "uncertainty")
    return {
        "lesson_plan": Sheet(
            t("print.plan.title", minutes=plan.minutes),
            scenario.blurb,
            (
                Part(t("print.plan.aims"), scenario.aims),
                Part(t("print.plan.before"), listed("print.plan.before", 3)),
                Part(t("print.plan.course"), rows=_course(plan)),
                Part(t("print.plan.grade"), (t("print.plan.grade_1"),)),
            ),
            t("print.plan.foot"),
        ),
        "script": Sheet(
            t("print.script.title"),
            parts=tuple(
                Part(t(f"print.script.{name}"), listed(f"print.script.{name}", count))
                for name, count in (("open", 3), ("turn", 3), ("trouble", 4), ("debrief", 2))
            ),
        ),
        "quiz": Sheet(
            t("print.quiz.title"),
            parts=tuple(Part(f"{k}. {told}", lines=3) for k, told in enumerate(questions, 1)),
        ),
        "quiz_key": Sheet(
            t("print.quiz.key"), parts=(Part("", rows=tuple(zip(questions, answers, strict=True))),)
        ),
        "memo_rubric": Sheet(
            t("print.rubric.title"),
            t("print.rubric.lead"),
            (Part("", rows=tuple(_row("print.rubric", name) for name in rubric)),),
            t("print.rubric.scale"),
        ),
        "exit_ticket": Sheet(
            t("print.exit.title"),
            parts=tuple(Part(t(f"print.exit.e{k}"), lines=5) for k in range(1, 4)),
            foot=t("print.exit.foot"),
        ),
        "beginning": Sheet(
            t("briefing.prologue"), parts=(Part(paragraphs=tuple(scenario.prologue.split("\n\n"))),)
        ),
        "communities": Sheet(
            t("print.communities.title"),
            t("print.communities.lead"),
            (Part("", tuple(t(f"print.communities.c{k}") for k in range(1, 6))),),
        ),
    }


def _plan_for(scenario: Scenario) -> Plan:
    """The longest plan that fits into the minutes a scenario is made for, else the shortest."""
    by_length = sorted(plans().values(), key=lambda plan: plan.minutes)
    return [one for one in by_length if one.minutes <= scenario.minutes or one is by_length[0]][-1]


def _course(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            t("plan.minutes", start=phase.start, end=phase.end),
            t(f"plan.phase.{phase.id}", turns=plan.turns, clock=plan.clock),
        )
        for phase in plan.phases
    )


def _listed(key: str, count: int) -> tuple[str, ...]:
    return tuple(t(f"{key}_{k}") for k in range(1, count + 1))


def _row(group: str, name: str) -> tuple[str, ...]:
    return t(f"{group}.{name}.1"), t(f"{group}.{name}.2")


def write(
    scenario: str,
    folder: Path,
    *,
    replace: bool = False,
    printer: Callable[[str], bytes] | None = None,
) -> Sequence[Path]:
    """Writes every paper of a scenario, and an index.

    Args:
        scenario: its id, or the path of its file.
        folder: where; it is made where it is not there.
        replace: also over files of the same names.
        printer: makes a PDF of a document; HTML is written if None.

    Raises:
        ContentError: the scenario has mistakes.
        ClassroomFault: a file is there already, or cannot be written.
    """
    loaded = load_scenario(scenario)
    made = list(papers(loaded))
    index = templates.get_template("print/index.html").render(
        scenario=loaded, papers=[(name, title) for name, title, _ in made], title=t("print.index")
    )
    files: dict[str, bytes] = {"index.html": index.encode()} if printer is None else {}
    for name, _, document in made:
        if printer is None:
            files[name] = document.encode()
        else:
            files[name.replace(".html", ".pdf")] = printer(document)
    paths = [folder / name for name in files]
    for path in paths:
        if path.exists() and not replace:
            raise ClassroomFault(t("print.kept", name=path.name, folder=folder))
    for path in paths:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[path.name])
        except OSError as error:
            raise ClassroomFault(t("print.not_written", path=path, why=error.strerror)) from None
    return paths
