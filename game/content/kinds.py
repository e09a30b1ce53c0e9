"""The kinds of values that the data files are made of, each with its bounds.

They are strict (`1.0` is no whole number, `true` is no number), finite and of bounded size, and
names are looked up while they are read, so that an unknown one is reported at its own line.
"""

import math
import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from itertools import islice
from typing import Annotated, TypeGuard, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from game.rules.rulebook import Group, Host, Visibility, WordOccasion
from game.rules.seats import PAIRS, Cause, Seat
from game.rules.state import COLUMNS

from .problems import TOLD_AT_MOST, Mistake
from .wording import MISTAKE, quoted, unknown

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a day may be of."""
_UNSEEN_BUT_FINE = "\n\t\u00a0\u2009\u202f\u200c\u200d"
"""Line ends, spaces that do not break, and the joiners without which Persian is misspelt."""
_LOOKS_EMPTY = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that are drawn as nothing."""
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])(\..*)?", re.IGNORECASE)
"""Names under which Windows has no files, in any folder."""
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class Table(BaseModel):
    """A TOML table: its keys are exactly the fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def refuse(what: str, remedy: str) -> PydanticCustomError:
    """The error to raise in a validator about the very value that it validates."""
    return PydanticCustomError(MISTAKE, "{what}; {remedy}", {"what": what, "remedy": remedy})


def refuse_all(mistakes: Iterable[Mistake]) -> None:
    """Raises one error for all mistakes, if there are any; of very many, for the first.

    Their paths are counted from the value that is being validated.
    """
    details = [
        InitErrorDetails(type=refuse(m.what, m.remedy), loc=m.loc, input=None)
        for m in islice(mistakes, TOLD_AT_MOST + 1)
    ]
    if details:
        raise ValidationError.from_exception_data("mistakes", details)


def looked_up(kind: str, given: object, known: Collection[str]) -> str:
    """The given name, if it is a known one; refuses it otherwise."""
    if not isinstance(given, str):
        raise refuse(f"{quoted(given)} is no {kind}", "write its name in quotation marks")
    if given not in known:
        raise refuse(*unknown(kind, given, known))
    return given


def placeholders(text: str, allowed: Collection[str]) -> str:
    """The text, if what stands in its braces is allowed there; refuses it otherwise."""
    rest = text
    for name in allowed:
        rest = rest.replace(f"{{{name}}}", "")
    if "{" in rest or "}" in rest:
        may = " and ".join(f"{{{name}}}" for name in allowed) or "none here"
        raise refuse("the text has braces that stand for nothing", f"braces it may have: {may}")
    return text


def _text(value: str) -> str:
    if any(not (c.isprintable() or c in _UNSEEN_BUT_FINE) for c in value):
        raise refuse("the text has an invisible control character", "type the passage anew")
    if not any(c.isprintable() and not c.isspace() and c not in _LOOKS_EMPTY for c in value):
        raise refuse("the text is empty", "write it, or leave the key out if it is optional")
    return value.strip()


def _one_line(value: str) -> str:
    if "\n" in value:
        raise refuse("the name has more than one line", "write it in one")
    return value


def _id(value: str) -> str:
    if DEVICES.fullmatch(value):
        raise refuse(f"{quoted(value)} cannot be an id", "some systems have a device of that name")
    if not _ID.fullmatch(value):
        raise refuse(
            f"{quoted(value)} cannot be an id", "use small letters, digits, - and _ between them"
        )
    return value


def _seat(value: object) -> Seat:
    return Seat[looked_up("seat", value, Seat.__members__)]


PAIR_NAMES = {f"{i.name}>{j.name}": (i, j) for i, j in PAIRS}


def _pair(value: object) -> tuple[Seat, Seat]:
    return PAIR_NAMES[looked_up("pair of seats", value, PAIR_NAMES)]


def _one_of(kind: str, known: Collection[str]) -> BeforeValidator:
    return BeforeValidator(partial(looked_up, kind, known=known))


def _shares(value: list[float]) -> list[float]:
    if abs(sum(value) - 1) > 1e-6:
        raise refuse(f"the probabilities add up to {sum(value):g}", "make them add up to 1")
    return value


def one_or_many(value: object) -> object:
    """A single text as a list of one."""
    return [value] if isinstance(value, str) else value


def _day(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        remedy = f"write one from {FIRST_YEAR} to {LAST_YEAR}"
        raise refuse(f"the year {value.year} is out of reach", remedy)
    return value


Id = Annotated[str, Field(max_length=40), AfterValidator(_id)]
Name = Annotated[str, Field(max_length=100), AfterValidator(_text), AfterValidator(_one_line)]
Sentence = Annotated[str, Field(max_length=1_000), AfterValidator(_text)]
Prose = Annotated[str, Field(max_length=8_000), AfterValidator(_text)]
Ids = Annotated[list[Id], BeforeValidator(one_or_many), Field(max_length=20)]
"""A list of ids; a single one needs no brackets."""
Sentences = Annotated[list[Sentence], Field(min_length=1, max_length=20)]
Day = Annotated[date, AfterValidator(_day)]

Share = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Amount = Annotated[float, Field(ge=0, le=10_000)]
RungNumber = Annotated[int, Field(ge=0, le=10)]

SeatName = Annotated[Seat, BeforeValidator(_seat)]
PairName = Annotated[tuple[Seat, Seat], BeforeValidator(_pair)]
Column = Annotated[str, _one_of("column", COLUMNS)]
HostName = Annotated[Host, _one_of("host", get_args(Host))]
GroupName = Annotated[Group, _one_of("group", get_args(Group))]
VisibilityName = Annotated[Visibility, _one_of("visibility", get_args(Visibility))]

WordOccasionName = Annotated[WordOccasion, _one_of("occasion", get_args(WordOccasion))]

Suspicion = Annotated[
    list[Annotated[float, Field(ge=0, le=1)]],
    Field(min_length=len(Cause), max_length=len(Cause)),
    AfterValidator(_shares),
]
"""Probabilities over the causes of an attack, in the order of `Cause`."""
Odds = Annotated[
    list[Annotated[float, Field(gt=0, le=100)]],
    Field(min_length=len(Cause), max_length=len(Cause)),
]
"""What a word does to the odds of each cause, in the order of `Cause`."""


def is_number(value: object) -> TypeGuard[float]:
    """Whether a raw TOML value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf
