"""What a turn was to a seat, in words: its peaks, what came of its orders, what the capitals say,
what is at stake, how the others see it; and the end of a game. The window tells the same.
"""

from game.content.load import load_scenario
from game.futures.regard import WORLDS, live, regard
from game.futures.seen import Seen
from game.lab.benchmark import benchmark
from game.players.base import Dice
from game.rules.luck import imagined_keys
from game.session.match import Match
from game.views.ending import EARNEST, PRACTICE, compared, in_earnest, practised, scene
from game.views.names import CAPITALS, rung_name
from game.views.peaks import t
from game.views.regard import Seen as Regarded
from game.views.regard import sentences as regard_sentences
from game.views.situation import total_mark
from game.views.stakes import sentences as stakes_sentences

from .console import Console


def peaks_page(console: Console, seen: Seen) -> None:
    """What nobody may pass over of the last turn, each under its headline."""
    for peak in seen.peaks:
        console.title(peak.headline)
        if peak.rung:
            console.aside(f"Rung {peak.rung}, {rung_name(peak.rung)}.")
        for line in (*peak.told, *peak.aside):
            console.say(line)


def reckoning_page(console: Console, seen: Seen) -> None:
    """What came of the seat's last orders, and what is heard from the capitals."""
    if not seen.turn:
        return
    console.heading("What came of your orders")
    for one in seen.reckoning(None):
        turn = f", ordered in turn {one.turn}" if one.part == "earlier" else ""
        console.say(f"{one.name}{turn}: {one.chip}.")
        console.bullets(one.chain)
    console.heading("What the capitals say")
    for voice in seen.voices:
        who = CAPITALS[voice.seat]
        console.say(f"{who[:1].upper()}{who[1:]} ({', '.join(voice.did)}): {voice.line}")


def stakes_page(console: Console, seen: Seen) -> None:
    """What is at stake now, line by line."""
    console.heading("What is at stake")
    console.bullets(stakes_sentences(seen.stakes, seen.seat))


def regard_page(console: Console, seen: Seen) -> None:
    """How the others see the seat, as its staff makes it out."""
    found = regarded(seen)
    console.title("How they see you")
    console.aside(
        "Your staff's estimate, of 100. In brackets: where it lies in 90 of 100 worlds that fit "
        "what you have seen; then how it moved in the last turn."
    )
    console.bullets(regard_sentences(found))
    if seen.stakes.owed:
        console.heading("What you owe, and what it costs to let it pass")
        lines = stakes_sentences(seen.stakes, seen.seat, found.lapses)
        console.bullets(line for line in lines if line.startswith("You owe"))
    console.gap()


def regarded(seen: Seen) -> Regarded:
    """What the seat's staff makes of how the others see it."""
    dice = Dice.of(seen.match.state, seen.seat)
    keys = imagined_keys(dice.keys, dice.turn, WORLDS)[:, 0]
    setting = seen.scenario.setting
    return regard(setting, live(setting, seen.past, keys, seen.now), seen.now, keys)


def ending_page(console: Console, match: Match) -> None:
    """The last scene: how it ended, the dead, and each person's score beside others'."""
    final = scene(match.scenario, match.state)
    console.title(final.headline)
    for line in final.told:
        console.say(line)
    dead = [f"{one.name} {one.number}" for one in final.dead]
    console.say(f"The dead: {', '.join(dead)}.")
    for seat in match.people:
        score = total_mark(match.scenario, match.state, seat)
        kept = benchmark(match.scenario.id, seat)
        if kept is None:
            continue
        console.heading(f"{CAPITALS[seat][:1].upper()}{CAPITALS[seat][1:]}: {score:.0f} of 100")
        told = compared(kept.better_than(score))
        console.say(f"{told[:1].upper()}{told[1:]}.")
        plans = [
            f"{plan.name}: {plan.mean:.0f} ({plan.low:.0f} to {plan.high:.0f}), "
            f"dead {plan.dead:.0f}"
            for plan in kept.plans
        ]
        console.say(
            "What computer players reached in this chair on average, over all worlds and agendas; "
            "90 of 100 games in brackets:"
        )
        console.bullets(plans)
    console.aside(t("endings.benchmark.sealed"))
    console.gap()


def practice_page(console: Console, match: Match, command: str) -> None:
    """After the practice game: what it was for, and how the game in earnest is begun; nothing after
    any other.

    Args:
        console: shows it.
        match: the game, over.
        command: begins the game in earnest.
    """
    if match.scenario.id != PRACTICE:
        return
    head, *told = practised([played.outcome for played in match.played])
    console.heading(head)
    for line in (*told, f"{in_earnest(load_scenario(EARNEST))} To begin it:\n{command}"):
        console.say(line)
