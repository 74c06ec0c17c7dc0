"""What does a leader read on the way to a mine? One page: where, who, what holds until when, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.land import ORDER
from qingshan.office.mines.dossier.missing import gaps
from qingshan.office.mines.dossier.place import drawn
from qingshan.office.mines.dossier.sheets import PICTURE_PX, Sheet, days, language, one_page, share, term
from qingshan.office.mines.dossier.standing import of_land, of_right
from qingshan.office.mines.dossier.summary import Figure, summary
from qingshan.office.mines.models import Document, Mine, Site
from qingshan.rules.areas import area_text
from qingshan.rules.numbers import grouped
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import (
    Circumstance,
    DocumentKind,
    MineScale,
    MineState,
    MiningMethod,
    PatchKind,
    PlanKind,
    SiteKind,
)
from qingshan.typesetting import for_print
from qingshan.vault import Vault, VaultError

MOST_ROWS = 5
MOST_OPEN = 8
PHOTOS_TRIED = 3


def brief(dossier: Dossier) -> bytes:
    """The page as PDF, in the reader's language. The same data on the same day give the same bytes."""
    photo, photo_title = _photo(dossier)
    picture = drawn(dossier, width_px=PICTURE_PX[0], height_px=PICTURE_PX[1])
    return one_page(_data(dossier), on=dossier.on, picture=picture, photo=photo, photo_title=photo_title)


def _data(dossier: Dossier) -> dict[str, Any]:
    mine: Mine = dossier.about  # type: ignore[assignment]
    sheets = [_rights(dossier), _sites(dossier), _land(dossier), _lent(dossier), _plan(dossier)]
    return {
        "title": mine.name,
        "sub": " · ".join([mine.key, mine.region.name, term(MineState, mine.state)]),
        "simulated": mine.region.simulated,
        "labels": {"facts": _("基本情况"), "responsible": _("责任主体")},
        "figures": list(_figures(dossier)),
        "facts": list(_facts(mine)),
        "responsible": list(_responsible(dossier)),
        "open": _open(dossier),
        "sheets": sheets,
    }


def _figures(dossier: Dossier) -> Iterator[dict[str, str]]:
    four = summary(dossier)
    named: Iterable[tuple[str, Figure]] = (
        (_("有效采矿权"), four.rights),
        (_("点位"), four.sites),
        (_("图斑现状面积"), four.land),
        (_("未还临时用地"), four.lent),
    )
    for title, figure in named:
        yield {"title": title, "number": figure.number, "of": figure.of, "more": figure.more}


def _facts(mine: Mine) -> Iterator[tuple[str, str]]:
    yield _("矿山企业"), mine.enterprise.name if mine.enterprise else "—"
    yield _("矿种"), mine.mineral or "—"
    yield _("开采方式"), term(MiningMethod, mine.method)
    yield _("规模等级"), term(MineScale, mine.scale)
    yield _("采矿许可证号"), mine.licence_no or "—"
    if mine.former_names:
        yield _("曾用名"), "、".join(mine.former_names)
    if mine.note:
        yield _("备注"), mine.note


def _responsible(dossier: Dossier) -> Iterator[tuple[str, str]]:
    found = dossier.determination
    if found is None:
        yield _("责任主体"), _("没有认定")
        return
    yield _("责任主体"), found.organisation.name
    yield _("认定情形"), term(Circumstance, found.circumstance)
    yield _("认定文号"), f"{found.number}（{found.decided_on.isoformat()}）"
    yield _("认定单位"), found.decided_by


def _rights(dossier: Dossier) -> Sheet:
    rights = dossier.all_rights
    rows = [
        (
            right.key,
            right.holder_name or "—",
            area_text(right.reported_area_m2, language()),
            days(right.from_on, right.to_on),
            of_right(right, on=dossier.on, language=language()).word,
        )
        for right in rights[:MOST_ROWS]
    ]
    head = (_("采矿许可证号"), _("采矿权人"), _("矿区面积"), _("有效期"), _("状态"))
    return Sheet(_("采矿权"), head, (2.2, 2, 2, 2.2, 1.4), rows, (2,), len(rights))


def _sites(dossier: Dossier) -> Sheet:
    """Counts and areas by kind, each with what it is a part of."""
    groups = dossier.rows_of(Site).order_by().values_list("kind").annotate(n=Count("pk"), area=Sum("area_m2"))
    found = sorted(groups, key=lambda group: (-group[1], group[0]))
    count, area_m2 = sum(group[1] for group in found), sum(group[2] or 0 for group in found)
    rows = [
        (term(SiteKind, kind or SiteKind.UNCLASSIFIED), f"{n:,} / {count:,}", share(area, area_m2))
        for kind, n, area in found[:MOST_ROWS]
    ]
    head = (_("点位类型"), _("处数 / 总处数"), _("图形面积 / 总面积"))
    return Sheet(_("点位"), head, (1.5, 1.2, 5), rows, (1, 2), len(found))


def _land(dossier: Dossier) -> Sheet:
    now = dossier.land.now
    areas = dict(zip(dossier.land.kinds, now.areas_m2, strict=True)) if now else {}
    rows = [
        (term(PatchKind, kind or PatchKind.UNCLASSIFIED), share(area, now.total_m2 if now else 0))
        for kind in ORDER
        if (area := areas.get(kind))
    ]
    return Sheet(_("图斑现状"), (_("图斑类型"), _("面积 / 总面积")), (2, 6), rows, (1,), len(rows))


def _lent(dossier: Dossier) -> Sheet:
    """Land that is still lent, what ends first above."""
    lent = sorted(
        (land for land in dossier.all_land_uses if land.returned_on is None),
        key=lambda land: (land.to_on is None, land.to_on, land.pk),
    )
    rows = [
        (
            land.key,
            land.name or "—",
            area_text(land.reported_area_m2, language()),
            days(land.from_on, land.to_on),
            of_land(land, on=dossier.on, language=language()).word,
        )
        for land in lent[:MOST_ROWS]
    ]
    head = (_("批准文号"), _("用地名称"), _("批准面积"), _("使用期"), _("状态"))
    return Sheet(_("未还临时用地"), head, (2.2, 2, 2, 2.2, 1.6), rows, (2,), len(lent))


def _plan(dossier: Dossier) -> Sheet:
    """The restoration plan in force: what was promised."""
    plan = next((each.current[0] for each in dossier.plans if each.kind == PlanKind.RECLAMATION), None)
    if plan is None:
        return Sheet("", (), (), ())
    figures = [
        (f.say(language()), grouped(plan.figures[f.value])) for f in PlanFigure if f.value in plan.figures
    ]
    title = f"{PlanKind.RECLAMATION.say(language())} · {plan.number}"
    half = -(-len(figures) // 2)
    rows = [
        (*figures[at], *(figures[at + half] if at + half < len(figures) else ("", ""))) for at in range(half)
    ]
    return Sheet(title, (_("指标"), _("数值"), _("指标"), _("数值")), (3, 1, 3, 1), rows, (1, 3))


def _open(dossier: Dossier) -> Sheet:
    """What is open, until when, and who: rights that end, land to be handed back, papers that are missing."""
    mine: Mine = dossier.about  # type: ignore[assignment]
    holder = mine.enterprise.name if mine.enterprise else "—"
    office = mine.recorded_by.full_name if mine.recorded_by else _("属地登记部门")
    rows: list[tuple[str, str, str]] = []
    for right in dossier.all_rights:
        stands = of_right(right, on=dossier.on, language=language())
        if stands.needs_care:
            said = _("采矿权 %(key)s：%(word)s") % {"key": right.key, "word": stands.word}
            rows.append((said, right.to_on.isoformat() if right.to_on else "—", right.holder_name or holder))
    for land in dossier.all_land_uses:
        stands = of_land(land, on=dossier.on, language=language())
        if stands.needs_care:
            said = _("临时用地 %(key)s：%(word)s") % {"key": land.key, "word": stands.word}
            rows.append((said, land.to_on.isoformat() if land.to_on else "—", holder))
    rows.extend((f"{gap.word}：{gap.sentence}", "—", office) for gap in gaps(dossier))
    head = (_("待办事项"), _("期限"), _("谁来办"))
    return Sheet(_("待办"), head, (4.6, 1.8, 2.8), rows[:MOST_OPEN], (), len(rows))


def _photo(dossier: Dossier) -> tuple[bytes | None, str]:
    """The newest picture of the dossier that can be printed, and its title."""
    if DocumentKind.PICTURE not in dossier.document_kinds:
        return None, ""
    pictures = dossier.rows_of(Document).filter(kind=DocumentKind.PICTURE.value).order_by("-issued_on", "-id")
    for document in pictures[:PHOTOS_TRIED]:
        if printable := _printable(document):
            return printable, document.title
    return None, ""


def _printable(document: Document) -> bytes | None:
    """A file that is gone or damaged leaves its place empty: the rest of the page is still worth reading."""
    try:
        with Vault(settings.VAULT_ROOT).open(document.file_digest) as stream:
            return for_print(stream)
    except VaultError:
        return None
