"""What must an act on a case bring, and which levels must accept it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from qingshan.rules.independence import LADDER, Unit, height
from qingshan.rules.matters import Route, SourceKind
from qingshan.rules.provisions import Rulebook
from qingshan.rules.reasons import Reason
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import THREE_DUTIES, Role


def need_text(text: str) -> tuple[Reason, ...]:
    """Grounds, findings: whatever must be said."""
    return () if text.strip() else (Reason("rules.rectification.no_grounds"),)


def need_number(number: str) -> tuple[Reason, ...]:
    """文号 of the document that decided it."""
    return () if number.strip() else (Reason("rules.rectification.no_number"),)


def need_unit(unit_id: int | None) -> tuple[Reason, ...]:
    """Somebody must answer."""
    return () if unit_id else (Reason("rules.rectification.no_answering_unit"),)


NO_DEADLINE, NO_NEW_DEADLINE = "rules.rectification.no_deadline", "rules.rectification.no_new_deadline"


def need_deadline(due_on: date | None, *, on: date, code: str = NO_DEADLINE) -> tuple[Reason, ...]:
    """A day that is still to come."""
    return () if due_on is not None and due_on >= on else (Reason(code),)


def need_later(due_on: date | None, *, than: date | None) -> tuple[Reason, ...]:
    """An extension goes forward."""
    if due_on is not None and (than is None or due_on > than):
        return ()
    return (Reason("rules.rectification.not_later", {"due": than.isoformat() if than else None}),)


def need_duties(named: Collection[Role]) -> tuple[Reason, ...]:
    """三个责任 lie on a unit, a post and a person each."""
    missing = [role for role in THREE_DUTIES if role not in named]
    return tuple(
        Reason("rules.rectification.duties_unnamed", {"duty": role.zh, "duty_en": role.en})
        for role in missing
    )


def need_at_once(route: Route) -> tuple[Reason, ...]:
    """Only 立行立改 goes without a plan."""
    if route == Route.AT_ONCE:
        return ()
    return (Reason("rules.rectification.not_at_once", {"route": route.zh, "route_en": route.en}),)


def need_visit(names: str, visited_on: date | None, *, on: date) -> tuple[Reason, ...]:
    """Acceptance is on site: who went, and when."""
    if not names.strip() or visited_on is None:
        return (Reason("rules.rectification.nobody_on_site"),)
    if visited_on > on:
        return (Reason("rules.rectification.visited_in_the_future", {"day": visited_on.isoformat()}),)
    return ()


def need_finished(open_measures: Sequence[str]) -> tuple[Reason, ...]:
    """Every measure is reported as done."""
    if not open_measures:
        return ()
    names = "、".join(open_measures[:5]) + ("……" if len(open_measures) > 5 else "")
    return (Reason("rules.rectification.measures_open", {"count": len(open_measures), "names": names}),)


def levels_asked(book: Rulebook, source: SourceKind) -> tuple[RegionLevel, ...]:
    """At which levels a problem of this source is accepted, lowest first."""
    name = source.value if source.value in book.provisions else "other"
    content = book.value(name)
    return tuple(RegionLevel(str(level)) for level in content) if isinstance(content, tuple) else ()


def lifted(asked: Sequence[RegionLevel], doing: Iterable[Unit]) -> tuple[RegionLevel, ...]:
    """The levels that accept work done by offices of the government: only those above them, one at least."""
    done_at = max((height(unit.level) for unit in doing if unit.is_of_government), default=-1)
    above = [level for level in LADDER if height(level) > done_at]
    kept = tuple(level for level in asked if level in above)
    return kept or tuple(above[:1]) or tuple(asked[-1:])


def need_level(
    level: RegionLevel,
    *,
    asked: Sequence[RegionLevel],
    signed: Iterable[RegionLevel],
    source: SourceKind,
) -> tuple[Reason, ...]:
    """This level is asked for, and every lower one that is asked for has accepted."""
    done = set(signed)
    if level in asked and all(each in done for each in asked[: asked.index(level)]):
        return ()
    values = {
        "origin": source.zh,
        "origin_en": source.en,
        "levels": "、".join(each.zh for each in asked),
        "levels_en": ", ".join(each.en for each in asked),
        "level": level.zh,
        "level_en": level.en,
    }
    return (Reason("rules.rectification.level_not_asked", values),)


def need_all_levels(asked: Iterable[RegionLevel], signed: Collection[RegionLevel]) -> tuple[Reason, ...]:
    """Every level that is asked for has accepted."""
    return tuple(
        Reason("rules.rectification.acceptance_incomplete", {"level": level.zh, "level_en": level.en})
        for level in asked
        if level not in signed
    )
