"""How are a status, an unknown value, an area, a sum of money and an instant written on every page?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, FileInput, RadioSelect, Select
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.rules.areas import area_text
from qingshan.rules.money import money_text
from qingshan.rules.provisions import Status
from qingshan.rules.reasons import CHINESE, Reason, Sentence, say
from qingshan.rules.rulebook import consulted
from qingshan.rules.words import Named

register = template.Library()

# shape and colour of a status; the word comes with it, so that it survives black-and-white print
LOOKS = {"late": ("r", "●"), "due": ("a", "▲"), "good": ("g", "✓"), "note": ("b", "◆"), "none": ("n", "○")}


@register.simple_tag
def status(look: str, word: str) -> SafeString:
    """`{% status "late" _("逾期 2 天") %}`: look: late, due, good, note, none; else KeyError."""
    colour, shape = LOOKS[look]
    return format_html('<span class="st {}"><span aria-hidden="true">{}</span>{}</span>', colour, shape, word)


@register.simple_tag
def unknown(reason: str = "") -> SafeString:
    """`{% unknown _("尚未测量") %}`: a dash with its reason; what is unknown is never shown as 0."""
    why = reason or _("未填写")
    return format_html(
        '<abbr class="unknown" title="{}"><span aria-hidden="true">—</span>'
        '<span class="visually-hidden">{}</span></abbr>',
        why,
        why,
    )


@register.filter
def thousands(number: float | None) -> str:
    """18600 → 18,600; None → —."""
    return "—" if number is None else f"{number:,}"


@register.filter
def hectares(area_m2: float | None) -> str:
    """12600 → 1.26 公顷（18.9 亩）; None → —."""
    return area_text(area_m2, get_language() or CHINESE)


@register.filter
def money(fen: int | None) -> str:
    """12500000 → 12.5 万元; exact; None → —."""
    return money_text(fen, get_language() or CHINESE)


@register.filter
def moment(instant: datetime | None) -> str:
    """An instant in the time of Shanghai, to the minute: 2026-11-21 18:00."""
    return "—" if instant is None else timezone.localtime(instant).strftime("%Y-%m-%d %H:%M")


@register.simple_tag
def cited(citation: dict[str, str] | None) -> SafeString | str:
    """`{% cited check.judged_by %}`: which version of which rulebook decided, with the way to it."""
    if not citation:
        return unknown(_("没有记下依据的规则"))
    book, version, layer = citation["id"], citation["version"], citation["layer"]
    known = next(
        (each for each in consulted().books if (each.id, each.version, each.layer) == (book, version, layer)),
        None,
    )
    name = known.title.say({}, get_language() or CHINESE) if known else book
    unread = citation.get("status") == Status.UNVERIFIED
    return format_html(
        '<a href="/rulebooks/{}/{}/{}/">{} <span class="code" translate="no">{}</span></a>{}',
        layer, book, version, name, version, _("（待核）") if unread else "",
    )  # fmt: skip


@register.filter
def in_words(term: Named | Sentence | Reason | str | None) -> str:
    """A fixed term, a sentence or a reason in the reader's language; plain text stays, None → —."""
    language = get_language() or CHINESE
    if isinstance(term, Named):
        return term.say(language)
    if isinstance(term, Sentence):
        return term.say({}, language)
    if isinstance(term, Reason):
        return say(term, language)
    return "—" if term is None else str(term)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """A form field's control in the look of the shell."""
    return field.as_widget(attrs={"class": _class_of(field.field.widget)})


def _class_of(control: Any) -> str:
    if isinstance(control, CheckboxInput | RadioSelect):
        return "form-check-input"
    if isinstance(control, Select):
        return "form-select"
    return "form-control" if not isinstance(control, FileInput) else "form-control form-control-file"
