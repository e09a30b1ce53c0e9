"""When a private message counts: some are heard at once, most before the next orders."""

from game.rules.rulebook import WHISPERS_BY_NAME, Whisper

from .telling import t


def when_heard(whisper: Whisper) -> str:
    """When a private message counts, in a few words; empty for none."""
    if not whisper.links:
        return ""
    if whisper.guidance is not None:
        return t("messages.guidance")
    if whisper.deal is not None:
        return t("messages.deal")
    return t("messages.at_once" if whisper.id in WHISPERS_BY_NAME else "messages.later")
