"""What does a dossier lack, and what looks doubtful in it? Each with the one act that helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.standing import is_due_back, is_in_force
from qingshan.office.mines.models import Mine
from qingshan.rules.register import DocumentKind, MineState, PlanKind

LACKING, DOUBTFUL = "due", "note"
AT_WORK = frozenset({MineState.PRODUCING, MineState.STOPPED})


@dataclass(frozen=True)
class Gap:
    """缺 or 存疑待核. `path` is relative to the dossier where it begins with no slash; empty without an act."""

    look: str
    sentence: str
    path: str = ""
    act: str = ""

    @property
    def word(self) -> str:
        return _("缺") if self.look == LACKING else _("存疑待核")


def gaps(dossier: Dossier) -> list[Gap]:
    """All of them, what is lacking first. A mine that was merged into another lacks nothing any more."""
    if isinstance(dossier.about, Mine) and dossier.about.merged_into_id is not None:
        return []
    found = [*_place(dossier), *_answerable(dossier), *_papers(dossier)]
    return sorted(found, key=lambda gap: gap.look != LACKING)


def _place(dossier: Dossier) -> Iterator[Gap]:
    if dossier.about.geom is None:
        kind = "mines" if dossier.is_of_a_mine else "sites"
        yield _gap(dossier, LACKING, _("没有登记位置或范围。"), f"/imports/new/{kind}/", _("导入范围"))


def _answerable(dossier: Dossier) -> Iterator[Gap]:
    if not dossier.determinations:
        act = ("responsible/new/", _("认定责任主体")) if dossier.may.determine else ("", "")
        yield Gap(LACKING, _("没有认定责任主体：谁修复、谁出资没有落实。"), *act)


def _papers(dossier: Dossier) -> Iterator[Gap]:
    if not isinstance(dossier.about, Mine):
        return
    yield from _rights(dossier, dossier.about)
    yield from _plans(dossier, dossier.about)
    late = [land for land in dossier.all_land_uses if is_due_back(land, on=dossier.on)]
    if late:
        said = _("%(n)s 宗临时用地已过期，没有还地记录：%(key)s。") % {"n": len(late), "key": late[0].key}
        path = f"/register/land-uses/{late[0].pk}/correct/"
        yield _gap(dossier, DOUBTFUL, said, path, _("登记还地日期"))


def _rights(dossier: Dossier, mine: Mine) -> Iterator[Gap]:
    rights = dossier.all_rights
    if not rights and mine.state != MineState.ABANDONED:
        yield _gap(dossier, LACKING, _("没有登记采矿权。"), "/register/rights/new/", _("登记采矿权"))
    elif mine.state in AT_WORK and not any(is_in_force(right, on=dossier.on) for right in rights):
        said = _("矿山状态为在产或停产，没有在有效期内的采矿权。")
        yield _gap(dossier, DOUBTFUL, said, "/register/rights/new/", _("登记延续后的采矿权"))
    if rights and DocumentKind.LICENCE not in dossier.document_kinds:
        yield _gap(dossier, LACKING, _("没有采矿许可证扫描件。"), "documents/new/", _("归入文件"))


def _plans(dossier: Dossier, mine: Mine) -> Iterator[Gap]:
    kinds = {plans.kind for plans in dossier.plans}
    if PlanKind.RECLAMATION not in kinds:
        yield _gap(
            dossier,
            LACKING,
            _("没有经批准的矿区生态修复方案。"),
            f"plans/new/?kind={PlanKind.RECLAMATION.value}",
            _("登记方案"),
        )
    if mine.state == MineState.PRODUCING and PlanKind.MINING not in kinds:
        path = f"plans/new/?kind={PlanKind.MINING.value}"
        yield _gap(dossier, LACKING, _("在产矿山没有登记开采方案。"), path, _("登记方案"))


def _gap(dossier: Dossier, look: str, sentence: str, path: str, act: str) -> Gap:
    return Gap(look, sentence, path, act) if dossier.may.file else Gap(look, sentence)
