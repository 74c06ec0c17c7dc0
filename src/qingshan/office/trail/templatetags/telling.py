"""How does a template tell an entry in the reader's language?"""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from qingshan.office.trail import telling
from qingshan.office.trail.models import Entry
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.reasons import CHINESE

register = template.Library()


def _language() -> str:
    return get_language() or CHINESE


@register.filter
def told(entry: Entry) -> str:
    """What was done, as a sentence."""
    return telling.sentence(entry, _language())


@register.filter
def act_title(entry: Entry) -> str:
    return telling.title(entry, _language())


@register.filter
def by_whom(entry: Entry) -> str:
    """Decider, and recorder where that is somebody else."""
    return telling.who(entry, _language())


@register.filter
def paper_words(entry: Entry) -> str:
    return telling.paper(entry, _language())


@register.filter
def reasons(entry: Entry) -> list[str]:
    return telling.reasons(entry, _language())


@register.filter
def changes(entry: Entry) -> list[telling.Change]:
    return telling.changes(entry, _language())


@register.filter
def kind_words(kind: str) -> str:
    """The name of a kind of object."""
    declared = declared_subjects().get(kind)
    return kind if declared is None else str(declared.model._meta.verbose_name)
