"""How does a mine stand, in four numbers that each name their denominator?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.standing import is_due_back, is_in_force, of_land, of_right
from qingshan.rules.areas import area_text
from qingshan.rules.reasons import CHINESE


@dataclass(frozen=True)
class Figure:
    """A number, what it is a part of, one more line, and whether it needs care."""

    number: str
    of: str = ""
    more: str = ""
    look: str = ""


@dataclass(frozen=True)
class Summary:
    rights: Figure
    sites: Figure
    land: Figure
    lent: Figure


def summary(dossier: Dossier) -> Summary:
    """The four numbers at the head of a dossier."""
    return Summary(rights=_rights(dossier), sites=_sites(dossier), land=_land(dossier), lent=_lent(dossier))


def _rights(dossier: Dossier) -> Figure:
    rights = dossier.all_rights
    valid = [right for right in rights if is_in_force(right, on=dossier.on)]
    of = _("/ %(n)s 宗") % {"n": len(rights)}
    if not rights:
        return Figure("0", of, _("没有登记采矿权"))
    shown = max(valid or rights, key=lambda right: (right.to_on is not None, right.to_on))
    clock = of_right(shown, on=dossier.on, language=_language())
    return Figure(str(len(valid)), of, clock.word, "" if valid else "late")


def _sites(dossier: Dossier) -> Figure:
    return Figure(f"{dossier.sites.total:,}", _("处"), area_text(dossier.sites.area_m2, _language()))


def _land(dossier: Dossier) -> Figure:
    now = dossier.land.now
    if now is None:
        return Figure("—", "", _("没有登记图斑"))
    said = _("按类型 %(n)s 类") % {"n": sum(1 for area in now.areas_m2 if area is not None)}
    return Figure(area_text(now.total_m2, _language()), "", said)


def _lent(dossier: Dossier) -> Figure:
    land = dossier.all_land_uses
    lent = [each for each in land if each.returned_on is None]
    late = [each for each in lent if is_due_back(each, on=dossier.on)]
    of = _("/ %(n)s 宗") % {"n": len(land)}
    if late:
        return Figure(str(len(lent)), of, _("其中 %(n)s 宗已过期") % {"n": len(late)}, "late")
    ending = sorted((each for each in lent if each.to_on), key=lambda each: str(each.to_on))
    soonest = ending[0] if ending else None
    return Figure(
        str(len(lent)), of, of_land(soonest, on=dossier.on, language=_language()).word if soonest else ""
    )


def _language() -> str:
    return get_language() or CHINESE
