"""What do the pages of acts on planting share: their words, and who decides where it was done on paper (代录)?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.accounts.models import Holding
from qingshan.office.accounts.pages.acting import ActPage
from qingshan.office.matters.deciders import holders, may_record_in
from qingshan.office.planting.access import may_do
from qingshan.office.planting.showing import language
from qingshan.office.regions.models import Region
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty

RECORDERS = (Duty.REVIEW, *sorted(RECORDS_FOR_OTHERS))
"""Who may approve, or enter what others approved."""


def page_of(act: Act, above: tuple[str, str], about: object, back: str) -> ActPage:
    """The page of an act on one thing: below the list `above`, and back to its own page."""
    title = act.title.say({}, language())
    return ActPage(
        title=title,
        act=title,
        back=back,
        crumbs=[above, (str(about), back)],
        sub=str(about),
        done=_("已办理，写入全过程记录：%(act)s。") % {"act": title},
    )


def may_approve(actor: ActorLike, act: Act, region_id: int) -> bool:
    """Whether the actor may approve, or enter what others approved on paper."""
    return may_do(actor, act, region_id) or may_record_in(actor, region_id)


def deciders_of(actor: ActorLike, act: Act, region: Region) -> list[Holding] | None:
    """None where the actor decides, else whoever may have decided on paper; NotAllowed where neither is possible."""
    if may_do(actor, act, region.pk):
        return None
    if act.duty is None or not may_record_in(actor, region.pk):
        require(actor, act.code, region_id=region.pk)
    assert act.duty is not None
    return holders(region, act.duty)
