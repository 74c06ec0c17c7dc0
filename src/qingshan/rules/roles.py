"""Which part does a unit or person have in a matter (事项)? Three duties answer 治不好谁来管."""

from __future__ import annotations

from qingshan.rules.words import Named


class Role(Named):
    """在事项中的角色."""

    REGISTERING = "registering", "登记单位", "registering unit"
    SUPERVISING = "supervising", "督导单位", "supervising unit"
    ANSWERING = "answering", "责任单位", "answering unit"
    EXECUTING = "executing", "实施单位", "executing unit"
    LEADING = "leading", "牵头单位", "lead unit"
    JOINT = "joint", "配合单位", "joint unit"
    ENTERPRISE_DUTY = "enterprise_duty", "企业主体责任", "duty of the enterprise"
    SECTOR_DUTY = "sector_duty", "行业部门监管责任", "duty of the sector's authority"
    TERRITORIAL_DUTY = (
        "territorial_duty",
        "党委政府属地责任",
        "duty of the territory's Party committee and government",
    )


THREE_DUTIES = (Role.ENTERPRISE_DUTY, Role.SECTOR_DUTY, Role.TERRITORIAL_DUTY)
"""三个责任: each on a named unit, post and person."""
DOES_THE_WORK = (Role.EXECUTING, Role.ANSWERING)
"""Whose turn the works are, the nearest first; it may be another enterprise than the one whose mine it is."""
CARRYING_OUT = frozenset({Role.EXECUTING})
"""Whoever has one of these parts did the work, and neither accepts, approves nor closes it."""
