"""What all seats talk by: the ladder, and the ledger of deterrence."""

from game.rules.seats import Rung
from game.views.names import rung_name, sentence

from .page import Entry, Page

LEDGER = (
    (
        "credible",
        "How surely you believe that this seat answers when its line is crossed. It rises when the "
        "seat keeps its word and falls when it lets one pass, more so after a public threat.",
    ),
    (
        "spares you",
        "How surely you believe that this seat leaves you alone if you cross no line of its. It "
        "rises while you are spared and when a blow answers something; a blow out of the blue "
        "takes some of it. Without it a threat gives you nothing to lose.",
    ),
    (
        "feared",
        "Credible, times spares you, times what this seat can do to you; more where its forces are "
        "ready and much is staked on its line.",
    ),
    (
        "your anger",
        "What you hold against this seat: it rises with harm that you blame on it, and fades with "
        "time. Every use of force raises both fear and anger; which of them wins is the game.",
    ),
    ("their line", "The rung that this seat has warned you not to reach."),
    (
        "your line",
        "The rung that you have warned it not to reach. If it does, you owe an answer: act against "
        "it in time, or everybody sees that your line counts for less.",
    ),
)


def ladder(out: Page, rung: Rung | None = None) -> None:
    """The ladder that all seats talk by; at one of its rungs, where one is given."""
    at = "" if rung is None else f": rung {int(rung)}, {rung_name(rung)}"
    out.title(f"The ladder{at}")
    out.say("Every happening has a rung. A threat names one: from there up it will be answered.")
    out.entries(
        [
            Entry(str(step), sentence(rung_name(step)) + (" (this one)" if step is rung else ""))
            for step in Rung
        ],
        first=0,
    )
    out.aside("After Kahn, On Escalation, 1965, cut down to this crisis.")


def ledger(out: Page) -> None:
    """What the words of the ledger mean."""
    out.title("The ledger of deterrence")
    out.entries([Entry(name, name, text) for name, text in LEDGER], first=None)
    out.aside(
        "After Schelling 1966; Jervis 1976; Fearon 1994; Zagare and Kilgour 2000; Kydd and McManus "
        "2017."
    )
