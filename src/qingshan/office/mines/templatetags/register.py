"""How is a fixed term of the register shown? In the reader's language, unknown as a dash."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.utils.translation import get_language

from qingshan.office.mines.listing import facts_of
from qingshan.office.mines.showing import address_of, name_of
from qingshan.office.mines.terms import TERMS

register = template.Library()


@register.filter
def kind_name(row: Model, field: str) -> str:
    """`{{ site|kind_name:"kind" }}`: the name of a choice field's value."""
    value = getattr(row, field)
    if not value:
        return "—"
    return TERMS[type(row), field](value).say(get_language() or "zh-hans")


@register.filter
def address(row: Model) -> str:
    """Where an object is shown."""
    return address_of(row)


@register.filter
def called(row: Model) -> str:
    """What an object is called: its name, else its number."""
    return name_of(row)


@register.filter
def facts(row: Model) -> list[tuple[str, object]]:
    """`{{ right|facts }}`: pairs of name and value in words, of every declared column."""
    return facts_of(row)
