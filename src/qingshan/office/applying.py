"""How do the rows of a file become objects? Written anew, or over what the preview saw and only over that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.db.models import Model

from qingshan.exchange import writing
from qingshan.exchange.models import Import
from qingshan.finding.fields import with_words
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.trail.subjects import SubjectState, states_of

Values = Callable[[Any], dict[str, Any]]
"""What a staged row says, by the names of the model's columns."""


@dataclass(frozen=True)
class Made:
    """New objects that are still to be written, as far as that can be done before the transaction begins."""

    model: type[Model]
    prepared: writing.Prepared[Model]
    words: Sequence[str]
    states: Sequence[SubjectState] | None
    """What the trail will say of them, where their ids are known already."""

    @property
    def subjects(self) -> Sequence[Model | SubjectState]:
        """For the entry of the act that wrote them."""
        return self.prepared.objects if self.states is None else self.states


def make_new(model: type[Model], rows: Sequence[Any], values: Values) -> Made:
    """New objects from staged rows. Nothing is written yet, and nobody waits for it."""
    # in the order of the columns: by name, Django takes twice as long to make an object
    empty = {field.attname: field.get_default() for field in model._meta.concrete_fields}
    objects = [model(*{**empty, **values(row)}.values()) for row in rows]
    words = [row.words for row in rows]
    with with_words(objects, words):
        prepared = writing.prepare(objects)
    return Made(model, prepared, words, states_of(objects) if prepared.has_ids else None)


def write_made(made: Made) -> Sequence[Model]:
    """Write them. A key that somebody took since the preview is refused."""
    try:
        with with_words(made.prepared.objects, made.words):
            return writing.write(made.prepared)
    except IntegrityError as error:
        raise _changed(str(made.model._meta.verbose_name)) from error


def write_new(model: type[Model], rows: Sequence[Any], values: Values) -> Sequence[Model]:
    """New objects at once. A key that somebody took since the preview is refused."""
    return write_made(make_new(model, rows, values))


def held(model: type[Model], rows: Sequence[Any]) -> dict[int, Any]:
    """The objects behind changed rows, locked, each as the preview saw it."""
    ids = [row.target_id for row in rows]
    found: dict[int, Any] = model._default_manager.select_for_update().order_by("pk").in_bulk(ids)
    for row in rows:
        one = found.get(row.target_id)
        if one is None or one.version != row.target_version:
            raise _changed(row.values.get("key", ""))
    return found


def write_over(found: dict[int, Any], rows: Sequence[Any], values: Values) -> Sequence[Model]:
    """Write what each row says over its object; an emptied text cell is an empty text, other fields know null."""
    for row in rows:
        one = found[row.target_id]
        for name, value in values(row).items():
            setattr(one, name, _stored(type(one), name, value))
        one.version += 1
    return writing.overwrite(list(found.values()))


def _stored(model: type[Model], name: str, value: Any) -> Any:
    return "" if value is None and not model._meta.get_field(name).null else value


def _changed(what: str) -> ChangedMeanwhile:
    return ChangedMeanwhile.because("office.changed_meanwhile", what=what)


def account_of(import_: Import) -> dict[str, Any]:
    """What the entry of an act holds of the file that it let in."""
    return {
        "file": import_.file_name,
        "file_sm3": import_.file_digest,
        "created": import_.created,
        "changed": import_.changed,
        "unchanged": import_.unchanged,
        "refused": import_.refused,
    }
