"""What a source must look like, in a scenario or in the record."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from .kinds import Id, Sentence, Table, refuse


class SourceRow(Table):
    """Where something is known from."""

    id: Id
    title: Sentence
    url: Annotated[str, Field(max_length=1_000)] = ""

    @field_validator("url")
    @classmethod
    def _web(cls, value: str) -> str:
        if value and not _is_address(value):
            raise refuse(
                "this is no address on the web",
                "begin it with https://, or leave it out for a book",
            )
        return value


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket without its other half
        return False
    seen = text.isprintable() and " " not in text
    return seen and parts.scheme in ("http", "https") and bool(parts.hostname)
