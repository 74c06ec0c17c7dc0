"""What stands around every page? Navigation by duty, who works in which post, the newest checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingshan.office.desk.workbench import how_many_wait_for
from qingshan.office.doors import Door, door_of
from qingshan.office.mines.comparing import how_many_wait
from qingshan.office.regions.queries import region_shown
from qingshan.office.trail.models import Checkpoint
from qingshan.office.trail.queries import newest_checkpoint

BELOW_PROVINCE = 10**10
"""Ids of regions share all but their last ten digits with their province."""


ACCOUNT, SEARCH = "/account/", "/search/"


@dataclass(frozen=True)
class Place:
    """A row of the navigation. It is shown to whom its page's door is open."""

    title: str | Promise
    path: str
    waiting: Callable[[Any], int] | None = None
    """how many things there wait for the actor"""


@dataclass(frozen=True)
class Shown:
    """A place as this reader sees it."""

    title: str | Promise
    path: str
    current: str
    count: int = 0


@dataclass(frozen=True)
class Group:
    title: str | Promise
    items: tuple[Shown, ...]


PLACES: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    ("", (Place(_("工作台"), "/", waiting=how_many_wait_for),)),
    (
        _("底数"),
        (
            Place(_("矿山企业名录"), "/enterprises/"),
            Place(_("矿山"), "/mines/"),
            Place(_("疑似同一矿山"), "/mines/likeness/", waiting=how_many_wait),
            Place(_("点位"), "/sites/"),
            Place(_("图斑"), "/patches/"),
            Place(_("采矿权"), "/rights/"),
            Place(_("临时用地"), "/land-uses/"),
            Place(_("矿山设施"), "/facilities/"),
            Place(_("一张图"), "/map/"),
            Place(_("图层"), "/layers/"),
            Place(_("导入表格"), "/imports/"),
            Place(_("表格体检"), "/checkup/"),
            Place(_("上级来表"), "/filling/"),
        ),
    ),
    (
        _("整改"),
        (
            Place(_("问题来文"), "/findings/"),
            Place(_("联合检查"), "/inspections/"),
            Place(_("整改台账"), "/cases/"),
            Place(_("信访转办"), "/petitions/"),
            Place(_("停产决定"), "/stops/"),
            Place(_("存量与流量"), "/stock/"),
        ),
    ),
    (
        _("修复"),
        (
            Place(_("修复项目"), "/restoration/"),
            Place(_("修复批次"), "/batches/"),
            Place(_("单项修复"), "/singles/"),
            Place(_("入账点位"), "/restoration/listed/"),
            Place(_("土地状态"), "/restoration/land/"),
            Place(_("修复完成率"), "/restoration/figures/"),
            Place(_("造林种草"), "/planting/"),
            Place(_("管护到期"), "/planting/care/"),
            Place(_("验收后管护"), "/planting/lasting/"),
            Place(_("还地"), "/planting/returned/"),
            Place(_("临时用地到期和还地"), "/planting/lent/"),
            Place(_("后续利用"), "/planting/uses/"),
        ),
    ),
    (
        _("遥感"),
        (
            Place(_("影像核验"), "/observations/"),
            Place(_("核验任务"), "/observations/runs/"),
            Place(_("疑似图斑"), "/clues/"),
            Place(_("筛查任务"), "/observations/screenings/"),
            Place(_("影像目录"), "/observations/scenes/"),
        ),
    ),
    (
        _("专家"),
        (
            Place(_("专家库"), "/experts/"),
            Place(_("专家抽取"), "/experts/draws/"),
            Place(_("专家意见"), "/experts/opinions/"),
        ),
    ),
    (
        _("文书"),
        (
            Place(_("文书清单"), "/papers/"),
            Place(_("收回签章件"), "/papers/return/"),
            Place(_("单位模板"), "/papers/templates/"),
        ),
    ),
    (_("留痕"), (Place(_("全过程记录"), "/trail/"), Place(_("检查点"), "/trail/checkpoints/"))),
    (
        _("管理"),
        (
            Place(_("机构"), "/organisations/"),
            Place(_("人员"), "/people/"),
            Place(_("岗位"), "/people/posts/"),
            Place(_("领导小组与专班"), "/bodies/"),
            Place(_("行政区划"), "/regions/"),
            Place(_("节假日"), "/holidays/"),
            Place(_("规则库"), "/rulebooks/"),
            Place(_("依规删除"), "/trail/erasures/"),
        ),
    ),
)


class Shell:
    """What the base templates ask for; each answer is worked out only when a template uses it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Any = getattr(request, "actor", None)

    @property
    def person(self) -> Any:
        """The person at work, or None where nobody is signed in."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def who(self) -> str:
        """Organisation · post · name of the decider."""
        if self.person is None:
            return ""
        party = self.actor.decider
        return " · ".join(filter(None, (party.organisation, party.post, party.name)))

    @property
    def has_other_posts(self) -> bool:
        """Whether there is a post to switch to."""
        return len(getattr(self.request, "holdings", ())) > 1

    @property
    def account_path(self) -> str:
        return ACCOUNT if self._may_enter(ACCOUNT) else ""

    @cached_property
    def province(self) -> str:
        """The province of the reader's organisation; a fictitious one says so."""
        region_id = self.actor.decider.region_id if self.person is not None else None
        if not region_id:
            return ""
        found = region_shown(region_id - region_id % BELOW_PROVINCE)
        if found is None:
            return ""
        return gettext("%(name)s（演示）") % {"name": found.name} if found.simulated else found.name

    @cached_property
    def checkpoint(self) -> Checkpoint | None:
        """The newest signed checkpoint: a printed page can be held against it."""
        return newest_checkpoint() if self.person is not None else None

    @cached_property
    def navigation(self) -> list[Group]:
        groups = [Group(title, tuple(self._shown(places))) for title, places in PLACES]
        return [group for group in groups if group.items]

    def _shown(self, places: tuple[Place, ...]) -> list[Shown]:
        return [
            Shown(
                place.title,
                place.path,
                self._current(place.path),
                place.waiting(self.actor) if place.waiting else 0,
            )
            for place in places
            if self._may_enter(place.path)
        ]

    def _may_enter(self, path: str) -> bool:
        door = _door_at(path)
        if door is None or self.person is None:
            return False
        return door.anybody or not door.duties or bool(door.duties & self.actor.duties)

    def _current(self, path: str) -> str:
        here = self.request.path
        if here == path:
            return "page"
        return "true" if path == _longest_match(here) else ""

    @property
    def can_search(self) -> bool:
        return self._may_enter(SEARCH)

    @property
    def asked(self) -> str:
        return self.request.GET.get("q", "") if self.request.path == SEARCH else ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}


def _longest_match(here: str) -> str:
    under = [p.path for _title, places in PLACES for p in places if p.path != "/" and here.startswith(p.path)]
    return max(under, key=len, default="")


@cache
def _door_at(path: str) -> Door | None:
    """The door of the page at a path, None where no page stands there."""
    try:
        return door_of(resolve(path).func)
    except Resolver404:
        return None
