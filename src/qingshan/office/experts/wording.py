"""What are the values called that acts on experts record?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.rules.draw import DrawState, SeedKind
from qingshan.rules.experts import Speciality
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import names_of

RECORDED: dict[str, Promise] = {
    "about": _("所涉对象"),
    "closes_on": _("名单封存日期"),
    "draw_state": _("状态"),
    "due_on": _("提出期限"),
    "employer": _("所在单位"),
    "entered_by": _("入库依据"),
    "entered_on": _("入库日期"),
    "excluded": _("不参加人数"),
    "expert_title": _("职称"),
    "given_on": _("提出日期"),
    "grounds": _("回避情形"),
    "key": _("专家编号"),
    "keys": _("专家编号"),
    "left_on": _("出库日期"),
    "list_digest": _("名单摘要"),
    "name": _("姓名"),
    "names": _("抽中专家"),
    "object": _("回避对象"),
    "organisation_id": _("所在机构编号"),
    "outcome": _("采纳情况"),
    "person_id": _("登录人员编号"),
    "pool": _("专家库"),
    "question": _("征求意见的问题"),
    "recorded_for_expert": _("由登记单位代为登记"),
    "seats": _("抽取人数"),
    "seed_kind": _("种子类型"),
    "seed_number": _("公开号码"),
    "seed_on": _("号码公布日期"),
    "seed_source": _("公开号码来源"),
    "specialities": _("专业领域"),
    "stepped_in": _("递补专家"),
    "taking_part": _("参加人数"),
    "tie_kind": _("回避对象类型"),
    "title": _("抽取事由"),
    "wanted": _("各专业人数"),
    "why": _("退出情形"),
}
VALUES: dict[str, Mapping[str, Sentence]] = {
    "draw_state": names_of(DrawState),
    "seed_kind": names_of(SeedKind),
    "specialities": names_of(Speciality),
}
