"""How does a model say by what it is found? One derived field that names the columns.

    words = WordsField(names=("name",), numbers=("key", "licence_no"))

The row holds the lines of `finding.words`, which whoever writes it through Django writes too, and triggers
for every other writer; the index (`finding.index`) is made from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.finding.words import tokens_of, words_of

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
else:
    _Text = models.TextField


class WordsField(_Text):
    """What the object is found by; an object with it needs a `region` and an integer key."""

    derived = True
    """Not part of the object: digests of the object leave it out."""

    def __init__(
        self, verbose_name: Any = None, *, names: Sequence[str], numbers: Sequence[str] = (), **options: Any
    ) -> None:
        self.names, self.numbers = tuple(names), tuple(numbers)
        super().__init__(verbose_name, **{**options, "null": True, "blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        for fixed in ("null", "blank", "editable"):
            options.pop(fixed, None)
        return name, path, args, {**options, "names": self.names, "numbers": self.numbers}

    def words_of(self, instance: models.Model) -> str:
        """The lines of this object."""
        return words_of(
            tuple(getattr(instance, name) for name in self.names),
            tuple(getattr(instance, name) for name in self.numbers),
        )

    def pre_save(self, model_instance: models.Model, add: Any) -> str:
        words = self.words_of(model_instance)
        setattr(model_instance, self.attname, words)
        return words

    def stored_many(self, instances: Sequence[models.Model], connection: BaseDatabaseWrapper) -> list[str]:
        """What saving each of many objects writes into the column."""
        return [as_stored(self.pre_save(each, add=True), connection) for each in instances]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return as_stored(value, connection) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else str(value).partition(BEFORE_PIECES)[0]


BEFORE_PIECES = "\n\t"
"""What stands between lines and pieces."""


def as_stored(words: str, connection: BaseDatabaseWrapper) -> str:
    """As the row holds it: on PostgreSQL with the pieces, on which its index stands."""
    return f"{words}{BEFORE_PIECES}{tokens_of(words)}" if connection.vendor == "postgresql" else words
