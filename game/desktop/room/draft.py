"""Orders in the making: what is picked, what is still missing, and how it reads."""

from game.players.base import Choice
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import Seat
from game.session import drafting
from game.views.names import SEAT_NAMES, listed, rung_name, sentence

from ..texts import t


class Draft(drafting.Draft):
    """One seat's orders before it commits, with what the room says of them."""

    @classmethod
    def of(cls, choice: Choice, forecast: dict[Seat, float]) -> "Draft":
        """What had been committed, to change it."""
        return cls(
            deed=int(choice.deed[0]),
            site=int(choice.site[0]),
            word=int(choice.word[0]),
            word_to=int(choice.word_to[0]),
            word_rung=int(choice.word_rung[0]),
            whisper=int(choice.whisper[0]),
            whisper_to=int(choice.whisper_to[0]),
            forecast=dict(forecast),
        )

    def missing(self, book: Rulebook) -> str:
        """What has to be named before it can be committed; empty where nothing has."""
        word, whisper = book.words[self.word], book.whispers[self.whisper]
        if word.to_seat and self.word_to == NO_SEAT:
            return t("room.missing_word_to", word=word.name)
        if word.to_rung and not self.word_rung:
            return t("room.missing_rung", word=word.name)
        if self.whisper and self.whisper_to == NO_SEAT:
            return t("room.missing_whisper_to", whisper=whisper.name)
        return ""

    def describe(self, book: Rulebook, seat: Seat) -> list[str]:
        """The orders in sentences: deed, word, whisper."""
        deed = book.deeds[seat][self.deed]
        place = ""
        if self.site != ANY_SITE:
            place = t("room.at", site=book.sites[self.site].name)
        word, whisper = book.words[self.word], book.whispers[self.whisper]
        rung = f"{self.word_rung} ({rung_name(self.word_rung)})" if self.word_rung else "…"
        lines = [
            f"{deed.name}{place}.",
            sentence(word.sentence.format(to=called(self.word_to), rung=rung)),
        ]
        if self.whisper:
            lines.append(sentence(whisper.sentence.format(to=called(self.whisper_to))))
        return lines

    def describe_forecast(self) -> list[str]:
        """The forecasts in a sentence; empty where none was given."""
        given = [
            t("room.forecast_given", seat=SEAT_NAMES[seat], odds=round(odds * 100))
            for seat, odds in sorted(self.forecast.items())
        ]
        return [t("room.forecasts_given", given=listed(given))] if given else []


def called(seat: int) -> str:
    """A seat in a sentence; dots where none is named yet."""
    return SEAT_NAMES[Seat(seat)] if seat != NO_SEAT else "…"
