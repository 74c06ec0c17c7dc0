"""Who answers for a matter, and until when? Both were decided on some day and stay readable after a change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.models import Dated, Organisation, Person
from qingshan.office.matters.models.matter import Matter
from qingshan.office.matters.models.steps import Step
from qingshan.rules.reasons import CHINESE
from qingshan.rules.roles import Role


class MatterParty(Dated):
    """A unit's part in a matter, with the post and person on whom it lies where it is a duty."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties")
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices())
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("单位"), null=True, related_name="+"
    )
    """the unit where it is registered here; a Party committee often is not"""
    unit_name = models.CharField(_("单位名称"), max_length=160)
    post = models.CharField(_("岗位"), max_length=80, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    person_name = models.CharField(_("姓名"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("责任分工")
        indexes = [models.Index(fields=["matter", "role"], name="party_matter")]

    def __str__(self) -> str:
        return f"{self.role_name} {self.unit_name}".strip()

    @property
    def role_name(self) -> str:
        """The role in the reader's language."""
        return Role(self.role).say(get_language() or CHINESE)

    @property
    def is_on_a_person(self) -> bool:
        """Whether a duty lies on a unit, a post and a person."""
        return bool(self.unit_name and self.post and self.person_name)


class DueChange(models.Model):
    """时限变更: an extension by approval; the old day stays visible beside the new one."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="due_changes")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    old_due_on = models.DateField(_("原时限"), null=True)
    new_due_on = models.DateField(_("新时限"), null=True)
    number = models.CharField(_("批准文号"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("时限变更")

    def __str__(self) -> str:
        return f"{self.old_due_on or '—'} → {self.new_due_on or '—'}"
