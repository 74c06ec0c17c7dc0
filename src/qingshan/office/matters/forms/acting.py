"""What does every act on a matter ask for: grounds, number, day; or who decided on which paper (代录)?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.forms import Day, Pick
from qingshan.office.accounts.models import Holding
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.forms.on_paper import OnPaperForm
from qingshan.office.matters.models import Matter
from qingshan.office.mines.forms.papers import in_words
from qingshan.rules.common_needs import GROUNDS, NUMBER
from qingshan.rules.flow import Transition
from qingshan.rules.secrecy import check_not_marked_secret

COMMON = (
    "grounds",
    "number",
    "occurred_on",
    "decider",
    "paper_number",
    "decided_on",
    "scan",
    "nothing_secret",
)


@dataclass(frozen=True)
class About:
    """The act that a form is about."""

    matter: Matter
    line: Transition
    actor: Actor
    on: date
    deciders: Sequence[Holding] | None = None
    """whoever may have decided on paper; None where the actor acts himself"""


class ActForm(OnPaperForm):
    """One act on a matter. Fields of its own come first, what every act asks for last."""

    grounds_label: Any = _("说明")
    grounds_help: Any = ""
    needs_grounds = False
    """whether something must be said although no need of the line asks for grounds alone"""
    asks_number = False
    """whether a 文号 can be given although none is needed"""

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, **options)
        self.about = about
        # its input stands in the template: after a refusal it carries the version that holds then
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        self._ask_for_grounds()
        if about.deciders is None:
            self._ask_for_number_and_day()
        else:
            self.ask_for_the_paper(about.deciders, on=about.on)
        self.prepare()
        self.order_fields([name for name in self.fields if name not in COMMON])

    def prepare(self) -> None:
        """What a form of its own chooses from."""

    @property
    def common_fields(self) -> list[forms.BoundField]:
        """What every act asks for."""
        return [field for field in self.visible_fields() if field.name in COMMON]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What only this act asks for."""
        return [field for field in self.visible_fields() if field.name not in COMMON]

    def _ask_for_grounds(self) -> None:
        needed = self.needs_grounds or GROUNDS in self.about.line.needs
        label, help_text = self.grounds_label, self.grounds_help
        self.fields["grounds"] = forms.CharField(
            label=label if not needed or label != ActForm.grounds_label else _("理由或情况"),
            help_text=help_text,
            required=needed,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _ask_for_number_and_day(self) -> None:
        needed = NUMBER in self.about.line.needs
        if needed or self.asks_number:
            self.fields["number"] = forms.CharField(
                label=_("文号"), required=needed, max_length=120, help_text=_("决定该事项的文件文号。")
            )
        self.fields["occurred_on"] = Day(
            label=_("办理日期"), required=False, help_text=_("不填为今天。补记以前办理的，填写当时的日期。")
        )
        self.fields["occurred_on"].widget.attrs["max"] = self.about.on.isoformat()

    def clean(self) -> dict[str, Any]:
        """Whatever field text was typed into, none of it may bear a mark of secrecy."""
        cleaned = super().clean()
        for name, text in list(cleaned.items()):
            if isinstance(text, str):
                self._check_unmarked(name, text)
        return cleaned

    def _check_unmarked(self, name: str, text: str) -> None:
        try:
            in_words(lambda: check_not_marked_secret(text))
        except forms.ValidationError as fault:
            self.add_error(name, fault)

    def brought(self) -> Brought:
        """What every act takes."""
        given = self.cleaned_data
        return Brought(
            grounds=given.get("grounds", ""),
            number=given.get("number", ""),
            occurred_on=given.get("occurred_on"),
        )

    def actor(self) -> Actor:
        """Who decides: the actor, or the one whose decision on paper the actor records. Raises NotAllowed."""
        if self.about.deciders is None:
            return self.about.actor
        return self.deciding(self.about.actor)

    def read_version(self) -> int:
        """The version of the matter that was on the screen."""
        return self.cleaned_data.get("version") or self.about.matter.version


class FormalForm(ActForm):
    """An act that a document often decides."""

    asks_number = True


def choose(
    form: forms.Form, name: str, choices: Iterable[tuple[str, Any]], *, empty: bool | str | Promise = False
) -> None:
    """The choices of a field. `empty`: after “请选择” where one must be chosen, or after a word for none."""
    field = cast(forms.ChoiceField, form.fields[name])
    first = [("", _now("请选择") if empty is True else empty)] if empty else []
    field.choices = [*first, *choices]


def pick_among(form: forms.Form, name: str, rows: Any) -> None:
    """The rows from which a field picks by name."""
    field = cast(Pick, form.fields[name])
    field.rows = rows
    field.widget.attrs["list"] = f"suggested_{name}"
