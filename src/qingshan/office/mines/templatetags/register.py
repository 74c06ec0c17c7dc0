"""How is a fixed term of the register shown? In the reader's language, unknown as a dash."""

from __future__ import annotations

from datetime import date

from django import template
from django.db.models import Model
from django.utils.translation import get_language

from qingshan.office.mines.dossier.standing import Standing, of_facility, of_land, of_right
from qingshan.office.mines.listing import facts_of
from qingshan.office.mines.models import ApprovedPlan, Facility, LandUse, MiningRight
from qingshan.office.mines.showing import address_of, name_of
from qingshan.office.mines.terms import TERMS
from qingshan.rules.numbers import grouped
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import Circumstance, DocumentKind, Openness, PatchKind, PlanKind

register = template.Library()
PAPER_TERMS = {"document": DocumentKind, "plan": PlanKind, "circumstance": Circumstance, "openness": Openness}


@register.filter
def kind_name(row: Model, field: str) -> str:
    """`{{ site|kind_name:"kind" }}`: the name of a choice field's value."""
    value = getattr(row, field)
    if not value:
        return "—"
    return TERMS[type(row), field](value).say(get_language() or "zh-hans")


@register.filter
def plan_figures(plan: ApprovedPlan) -> list[tuple[str, str]]:
    """The figures of a plan with their units, in the order in which plans of its kind give them."""
    language = get_language() or "zh-hans"
    order = [figure for figure in PlanFigure if figure.value in plan.figures]
    return [(figure.say(language), grouped(plan.figures[figure.value])) for figure in order]


@register.filter
def term_name(value: str, terms: str) -> str:
    """`{{ document.kind|term_name:"document" }}`: the name of a fixed term of papers."""
    return PAPER_TERMS[terms](value).say(get_language() or "zh-hans") if value else "—"


@register.filter
def patch_kind(value: str) -> str:
    """The name of a kind of patch; what nobody has classified says so."""
    return PatchKind(value or "unclassified").say(get_language() or "zh-hans")


@register.simple_tag
def standing(row: MiningRight | LandUse | Facility, on: date) -> Standing | None:
    """How a right, lent land or a facility stands today: `{% standing row on as stands %}`, then `status`."""
    language = get_language() or "zh-hans"
    if isinstance(row, Facility):
        return of_facility(row, language=language)
    if isinstance(row, LandUse):
        return of_land(row, on=on, language=language)
    return of_right(row, on=on, language=language)


@register.filter
def hectares_only(area_m2: float | None) -> str:
    """12600 → 1.26, for a table whose foot names the unit; nothing there → —."""
    return "—" if area_m2 is None else f"{area_m2 / 10_000:.2f}"


@register.filter
def unlocalized(number: float) -> str:
    """A coordinate of a drawing, with a point in every language."""
    return f"{number:g}"


@register.filter
def quantity(number: float | None) -> str:
    """300000.0 → 300,000; nothing known → —."""
    return "—" if number is None else grouped(number)


@register.filter
def facts(row: Model) -> list[tuple[str, object]]:
    """`{{ right|facts }}`: pairs of name and value in words, of every declared column."""
    return facts_of(row)


@register.filter
def address(row: Model) -> str:
    """Where an object is shown."""
    return address_of(row)


@register.filter
def called(row: Model) -> str:
    """What an object is called: its name, else its number."""
    return name_of(row)
