"""Which one problem, petition or lasting task may this actor read?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.office.cases.kinds import OWN
from qingshan.office.errors import NotFound
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_matter
from qingshan.office.trail.parties import ActorLike


def one_case(pk: int, *, actor: ActorLike) -> Matter:
    """One matter with its parts, or NotFound; also for a matter of another kind, whose acts stand elsewhere."""
    found = one_matter(pk, actor=actor)
    if found.kind not in OWN:
        raise NotFound.because("office.not_found", what=_("问题或转办件"))
    return found
