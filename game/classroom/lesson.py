"""The class: its tables, who has joined, and the keys to it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from game.rules.seats import SEATS, Seat
from game.session.events import clean
from game.session.match import Cast, Match

from . import keys
from .experiment import Experiment
from .faults import ClassroomFault, Refused
from .hub import Hub
from .people import ADVISER, ASLEEP, CHAIR, MOST_IN_TEAM, MOST_NICK, ROLES, Device
from .plan import Course, plans
from .store import SUFFIX, Store
from .table import Table
from .texts import t

MOST_TABLES = 8
MOST_DEVICES = MOST_TABLES * len(SEATS) * MOST_IN_TEAM


class Lesson:
    """Everything that one host leads."""

    def __init__(self, store: Store, matches: Sequence[Match], cast: Cast) -> None:
        """`store` may hold what was left the last time; then everybody comes back to it."""
        self.store, self.cast = store, cast
        self.hub = Hub()
        self.tries = keys.Tries()
        self.tables = [Table(number, match, store) for number, match in enumerate(matches, 1)]
        self.devices: dict[int, Device] = {}
        self._by_digest: dict[str, Device] = {}
        kept = {str(key): str(body) for key, body in store.all("lesson")}
        self.code = kept.get("code") or keys.new_code()
        self.host_secret = kept.get("host") or keys.new_token()
        self.wall_key = kept.get("wall") or keys.new_token()[:12]
        self.keeps_people = bool(kept.get("keeps"))
        """Whether names and what people wrote stay once the lesson is over: the host says so."""
        self.port = int(kept["port"]) if "port" in kept else None
        """The port of the last time: phones that are still open come back to it."""
        dealt = dict(store.all("experiment"))
        self.experiment = Experiment.of(dealt["now"]) if "now" in dealt else None
        """What differs between the tables; None where nothing does."""
        followed = dict(store.all("course"))
        self.course = course_of(followed["now"]) if "now" in followed else None
        """The plan that the class follows, and since when; None without one."""
        for key, value in (("code", self.code), ("host", self.host_secret)):
            store.put("lesson", key, value)
        store.put("lesson", "wall", self.wall_key)
        for number, table in enumerate(self.tables, 1):
            store.put("match", str(number), table.match.path.name if table.match.path else "")
        for key, body in store.all("device"):
            self._seat_device(Device.of(key, body))

    def end(self) -> bool:
        """The host closes the class: once its debriefs are over, names and what people wrote go,
        unless the host keeps them. Returns whether they went.
        """
        if self.keeps_people or not all(table.debriefed for table in self.tables):
            return False
        self.forget_people()
        return True

    def keep_people(self, keeps: bool) -> None:
        """Keeps names and what people wrote beyond the lesson, or no longer."""
        self.keeps_people = keeps
        self.store.put("lesson", "keeps", "yes" if keeps else "")

    @property
    def first_file(self) -> str:
        """The match by whose file the class is started again."""
        return self.tables[0].match.path.name if self.tables[0].match.path else ""

    def close(self) -> None:
        """Leaves the matches and the class's file to others."""
        for table in self.tables:
            table.keep_clock()
            table.match.close()
        self.store.close()

    def deal(self, experiment: Experiment) -> None:
        """Keeps what was dealt to the tables."""
        self.experiment = experiment
        self.store.put("experiment", "now", experiment.body())

    def follow(self, course: Course | None) -> None:
        """Keeps which plan the class follows, and since when."""
        self.course = course
        self.store.drop("course")
        if course is not None:
            self.store.put("course", "now", {"plan": course.plan.id, "began": course.began})

    def on_port(self, port: int) -> None:
        """Keeps the port that the class is reached at."""
        self.port = port
        self.store.put("lesson", "port", str(port))

    def table(self, number: int) -> Table:
        """A table by its number, from 1.

        Raises:
            Refused: there is none.
        """
        if not 1 <= number <= len(self.tables):
            raise Refused(t("join.refused.table"))
        return self.tables[number - 1]

    # --- joining

    def check_code(self, code: str, address: str) -> None:
        """Lets a code pass.

        Raises:
            Refused: it is wrong, or its address has tried too often.
        """
        typed = "".join(code.split()).upper()
        if self.tries.wait(address):
            raise Refused(t("join.refused.wait"))
        if any(letter.isdigit() for letter in typed):
            raise Refused(t("join.refused.digit"))
        if not keys.same(typed, self.code):
            self.tries.wrong(address)
            raise Refused(t("join.refused.code"))

    def of_token(self, token: str) -> Device | None:
        """The device with a token; None where nobody has it."""
        return self._by_digest.get(keys.digest(token)) if token else None

    def team(self, table: int, seat: Seat) -> list[Device]:
        """A team's devices, in the order in which they came."""
        return [d for d in self.devices.values() if d.table == table and d.seat is seat]

    def holder(self, table: int, seat: Seat, role: str) -> Device | None:
        """Who has a role in a team; several may be advisers."""
        if role == ADVISER:
            return None
        return next((d for d in self.team(table, seat) if d.role == role), None)

    def smallest(self, number: int) -> Seat | None:
        """The team of a table that needs somebody most; None where all are full or shut."""
        table = self.table(number)
        open_to = [
            seat
            for seat in SEATS
            if table.plays(seat)
            and seat not in table.locked
            and len(self.team(number, seat)) < MOST_IN_TEAM
        ]

        def there(seat: Seat) -> tuple[int, int]:
            team = self.team(number, seat)
            return sum(device.asleep_for < ASLEEP for device in team), len(team)

        return min(open_to, key=there, default=None)

    def join(
        self, number: int, seat: Seat, role: str, nick: str, old: Device | None
    ) -> tuple[Device, str]:
        """Seats a device.

        Args:
            number: the table's.
            seat: the team's.
            role: one of `ROLES`, or empty for any.
            nick: what the team calls it; may be empty.
            old: the device as it was, where it sits somewhere already.

        Returns:
            The device, and its token.

        Raises:
            Refused: the team is full or shut, or the role is somebody's who is there.
        """
        table = self.table(number)
        team = [device for device in self.team(number, seat) if device is not old]
        if seat in table.locked:
            raise Refused(t("join.refused.locked"))
        if not table.plays(seat):
            raise Refused(t("join.refused.computer"))
        role = role if role in ROLES else self._free_role(team)
        holder = next((d for d in team if d.role == role and role != ADVISER), None)
        if holder is not None and holder.asleep_for < ASLEEP:
            raise Refused(t("join.refused.role", role=t(f"roles.{role}")))
        if len(team) >= MOST_IN_TEAM and holder is None:
            raise Refused(t("join.refused.full"))
        if old is None and len(self.devices) >= MOST_DEVICES:
            raise Refused(t("join.refused.full"))
        if holder is not None:
            holder.role = ADVISER
            self._keep(holder)
        token = keys.new_token()
        if old is not None:
            self.remove(old)
        number_of = max(self.devices, default=0) + 1
        called = " ".join(clean(nick).split())[:MOST_NICK]
        device = Device(number_of, keys.digest(token), number, seat, role, called)
        self._seat_device(device)
        self._keep(device)
        return device, token

    def _free_role(self, team: Iterable[Device]) -> str:
        taken = {device.role for device in team}
        return next((role for role in ROLES if role != ADVISER and role not in taken), ADVISER)

    def move(self, device: Device, seat: Seat) -> None:
        """Moves somebody to another team of the table.

        Raises:
            Refused: that team is full, or the computer plays it.
        """
        if not self.table(device.table).plays(seat):
            raise Refused(t("join.refused.computer"))
        team = self.team(device.table, seat)
        if len(team) >= MOST_IN_TEAM:
            raise Refused(t("join.refused.full"))
        device.seat, device.role = seat, self._free_role(team)
        device.told = t("team.moved", seat=t(f"seats.{seat.name}"), role=t(f"roles.{device.role}"))
        self._keep(device)
        self._count(device.table)
        self.hub.close_device(device.id)

    def give_role(self, device: Device, role: str) -> None:
        """Gives a device a role in its team; whoever had it takes the device's own."""
        holder = self.holder(device.table, device.seat, role)
        if holder is not None:
            holder.role = device.role
            self._keep(holder)
        device.role = role
        self._keep(device)

    def may_commit(self, device: Device) -> bool:
        """Whether a device commits for its team: its chair, and where there is none, anybody."""
        return device.role == CHAIR or self.holder(device.table, device.seat, CHAIR) is None

    def remove(self, device: Device) -> None:
        """Forgets a device: it has to join again."""
        self.devices.pop(device.id, None)
        self._by_digest.pop(device.digest, None)
        self.store.drop("device", str(device.id))
        self._count(device.table)
        self.hub.close_device(device.id)

    def forget_people(self) -> None:
        """Removes names and whatever people wrote; seats and orders stay."""
        for device in self.devices.values():
            device.nick = ""
            self._keep(device)
        for table in self.tables:
            table.forget_people()
        for kind in ("message", "prediction", "guess", "hint"):
            self.store.drop(kind)
        self.store.work_in()

    def seen(self, device: Device) -> None:
        """Notes a sign of a device."""
        device.seen = monotonic()

    def _seat_device(self, device: Device) -> None:
        self.devices[device.id] = device
        self._by_digest[device.digest] = device
        self._count(device.table)

    def _count(self, number: int) -> None:
        if 1 <= number <= len(self.tables):
            self.tables[number - 1].members = {
                seat: tuple(d.id for d in self.team(number, seat)) for seat in SEATS
            }

    def _keep(self, device: Device) -> None:
        self.store.put("device", str(device.id), device.body())


def course_of(body: Mapping[str, Any]) -> Course | None:
    """A course that was kept; None where there is no such plan any more."""
    plan = plans().get(str(body["plan"]))
    return None if plan is None else Course(plan, float(body["began"]))


def class_file(match: Path) -> Path:
    """The class's file that belongs to a match: an older one that names it, else one beside it."""
    for path in sorted(match.parent.glob(f"*{SUFFIX}")):
        if match.name in matches_of(path):
            return path
    return match.with_suffix(SUFFIX)


def matches_of(path: Path) -> list[str]:
    """The names of the matches of a class's file, by table; empty where it cannot be read."""
    try:
        store = Store(path)
    except ClassroomFault:
        return []
    try:
        named: Mapping[str, str] = dict(store.all("match"))
    except ClassroomFault:
        return []
    finally:
        store.close()
    return [named[key] for key in sorted(named, key=int)]
