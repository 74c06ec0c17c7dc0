"""Which objects does an entry speak of, and what is the digest of a whole object?

The digest covers every column that holds something; an empty (NULL) column is left out, so that a release
which adds a nullable column changes no digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from qingshan.office.trail.canonical import OBJECT, SUBJECTS, flat, hash_in
from qingshan.office.trail.columns import Reader, reader_of
from qingshan.office.trail.parties import ActorLike

GONE = "gone"
"""Stands for the digest of an object that the act deleted."""


class SubjectState(NamedTuple):
    """One object as an act left it."""

    kind: str
    id: int
    digest: str


@dataclass(frozen=True)
class SubjectKind:
    """A kind of object whose every change is an act."""

    kind: str
    model: type[Model]
    columns: tuple[tuple[str, Reader], ...]
    visible_to: Callable[[ActorLike], QuerySet[Any]] | None = None


class UndeclaredSubject(LookupError):
    """An object of a kind that no app has declared."""


_KINDS: dict[str, SubjectKind] = {}
_BY_MODEL: dict[type[Model], SubjectKind] = {}


def declare_subject(
    kind: str,
    model: type[Model],
    *,
    without: Sequence[str] = (),
    visible_to: Callable[[ActorLike], QuerySet[Any]] | None = None,
) -> None:
    """Say that rows of `model` change only by acts; `without` names columns that are no fact (caches).

    `visible_to` answers the rows that an actor may see: entries about them can then be opened too.
    """
    fields, left_out = model._meta.concrete_fields, set(without)
    if unknown := left_out - {name for f in fields for name in (f.name, f.attname)}:
        raise ValueError(f"{kind}: no such columns: {', '.join(sorted(unknown))}")
    facts = [f for f in fields if not _is_derived(f) and not {f.name, f.attname} & left_out]
    columns = tuple((f.attname, reader_of(f)) for f in sorted(facts, key=lambda field: field.attname))
    _KINDS[kind] = _BY_MODEL[model] = SubjectKind(kind, model, columns, visible_to)


def _is_derived(column: Any) -> bool:
    """What follows from other columns (`geo.fields.CellField`) may be reckoned anew without an act."""
    return bool(column.generated or getattr(column, "derived", False))


def declared_subjects() -> Mapping[str, SubjectKind]:
    """All kinds by name."""
    return dict(_KINDS)


def kind_of(model: type[Model]) -> str:
    """The name under which the trail knows objects of this model; UndeclaredSubject where no app declares it."""
    return _kind_of(model).kind


def digest_of(instance: Model) -> str:
    """SM3 of the whole object, as it is in memory after writing or as it was read."""
    return digests_of([instance])[0]


def digests_of(instances: Sequence[Model]) -> list[str]:
    """The digests of many objects of one model, in their order."""
    return [state.digest for state in _states_of_one_kind(instances)] if instances else []


def text_of(instance: Model) -> tuple[str, str]:
    """The text of the whole object and its digest."""
    text = next(_texts(_kind_of(type(instance)), [instance]))
    return text, _digest_of_object(text.encode())


def gone(instance: Model) -> SubjectState:
    """The subject of an act that deletes the object: to be taken before it is deleted."""
    return SubjectState(_kind_of(type(instance)).kind, _id_of(instance), GONE)


def states_of(subjects: Iterable[Model | SubjectState]) -> list[SubjectState]:
    """Objects and states as states, sorted, each object once."""
    states: dict[tuple[str, int], SubjectState] = {}
    instances: dict[type[Model], list[Model]] = defaultdict(list)
    for subject in subjects:
        if isinstance(subject, SubjectState):
            _declared(subject.kind)
            _put(states, subject)
        else:
            instances[type(subject)].append(subject)
    for same in instances.values():
        for state in _states_of_one_kind(same):
            _put(states, state)
    return [states[key] for key in sorted(states)]


def lines_of(states: Iterable[tuple[str, int, str]]) -> str:
    """The subjects of an entry as the text that is hashed; the states come sorted by kind and id."""
    return "".join(f"{kind}\t{object_id}\t{digest}\n" for kind, object_id, digest in states)


def digest_of_states(states: Iterable[tuple[str, int, str]]) -> str:
    """What an entry holds of its subjects."""
    return _digest_of_lines(lines_of(states).encode())


_digest_of_lines = hash_in(SUBJECTS)
_digest_of_object = hash_in(OBJECT)


def _declared(kind: str) -> SubjectKind:
    try:
        return _KINDS[kind]
    except KeyError:
        raise UndeclaredSubject(f"no app declares the kind of object {kind!r}") from None


def _put(states: dict[tuple[str, int], SubjectState], state: SubjectState) -> None:
    if states.setdefault((state.kind, state.id), state) != state:
        raise ValueError(f"{state.kind} {state.id} is named twice in one act with different contents")


def _states_of_one_kind(instances: Sequence[Model]) -> list[SubjectState]:
    kind = _kind_of(type(instances[0]))
    return [
        SubjectState(kind.kind, _id_of(instance), _digest_of_object(text.encode()))
        for instance, text in zip(instances, _texts(kind, instances), strict=True)
    ]


def _texts(kind: SubjectKind, instances: Sequence[Model]) -> Iterator[str]:
    names = [name for name, _ in kind.columns]
    values = zip(*map(_values_of(names), instances), strict=True)
    written = [read(column) for (_, read), column in zip(kind.columns, values, strict=True)]
    for row in zip(*written, strict=True):
        filled = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield flat([kind.kind, filled])


def _values_of(names: list[str]) -> Callable[[Model], tuple[Any, ...]]:
    if len(names) == 1:
        return lambda instance: (getattr(instance, names[0]),)
    whole, asked = itemgetter(*names), attrgetter(*names)

    def values(instance: Model) -> tuple[Any, ...]:
        try:
            known: tuple[Any, ...] = whole(
                instance.__dict__
            )  # past the descriptors that ask whether each column is loaded
        except KeyError:
            return asked(instance)
        return known

    return values


def _kind_of(model: type[Model]) -> SubjectKind:
    try:
        return _BY_MODEL[model]
    except KeyError:
        raise UndeclaredSubject(f"{model.__name__} is not declared as a subject") from None


def _id_of(instance: Model) -> int:
    if not isinstance(instance.pk, int):
        raise TypeError(f"{instance!r}: only a stored object with a whole number as key can be a subject")
    return instance.pk
