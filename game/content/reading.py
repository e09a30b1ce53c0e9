"""Holds a document against a model, and gathers everything that is wrong with it."""

import types
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from .document import Document, read_document
from .problems import TOLD_AT_MOST, ContentError, Loc, Mistake, Problem
from .wording import finding

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
    found = list(islice(mistakes, TOLD_AT_MOST + 1))
    try:
        sheet: Model | None = model.model_validate(document.data, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)[: TOLD_AT_MOST + 1]
        found += [finding(detail, _keys(model, detail["loc"])) for detail in details]
        sheet = None
    told = {mistake.loc for mistake in found}
    odd = (mistake for mistake in document.odd_numbers() if mistake.loc not in told)
    found += islice(odd, TOLD_AT_MOST)
    if found or sheet is None:
        raise ContentError(_ordered(document, found))
    return sheet


def _ordered(document: Document, found: list[Mistake]) -> list[Problem]:
    """The problems by line, each once; where there are too many, a last one says so."""
    problems = sorted(dict.fromkeys(map(document.problem, found)), key=lambda p: (p.line, p.what))
    if len(problems) > TOLD_AT_MOST:
        more = Problem(document.path, 0, "there are more mistakes", "put these right first")
        return [*problems[:TOLD_AT_MOST], more]
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
