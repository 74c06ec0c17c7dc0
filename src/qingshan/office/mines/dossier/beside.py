"""What do the rooms above add to the page of a dossier? A card each, declared at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qingshan.office.mines.dossier.gathering import Dossier


@dataclass(frozen=True)
class Card:
    """A card: its template, and what it shows of a dossier as `shown`."""

    template: str
    of: Callable[[Dossier], Any]
    is_last: bool = False
    """below those of all rooms above"""


@dataclass(frozen=True)
class Shown:
    """A card as one dossier has it."""

    template: str
    shown: Any


_DECLARED: list[Card] = []


def declare_card(card: Card) -> None:
    """Add a card below the others; declared again it stands there once."""
    if card not in _DECLARED:
        _DECLARED.append(card)


def cards_of(dossier: Dossier) -> list[Shown]:
    """Every declared card for this dossier."""
    return [
        Shown(card.template, card.of(dossier)) for card in sorted(_DECLARED, key=lambda card: card.is_last)
    ]
