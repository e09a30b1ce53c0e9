"""One draft of orders that a whole team edits: who set what, and who is editing now."""

from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

from game.rules.legal import HIGHEST_LINE
from game.rules.orders import Order
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import Seat
from game.session.drafting import Draft

PARTS: dict[str, tuple[str, ...]] = {
    "deed": ("deed", "site"),
    "word": ("word", "word_to", "word_rung"),
    "whisper": ("whisper", "whisper_to"),
}
"""The parts of a draft, and their fields; each part is changed as a whole."""
EDITING = 15.0
"""Seconds that somebody counts as editing after a touch."""


@dataclass(slots=True)
class SharedDraft:
    """What a team has picked so far."""

    draft: Draft = field(default_factory=Draft)
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    """How often each part was changed."""
    by: dict[str, str] = field(default_factory=dict)
    """Who changed each part last, as the team calls them."""
    editing: dict[int, tuple[str, float]] = field(default_factory=dict)
    """By device: the part it edits, and since when."""

    @property
    def version(self) -> int:
        """Counts every change."""
        return sum(self.versions.values())

    @property
    def touched(self) -> list[str]:
        """The parts that somebody has set."""
        return [part for part, version in self.versions.items() if version]

    def set(self, part: str, values: dict[str, int], by: str) -> None:
        """Changes a part."""
        self.draft.pick(**{name: values[name] for name in PARTS[part]})
        self.versions[part] += 1
        self.by[part] = by

    def values(self, part: str) -> dict[str, int]:
        """What a part is."""
        return {name: getattr(self.draft.order, name) for name in PARTS[part]}

    def edits(self, device: int, part: str) -> bool:
        """Notes that a device edits a part; whether that is news to the others."""
        before = self.editing.get(device)
        self.editing[device] = (part, monotonic())
        return before is None or before[0] != part or monotonic() - before[1] > EDITING

    def editors(self, part: str, but: int | None = None) -> list[int]:
        """The devices that edit a part now."""
        now = monotonic()
        return [
            device
            for device, (edited, at) in self.editing.items()
            if edited == part and now - at < EDITING and device != but
        ]

    def body(self) -> dict[str, Any]:
        """What is kept of it."""
        return {"order": asdict(self.draft.order), "versions": self.versions, "by": self.by}

    @classmethod
    def of(cls, body: dict[str, Any]) -> "SharedDraft":
        """A draft that was kept."""
        names = (name for part in PARTS.values() for name in part)
        draft = Draft(Order(**{name: int(body["order"][name]) for name in names}))
        versions = {part: int(body["versions"][part]) for part in PARTS}
        return cls(draft, versions, {str(k): str(v) for k, v in body["by"].items()})


def is_known(book: Rulebook, seat: Seat, values: dict[str, int]) -> bool:
    """Whether there is what the numbers of a part mean; whether it is legal is another thing."""
    ends = {
        "deed": len(book.deeds[seat]),
        "site": len(book.sites),
        "word": len(book.words),
        "word_to": len(Seat),
        "word_rung": HIGHEST_LINE + 1,
        "whisper": len(book.whispers),
        "whisper_to": len(Seat),
    }
    least = {"site": ANY_SITE, "word_to": NO_SEAT, "whisper_to": NO_SEAT}
    return all(least.get(name, 0) <= value < ends[name] for name, value in values.items())


def read_part(part: str, form: dict[str, str]) -> dict[str, int]:
    """A part of a draft out of a form: numbers as in `Order`. The rules tell what is legal.

    Each choice has target fields of its own, called by its number, such as `word_to_3`.

    Raises:
        ValueError: the form is none of ours.
        KeyError: neither.
    """
    index = int(form[part])
    values = {part: index}
    for name in PARTS[part][1:]:
        given = form.get(f"{name}_{index}", "")
        values[name] = _target(name, given)
    return values


def _target(name: str, given: str) -> int:
    if name.endswith("_to"):
        return int(Seat[given]) if given else NO_SEAT
    if name == "site":
        return int(given) if given else ANY_SITE
    return int(given) if given else 0
