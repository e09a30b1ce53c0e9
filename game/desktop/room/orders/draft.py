"""Orders in the making: what is still missing, and how they read."""

from collections.abc import Mapping

from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import Seat
from game.views.names import CAPITALS, SEAT_NAMES, listed, rung_name, sentence
from game.views.offers import crossings

from ...texts import t


def what_is_missing(book: Rulebook, order: Order) -> str:
    """What has to be named before an order can be committed; empty where nothing has."""
    word, whisper = book.words[order.word], book.whispers[order.whisper]
    if word.to_seat and order.word_to == NO_SEAT:
        return t("room.missing_word_to", word=word.name)
    if word.to_rung and not order.word_rung:
        return t("room.missing_rung", word=word.name)
    if order.whisper and order.whisper_to == NO_SEAT:
        return t("room.missing_whisper_to", whisper=whisper.name)
    return ""


def asked_of_word(book: Rulebook, order: Order) -> str:
    """What a statement still asks for, in a word or two; empty where it is whole."""
    word = book.words[order.word]
    if word.to_seat and order.word_to == NO_SEAT:
        return t("room.asked_whom")
    return t("room.asked_rung") if word.to_rung and not order.word_rung else ""


def order_sentences(book: Rulebook, seat: Seat, order: Order) -> list[str]:
    """A seat's order in sentences: deed, word, whisper."""
    deed = book.deeds[seat][order.deed]
    place = ""
    if order.site != ANY_SITE:
        place = t("room.at", site=book.sites[order.site].name)
    word, whisper = book.words[order.word], book.whispers[order.whisper]
    rung = f"{order.word_rung} ({rung_name(order.word_rung)})" if order.word_rung else "…"
    lines = [
        f"{deed.name}{place}.",
        sentence(word.sentence.format(to=called(order.word_to), rung=rung)),
    ]
    if order.whisper:
        lines.append(sentence(whisper.sentence.format(to=called(order.whisper_to))))
    return lines


def crossing_sentences(book: Rulebook, seen: Observation, order: Order) -> list[str]:
    """Which declared lines an order crosses, in a sentence; empty where it crosses none."""
    found = crossings(book, seen, order.deed)
    if not found:
        return []
    told = [f"{CAPITALS[one.rival]} ({one.line})" for one in found]
    return [t("room.crosses" if len(told) == 1 else "room.crosses_many", who=listed(told))]


def forecast_sentences(forecast: Mapping[Seat, float]) -> list[str]:
    """The forecasts in a sentence; empty where none was given."""
    given = [
        t("room.forecast_given", seat=SEAT_NAMES[seat], odds=round(odds * 100))
        for seat, odds in sorted(forecast.items())
    ]
    return [t("room.forecasts_given", given=listed(given))] if given else []


def called(seat: int) -> str:
    """A seat in a sentence; dots where none is named yet."""
    return SEAT_NAMES[Seat(seat)] if seat != NO_SEAT else "…"
