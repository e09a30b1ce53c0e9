"""What a source must look like, in a scenario or in the record."""

from typing import Annotated

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
        if value and not (
            value.startswith(("https://", "http://")) and value.isprintable() and " " not in value
        ):
            raise refuse(
                "this is no address on the web",
                "begin it with https://, or leave it out for a book",
            )
        return value
