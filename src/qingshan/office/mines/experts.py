"""What does a mine touch, so that experts who have to do with it stay away, and how is it found for them?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from qingshan.office.experts.about import Subject, organisation_touched
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.models import Mine
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.experts import Concerned, TieKind
from qingshan.rules.reasons import Sentence

ENTERPRISE = Sentence(zh="矿山企业", en="enterprise of the mine")
MINE = Sentence(zh="所涉矿山", en="mine itself")


def mine_touched(mine: Mine) -> Iterator[Concerned]:
    """The mine and its enterprise; under every number that was merged into it, too."""
    yield Concerned(TieKind.MINE, mine.pk, mine.name, MINE)
    for former, name in Mine.objects.filter(merged_into=mine).order_by("pk").values_list("pk", "name"):
        yield Concerned(TieKind.MINE, former, name, MINE)
    yield from organisation_touched(mine.enterprise, ENTERPRISE)


def mine_numbered(number: str, actor: ActorLike) -> tuple[int, str] | None:
    """The mine with this number, as far as the actor may see it."""
    found = visible_to(Mine.objects.filter(key=number), actor).values_list("pk", "name").first()
    return (found[0], found[1]) if found else None


MINES_OF_EXPERTS = Subject("mines.mine", _("矿山"), lambda mine: f"/mines/{mine.pk}/", mine_touched)
