"""Order slips: from the codes that a team ticked on paper to its order."""

import re

from game.rules.rulebook import NO_SEAT
from game.rules.seats import Seat
from game.session.drafting import Draft

from .faults import Refused
from .papers import Codes
from .texts import t

LETTERS = {"U": Seat.US, "I": Seat.IRAN, "M": Seat.MILITIA, "B": Seat.IRAQ}
_ODDS = re.compile(r"F\s*(\d{1,3})\D+(\d{1,3})\D+(\d{1,3})", re.IGNORECASE)
_TOKEN = re.compile(r"([ASP])(\d{1,2})(?:\s*([UIMB])\s*(\d{1,2})?)?", re.IGNORECASE)


def read_odds(codes: Codes, typed: str) -> tuple[dict[Seat, float], str]:
    """What a slip predicts, such as "F 20 70 5": force by each rival of 100, in the order of the
    slip; and the rest of what was typed. Empty where it predicts nothing.

    Raises:
        Refused: a number is more than 100.
    """
    found = _ODDS.search(typed)
    if found is None:
        return {}, typed
    hundredths = [int(number) for number in found.groups()]
    if max(hundredths) > 100:
        raise Refused(t("predict.refused"))
    odds = {
        rival: number / 100 for rival, number in zip(codes.seat.rivals, hundredths, strict=True)
    }
    return odds, typed[: found.start()] + typed[found.end() :]


def read_slip(codes: Codes, typed: str) -> Draft:
    """The order of a slip, such as "A3 S2 I5 P2 U": the action, the statement with its target and
    rung, the message with its target. What is left out is holding, silence, no message. Where
    only one target is possible none need be written.

    Raises:
        Refused: it cannot be read; the text says what is wrong.
    """
    draft = Draft()
    left = _TOKEN.sub("", typed).strip(" ,;.")
    if left:
        raise Refused(t("slip.unknown", left=left[:20]))
    for letter, place, target, rung in _TOKEN.findall(typed):
        code = f"{letter.upper()}{int(place)}"
        if code not in codes.numbers:
            raise Refused(t("slip.no_code", code=code))
        number = codes.numbers[code]
        to = int(LETTERS[target.upper()]) if target else NO_SEAT
        if code[0] == "A":
            draft.pick(deed=number)
        elif code[0] == "S":
            draft.pick(word=number, word_to=to, word_rung=int(rung or 0))
        else:
            to = to if to != NO_SEAT else _only_receiver(codes, code)
            draft.pick(whisper=number, whisper_to=to)
    return draft


def _only_receiver(codes: Codes, code: str) -> int:
    """Whom a message goes to where there is no choice."""
    links = dict(codes.whispers)[code].links
    receivers = [int(receiver) for sender, receiver in links if sender is codes.seat]
    return receivers[0] if len(receivers) == 1 else NO_SEAT
