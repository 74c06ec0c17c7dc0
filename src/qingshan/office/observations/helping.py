"""Where is that answered which stands against accepting a matter, because images do not support what is claimed?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.folder import Link
from qingshan.office.observations.access import CLAIM_READERS
from qingshan.rules.reasons import Reason
from qingshan.rules.verification import MORE_WORK, UNANSWERED


def claim_link(reason: Reason, actor: Actor) -> Link | None:
    """The page of the claim, where a finding is answered and the answer decided about; for whoever may read claims."""
    if reason.code not in (UNANSWERED, MORE_WORK) or not actor.duties & frozenset(CLAIM_READERS):
        return None
    path = f"/observations/{reason.values['claim_id']}/"
    return Link(_("查看核查结论"), path, code="observations.claim")
