"""What does a matter touch, so that experts who have to do with it stay away?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from qingshan.office.experts.about import Subject, organisation_touched
from qingshan.office.matters.models import Matter
from qingshan.office.mines.experts import ENTERPRISE, mine_touched
from qingshan.rules.experts import Concerned, TieKind
from qingshan.rules.roles import Role

INTERESTED = (Role.EXECUTING, Role.ANSWERING, Role.LEADING, Role.JOINT, Role.ENTERPRISE_DUTY)
"""Whose own experts do not speak about the matter: who answers for it, does the work, or helps."""


def touches(matter: Matter) -> Iterator[Concerned]:
    """Its mine with the enterprise, and every unit with a part that makes it interested."""
    yield from organisation_touched(matter.enterprise, ENTERPRISE)
    if matter.mine is not None:
        yield from mine_touched(matter.mine)
    parties = matter.parties.filter(to_on=None, role__in=[role.value for role in INTERESTED])
    for party in parties.select_related("organisation__unit__parent", "organisation__parent").order_by("pk"):
        role = Role(party.role)
        if party.organisation is not None:
            yield from organisation_touched(party.organisation, role.sentence)
        elif party.unit_name:
            yield Concerned(TieKind.ORGANISATION, None, party.unit_name, role.sentence)


MATTERS_OF_EXPERTS = Subject("matters.matter", _("事项"), Matter.get_absolute_url, touches)
