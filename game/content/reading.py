"""Holds a document against a model, and gathers everything that is wrong with it."""

import types
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from .document import Document, read_document
from .problems import ContentError, Loc, Mistake, Problem
from .wording import finding

MAX_PROBLEMS = 100
"""More than these are counted, but not told one by one."""

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, model: type[Model]) -> Model:
    """Reads a file into a model.

    Raises:
        ContentError: with all that is wrong with the file.
    """
    return checked(read_document(path), model)


def checked(
    document: Document,
    model: type[Model],
    *,
    context: object = None,
    mistakes: Iterable[Mistake] = (),
) -> Model:
    """The document as a model.

    Args:
        document: what was read.
        model: what it should be.
        context: passed to the model's validators.
        mistakes: what other checks have found in the document.

    Raises:
        ContentError: with all that is wrong with it, the given mistakes included.
    """
    found = list(mistakes)
    try:
        sheet = model.model_validate(document.data, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
        found += [finding(detail, _keys(model, detail["loc"])) for detail in details[:MAX_PROBLEMS]]
        surplus = max(0, len(details) - MAX_PROBLEMS)
        raise ContentError(_ordered(document, found, surplus)) from None
    if found:
        raise ContentError(_ordered(document, found, 0))
    return sheet


def _ordered(document: Document, found: list[Mistake], surplus: int) -> list[Problem]:
    """The problems by line, each once, and a last one that counts those left out."""
    problems = sorted(dict.fromkeys(map(document.problem, found)), key=lambda p: (p.line, p.what))
    surplus += len(problems[MAX_PROBLEMS:])
    problems = problems[:MAX_PROBLEMS]
    if surplus:
        problems.append(Problem(document.path, 0, f"{surplus} more mistakes",
                                "put these right first"))
    return problems


def _keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys of the table that the last step of a key path lies in."""
    place: Any = model
    for step in loc[:-1]:
        place = _table(place)
        origin = get_origin(place)
        if isinstance(place, type) and issubclass(place, BaseModel):
            field = place.model_fields.get(str(step))
            place = field.annotation if field else None
        elif origin in (list, dict):
            place = get_args(place)[-1]
    place = _table(place)
    if isinstance(place, type) and issubclass(place, BaseModel):
        return list(place.model_fields)
    return []


def _table(annotation: Any) -> Any:
    """What an annotation says of a TOML value, without its metadata, None and root model."""
    while True:
        if get_origin(annotation) in (Annotated, Union, types.UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        elif isinstance(annotation, type) and issubclass(annotation, RootModel):
            annotation = annotation.model_fields["root"].annotation
        else:
            return annotation
