"""Which duties (职责) can a post carry? Every act in every flow table names the one it needs."""

from __future__ import annotations

from qingshan.rules.words import Named


class Duty(Named):
    """职责: what a post is there to do. The three administrators never share a post (三员分立)."""

    REGISTRY = "registry", "登记", "registry"
    DISPATCH = "dispatch", "调度", "dispatch"
    REVIEW = "review", "审核", "review"
    LEAD = "lead", "领导", "leadership"
    ENTERPRISE = "enterprise", "企业填报", "enterprise reporting"
    EXPERT = "expert", "专家", "expert"
    AUDIT = "audit", "审计管理", "audit administration"
    SYSTEM_ADMIN = "system_admin", "系统管理", "system administration"
    SECURITY_ADMIN = "security_admin", "安全管理", "security administration"


ADMINISTRATORS = frozenset({Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDIT})
"""Duties that exclude each other and all work on matters (GB/T 22239-2019, separation of administrators)."""
