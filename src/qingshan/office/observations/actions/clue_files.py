"""How do polygons from elsewhere become clues? From a file that was previewed, in one act.

What the preview judged is written. Whoever changed a clue since then, or brought one to the same land, stops it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

import numpy as np
import shapely
from django.db.models import Model

from qingshan.exchange import staging, writing
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.models import Import, Outcome
from qingshan.geo.area import area_m2
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.observations.access import IMPORT_CLUES
from qingshan.office.observations.growing import (
    Grown,
    Judged,
    Seen,
    begun,
    grown_by,
    judged,
    marks_of,
    wait_for_others,
)
from qingshan.office.observations.matching import matched
from qingshan.office.observations.models import Clue, ClueFile, ClueSighting
from qingshan.office.observations.whereabouts import Surroundings
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.clues import ClueRules, ClueSource, ClueState, Delivery, is_same, may_say_gone
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.rulebook import in_force


@official_act
@fewer_collections()
def import_clues(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入疑似图斑. Refused: no registry duty, land outside the area, anything that moved since the preview."""
    require(actor, IMPORT_CLUES.code)
    staging.claim(import_, actor=actor)
    rows = [row for batch in staging.rows(import_) for row in batch]
    rows.sort(key=lambda row: (row.values["seen_on"], row.position))
    for region_id in sorted({row.values[name] for row in rows for name in ("region_id", "covers_id")}):
        require(actor, IMPORT_CLUES.code, region_id=region_id)
    wait_for_others({row.values["region_id"] for row in rows})
    today = shanghai_date(now)
    files = _files(rows, import_, today)
    entering = _Entering(rows, files, today)
    _refuse_taken(entering)
    for at in range(len(rows)):
        entering.enter(at)
    written = entering.write()
    unseen = [clue for file in _in_order(files) for clue in mark_unseen(file)]
    told = account_of(import_) | {
        "new": len(entering.begun),
        "merged": len(rows) - len(entering.begun),
        "unseen": len(unseen),
    }
    subjects = [*_in_order(files), *_latest([*written, *unseen])]
    grown = entering.grown
    entry = record(
        act=IMPORT_CLUES.code,
        actor=actor,
        now=now,
        subjects=subjects,
        old=grown.old,
        new=told | grown.new,
    )
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


_Group = tuple[str, date, str, int]


def _group(row: staging.Row) -> _Group:
    values = row.values
    return values["source"], values["seen_on"], values["delivery"], values["covers_id"]


def _files(rows: Sequence[staging.Row], import_: Import, today: date) -> dict[_Group, ClueFile]:
    """One record for each source, period and region of which the file speaks."""
    counted: dict[_Group, int] = defaultdict(int)
    for row in rows:
        counted[_group(row)] += 1
    files = {
        group: ClueFile(
            source=group[0],
            seen_on=group[1],
            delivery=group[2],
            region_id=group[3],
            file_name=import_.file_name,
            file_sm3=import_.file_digest,
            polygons=count,
            is_whole=not import_.refused,
            recorded_on=today,
        )
        for group, count in counted.items()
    }
    for file in files.values():
        file.save(force_insert=True)
    return files


def _in_order(files: dict[_Group, ClueFile]) -> list[ClueFile]:
    return sorted(files.values(), key=lambda file: (file.seen_on, file.pk))


def _latest(rows: Iterable[Model]) -> list[Model]:
    """Each object once, as it was written last."""
    return list({(type(row), row.pk): row for row in rows}.values())


@dataclass
class _Entering:
    """The rows of one file on their way: clues begin and grow in memory, and are written at once."""

    rows: Sequence[staging.Row]
    files: dict[_Group, ClueFile]
    today: date
    begun: list[Clue] = field(default_factory=list)
    of_row: dict[int, Clue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = sorted({row.target_id for row in self.rows if row.target_id is not None})
        locked = Clue.objects.select_for_update(of=("self",)).select_related("unseen_in").filter(pk__in=ids)
        self.known: dict[int, Clue] = locked.order_by("pk").in_bulk(ids)
        self.was = {pk: marks_of(clue) for pk, clue in self.known.items()}
        self.books = {
            region_id: in_force("clues", on=self.today, region=region_of_id(region_id))
            for region_id in {row.values["region_id"] for row in self.rows}
        }
        self.rules = {region_id: ClueRules.of(book) for region_id, book in self.books.items()}
        merging = [row.geom for row in self.rows if row.target_id is not None]
        near_m = max((each.near_m for each in self.rules.values()), default=0.0)
        self.around = Surroundings(merging, near_m=near_m)
        self.near = self._neighbours()
        seen = ClueSighting.objects.filter(clue_id__in=ids, source__isnull=False)
        self.counted: set[tuple[int, str, date]] = {
            (id(self.known[clue_id]), source or "", day)
            for clue_id, source, day in seen.values_list("clue_id", "source", "last_seen")
        }
        """clues with the source and period that saw them: two pieces of one delivery are one sighting"""

    def _neighbours(self) -> dict[int, list[int]]:
        """Rows that an earlier row shares land with."""
        shapes = np.array([row.geom for row in self.rows], dtype=object)
        ones, others = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        near: dict[int, list[int]] = defaultdict(list)
        for one, other in zip(ones.tolist(), others.tolist(), strict=True):
            if other < one:
                near[one].append(other)
        return near

    def rules_of(self, row: staging.Row) -> ClueRules:
        return self.rules[row.values["region_id"]]

    def _judged(self, row: staging.Row) -> Judged:
        """What is doubtful about one row: as the preview said it where it is in no known clue."""
        values = row.values
        if row.target_id is None:
            return Judged(values["doubts"], values["rulebook"], values["mine_id"])
        return judged(
            row.geom,
            on=values["seen_on"],
            margin_m=float(values["margin_m"]),
            book=self.books[values["region_id"]],
            rules=self.rules_of(row),
            around=self.around,
        )

    @property
    def grown(self) -> Grown:
        """What a person should know of clues that were known."""
        return Grown.between(self.was, self.known.values())

    def enter(self, at: int) -> None:
        """One row: it grows the clue that it is, or begins one."""
        row = self.rows[at]
        one, rules = _seen(row), self.rules_of(row)
        clue = self.known[row.target_id] if row.target_id is not None else self._met(at, one, rules)
        if clue is None:
            clue = begun(
                one,
                self._judged(row),
                region_id=row.values["region_id"],
                source=ClueSource.OUTSIDE,
                rules=rules,
                on=self.today,
            )
            self.begun.append(clue)
        else:
            mark = (id(clue), row.values["source"], one.last_seen)
            judge = partial(self._judged, row)
            grown = grown_by(clue, one, is_further=mark not in self.counted, rules=rules, judge=judge)
            for name, value in grown.items():
                setattr(clue, name, value)
        self.counted.add((id(clue), row.values["source"], one.last_seen))
        self.of_row[at] = clue

    def _met(self, at: int, one: Seen, rules: ClueRules) -> Clue | None:
        """The clue of an earlier row of this file that this row is too, of several the one that shares most land."""
        clues = {id(self.of_row[other]): self.of_row[other] for other in self.near[at]}
        shared = [(area_m2(shapely.intersection(one.shape, clue.geom)), clue) for clue in clues.values()]
        same = [pair for pair in shared if is_same(pair[0], one.area_m2, pair[1].area_m2, rules)]
        return max(same, key=lambda pair: pair[0])[1] if same else None

    def write(self) -> list[Model]:
        """Clues and sightings, all at once."""
        grown = list(self.known.values())
        for clue in grown:
            clue.version += 1
        writing.overwrite(grown)
        writing.insert(self.begun, key=writing.IN_ORDER)
        sightings = [
            _sighting(row, self.of_row[at], self.files[_group(row)]) for at, row in enumerate(self.rows)
        ]
        writing.insert(sightings, key=writing.IN_ORDER)
        return [*grown, *self.begun, *sightings]


def _refuse_taken(entering: _Entering) -> None:
    """Refused: land that was new at the preview and is a known clue's by now."""
    new = [row for row in entering.rows if row.outcome == Outcome.CREATED]
    rules = [entering.rules_of(row) for row in new]
    for match in matched([row.geom for row in new], [row.area_m2 or 0.0 for row in new], rules):
        if match is not None:
            raise ChangedMeanwhile.because("office.changed_meanwhile", what=match.clue.number)


def _seen(row: staging.Row) -> Seen:
    values, day = row.values, row.values["seen_on"]
    margin_m = float(values["margin_m"])
    told = {"number": values.get("number"), "note": values.get("note"), "margin_m": margin_m}
    return Seen(
        key=values["key"],
        shape=row.geom,
        area_m2=row.area_m2 or 0.0,
        first_seen=day,
        last_seen=day,
        looks=1,
        persistent=False,
        margin_m=margin_m,
        told={name: value for name, value in told.items() if value not in (None, "")},
    )


def _sighting(row: staging.Row, clue: Clue, file: ClueFile) -> ClueSighting:
    one = _seen(row)
    return ClueSighting(
        clue_id=clue.pk,
        file_id=file.pk,
        source=file.source,
        key=one.key,
        geom=one.shape,
        area_m2=one.area_m2,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        looks=one.looks,
        persistent=False,
        told=dict(one.told),
    )


def mark_unseen(file: ClueFile) -> list[Clue]:
    """本期未见: clues that an earlier snapshot of the source held and this one does not, in the region it covers.

    Only a mark: no state changes. Nothing is said by an increment, by a file of which rows were refused, of land that
    this snapshot touches at all, of what the source saw later, or of what a person has dismissed.
    """
    if file.delivery != Delivery.SNAPSHOT or not file.is_whole:
        return []
    of_source = ClueSighting.objects.filter(source=file.source)
    low, high = region_range(file.region_id)
    earlier: dict[int, set[Delivery]] = defaultdict(set)
    before = of_source.filter(last_seen__lt=file.seen_on, clue__region_id__gte=low, clue__region_id__lte=high)
    for clue_id, delivery in before.values_list("clue_id", "file__delivery").distinct():
        earlier[clue_id].add(Delivery(delivery))
    since = set(of_source.filter(last_seen__gte=file.seen_on).values_list("clue_id", flat=True))
    asked = [
        pk
        for pk, known in earlier.items()
        if pk not in since and may_say_gone(known, Delivery(file.delivery))
    ]
    rows = Clue.objects.select_for_update(of=("self",)).select_related("unseen_in").filter(pk__in=asked)
    clues = [clue for clue in rows.order_by("pk") if _can_be_marked(clue, file)]
    missing = _untouched(clues, list(of_source.filter(last_seen=file.seen_on).only("geom")))
    for clue in missing:
        clue.unseen_in, clue.version = file, clue.version + 1
    writing.overwrite(missing)
    return missing


def _can_be_marked(clue: Clue, file: ClueFile) -> bool:
    newer = clue.unseen_in is None or clue.unseen_in.seen_on < file.seen_on
    return newer and clue.state != ClueState.DISMISSED and clue.last_seen < file.seen_on


def _untouched(clues: Sequence[Clue], seen: Sequence[ClueSighting]) -> list[Clue]:
    if not clues or not seen:
        return list(clues)
    tree = shapely.STRtree([one.geom for one in seen])
    touched, _hits = tree.query(np.array([clue.geom for clue in clues], dtype=object), predicate="intersects")
    met = set(touched.tolist())
    return [clue for at, clue in enumerate(clues) if at not in met]
