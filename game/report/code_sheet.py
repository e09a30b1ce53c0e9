"""The sheet that says what the ids and numbers in the others stand for."""

from game.rules.seats import SEATS, Rung
from game.session.view import MatchView
from game.views.names import rung_name, sentence

from .sheet import Rows, Sheet, count, text


def _codes(match: MatchView) -> Rows:
    book = match.scenario.setting.rulebook
    for seat in SEATS:
        for place, deed in enumerate(book.deeds[seat]):
            row = _row("deed", place, deed.id, deed.name, deed.sentence)
            yield row | {"seat": seat.name, "group": deed.group, "rung": int(deed.rung)}
    said = {"to": "a seat that is named", "rung": "N"}
    for place, word in enumerate(book.words):
        yield _row("word", place, word.id, word.name, word.sentence.format(**said))
    for place, whisper in enumerate(book.whispers):
        yield _row("message", place, whisper.id, whisper.name, whisper.sentence.format(**said))
    for place, site in enumerate(book.sites):
        yield _row("place", place, site.id, site.name, f"a site of {site.host}")
    for rung in Rung:
        yield _row("rung", int(rung), None, rung_name(rung), None)


def _row(
    what: str, number: int, id_: str | None, name: str, told: str | None
) -> dict[str, str | int | None]:
    explained = sentence(told) if told else None
    return {"what": what, "number": number, "id": id_, "name": name, "meaning": explained}


CODES = Sheet(
    "codes",
    "something that other sheets name by an id or a number",
    {
        "what": text("deed, word, message, place, or rung of the ladder"),
        "seat": text("whose deed it is"),
        "number": count("its number; of words, what us_claim in the sheet states counts by"),
        "id": text("its id in the sheets orders and fires"),
        "name": text("what the game calls it"),
        "group": text("of a deed: force, posture, politics or economy"),
        "rung": count("of a deed: how high on the ladder it stands", "rung"),
        "meaning": text("what it is", "text"),
    },
    _codes,
)
"""What stands for what, by the match's own rulebook."""
