"""Which acts concern places and days, and whose are they?"""

from __future__ import annotations

from qingshan.office.trail.acts import Act
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

LOAD_HOLIDAYS = Act(
    code="places.load_holidays",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="载入节假日安排", en="Load the holidays"),
    sentence=Sentence(
        zh="载入节假日安排 {first_year}—{last_year} 年：新增 {created} 天",
        en="Loaded the holidays of {first_year} to {last_year}: {created} days created",
    ),
)
EDIT_DAY = Act(
    code="places.edit_day",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="修改节假日安排", en="Edit a holiday"),
    sentence=Sentence(
        zh="将 {day} 定为{word}（{name}），依据：{source}",
        en="Set {day} ({name}) to: {word_en}. Basis: {source}",
    ),
)
FORGET_DAY = Act(
    code="places.forget_day",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="取消节假日安排", en="Remove a holiday"),
    sentence=Sentence(zh="取消 {old_day} 的节假日安排", en="Removed the arrangement of {old_day}"),
)
ACTS = (LOAD_HOLIDAYS, EDIT_DAY, FORGET_DAY)
