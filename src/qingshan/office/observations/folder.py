"""What does the page of a matter say of findings that its reader may not know yet?"""

from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext as _

from qingshan.office.matters.folder import Link
from qingshan.office.observations.access import CLAIM_READERS, is_held_from
from qingshan.office.observations.claiming import standing_claims
from qingshan.office.observations.helping import claim_link
from qingshan.office.papers.folder import FolderWithPapers
from qingshan.rules.reasons import Reason


class FolderWithClaims(FolderWithPapers):
    """Of a kind of matter that claims land to be restored."""

    @property
    def shows_claims(self) -> bool:
        """Whether the reader may see what images say of its land."""
        return bool(self.actor.duties & frozenset(CLAIM_READERS))

    def help_elsewhere(self, reason: Reason) -> Link | None:
        """The page of the claim, where a finding is answered and the answer decided about."""
        return None if self.is_held_back(reason) else claim_link(reason, self.actor)

    def words_of(self, reason: Reason) -> str:
        """A finding that the county may answer first is not told to the levels above, only that there is one."""
        if self.is_held_back(reason):
            return _("有点位的影像核验县级核实中，书面回应后再办理。")
        return super().words_of(reason)

    def is_held_back(self, reason: Reason) -> bool:
        """Whether it speaks of a finding that this reader may not know yet."""
        claim_id = reason.values.get("claim_id")
        return claim_id is not None and claim_id in self._held_back

    @cached_property
    def _held_back(self) -> set[int]:
        found = standing_claims(self.matter).defer("geom")
        return {each.pk for each in found if is_held_from(each, self.actor, on=self.on)}
