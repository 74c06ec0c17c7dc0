"""What is filled in to draft an order to stop, mine by mine, and to let a mine go on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.accounts.models import Holding
from qingshan.office.matters.forms.on_paper import OnPaperForm
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.models import Mine
from qingshan.office.mines.queries import listed, standing
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import row_id

FOUND = 10


class StopOrderForm(forms.Form):
    """拟停产决定, but for its mines."""

    title = forms.CharField(label=_("标题"), max_length=200)
    number = forms.CharField(
        label=_("文号"), max_length=120, required=False, help_text=_("尚未印发的可以不填。")
    )
    decided_on = Day(label=_("决定日期"), required=False)
    resume_when = forms.CharField(
        label=_("复产条件"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("做到什么、由谁核查后可以恢复生产。"),
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].widget.attrs["max"] = on.isoformat()


class IssueForm(forms.Form):
    """登记停产决定印发."""

    number = forms.CharField(label=_("文号"), max_length=120)
    decided_on = Day(label=_("决定日期"))

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].widget.attrs["max"] = on.isoformat()


class LiftForm(OnPaperForm):
    """解除停产; without deciders the actor decides."""

    because = forms.CharField(
        label=_("解除理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("复产条件怎样达到，谁在何时核查。"),
    )
    number = forms.CharField(label=_("文号"), max_length=120)
    resumed_on = Day(label=_("解除日期"), required=False, help_text=_("不填为今天。"))

    def __init__(
        self, *args: Any, on: date, deciders: Sequence[Holding] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["resumed_on"].widget.attrs["max"] = on.isoformat()
        self.deciders = deciders
        if deciders is not None:
            del self.fields["number"]
            self.fields["resumed_on"].help_text = _("不填为决定日期。")
            self.ask_for_the_paper(deciders, on=on)

    def lifted(self) -> dict[str, Any]:
        """What the act takes: grounds, number, day."""
        given = self.cleaned_data
        number = given.get("number") or given.get("paper_number", "")
        return {"because": given["because"], "number": number, "resumed_on": given["resumed_on"]}


@dataclass(frozen=True)
class Chosen:
    """A mine of the order that is being drafted."""

    mine: Mine
    reason: str
    asks: bool
    """whether its reason is missing, or the same as another's"""

    @property
    def field(self) -> str:
        return field_of(self.mine.pk)


def field_of(mine_id: int) -> str:
    """The name of the field with the reason for a mine."""
    return f"reason-{mine_id}"


class Choosing:
    """Which mines were chosen so far, with their reasons, and which were found by what was typed."""

    def __init__(self, sent: QueryDict, asked: QueryDict, *, actor: ActorLike) -> None:
        self.sent, self.actor = sent, actor
        self.text = sent.get("words", "").strip()[:80]
        self.drafts = "draft" in sent
        named = [*sent.getlist("mine"), *asked.getlist("mine"), *sent.getlist("add")]
        left_out = {None, *map(row_id, sent.getlist("remove"))}
        self.ids = [pk for pk in dict.fromkeys(map(row_id, named)) if pk is not None and pk not in left_out]

    def chosen(self) -> list[Chosen]:
        """In the order in which they were added; what may not be seen is none of them."""
        rows = standing(Mine.objects.filter(pk__in=self.ids)).select_related("region")
        seen = visible_to(rows.defer("geom", "region__geom"), self.actor).in_bulk()
        mines = [seen[pk] for pk in self.ids if pk in seen]
        given = {mine.pk: self.sent.get(field_of(mine.pk), "").strip()[:500] for mine in mines}
        return [Chosen(mine, given[mine.pk], self._asks(mine.pk, given)) for mine in mines]

    def _asks(self, pk: int, given: dict[int, str]) -> bool:
        return self.drafts and (not given[pk] or list(given.values()).count(given[pk]) > 1)

    def found(self) -> Iterator[Mine]:
        """Mines of the actor's area that the words find, but for those that are chosen already."""
        if self.text:
            rows = listed(Mine, actor=self.actor, filters=Filters(text=self.text), rows=FOUND).rows
            yield from (each for each in rows if each.pk not in self.ids)
