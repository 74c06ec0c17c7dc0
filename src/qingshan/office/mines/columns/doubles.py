"""Is a row of a file a mine that is registered already, under another number?

What is the same is held back until somebody has said which it is; what is merely like it gets a remark. The
answers are options of the import: `same_as` {number of the row: number of the mine}, and `another` the same
way for those that only look alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from qingshan.exchange.kinds import Context, Draft
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.candidates import Match, matches
from qingshan.office.mines.describing import Told, told_rows
from qingshan.rules.likeness import Likeness, LikenessVerdict, likeness
from qingshan.rules.reasons import ENGLISH, Value, say_all

WHY = 3
"""So many reasons stand in a remark; all of them stand on the page of the pair."""
_NEAR_CELL_BITS = 16
"""Cells that share all but these bits lie within some kilometres."""


def take_as_answered(context: Context, drafts: Sequence[Draft]) -> None:
    """A row that somebody called a registered mine goes under that mine's number."""
    same_as: Mapping[str, str] = context.options.get("same_as") or {}
    for draft in drafts:
        own = draft.values.get("key") or ""
        if like := same_as.get(own):
            draft.values["key"], draft.key = like, (like,)
            draft.remark("mines.taken_as", field="key", column="矿山编号", own=own, like=like)


def remark_doubles(context: Context, drafts: Sequence[Draft], known: set[str]) -> None:
    """Say of each new row which registered mine, or which row before it, it is or may be."""
    new = {d.values["key"]: d for d in drafts if _is_new(d, known)}
    rows = told_rows([(draft.values, draft.geom) for draft in new.values()])
    another: Mapping[str, str] = context.options.get("another") or {}
    found = matches(rows, scope=lambda mines: visible_to(mines, context.actor))
    said = set[str]()
    for match in found:
        if match.one.ref not in said:
            said.add(match.one.ref)
            _say(new[match.one.ref], match, told_apart=another.get(match.one.key) == match.other.key)
    for earlier, later, weighed in _alike_among(rows):
        _say_of_row(new[later.ref], new[earlier.ref], weighed)


def _is_new(draft: Draft, known: set[str]) -> bool:
    return bool(draft.values.get("key") and draft.values.get("name") and draft.values["key"] not in known)


def _say(draft: Draft, match: Match, *, told_apart: bool) -> None:
    values: dict[str, Value] = {
        "own": match.one.key,
        "like": match.other.key,
        "like_id": match.other.ref,
        "name": match.other.name,
        **_why(match.likeness),
    }
    if told_apart:
        draft.remark("mines.taken_as_another", field="name", column="矿山名称", **values)
    elif match.likeness.verdict is LikenessVerdict.SAME:
        draft.refuse("mines.same_as_registered", field="name", column="矿山名称", **values)
    else:
        draft.remark("mines.like_registered", field="name", column="矿山名称", **values)


def _say_of_row(draft: Draft, earlier: Draft, weighed: Likeness) -> None:
    draft.remark(
        "mines.like_another_row",
        field="name",
        column="矿山名称",
        other=earlier.row,
        name=earlier.values["name"],
        **_why(weighed),
    )


def _why(weighed: Likeness) -> dict[str, Value]:
    told = weighed.because[:WHY]
    return {"why": say_all(told), "why_en": say_all(told, ENGLISH)}


def _alike_among(rows: Sequence[Told]) -> Iterator[tuple[Told, Told, Likeness]]:
    """For each row of a part of the file, the first row before it that may be the same mine."""
    by_sign = defaultdict[Hashable, list[int]](list)
    for place, row in enumerate(rows):
        before = sorted({earlier for sign in _signs(row) for earlier in by_sign[sign]})
        weighed = ((rows[each], likeness(rows[each].description, row.description)) for each in before)
        alike = next(((earlier, found) for earlier, found in weighed if found.is_offered), None)
        if alike is not None:
            yield alike[0], row, alike[1]
        for sign in _signs(row):
            by_sign[sign].append(place)


def _signs(row: Told) -> Iterable[Hashable]:
    """What two rows must share to be weighed against each other."""
    if row.description.licence:
        yield "licence", row.description.licence
    if row.enterprise_id is not None:
        yield "enterprise", row.enterprise_id
    if row.token:
        yield "word", row.token, row.region_id
    if row.cell is not None:
        yield "cell", row.cell >> _NEAR_CELL_BITS
