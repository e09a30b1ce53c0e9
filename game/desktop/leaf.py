"""A page of the handbook as widgets."""

from collections.abc import Iterable, Sequence

from game.rules.rulebook import Rulebook
from game.rules.seats import Seat
from game.views.handbook.page import Entry
from game.views.handbook.topics import Topic, called

from .widgets.base import Widget
from .widgets.boxes import Column, Gap
from .widgets.text import Text, facts, points


class Leaf:
    """Collects a page's parts; names that have pages of their own become links."""

    def __init__(self, label_width: float = 230) -> None:
        self.name = ""
        """The page's heading."""
        self.widgets: list[Widget] = []
        self._label_width = label_width

    def title(self, text: str) -> None:
        """See `Page`; an id in brackets behind the heading stands below it."""
        name, _, rest = text.partition(" (")
        if self.widgets:
            self.widgets.append(Gap(16))
        self.widgets.append(Text(name[:1].upper() + name[1:], "title"))
        if rest:
            self.widgets.append(Text(rest.removesuffix(")"), "mono", "quiet"))
        self.name = self.name or name

    def heading(self, text: str) -> None:
        """See `Page`."""
        self.widgets += [Gap(4), Text(text, "heading")]

    def say(self, text: str) -> None:
        """See `Page`."""
        self.widgets.append(Text(text.strip(), widest=720))

    def aside(self, text: str) -> None:
        """See `Page`."""
        self.widgets.append(Text(text.strip(), "small", "quiet", widest=720))

    def bullets(self, items: Iterable[str]) -> None:
        """See `Page`."""
        self.widgets.append(points(items))

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        """See `Page`."""
        linked = [(link(label), value) for label, value in rows]
        self.widgets.append(facts(linked, self._label_width))

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        """See `Page`."""
        for number, entry in enumerate(entries, first or 0):
            told = " ".join(
                part for part in (entry.text, entry.notes and entry.notes + ".") if part
            )
            name = link(entry.name) if first is None else f"{number}  {entry.name}"
            self.widgets.append(
                Column(
                    [
                        Text(name, "strong"),
                        *([Text(told, "body", "quiet", widest=720)] if told else []),
                    ],
                    gap=0,
                )
            )


def link(name: str) -> str:
    """The name as a link to its page; as it is where it has none."""
    found = [topic for topic in called(name) if topic.name == name] if name else []
    return f"[{topic_title(found[0])}]({found[0].name})" if found else name


def objectives(book: Rulebook, seat: Seat) -> str:
    """A seat's objectives, each a link to how it is counted."""
    return ", ".join(
        f"[{part.name}]({seat.name.lower()}.{part.id})" for part in book.marks if part.seat is seat
    )


def topic_title(topic: Topic) -> str:
    """What lists call a page."""
    named = topic.others and topic.kind not in ("ladder", "ledger", "parameter")
    told = topic.others[-1] if named else topic.name.rpartition(".")[2]
    return told[:1].upper() + told[1:].replace("_", " ")


def leaf(topics: Sequence[Topic], label_width: float = 230) -> Leaf:
    """The pages of these topics, one after the other."""
    made = Leaf(label_width)
    for topic in topics:
        topic.show(made)
    return made
