"""What does the page of a matter show of papers: which were issued about it, and which can be drafted?"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from qingshan.office.matters.folder import Folder, Link
from qingshan.office.papers.access import BRINGS_BACK
from qingshan.office.papers.usual import Issued, Offer, Printing, papers_about
from qingshan.rules.flow import Transition


class FolderWithPapers(Folder):
    """Of a kind of matter for which papers are usual."""

    printing: ClassVar[Printing]
    bound_in: ClassVar[frozenset[str]] = frozenset()
    """the states in which there is something to bind into a closing file"""
    bound_title: ClassVar[Any] = _("归档卷")

    @property
    def downloads(self) -> list[Link]:
        """归档卷, once there is something to bind."""
        has_one = self.matter.state_name in self.bound_in
        return [Link(str(self.bound_title), f"{self.path}closing-file.pdf")] if has_one else []

    @cached_property
    def papers(self) -> list[Issued]:
        """文书 about it that the reader may see, the newest first."""
        return papers_about(self.matter, actor=self.actor)

    @cached_property
    def paper_offers(self) -> list[Offer]:
        """What the reader may draft about it now."""
        return self.printing.offers(self.matter, actor=self.actor, steps=self.steps)

    def papers_for(self, line: Transition) -> list[Offer]:
        """What the reader may draft to be signed for this act."""
        return [each for each in self.paper_offers if each.act == line.act]

    @property
    def papers_out(self) -> bool:
        """Whether the reader may bring back one that has not come back."""
        may = bool(self.actor.duties & frozenset(BRINGS_BACK))
        return may and any(each.look == "due" for each in self.papers)
