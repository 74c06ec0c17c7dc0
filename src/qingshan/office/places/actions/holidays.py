"""How do the State's holidays come in? From a registry package at set-up, then by hand from each notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from chinese_calendar import constants

from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.places.models import Holiday
from qingshan.office.places.sentences import PlaceRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import gone
from qingshan.rules.reasons import Sentence

PACKAGE = "chinesecalendar"
SATURDAY = 5
OFF, WORKED = Sentence(zh="放假", en="off"), Sentence(zh="调休上班", en="worked in exchange")


@dataclass(frozen=True)
class Day:
    """One day that the State arranged."""

    day: date
    is_working: bool
    name: str


def package_days() -> Iterator[Day]:
    """The package's days. A weekday that it calls worked is a correction of its own and says nothing new."""
    for day, name in sorted(constants.holidays.items()):
        yield Day(day, is_working=False, name=_chinese(name))
    for day, name in sorted(constants.workdays.items()):
        if day.weekday() >= SATURDAY:
            yield Day(day, is_working=True, name=_chinese(name))


def _chinese(name: str) -> str:
    return str(constants.Holiday(name).chinese)


def load_holidays(*, actor: ActorLike, now: datetime) -> int:
    """Add the days of years of which nothing is known yet; what an office entered is never overwritten."""
    require(actor, "places.load_holidays")
    known = {day.year for day in Holiday.objects.dates("day", "year")}
    new = [each for each in package_days() if each.day.year not in known]
    return _add(new, actor=actor, now=now) if new else 0


@official_act
def _add(days: list[Day], *, actor: ActorLike, now: datetime) -> int:
    source = f"{PACKAGE} {version(PACKAGE)}"
    rows = [Holiday(day=d.day, is_working=d.is_working, name=d.name, source=source) for d in days]
    Holiday.objects.bulk_create(rows)
    years = sorted({each.day.year for each in days})
    told = {"first_year": years[0], "last_year": years[-1], "created": len(rows), "source": source}
    record(act="places.load_holidays", actor=actor, now=now, subjects=rows, new=told)
    return len(rows)


@official_act
def edit_day(
    *, actor: ActorLike, now: datetime, day: date, is_working: bool, name: str, source: str
) -> Holiday:
    """Set what the State arranged for a day. Refused without a basis, or to work on a weekday."""
    require(actor, "places.edit_day")
    if not source.strip():
        raise PlaceRefused.because("places.source_missing")
    if is_working and day.weekday() < SATURDAY:
        raise PlaceRefused.because("places.works_anyway", day=day.isoformat())
    before = Holiday.objects.filter(day=day).first()
    old = {"is_working": before.is_working, "name": before.name, "source": before.source} if before else None
    values = {"is_working": is_working, "name": name.strip(), "source": source.strip()}
    holiday = _changed(before, values) if before else Holiday.objects.create(day=day, **values)
    word = WORKED if is_working else OFF
    told = {"day": day.isoformat(), "word": word.zh, "word_en": word.en, **values}
    record(act="places.edit_day", actor=actor, now=now, subjects=[holiday], old=old, new=told)
    return holiday


def _changed(holiday: Holiday, values: dict[str, object]) -> Holiday:
    version_before, holiday.version = holiday.version, holiday.version + 1
    for field, value in values.items():
        setattr(holiday, field, value)
    same = Holiday.objects.filter(pk=holiday.pk, version=version_before)
    if same.update(**values, version=holiday.version) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=holiday.day.isoformat())
    return holiday


@official_act
def forget_day(*, actor: ActorLike, now: datetime, day: date) -> None:
    """The day is ordinary again. Refused where nothing was arranged."""
    require(actor, "places.forget_day")
    holiday = Holiday.objects.filter(day=day).first()
    if holiday is None:
        raise PlaceRefused.because("places.day_not_set", day=day.isoformat())
    state, old = gone(holiday), {"day": day.isoformat(), "name": holiday.name, "source": holiday.source}
    holiday.delete()
    record(act="places.forget_day", actor=actor, now=now, subjects=[state], old=old)
