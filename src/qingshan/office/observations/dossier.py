"""What does the page of a mine or site say of images? What is claimed of it, and what was seen beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from qingshan.geo.search import intersecting
from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.mines.models import Site
from qingshan.office.observations.access import clues_visible_to, visible_to
from qingshan.office.observations.clue_queries import ShownClue
from qingshan.office.observations.clue_queries import shown as shown_clue
from qingshan.office.observations.models import Claim, Clue
from qingshan.office.observations.queries import put_traces
from qingshan.office.observations.showing import Shown, shown
from qingshan.rules.verification import STANDING


@dataclass(frozen=True)
class SeenThere:
    """The card, as far as its reader may know it."""

    claims: list[Shown]
    more_claims: bool
    clues: list[ShownClue]
    more_clues: bool


def seen_there(dossier: Dossier) -> SeenThere:
    """The newest of both."""
    claims = _claims(dossier)
    clues = _clues(dossier)
    put_traces(claims[:SHOWN])
    return SeenThere(
        [shown(each, actor=dossier.actor, on=dossier.on) for each in claims[:SHOWN]],
        len(claims) > SHOWN,
        [shown_clue(each) for each in clues[:SHOWN]],
        len(clues) > SHOWN,
    )


def _claims(dossier: Dossier) -> list[Claim]:
    about = dossier.about
    if isinstance(about, Site):
        of_it = Q(site=about.pk)
    else:
        ids = one_mine(about.pk)
        of_it = Q(site__mine__in=ids) | Q(matter__mine__in=ids)
    rows = visible_to(Claim.objects.filter(of_it, state__in=STANDING), dossier.actor)
    return list(rows.defer("geom", "because").order_by("-pk")[: SHOWN + 1])


def _clues(dossier: Dossier) -> list[Clue]:
    """Of a mine those in or beside its right; of a site those whose land meets its own."""
    about, rows = dossier.about, clues_visible_to(dossier.actor)
    if not isinstance(about, Site):
        rows = rows.filter(mine__in=one_mine(about.pk))
    elif about.geom is None:
        return []
    else:
        rows = rows.filter(pk__in=intersecting(Clue.objects.all(), about.geom))
    return list(rows.defer("geom", "doubts").order_by("-pk")[: SHOWN + 1])


SEEN_THERE = Card("observations/of_a_dossier.html", seen_there, is_last=True)
