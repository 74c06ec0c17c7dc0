"""What do the pages of acts on planting share: their words, and who decides where it was done on paper (代录)?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.office.accounts.pages.acting import ActPage
from qingshan.office.matters.deciders import RECORDERS, deciders_of, may_approve
from qingshan.office.planting.showing import language
from qingshan.office.trail.acts import Act

__all__ = ["RECORDERS", "deciders_of", "may_approve", "page_of"]


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
