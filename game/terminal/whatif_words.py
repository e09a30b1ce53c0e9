"""What a what-if found, in sentences: a verdict for each lens."""

from game.views import phrasebook
from game.views.names import counted, listed, sentence

from .whatif_question import Answer, Query

LIVES = {"us_dead": "American dead", "iraqi_dead": "Iraqi dead"}


def verdict(query: Query, answer: Answer) -> str:
    """What a lens says of attacks, and of lives, in as many words as it warrants."""
    pairs = answer.effect.pairs
    attacks = pairs["attacks"]
    who = f"under {answer.lens.name} {_named(query)}"
    over = f"over {counted(query.days, 'day')}"
    told = [phrasebook.effect(who, "attacks", over, attacks.difference)]
    if attacks.difference.is_told and attacks.more + attacks.less:
        told.append(phrasebook.futures(attacks.more, attacks.same, attacks.less, "attacks"))
    own = dict.fromkeys(repr(d.name) for d in (query.deed, query.instead) if d.fire)
    if own and attacks.difference.is_told:
        told.append(f"the attacks that {listed(list(own))} itself makes are counted among these")
    told.append(
        "; ".join(phrasebook.lives(label, pairs[name].difference) for name, label in LIVES.items())
    )
    return " ".join(map(sentence, told))


def _named(query: Query) -> str:
    if query.what_if.question.instead == "hold":
        return f"{query.deed.name!r}"
    return f"{query.deed.name!r} in place of {query.instead.name!r}"
