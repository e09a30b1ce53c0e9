"""Words for mistakes: quoting what was written, guessing what was meant, pydantic's findings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from .problems import Loc, Mistake
from .visible import visible

MISTAKE = "mistake"
"""The type of a pydantic error that brings its own words, as `what` and `remedy`."""

_LONGEST = 60
_LIST_AT_MOST = 400

_PLAIN: dict[str, tuple[str, str]] = {
    "missing": ("{key} is missing", "add it to this table"),
    "string_type": ("{key} must be a text, and {given} is none", "put it in quotation marks"),
    "int_type": (
        "{key} must be a whole number, and {given} is none",
        "write digits, without quotation marks and without a point",
    ),
    "float_type": (
        "{key} must be a number, and {given} is none",
        "write digits, without quotation marks, with a point where it needs one",
    ),
    "finite_number": (
        "{key} must be a finite number, and {given} is none",
        "write an ordinary number",
    ),
    "bool_type": (
        "{key} must be true or false, and {given} is neither",
        "write true or false, without quotation marks",
    ),
    "list_type": ("{key} must be a list, and {given} is none", "put it in [ and ]"),
    "dict_type": (
        "{key} must be a table, and {given} is none",
        "write {{ name = value }}, or a heading of its own",
    ),
    "model_type": (
        "{key} must be a table, and {given} is none",
        "write {{ name = value }}, or a heading of its own",
    ),
    "date_type": (
        "{key} must be a day, and {given} is none",
        "write it like 2020-01-31, without quotation marks",
    ),
    "greater_than": ("{key} is {given}, too small", "write more than {gt}"),
    "greater_than_equal": ("{key} is {given}, too small", "write {ge} or more"),
    "less_than": ("{key} is {given}, too large", "write less than {lt}"),
    "less_than_equal": ("{key} is {given}, too large", "write {le} or less"),
    "too_short": ("{key} has {actual_length} items, too few", "write {min_length} or more"),
    "too_long": ("{key} has too many items", "write {max_length} or fewer"),
    "string_too_long": ("{key} is too long", "write {max_length} characters or fewer"),
}


def quoted(value: object) -> str:
    """What an author wrote, short and harmless to print."""
    shown = "this"
    match value:
        case str():
            shown = visible(value[:_LONGEST])
            shown = f'"{shown}…"' if len(value) > _LONGEST else f'"{shown}"'
        case bool():
            shown = str(value).lower()
        case int() if abs(value) >= 10**18:
            shown = "a row of very many digits"
        case int() | float() | date() | time():
            shown = str(value)
        case list():
            shown = "a list"
        case dict():
            shown = "a table"
    return shown


def unknown(kind: str, given: str, known: Iterable[str]) -> tuple[str, str]:
    """What is wrong and what to do about a name that does not exist.

    Args:
        kind: what it should name, such as "seat".
        given: what was written.
        known: what may be written.

    Returns:
        A sentence for each; the second guesses what was meant, or lists what there is.
    """
    names = list(dict.fromkeys(known))
    what = f"unknown {kind} {quoted(given)}"
    if guess := did_you_mean(given, names):
        return what, f'did you mean "{guess}"?'
    if not names:
        return what, "leave it out: there is none to name"
    listed = ", ".join(names)
    if len(listed) > _LIST_AT_MOST:
        listed = listed[:_LIST_AT_MOST].rsplit(", ", 1)[0] + ", …"
    return what, f"write one of these: {listed}"


def misnamed(given: str, stem: str) -> tuple[str, str]:
    """What is wrong and what to do about an id that is not the name of its file."""
    return f'the id "{given}" is not the name of the file', f'write "{stem}", or rename the file'


def did_you_mean(given: str, known: Sequence[str]) -> str | None:
    """The known name most like the given one, capitals aside; None where none is like it."""
    by_small = {name.lower(): name for name in reversed(known)}
    close = get_close_matches(given[:_LONGEST].lower(), list(by_small), n=1, cutoff=0.6)
    return by_small[close[0]] if close else None


def finding(error: Mapping[str, Any], keys: Sequence[str]) -> Mistake:
    """One error of pydantic in our own words.

    Args:
        error: an entry of `ValidationError.errors()`.
        keys: the keys that the table around the error may have.
    """
    loc: Loc = error["loc"]
    context: Mapping[str, Any] = error.get("ctx", {})
    kind = error["type"]
    if kind == MISTAKE:
        return Mistake(loc, context["what"], context["remedy"])
    if kind == "extra_forbidden":
        return Mistake(loc, *unknown("key", str(loc[-1]), keys))
    what, remedy = _PLAIN.get(kind, ("{key} cannot be used as it stands", "write it anew"))
    words = {"key": _name(loc), "given": quoted(error["input"])} | {
        name: f"{value:g}" if isinstance(value, float) else value for name, value in context.items()
    }
    return Mistake(loc, what.format(**words), remedy.format(**words))


def _name(loc: Loc) -> str:
    """How a sentence calls the thing at a key path."""
    steps = [step for step in loc if step != "[key]"]
    match steps:
        case [*_, str(name), int(index)]:
            return f'item {index + 1} of "{name}"'
        case [*_, name]:
            return quoted(str(name))
    return "the file"
