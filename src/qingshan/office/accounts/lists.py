"""How does a person like to look at lists? Columns that they chose, and filters that they saved or were shown.

No official act: nothing of the register changes, nobody else's view of it does, and whoever set it may undo
it at any time (decision 0017). It is the person's own, and goes with the person.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Coalesce

from qingshan.office.accounts.models import ColumnChoice, Organisation, Person, SavedFilter
from qingshan.office.errors import NotFound
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act

MOST_SAVED = 20
"""So many saved filters of one list are shown, and can be kept by one person."""


def columns_chosen(list_code: str, *, actor: ActorLike) -> list[str] | None:
    """The names of the columns in their order; None for the usual ones."""
    found = ColumnChoice.objects.filter(_own(actor), list_code=list_code).first()
    return found.columns if found else None


def choose_columns(list_code: str, columns: Sequence[str], *, actor: ActorLike) -> None:
    """Remember the columns; none brings back the usual ones."""
    own = ColumnChoice.objects.filter(_own(actor), list_code=list_code)
    if not columns:
        own.delete()
    elif not own.update(columns=list(columns)):
        ColumnChoice.objects.create(person_id=_person(actor), list_code=list_code, columns=list(columns))


def saved_filters(list_code: str, *, actor: ActorLike) -> list[SavedFilter]:
    """One's own and those that were shared with one's unit, by name."""
    rows = SavedFilter.objects.filter(_own(actor) | Q(shared_with=_unit_of(actor)))
    return list(rows.filter(list_code=list_code).order_by("name", "id")[:MOST_SAVED])


def save_filter(
    list_code: str, *, name: str, query: str, shared: bool, actor: ActorLike
) -> SavedFilter | None:
    """Keep a way to look at a list; the same name again replaces it. None where there are too many."""
    own = SavedFilter.objects.filter(_own(actor), list_code=list_code)
    if own.exclude(name=name).count() >= MOST_SAVED:
        return None
    shared_with = _unit_of(actor) if shared else None
    saved, _made = own.update_or_create(
        person_id=_person(actor),
        list_code=list_code,
        name=name,
        defaults={"query": query, "shared_with_id": shared_with or None},
    )
    return saved


def forget_filter(pk: int, *, actor: ActorLike) -> SavedFilter:
    """Remove one's own; NotFound for what somebody else shared."""
    found = SavedFilter.objects.filter(_own(actor), pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(SavedFilter._meta.verbose_name))
    found.delete()
    return found


def _own(actor: ActorLike) -> Q:
    return Q(person_id=actor.person_id)


def _person(actor: ActorLike) -> int:
    """Whose lists these are; behind a door for the signed-in there is always somebody."""
    if actor.person_id is None:
        raise NotFound.because("office.not_found", what=str(Person._meta.verbose_name))
    return actor.person_id


def _unit_of(actor: ActorLike) -> int:
    """The organisation that the actor works for, also from one of its divisions; 0 for none."""
    return _unit(actor.decider.organisation_id or 0)


@holds_until_next_act
def _unit(organisation_id: int) -> int:
    found = Organisation.objects.filter(pk=organisation_id)
    return found.values_list(Coalesce("unit_id", "id"), flat=True).first() or 0
