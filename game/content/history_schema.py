"""What a historical move must look like: an order that its seat could have given."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.rulebook import Deed, Word
from game.rules.seats import Seat

from .kinds import SeatName, Sentence, Table, looked_up, refuse
from .references import EventIds, SourceIds, TurnNumber, known

Line = Annotated[int, Field(ge=LOWEST_LINE, le=HIGHEST_LINE)]
"""A rung that a threat may name."""


class HistoryRow(Table):
    """What one seat did in one turn. Each key is checked against those before it."""

    turn: TurnNumber
    seat: SeatName
    deed: str
    site: str | None = None
    word: str = "silence"
    word_to: SeatName | None = Field(None, validate_default=True)
    word_rung: Line | None = Field(None, validate_default=True)
    whisper: str = "none"
    whisper_to: SeatName | None = Field(None, validate_default=True)
    events: EventIds = []
    """Of the record, which this order stands for."""
    happened: Sentence | None = Field(None, validate_default=True)
    """The same in words of the scenario's own, or a remark beside the events."""
    source: SourceIds = []

    @field_validator("deed")
    @classmethod
    def _deed_of_the_seat(cls, value: str, info: ValidationInfo) -> str:
        if (seat := _seat(info)) is None:
            return value
        return looked_up(
            f"deed of {seat.name}", value, [deed.id for deed in known(info).rulebook.deeds[seat]]
        )

    @field_validator("site")
    @classmethod
    def _site_of_the_deed(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return value
        sites = known(info).rulebook.sites
        looked_up("site", value, [site.id for site in sites])
        if (deed := _deed(info)) is None:
            return value
        if deed.at is None:
            raise refuse(f'the deed "{deed.id}" names no site', 'leave "site" out')
        fitting = [site.id for site in sites if site.host == deed.at]
        if value not in fitting:
            raise refuse(
                f'"{value}" is not a site of {deed.at}, where "{deed.id}" is done',
                f"write one of these: {', '.join(fitting)}",
            )
        return value

    @field_validator("word")
    @classmethod
    def _word_of_the_seat(cls, value: str, info: ValidationInfo) -> str:
        words = known(info).rulebook.words
        looked_up("word", value, [word.id for word in words])
        seat = _seat(info)
        fitting = [word.id for word in words if seat is None or seat in word.seats]
        if seat is not None and value not in fitting:
            raise refuse(
                f'{seat.name} does not say "{value}"', f"write one of these: {', '.join(fitting)}"
            )
        return value

    @field_validator("word_to")
    @classmethod
    def _word_to(cls, value: Seat | None, info: ValidationInfo) -> Seat | None:
        if (word := _word(info)) is not None:
            _needed_or_not("word", word.id, "word_to", value, word.to_seat, '"US"')
        if value is not None and value is _seat(info):
            raise refuse("a seat does not speak to itself", "name another seat")
        return value

    @field_validator("word_rung")
    @classmethod
    def _word_rung(cls, value: int | None, info: ValidationInfo) -> int | None:
        if (word := _word(info)) is not None:
            _needed_or_not("word", word.id, "word_rung", value, word.to_rung, "5")
        return value

    @field_validator("whisper")
    @classmethod
    def _whisper(cls, value: str, info: ValidationInfo) -> str:
        return looked_up("whisper", value, [w.id for w in known(info).rulebook.whispers])

    @field_validator("whisper_to")
    @classmethod
    def _whisper_to(cls, value: Seat | None, info: ValidationInfo) -> Seat | None:
        if "whisper" not in info.data or (seat := _seat(info)) is None:
            return value
        book = known(info).rulebook
        whisper = book.whispers[book.whisper(info.data["whisper"])]
        _needed_or_not("whisper", whisper.id, "whisper_to", value, bool(whisper.links), '"IRAQ"')
        if value is not None and (seat, value) not in whisper.links:
            fitting = [to.name for by, to in whisper.links if by is seat]
            raise refuse(
                f'{seat.name} does not whisper "{whisper.id}" to {value.name}',
                f"it may go to: {', '.join(fitting)}"
                if fitting
                else "choose another whisper: it does not send this one",
            )
        return value

    @field_validator("happened")
    @classmethod
    def _told(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and not info.data.get("events", True):
            raise refuse(
                '"happened" is missing', 'tell what happened, or name events = ["…"] of the record'
            )
        return value


def _needed_or_not(
    kind: str, name: str, key: str, value: object, needed: bool, example: str
) -> None:
    if needed and value is None:
        raise refuse(f'the {kind} "{name}" needs "{key}"', f"add {key} = {example} or another")
    if not needed and value is not None:
        raise refuse(f'the {kind} "{name}" has no "{key}"', f'leave "{key}" out')


def _seat(info: ValidationInfo) -> Seat | None:
    return info.data.get("seat")


def _deed(info: ValidationInfo) -> Deed | None:
    """The row's deed; None where its seat or deed is wrong."""
    if (seat := _seat(info)) is None or "deed" not in info.data:
        return None
    book = known(info).rulebook
    return book.deeds[seat][book.deed(seat, info.data["deed"])]


def _word(info: ValidationInfo) -> Word | None:
    """The row's word; None where it is wrong."""
    if "word" not in info.data:
        return None
    book = known(info).rulebook
    return book.words[book.word(info.data["word"])]
