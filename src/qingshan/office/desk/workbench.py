"""What waits for this person, what stands in the register they see, and what happened lately?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from qingshan.exchange.models import Import
from qingshan.jobs.models import JobState
from qingshan.jobs.queries import visible_to as jobs_visible_to
from qingshan.office.cases.documents import how_many_documents, unanswered
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.desk.work import JobShown, shown
from qingshan.office.experts.queries import given_unanswered, invited_oneself
from qingshan.office.matters.queries import Standings, how_many_turns, standings, turns_of
from qingshan.office.matters.showing import next_act_of, standing_of
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.queries import Total, total
from qingshan.office.observations import waiting as seen
from qingshan.office.observations.queries import ASKED, COUNTED_TO, GIVEN, TRACED
from qingshan.office.observations.queries import WAITING as UNTESTED
from qingshan.office.planting.queries import overdue_care
from qingshan.office.trail.models import Entry
from qingshan.office.trail.queries import Filters as EntryFilters
from qingshan.office.trail.queries import listed
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.areas import area_text
from qingshan.rules.dates import SHANGHAI, shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.experts import OpinionState
from qingshan.rules.flows.importing import ImportState
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import CHINESE

SHOWN_AT_MOST = 20
LATELY = timedelta(days=2)
LATELY_SHOWN = 8
MORNING_H, NOON_H, EVENING_H = 5, 12, 18


WAITING_STATES = (ImportState.FAILED, ImportState.READ)


@dataclass(frozen=True)
class Waiting:
    """轮到我: one thing that does not go on without this person."""

    look: str
    word: str
    title: str
    why: str
    url: str
    act: str


Source = Callable[[Any], Iterable[Waiting]]


def waiting_for(actor: Any) -> list[Waiting]:
    """Everything that waits for the actor, what is wrong first."""
    return [thing for source in SOURCES for thing in source(actor)]


def how_many_wait_for(actor: Any) -> int:
    """The same things, counted along indexes and to a limit: every page's navigation shows it."""
    if actor.person_id is None:
        return 0
    imports = Import.objects.filter(owner_id=actor.person_id, state__in=WAITING_STATES).count()
    return imports + _brought_by_acts(actor)


@holds_until_next_act
def _brought_by_acts(actor: Any) -> int:
    documents = how_many_documents(actor) if Duty.REGISTRY in actor.duties else 0
    images = len(list(seen.waiting(actor, on=shanghai_date(timezone.now()), with_days=False)))
    lines = sum(len(list(source(actor))) for source in SUMMED_UP)
    return how_many_turns(actor) + documents + images + lines


def imports_that_could_not_be_read(actor: Any) -> Iterable[Waiting]:
    for one in _imports_of(actor, ImportState.FAILED):
        yield Waiting(
            look="late",
            word=_("未能读取"),
            title=_("处理未能读取的文件：%(name)s") % {"name": one.file_name},
            why=_("原因写在导入页上，改好后可再次读取"),
            url=f"/imports/{one.pk}/",
            act=_("查看原因"),
        )


def imports_to_confirm(actor: Any) -> Iterable[Waiting]:
    for one in _imports_of(actor, ImportState.READ):
        counts = {"created": one.created, "changed": one.changed, "refused": one.refused}
        yield Waiting(
            look="due",
            word=_("待确认"),
            title=_("确认导入：%(name)s") % {"name": one.file_name},
            why=_("新增 %(created)s，更新 %(changed)s，退回 %(refused)s") % counts,
            url=f"/imports/{one.pk}/",
            act=_("核对预览"),
        )


def matters_whose_turn_it_is(actor: Any) -> Iterable[Waiting]:
    """轮到我: problems, petitions and lasting tasks that wait for the actor's duty, level or unit."""
    on = shanghai_date(timezone.now())
    for matter in turns_of(actor, rows=SHOWN_AT_MOST):
        look, words = standing_of(matter, on=on)
        told = {"title": matter.title, "act": next_act_of(matter)}
        yield Waiting(
            look=look,
            word=words,
            title=_("%(act)s：%(title)s") % told,
            why=" · ".join(
                filter(None, (matter.region.name, matter.mine.name if matter.mine else "", matter.number))
            ),
            url=matter.get_absolute_url(),
            act=_("去办理"),
        )


# a kind of work that can wait for somebody adds its source here; the order is the order on screen
def documents_not_answered(actor: Any) -> Iterable[Waiting]:
    """照单全收: items of documents that nobody has answered, for whoever registers."""
    if Duty.REGISTRY not in actor.duties:
        return
    for document, waiting in unanswered(actor, rows=SHOWN_AT_MOST):
        yield Waiting(
            look="due",
            word=_("未落实"),
            title=_("逐条落实来文：%(title)s") % {"title": document.title},
            why=_("还有 %(n)s 条既没有对应的问题，也没有不立项的理由") % {"n": waiting},
            url=f"/findings/{document.pk}/",
            act=_("逐条落实"),
        )


def aftercare_overdue(actor: Any) -> Iterable[Waiting]:
    """管护逾期: dates of aftercare that have passed, all of them in one line, for whoever keeps the plots."""
    if not actor.duties & {Duty.REGISTRY, Duty.ENTERPRISE}:
        return
    on = shanghai_date(timezone.now())
    late, first = overdue_care(actor=actor, on=on)
    if late:
        yield Waiting(
            look="late",
            word=_("管护逾期"),
            title=ngettext("%(n)s 项管护已逾期", "%(n)s 项管护已逾期", late) % {"n": f"{late:,}"},
            why=_("最早的应在 %(day)s 前完成") % {"day": first.isoformat() if first else "—"},
            url="/planting/care/?view=overdue",
            act=_("去办理"),
        )


IMAGES = {
    ASKED: (
        "due",
        gettext_lazy("待书面回应"),
        gettext_lazy("%(n)s 项核查结论待书面回应"),
        gettext_lazy("写明回应"),
    ),
    GIVEN: (
        "due",
        gettext_lazy("回应待核定"),
        gettext_lazy("%(n)s 项书面回应待核定"),
        gettext_lazy("去核定"),
    ),
    TRACED: (
        "due",
        gettext_lazy("回头看待核实"),
        gettext_lazy("%(n)s 项回头看待核实"),
        gettext_lazy("去核实"),
    ),
    UNTESTED: (
        "note",
        gettext_lazy("待核查"),
        gettext_lazy("%(n)s 项申报还没有用影像核查"),
        gettext_lazy("安排核验"),
    ),
    seen.CLUES: (
        "due",
        gettext_lazy("疑似图斑"),
        gettext_lazy("%(n)s 处疑似图斑待处理"),
        gettext_lazy("去核实"),
    ),
}
WHY_IMAGES: dict[str, Promise] = {
    ASKED: gettext_lazy("影像不支持（待核实），最早的请在 %(day)s 前回应"),
    GIVEN: gettext_lazy("县级或企业已书面回应，请核定是否成立"),
    TRACED: gettext_lazy("影像不支持“验收后保持”（待核实），请到现场核实"),
    UNTESTED: gettext_lazy("登记影像后，预估并开始核验任务"),
    seen.CLUES: gettext_lazy("请到现场核实；属实的登记为问题"),
}


def seen_in_images(actor: Any) -> Iterable[Waiting]:
    """影像核验: what waits for the actor's duties, each kind in one line; what is held back counts in none."""
    for each in seen.waiting(actor, on=shanghai_date(timezone.now())):
        look, word, title, act = IMAGES[each.what]
        count = _("超过 %(n)s") % {"n": f"{COUNTED_TO:,}"} if each.count > COUNTED_TO else f"{each.count:,}"
        yield Waiting(
            look=look,
            word=str(word),
            title=str(title) % {"n": count},
            why=str(WHY_IMAGES[each.what]) % {"day": each.first.isoformat() if each.first else "—"},
            url=each.url,
            act=str(act),
        )


def opinions_to_give(actor: Any) -> Iterable[Waiting]:
    """专家意见 that this expert was asked for and has not given."""
    count, first = invited_oneself(actor)
    if count:
        on = shanghai_date(timezone.now())
        yield Waiting(
            look="late" if first is not None and first < on else "due",
            word=_("请提意见"),
            title=ngettext("%(n)s 份专家意见等您提出", "%(n)s 份专家意见等您提出", count)
            % {"n": f"{count:,}"},
            why=_("最早的期限是 %(day)s") % {"day": first.isoformat()} if first else _("未定期限"),
            url=f"/experts/opinions/?state={OpinionState.INVITED.value}",
            act=_("去办理"),
        )


def opinions_to_answer(actor: Any) -> Iterable[Waiting]:
    """专家意见 that were given and wait for an answer, for whoever answers in the region."""
    count, first = given_unanswered(actor)
    if count:
        yield Waiting(
            look="due",
            word=_("待答复"),
            title=ngettext("%(n)s 份专家意见等待答复", "%(n)s 份专家意见等待答复", count)
            % {"n": f"{count:,}"},
            why=_("最早的于 %(day)s 提出") % {"day": first.isoformat() if first else "—"},
            url=f"/experts/opinions/?state={OpinionState.GIVEN.value}",
            act=_("去办理"),
        )


SOURCES: tuple[Source, ...] = (
    imports_that_could_not_be_read,
    imports_to_confirm,
    matters_whose_turn_it_is,
    documents_not_answered,
    aftercare_overdue,
    opinions_to_give,
    opinions_to_answer,
    seen_in_images,
)

SUMMED_UP: tuple[Source, ...] = (
    aftercare_overdue,
    opinions_to_give,
    opinions_to_answer,
)
"""Those that say in one line how many there are; what images brought is counted with less asked."""


def _imports_of(actor: Any, state: ImportState) -> Iterable[Import]:
    if actor.person_id is None:
        return []
    mine = Import.objects.filter(owner_id=actor.person_id, state=state)
    return mine.order_by("-id")[:SHOWN_AT_MOST]


def going_on(actor: Any, *, now: datetime) -> list[JobShown]:
    """Background work that is under way, or failed lately: nothing fails in silence."""
    moving = [JobState.WAITING, JobState.RUNNING]
    jobs = jobs_visible_to(actor)
    lately = jobs.filter(state=JobState.FAILED, finished_at__gte=now - LATELY)
    found = [
        *jobs.filter(state__in=moving).order_by("-id")[:SHOWN_AT_MOST],
        *lately.order_by("-id")[:SHOWN_AT_MOST],
    ]
    return [shown(job, now=now) for job in found]


@dataclass(frozen=True)
class Figure:
    """A number that can be opened, with what it counts beside it."""

    title: str
    number: str
    unit: str
    more: str
    url: str
    of: str = ""
    look: str = ""


def figures(actor: Any) -> list[Figure]:
    """What stands in the ledgers and the register of this person's area; nothing for those whom they do not concern."""
    counted = [(each, total(each.model, actor=actor, filters=Filters())) for each in COUNTED]
    registered = any(found.rows for _each, found in counted)
    return [*_of_the_stock(actor), *([_figure(each, found) for each, found in counted] if registered else [])]


def _of_the_stock(actor: Any) -> list[Figure]:
    """在册, 逾期 and petitions, each with what it is a part of; nothing while there is none."""
    on, unit = shanghai_date(timezone.now()), _("件")
    cases = standings(CASES.kinds, actor=actor, on=on)
    petitions = standings(PETITIONS.kinds, actor=actor, on=on)
    shown = []
    if cases.by_state:
        soon = _("将到期 %(n)s 件") % {"n": f"{cases.soon:,}"}
        shown.append(Figure(_("在册问题"), f"{cases.in_stock:,}", unit, soon, CASES.path))
        shown.append(_overdue(_("逾期问题"), cases, CASES.path))
    if petitions.by_state:
        late = _("逾期 %(n)s 件") % {"n": f"{petitions.overdue:,}"}
        shown.append(Figure(_("在册转办件"), f"{petitions.in_stock:,}", unit, late, PETITIONS.path))
    return shown


def _overdue(title: str, found: Standings, path: str) -> Figure:
    share = Rate.by_items(found.overdue, found.in_stock)
    told = {"all": f"{found.in_stock:,}", "percent": share.percent_text(1)}
    part = _("占在册 %(all)s 件的 %(percent)s") % told
    look = "late" if found.overdue else ""
    return Figure(title, f"{found.overdue:,}", _("件"), part, f"{path}?view=overdue", look=look)


@dataclass(frozen=True)
class Counted:
    """A list of the register that the workbench counts. `unit` is the measure word of its rows."""

    model: type[Model]
    title: Promise
    unit: Promise
    url: str


COUNTED = (
    Counted(Mine, gettext_lazy("矿山"), pgettext_lazy("counted", "座"), "/mines/"),
    Counted(Site, gettext_lazy("点位"), pgettext_lazy("counted", "处"), "/sites/"),
    Counted(Patch, gettext_lazy("图斑"), pgettext_lazy("counted", "个"), "/patches/"),
)


def _figure(each: Counted, found: Total) -> Figure:
    number = f"{found.rows:,}"
    area = area_text(found.area_m2, get_language() or CHINESE) if found.area_m2 else ""
    return Figure(
        title=str(each.title),
        number=_("超过 %(rows)s") % {"rows": number} if found.at_least else number,
        unit=str(each.unit),
        more=_("图形面积合计 %(area)s") % {"area": area} if area else "",
        url=each.url,
    )


@holds_until_next_act
def lately(actor: Any) -> list[Entry]:
    """The newest acts that this person may see."""
    return listed(actor, filters=EntryFilters()).rows[:LATELY_SHOWN]


def greeting(things: int, *, now: datetime) -> str:
    """早上好，今天有 7 件事等您."""
    hello = _hello(now.astimezone(SHANGHAI).hour)
    if not things:
        return _("%(hello)s，现在没有等您办的事") % {"hello": hello}
    words = ngettext("%(hello)s，有 %(n)s 件事等您", "%(hello)s，有 %(n)s 件事等您", things)
    return words % {"hello": hello, "n": things}


def _hello(hour: int) -> str:
    if hour < MORNING_H or hour >= EVENING_H:
        return _("晚上好")
    return _("早上好") if hour < NOON_H else _("下午好")


def today(*, now: datetime) -> str:
    """2026年11月21日 星期六."""
    return date_format(shanghai_date(now), pgettext("date format", "Y年n月j日 l"))
