"""How does a model say by what it is found? One derived field that names the columns.

    words = WordsField(names=("name",), lists=("former_names",), numbers=("key", "licence_no"))

`lists` are JSON columns with several names.
The row holds the lines of `finding.words`, which whoever writes it through Django writes too, and triggers
for every other writer; the index (`finding.index`) is made from them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.finding.words import EDITION, Found, tokens_of, words_of, worked_out

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
else:
    _Text = models.TextField


class WordsField(_Text):
    """What the object is found by; an object with it needs a `region` and an integer key."""

    derived = True
    """Not part of the object: digests of the object leave it out."""

    def __init__(
        self,
        verbose_name: Any = None,
        *,
        names: Sequence[str] = (),
        lists: Sequence[str] = (),
        numbers: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self.names, self.lists, self.numbers = tuple(names), tuple(lists), tuple(numbers)
        super().__init__(verbose_name, **{**options, "null": True, "blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        for fixed in ("null", "blank", "editable"):
            options.pop(fixed, None)
        sources = {"names": self.names, "lists": self.lists, "numbers": self.numbers}
        return name, path, args, {**options, **{key: some for key, some in sources.items() if some}}

    def words_of(self, instance: models.Model) -> str:
        """The lines of this object."""
        return words_of(*self.found_by(instance.__getattribute__))

    def found_by(self, value_of: Callable[[str], Any]) -> Found:
        """Names and numbers of an object whose columns this function answers."""
        listed = names_in(map(value_of, self.lists)) if self.lists else ()
        return (*map(value_of, self.names), *listed), tuple(map(value_of, self.numbers))

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


def words_field_of(model: type[models.Model]) -> WordsField | None:
    """By what a model is found; None where it is not found by words."""
    fields = model._meta.local_concrete_fields
    return next((field for field in fields if isinstance(field, WordsField)), None)


# --- words that were worked out beforehand ------------------------------------------------------------------


def words_beforehand(model: type[models.Model], values: Mapping[str, Any]) -> str:
    """Words and pieces of an object that is still to be written, as a text to be kept until then."""
    field = words_field_of(model)
    if field is None:
        return ""
    words = words_of(*field.found_by(values.get))
    return BEFORE_PIECES.join((str(EDITION), words, tokens_of(words)))


def with_words(objects: Sequence[models.Model], kept: Sequence[str]) -> AbstractContextManager[None]:
    """Around writing new objects of one model, each with the text that was kept for it, or an empty one."""
    field = words_field_of(type(objects[0])) if objects else None
    if field is None:
        return nullcontext()
    parts = [text.split(BEFORE_PIECES) for text in kept]
    return worked_out(
        (field.found_by(one.__getattribute__), part[1], part[2])
        for one, part in zip(objects, parts, strict=True)
        if len(part) == 3 and part[0] == str(EDITION)
    )


def names_in(lists: Iterable[Any]) -> Iterator[str]:
    """The names in these lists; what is no list of texts holds none."""
    for each in lists:
        yield from (one for one in each if isinstance(one, str)) if isinstance(each, list) else ()


def names_in_json(texts: Iterable[Any]) -> Iterator[str]:
    """The same of lists as a database stores them."""
    for text in texts:
        try:
            yield from names_in([json.loads(text) if isinstance(text, str | bytes) else text])
        except ValueError:
            continue
