"""Whom can a determination name: who may answer for the place, and who may have decided?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from qingshan.office.accounts.models import Holding, Organisation, in_force
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.regions.queries import path_of
from qingshan.rules.duties import Duty
from qingshan.rules.register import OrganisationKind


def parties(dossier: Dossier, *, on: date) -> list[Organisation]:
    """The enterprises of the mine and of its rights, and the governments above the place, the nearest first."""
    about = dossier.about
    ids = {about.enterprise_id}
    if dossier.is_of_a_mine:
        ids |= {right.enterprise_id for right in dossier.all_rights}
    governments = Q(kind=OrganisationKind.GOVERNMENT.value, region__in=path_of(about.region)) & in_force(on)
    rows = Organisation.objects.filter(Q(pk__in=ids - {None}) | governments, is_division=False)
    return sorted(rows, key=lambda each: (each.pk not in ids, -each.region_id, each.pk))


def deciders(dossier: Dossier) -> list[Holding]:
    """Whoever leads or led in the region of the place or above it; whether they held the post on the day of the
    paper is asked when it is recorded.
    """
    held = Holding.objects.filter(post__organisation__region__in=path_of(dossier.about.region))
    rows = held.select_related("person", "post__organisation__unit").order_by(
        "-post__organisation__region_id", "id"
    )
    return [each for each in rows if Duty.LEAD in each.post.duty_set]
