"""How is a question that acts ask again and again asked without being put into SQL again?

An act asks the same dozen questions every time: which unit is this, which steps were there, which plan counts. The
object layer takes five to ten times as long to write such a question down as the database takes to answer it. Here it
is written down once for each connection; afterwards only its arguments travel. Nothing is remembered of what was
answered, so every answer is as fresh as one of `.filter(…)`.

What was written down stays with its connection and goes with it: what reads a row (a time, a number) belongs to one
connection, and a thread that ends must not leave its session open behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators

P = ParamSpec("P")
R = TypeVar("R")

WRITTEN = "questions_written_down"
"""Under this name a connection keeps them."""


class _Given(Expression):
    """Stands in the question for an argument: a key, a number or a text, days as ISO text."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return "%s", (self,)


@dataclass(frozen=True)
class _Question:
    """A question as it was written down, and how a row of its answer is read."""

    sql: str
    parameters: tuple[Any, ...]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]
    made: Callable[[Sequence[Any]], Any]

    def ask(self, given: Sequence[Any], connection: Any) -> list[Any]:
        values = [given[each.place] if isinstance(each, _Given) else each for each in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows = cursor.fetchall()
        return [self.made(self._converted(row)) for row in rows]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.converters:
            return row
        read = list(row)
        for place, convert in self.converters:
            read[place] = convert(read[place])
        return read


def compiled(question: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """The function answers a queryset, of models or of `values_list`, for arguments that are ids, numbers or texts and
    are only compared; called, it brings the rows themselves. Each number of arguments is a question of its own. Many
    keys are asked for by `pk__in`; a foreign key's `__in` wants numbers while it is written down, and says so.
    """

    @wraps(question)
    def asked(*given: P.args, **named: P.kwargs) -> list[R]:
        if named:
            raise TypeError(f"{question.__qualname__} takes its arguments by place")
        connection: Any = connections[DEFAULT_DB_ALIAS]
        written: dict[Any, _Question] = vars(connection).setdefault(WRITTEN, {})
        kind = (asked, len(given))
        if kind not in written:
            places: Any = tuple(map(_Given, range(len(given))))
            ask: Any = question
            written[kind] = _written_down(ask(*places), connection)
        return cast("list[R]", written[kind].ask(given, connection))

    return asked


def _written_down(rows: QuerySet[Any, Any], connection: Any) -> _Question:
    whole = _is_of_models(rows)
    compiler: Any = rows.query.get_compiler(using=connection.alias)
    sql, parameters = compiler.as_sql()
    columns = [column for column, *_ in compiler.select]
    converters = [
        (place, _converter(converts, column, connection))
        for place, (converts, column) in compiler.get_converters(columns).items()
    ]
    made = _of_model(compiler, connection.alias) if whole else tuple
    return _Question(sql, tuple(parameters), tuple(converters), made)


def _is_of_models(rows: Any) -> bool:
    """Are the rows models, not tuples? What would be answered with less than the queryset says is refused."""
    iterable = rows._iterable_class
    whole = iterable is ModelIterable
    if not whole and iterable is not ValuesListIterable:
        raise TypeError(f"only models and values_list can be asked for, not {iterable.__name__}")
    if rows._prefetch_related_lookups or (whole and rows.query.annotations):
        raise TypeError("a compiled question brings neither prefetched rows nor annotations")
    return whole


def _converter(converts: Sequence[Any], column: Any, connection: Any) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        for each in converts:
            value = each(value, column, connection)
        return value

    return convert


def _of_model(compiler: Any, alias: str) -> Callable[[Sequence[Any]], Any]:
    """A row as an object with what was selected along with it, as Django's own `ModelIterable` makes it."""
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, end = places[0], places[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:end]]
    populators: Any = get_related_populators
    related = populators(compiler.klass_info, compiler.select, alias)

    def made(row: Sequence[Any]) -> Any:
        one = model.from_db(alias, names, row[first:end])
        for each in related:
            each.populate(row, one)
        return one

    return made
