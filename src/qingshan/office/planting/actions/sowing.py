"""How is written down what was planted or sown, and what is doubtful about it? A doubt warns; it stops nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.office.planting.access import NOTE_PLANTING, require_keeper
from qingshan.office.planting.actions.plots import held_plot
from qingshan.office.planting.fitting import Fitting, fitting_of
from qingshan.office.planting.models import Planting, Plot
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.surviving import check_counts
from qingshan.office.planting.wording import twins
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.planting import InSeason, PlantForm, Suitability
from qingshan.rules.reasons import Reason


@dataclass(frozen=True)
class Planted:
    """What was planted on a day, by number or by weight; `answer`: what is said to the doubts, if anything."""

    species: str
    form: PlantForm
    on: date
    count: int | None = None
    weight_g: int | None = None
    by: str = ""
    answer: str = ""


@official_act
def note_planting(plot: Plot, planted: Planted, *, actor: ActorLike, now: datetime) -> Planting:
    """登记栽植, the first time or again (补植). Refused: who does not keep the records of the site, no species, no
    amount, a day to come. What does not fit zone or season is written down as a doubt and refuses nothing.
    """
    held = held_plot(plot)
    require_keeper(actor, NOTE_PLANTING, held)
    if found := against(planted, today=shanghai_date(now)):
        raise PlantingRefused(*found)
    row, fits = row_of(held, planted)
    row.save(force_insert=True)
    check_counts(held)
    held.version += 1
    held.save(update_fields=["version"])
    record(
        act=NOTE_PLANTING.code,
        actor=actor,
        now=now,
        occurred_on=planted.on,
        subjects=[row, held],
        new=_account(held, row),
        because=fits.doubts,
        region_id=held.region_id,
    )
    return row


def against(planted: Planted, *, today: date) -> list[Reason]:
    """Everything that is wrong with what is said to be planted; nothing is written, so that a preview may ask too."""
    amounts = (planted.count, planted.weight_g)
    found = [
        ("planting.day_to_come", {"day": planted.on.isoformat()}, planted.on > today),
        ("planting.species_missing", {}, not planted.species.strip()),
        ("planting.amount_missing", {}, not any((amount or 0) > 0 for amount in amounts)),
    ]
    return [Reason(code, values) for code, values, is_so in found if is_so]


def row_of(plot: Plot, planted: Planted) -> tuple[Planting, Fitting]:
    """The row, not written yet, and what the rulebooks in force say to it."""
    fits = fitting_of(plot, planted.species, planted.form, on=planted.on)
    row = Planting(
        plot=plot,
        species=planted.species.strip()[:60],
        form=planted.form.value,
        count=planted.count or None,
        weight_g=planted.weight_g or None,
        planted_on=planted.on,
        planted_by=planted.by.strip()[:120],
        suitability=fits.suitability.value,
        in_season=fits.in_season.value,
        doubts=[{**doubt.as_json(), "citation": source.as_json()} for doubt, source in fits.told],
        answer=planted.answer.strip()[:500],
    )
    return row, fits


def _account(plot: Plot, row: Planting) -> dict[str, Any]:
    amount = [f"{row.count} 株" if row.count else "", f"{row.weight_kg:g} 千克" if row.weight_g else ""]
    amount_en = [f"{row.count} plants" if row.count else "", f"{row.weight_kg:g} kg" if row.weight_g else ""]
    return {
        "about": str(plot),
        "species": row.species,
        **twins("plant_form", row.form_named),
        "amount": "、".join(each for each in amount if each),
        "amount_en": ", ".join(each for each in amount_en if each),
        **twins("suitability", Suitability(row.suitability)),
        **twins("in_season", InSeason(row.in_season)),
        **({"answer": row.answer} if row.answer else {}),
    }
