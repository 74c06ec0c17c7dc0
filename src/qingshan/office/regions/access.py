"""Which acts concern regions, and whose are they?"""

from __future__ import annotations

from qingshan.office.trail.acts import Act
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

LOAD_REGISTER = Act(
    code="regions.load_register",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="载入行政区划代码", en="Load the register of regions"),
    sentence=Sentence(
        zh="载入行政区划代码（{source}，最新版本 {revision}）：新增 {created} 个，更新 {changed} 个",
        en="Loaded the register of regions ({source}, newest revision {revision}): {created} created,"
        " {changed} changed",
    ),
)
ADD_LOCAL_REGION = Act(
    code="regions.add_local_region",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="增设自编区划", en="Add a local region"),
    sentence=Sentence(zh="增设自编区划 {created} 个：{names}", en="Added {created} local regions: {names}"),
)
CLOSE_LOCAL_REGION = Act(
    code="regions.close_local_region",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="停用自编区划", en="Close a local region"),
    sentence=Sentence(
        zh="停用自编区划 {code} {name}，有效至 {valid_to}",
        en="Closed the local region {code} {name} after {valid_to}",
    ),
)
ACTS = (LOAD_REGISTER, ADD_LOCAL_REGION, CLOSE_LOCAL_REGION)
