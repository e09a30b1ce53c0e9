"""One table of the class: its match, the teams' drafts, their talk and predictions, and what its
host did. All of it but the match is in the class's own file.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from game.content.scenario_schema import MAX_TURNS
from game.rules.legal import refusals
from game.rules.orders import Order, Orders
from game.rules.seats import SEATS, Seat
from game.session.drafting import Draft
from game.session.events import Kind, clean
from game.session.match import Match, Seating, Status

from .drafts import SharedDraft, is_known
from .faults import Refused
from .guesses import Guess
from .people import Device
from .store import Store
from .talk import MOST_LETTERS, MOST_MESSAGES, Channel, Message, channels, clock_time
from .texts import t

MOST_DONE = 200
"""Lines of what the host did that are kept."""
AFTER_THE_END = ("undo", "reopen")
"""What takes something back once the game is over."""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that the host did."""

    at: str
    words: str
    of: str = ""
    """What it set: a later thing that the host did to the same takes its place."""
    back: dict[str, str] | None = None
    """The form that takes it back; None where nothing does."""
    turn: int = 0
    """The only turn in which it can be taken back; 0 for any."""


class Overtaken(Exception):
    """Somebody else changed the same part of a draft just before."""

    def __init__(self, part: str, by: str) -> None:
        super().__init__(part)
        self.part, self.by = part, by


class Table:
    """One game of the class, and everybody's work on it."""

    def __init__(self, number: int, match: Match, store: Store) -> None:
        """`store` may hold what was left the last time."""
        self.number, self.match, self._store = number, match, store
        self.version = 0
        """Counts the changes of the match: what is shown of it is made anew after each."""
        self.drafts: dict[Seat, SharedDraft] = {seat: SharedDraft() for seat in SEATS}
        self.messages: list[Message] = []
        self.predictions: dict[tuple[int, int], dict[Seat, float]] = {}
        """Odds of force, 0 to 1, by device and turn."""
        self.guesses: dict[int, Guess] = {}
        """What each device's member takes the game's secrets to be, by device."""
        self.hints: dict[Seat, list[tuple[int, str]]] = {seat: [] for seat in SEATS}
        """What the host told a team alone: the turn, and the words."""
        self.done: list[Done] = []
        self.held: tuple[Seat, ...] = ()
        """Seats for which time was called in the turn before."""
        self.taken_back = 0
        """The turn that the host took back, as long as it is played once more; 0 for none."""
        self.locked: set[Seat] = set()
        """Seats that nobody may join."""
        self.muted: set[Seat] = set()
        """Seats that may not write to others."""
        self.estimates: set[Seat] = set()
        """Seats whose teams read what their staff expects."""
        self.planned: int | None = None
        """Turns after which the game ends for the debrief; None for all of the scenario's."""
        self.started = False
        """Whether the host has begun the first turn."""
        self.step = 0
        """Of the debrief, what the projector shows: 0 for nothing yet, then beat by beat."""
        self.shares_report = False
        """Whether the teams' devices show the whole debrief."""
        self.debriefed = False
        """Whether the debrief has been shown to its last step, or handed out."""
        self.members: dict[Seat, tuple[int, ...]] = {}
        """The devices of each team, as the lesson says."""
        self._recall()

    # --- what is kept

    def _key(self, *parts: object) -> str:
        return "/".join(str(part) for part in (self.number, *parts))

    def _recall(self) -> None:
        mine = f"{self.number}/"

        def own(kind: str) -> list[tuple[list[str], Any]]:
            return [
                (key.split("/")[1:], body)
                for key, body in self._store.all(kind)
                if key.startswith(mine)
            ]

        for (seat, _), body in own("draft"):
            if body["turn"] == self.match.state.turn:  # else its turn was played, and it is done
                self.drafts[Seat[seat]] = SharedDraft.of(body)
        self.messages = sorted(
            (Message.of(int(number), body) for (number,), body in own("message")),
            key=lambda message: message.n,
        )
        for (device, turn), body in own("prediction"):
            odds = {Seat[name]: float(value) for name, value in body.items()}
            self.predictions[int(device), int(turn)] = odds
        for (device,), body in own("guess"):
            self.guesses[int(device)] = Guess.kept(body)
        for (seat,), body in own("hint"):
            self.hints[Seat[seat]] = [(int(turn), str(words)) for turn, words in body]
        for _, body in own("table"):
            self.done = [Done(*one) for one in body["done"]]
            self.held = tuple(Seat[name] for name in body["held"])
            self.taken_back = int(body.get("taken_back", 0))
            self.locked = {Seat[name] for name in body["locked"]}
            self.muted = {Seat[name] for name in body["muted"]}
            self.estimates = {Seat[name] for name in body["estimates"]}
            self.planned = body["planned"]
            self.started = bool(body["started"])
            self.step = int(body["step"])
            self.shares_report = bool(body["shares_report"])
            self.debriefed = bool(body.get("debriefed"))
        for _, body in own("clock"):
            if body["turn"] == self.match.turn:
                self.match.clock.spent = float(body["spent"])
                self.match.clock.extra = float(body["extra"])

    def keep_clock(self) -> None:
        """Keeps how much of the turn has passed."""
        clock = self.match.clock
        body = {"turn": self.match.turn, "spent": clock.spent, "extra": clock.extra}
        self._store.put("clock", self._key("now"), body)

    def keep(self) -> None:
        """Keeps what the host has set."""
        body = {
            "done": [astuple(one) for one in self.done[-MOST_DONE:]],
            "held": [seat.name for seat in self.held],
            "taken_back": self.taken_back,
            "locked": sorted(seat.name for seat in self.locked),
            "muted": sorted(seat.name for seat in self.muted),
            "estimates": sorted(seat.name for seat in self.estimates),
            "planned": self.planned,
            "started": self.started,
            "step": self.step,
            "shares_report": self.shares_report,
            "debriefed": self.debriefed,
        }
        self._store.put("table", self._key("set"), body)

    def log(
        self,
        words: str,
        of: str = "",
        back: dict[str, str] | None = None,
        *,
        this_turn: bool = False,
    ) -> None:
        """Notes something that the host did.

        Args:
            words: what.
            of: what it set; see `Done`.
            back: the form that takes it back.
            this_turn: whether that is so as long as this turn lasts only.
        """
        turn = self.match.turn if this_turn else 0
        self.done.append(Done(clock_time(), words, of, back, turn))
        self.keep()

    def way_back(self, number: int) -> dict[str, str] | None:
        """The form that takes back the thing of that number that the host did; None where it cannot
        be taken back (any more).
        """
        if not 0 <= number < len(self.done):
            return None
        one, later = self.done[number], self.done[number + 1 :]
        if one.back is None or any(other.of == one.of for other in later):
            return None
        over = self.match.status is Status.ENDED and one.back["what"] not in AFTER_THE_END
        return None if over or one.turn not in (0, self.match.turn) else one.back

    def _keep_draft(self, seat: Seat) -> None:
        body = self.drafts[seat].body() | {"turn": self.match.state.turn}
        self._store.put("draft", self._key(seat.name, "now"), body)

    # --- what the teams do

    @property
    def is_paused(self) -> bool:
        """Whether nobody may write now."""
        return self.match.status is Status.PAUSED

    def plays(self, seat: Seat) -> bool:
        """Whether people play a seat."""
        return self.match.seating(seat).kind is not Kind.COMPUTER

    def _must_play(self, seat: Seat) -> None:
        """Raises Refused where a team may change nothing now."""
        if self.match.status is Status.ENDED:
            raise Refused(t("team.refused.ended"))
        if self.is_paused:
            raise Refused(t("team.refused.paused"))
        if not self.plays(seat):
            raise Refused(t("team.refused.computer"))

    def set_part(
        self, device: Device, part: str, values: dict[str, int], base: int, *, anyway: bool = False
    ) -> None:
        """Changes a part of a team's draft.

        Args:
            device: who changes it.
            part: one of `PARTS`.
            values: its new numbers.
            base: the part's version that the change was made from.
            anyway: also over somebody else's newer change.

        Raises:
            Refused: it is paused or over, a computer plays the seat, or the rules do not allow it.
            Overtaken: somebody else changed the part since `base`.
        """
        seat, shared = device.seat, self.drafts[device.seat]
        self._must_play(seat)
        if self.match.commitment(seat) is not None:
            raise Refused(t("team.refused.committed"))
        if not is_known(self.match.scenario.setting.rulebook, seat, values):
            raise Refused(t("guard.form"))
        if shared.values(part) == values:
            return
        if base != shared.versions[part] and not anyway:
            raise Overtaken(part, shared.by.get(part, ""))
        shared.set(part, values, device.nick or t(f"roles.{device.role}"))
        self._keep_draft(seat)

    def order(self, seat: Seat) -> Order:
        """What a team has committed to, else what it drafts."""
        given = self.match.commitment(seat)
        return self.drafts[seat].draft.order if given is None else given.order

    def why_not(self, seat: Seat) -> list[str]:
        """Why a team's draft cannot be committed as it is; empty where it can."""
        orders = Orders.of({seat: self.drafts[seat].draft.order})
        found = refusals(self.match.scenario.setting, self.match.state, orders)
        return [refusal.reason for refusal in found if refusal.seat is seat]

    def commit(self, seat: Seat, version: int, odds: Mapping[Seat, float] | None = None) -> None:
        """Commits a team's draft.

        Args:
            seat: whose.
            version: of the draft that was looked at.
            odds: of force by each rival; the mean of what its members predict if empty or None.

        Raises:
            Refused: it cannot be done now, or the draft is another by now; the text says why.
        """
        self._must_play(seat)
        shared = self.drafts[seat]
        if shared.version != version:
            raise Refused(t("team.refused.changed"))
        refused = self.match.commit(seat, shared.draft.order, odds or self.forecast(seat))
        if refused:
            raise Refused(t("team.refused.illegal", why="; ".join(self.why_not(seat))))
        self.version += 1

    def enter_slip(self, seat: Seat, draft: Draft, odds: Mapping[Seat, float]) -> None:
        """Commits what a team has handed in on paper; its draft becomes the same.

        Args:
            seat: the team's.
            draft: what it orders.
            odds: of force by each rival, as the team predicts; empty where it predicts none.

        Raises:
            Refused: it cannot be done now; the text says why.
        """
        self._must_play(seat)
        if self.match.commitment(seat) is not None:
            self.match.take_back(seat)
        shared = self.drafts[seat]
        shared.draft = draft
        shared.versions = {part: version + 1 for part, version in shared.versions.items()}
        self._keep_draft(seat)
        self.version += 1
        self.commit(seat, shared.version, odds)

    def take_back(self, seat: Seat) -> None:
        """Takes a team's commitment back.

        Raises:
            Refused: it is paused or over.
        """
        self._must_play(seat)
        self.match.take_back(seat)
        self.version += 1

    def forecast(self, seat: Seat) -> dict[Seat, float]:
        """A team's odds of force by each rival: the mean of what its members predict this turn."""
        given = [
            odds
            for (device, turn), odds in self.predictions.items()
            if turn == self.match.turn and device in self.members.get(seat, ())
        ]
        return {
            rival: sum(odds[rival] for odds in given if rival in odds)
            / sum(rival in odds for odds in given)
            for rival in seat.rivals
            if any(rival in odds for odds in given)
        }

    def predict(self, device: Device, odds: dict[Seat, float], guess: Guess) -> None:
        """Notes what one member expects, which nobody else sees before the debrief.

        Args:
            device: the member's.
            odds: of force by each rival this turn, 0 to 1.
            guess: of the game's secrets; it takes the place of an earlier one.

        Raises:
            Refused: it is paused or over, or its team has committed.
        """
        self._must_play(device.seat)
        if self.match.commitment(device.seat) is not None:
            raise Refused(t("team.refused.committed"))
        self.predictions[device.id, self.match.turn] = odds
        body = {seat.name: value for seat, value in odds.items()}
        self._store.put("prediction", self._key(device.id, self.match.turn), body)
        self.guesses[device.id] = guess
        self._store.put("guess", self._key(device.id), guess.body())

    def say(self, device: Device, channel: Channel, words: str) -> Message:
        """Writes something to seats.

        Raises:
            Refused: it is empty or too long, the team is muted, it is paused, or the channel is
                not the team's.
        """
        said = " ".join(clean(words).split())
        if not said:
            raise Refused(t("talk.refused.empty"))
        if len(said) > MOST_LETTERS:
            raise Refused(t("talk.refused.long", most=MOST_LETTERS))
        if channel not in channels(device.seat):
            raise Refused(t("talk.refused.channel"))
        if self.is_paused:
            raise Refused(t("team.refused.paused"))
        if device.seat in self.muted and len(channel) > 1:
            raise Refused(t("talk.refused.muted"))
        number = self.messages[-1].n + 1 if self.messages else 1
        message = Message(
            number, self.match.turn, clock_time(), device.seat, channel, said, device.nick
        )
        self.messages.append(message)
        self._store.put("message", self._key(f"{number:08d}"), message.body())
        for old in self.messages[:-MOST_MESSAGES]:
            self._store.drop("message", self._key(f"{old.n:08d}"))
        del self.messages[:-MOST_MESSAGES]
        return message

    def read_by(self, seat: Seat, channel: Channel) -> list[Message]:
        """What a seat reads of a channel, the oldest first; nothing of one that is not its own."""
        if seat not in channel:
            return []
        return [message for message in self.messages if message.channel == channel]

    # --- what the host does

    @property
    def turns(self) -> int:
        """How many turns are played."""
        return min(self.planned or MAX_TURNS, len(self.match.scenario.turns))

    @property
    def begun(self) -> bool:
        """Whether its first turn has begun."""
        return self.started or bool(self.match.played)

    def begin(self, seconds: float | None, planned: int | None = None) -> None:
        """Begins the first turn: from now on its time runs.

        Args:
            seconds: for each turn; None for no limit.
            planned: how many turns are played; None for all.
        """
        self.planned = planned
        self.match.limit(seconds)
        self.match.clock.restart()
        self.started = True
        self.keep()
        self.version += 1

    def hint(self, seat: Seat, words: str) -> None:
        """Tells a team something that nobody else sees.

        Raises:
            Refused: it is empty or too long.
        """
        said = " ".join(clean(words).split())
        if not 0 < len(said) <= MOST_LETTERS:
            raise Refused(t("talk.refused.long", most=MOST_LETTERS))
        self.hints[seat].append((self.match.turn, said))
        self._store.put("hint", self._key(seat.name), self.hints[seat])

    def take_hint_back(self, seat: Seat) -> None:
        """Forgets the last hint to a team."""
        del self.hints[seat][-1:]
        self._store.put("hint", self._key(seat.name), self.hints[seat])

    def allow_estimates(self, seats: Collection[Seat], *, allowed: bool) -> None:
        """Lets teams read what their staff expects, or no longer."""
        self.estimates = self.estimates | set(seats) if allowed else self.estimates - set(seats)
        self.keep()
        self.version += 1

    def end_as_planned(self) -> bool:
        """Ends the game for the debrief once the planned turns have been played."""
        over = self.match.status is Status.ENDED or len(self.match.played) < self.turns
        if over or self.planned is None:
            return False
        self.match.end(t("plan.end_reason"))
        self.version += 1
        return True

    def to_computer(self, seat: Seat) -> None:
        """Has the computer play a seat, by its role's doctrine."""
        self.match.give(seat, Seating.computer(self.match.scenario.roles[seat].doctrine))
        self.version += 1

    def to_people(self, seat: Seat) -> None:
        """Gives a seat back to its team."""
        self.match.give(seat, Seating.team(t(f"seats.{seat.name}")))
        self.version += 1

    def turned(self, late: Iterable[Seat]) -> None:
        """Begins the next turn's drafts: those of seats that had not committed are kept."""
        self.held, self.taken_back = tuple(late), 0
        for seat in SEATS:
            shared = SharedDraft()
            if seat in self.held:
                shared.draft = self.drafts[seat].draft
                shared.by = self.drafts[seat].by
            self.drafts[seat] = shared
            self._keep_draft(seat)
        self.keep()
        self.version += 1

    def undone(self) -> None:
        """After a turn was taken back: its drafts begin anew, and its teams are told so."""
        self.held, self.step, self.shares_report, self.debriefed = (), 0, False, False
        self.taken_back = self.match.turn
        self.done = [replace(one, back=None) for one in self.done]
        for seat in SEATS:
            self.drafts[seat] = SharedDraft()
            self._keep_draft(seat)
        self.keep()
        self.version += 1

    def moved_to(self, match: Match) -> None:
        """Goes on with another match, such as a branch of this one."""
        self.match.close()
        self.match = match
        self.undone()

    def forget_people(self) -> None:
        """Removes what people wrote: talk, hints, predictions, guesses, who set which part."""
        self.messages.clear()
        self.predictions.clear()
        self.guesses.clear()
        self.hints = {seat: [] for seat in SEATS}
        for shared in self.drafts.values():
            shared.by.clear()
        for seat in SEATS:
            self._keep_draft(seat)
