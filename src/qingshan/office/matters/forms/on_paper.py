"""What is filled in when somebody records what another decided on paper (代录)?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.office.accounts.actors import Actor, on_behalf
from qingshan.office.accounts.forms import Day
from qingshan.office.accounts.models import Holding
from qingshan.office.mines import receiving
from qingshan.office.mines.forms.papers import held_words, in_words
from qingshan.office.trail.parties import PaperDecision
from qingshan.rules.reasons import CHINESE, Reason, say


class OnPaperForm(forms.Form):
    """A form that can ask who decided, on which paper, on which day."""

    def ask_for_the_paper(self, deciders: Sequence[Holding], *, on: date) -> None:
        """Add the fields of the paper."""
        self.holdings = {str(each.pk): each for each in deciders}
        choices = [("", _("请选择")), *((key, held_words(each)) for key, each in self.holdings.items())]
        self.fields["decider"] = forms.ChoiceField(
            label=_("决定人"),
            choices=choices,
            help_text=_("在纸质文件上作出决定的人；由您录入，双方都记入全过程。"),
        )
        self.fields["paper_number"] = forms.CharField(label=_("决定文件文号"), max_length=120)
        self.fields["decided_on"] = Day(label=_("决定日期"))
        self.fields["decided_on"].widget.attrs["max"] = on.isoformat()
        self.fields["scan"] = forms.FileField(
            label=_("决定文件扫描件"),
            required=False,
            max_length=255,
            widget=forms.FileInput(attrs={"accept": ACCEPTED}),
            help_text=_("签字盖章的照片或扫描件，最大 100 MB。涉密文件不得上传。"),
        )
        self.fields["nothing_secret"] = forms.BooleanField(
            label=_("我已核对：文件不含涉密内容"), required=False
        )

    def clean_scan(self) -> Any:
        return self.examined("scan")

    def examined(self, name: str) -> Any:
        """A file that was brought, looked at."""
        brought = self.cleaned_data[name]
        if brought:
            in_words(lambda: receiving.examined(brought))
        return brought

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("scan") and not cleaned.get("nothing_secret"):
            self.add_error(
                "nothing_secret", say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)
            )
        return cleaned

    def deciding(self, actor: Actor) -> Actor:
        """Whoever decided on the paper, recorded by the actor. Raises NotAllowed."""
        given, brought = self.cleaned_data, self.cleaned_data.get("scan")
        holding = self.holdings[given["decider"]]
        digest = receiving.stored(brought).digest if brought else ""
        paper = PaperDecision(given["paper_number"], given["decided_on"], digest)
        return on_behalf(actor, decider=holding.person, post=holding.post, paper=paper)


APPROVAL = ("number", "approved_on", "decider", "paper_number", "decided_on", "scan", "nothing_secret")
"""What an approval is known by, done at once or on paper."""


class Approved(OnPaperForm):
    """Something that a reviewer approves by a document, at once or on paper (代录): then the paper is that document."""

    number = forms.CharField(label=_("批准文号"), max_length=120)
    approved_on = Day(label=_("批准日期"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        deciders: Sequence[Holding] | None,
        on: date,
        version: int | None = None,
        **options: Any,
    ) -> None:
        options["initial"] = {"version": version, **options.get("initial", {})}
        super().__init__(*args, **options)
        if version is None:
            del self.fields["version"]
        self.is_on_paper = deciders is not None
        if deciders is not None:
            del self.fields["number"], self.fields["approved_on"]
            self.ask_for_the_paper(deciders, on=on)
        else:
            self.fields["approved_on"].widget.attrs["max"] = on.isoformat()

    @property
    def shown(self) -> dict[str, bool]:
        """What the page says above the form."""
        return {"for_others": self.is_on_paper, "no_deciders": self.is_on_paper and not self.holdings}

    def approving(self, actor: Actor) -> Actor:
        """Whoever approves: the actor, or who decided on the paper. Raises NotAllowed."""
        return self.deciding(actor) if self.is_on_paper else actor

    @property
    def approval(self) -> dict[str, Any]:
        """Number and day of the document."""
        given = self.cleaned_data
        names = ("paper_number", "decided_on") if self.is_on_paper else ("number", "approved_on")
        return {"number": given[names[0]], "approved_on": given[names[1]]}
