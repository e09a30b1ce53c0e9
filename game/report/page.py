"""From the data of a debrief to one HTML document."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from game.futures.other_numbers import judgements
from game.rules.seats import Cause
from game.views.called import lens_name
from game.views.happenings import lowered
from game.views.names import SEAT_NAMES, number, rung_name
from game.views.phrasebook import (
    INTERVAL,
    LUCK_ALONE,
    OTHERS,
    hundredths,
    interval,
    others,
    signed,
    varied,
)
from game.views.played import PlayedGame
from game.views.signals import Tally
from game.views.summary import day, short_day

from .debrief import Subject, context
from .svg import clean
from .telling import fewer_same_more
from .theme import COLOURS, FONTS

HERE = Path(__file__).parent
GENERATOR = "Restoring Deterrence, debrief"
"""What the document says that it was made by: how a report is known again."""
CONTENTS: tuple[tuple[str, str], ...] = (
    ("front", "On one page"),
    ("seats", "A page for each seat"),
    ("story", "The story"),
    ("timeline", "The timeline, against history's"),
    ("force", "What each use of force did"),
    ("ledger", "The ledger of deterrence"),
    ("beliefs", "Beliefs against truth"),
    ("signals", "The gap between signal and action"),
    ("forecasts", "Forecasts scored"),
    ("marks", "Marks and their parts"),
    ("decisive", "The decisive turn"),
    ("questions", "Questions"),
    ("glossary", "Glossary"),
    ("model", "How the model works, and what it cannot tell"),
    ("sources", "Sources"),
)
"""The sections, by the names of their templates, with their headings: what is handed out first."""
HANDED_OUT = CONTENTS[:2]
_NEW_PAGE = frozenset(("story", "timeline", "force", "questions", "seats"))
SHORT_CAUSES: dict[Cause, str] = {
    Cause.TEHRAN: "Tehran",
    Cause.MILITIA: "the militias",
    Cause.SPLINTER: "a splinter cell",
    Cause.THIRD_PARTY: "somebody else",
}
LONGEST = 4_000
"""Characters of one foreign text that are shown."""


def page(
    subject: Subject,
    beside: PlayedGame | None,
    version: str,
    contents: Sequence[tuple[str, str]] = CONTENTS,
) -> str:
    """The whole document, or some of its sections.

    Args:
        subject: the game that is told of, and what its futures told.
        beside: another game to lay beside it; None for none.
        version: of the program.
        contents: of `CONTENTS`.
    """
    data = context(subject, beside, version)
    texts = tomllib.loads((HERE / "glossary.toml").read_text(encoding="utf-8"))
    return (
        _environment()
        .get_template("report.html")
        .render(
            data,
            contents=contents,
            new_page=_NEW_PAGE,
            generator=GENERATOR,
            names=SEAT_NAMES,
            short_causes=SHORT_CAUSES,
            glossary=sorted(texts["terms"].items()),
            theory=texts["theory"]["works"],
        )
    )


@cache
def _environment() -> Environment:
    """Everything is escaped unless it is markup already; what is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "colours": COLOURS,
        "fonts": Markup(FONTS),
        "interval_name": INTERVAL,
        "others_name": OTHERS,
        "luck_alone": LUCK_ALONE,
        "others_vary": varied(judgements()),
    }
    made.filters |= {
        "amount": amount,
        "clean": _clean,
        "counted_up": _counted_up,
        "day": day,
        "in_words": number,
        "fewer_same_more": fewer_same_more,
        "interval": interval,
        "is_web": _is_web,
        "lower_first": lowered,
        "of100": hundredths,
        "others": others,
        "pairs_with": _pairs_with,
        "rung": _rung,
        "short_day": short_day,
        "signed": signed,
        "theirs": theirs,
        "lens_name": lens_name,
    }
    return made


def _clean(text: object) -> object:
    """Text without what no document may hold; markup stays as it is."""
    return text if isinstance(text, Markup) else clean(str(text))


def theirs(text: object) -> Markup:
    """A name or note that somebody typed: cut to a bearable length, and kept apart, so that letters
    of another direction do not turn the sentence around.
    """
    whole = clean(str(text)).strip()
    cut = whole if len(whole) <= LONGEST else whole[:LONGEST] + "\N{HORIZONTAL ELLIPSIS}"
    return Markup("<bdi>{}</bdi>").format(escape(cut or "-"))


def amount(value: float, unit: str) -> str:
    """A figure of the state: shares of 100, people and things whole."""
    return f"{value * 100:.0f}" if unit == "share" else f"{value:,.0f}"


def _rung(rung: float) -> str:
    return f"{int(rung)}, {rung_name(rung)}"


def _is_web(address: str) -> bool:
    """Only these become links: no script hides in them."""
    return address.startswith(("https://", "http://"))


def _pairs_with(one: Iterable[Any], other: Iterable[Any]) -> list[tuple[Any, Any]]:
    return list(zip(one, other, strict=True))


def _counted_up(tally: Tally) -> str:
    """Such as "2 kept, 1 not kept"."""
    told = [f"{count} {verdict.value}" for verdict, count in tally.counts.items() if count]
    return ", ".join(told)
