"""What do the rooms above add to the page of a project? A card each, declared at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qingshan.office.mines.dossier.beside import Shown

if TYPE_CHECKING:
    from qingshan.office.restoration.folder import Folder


@dataclass(frozen=True)
class ProjectCard:
    """A card: its template, and what it shows of a project as `shown`."""

    template: str
    of: Callable[[Folder], Any]


_DECLARED: list[ProjectCard] = []


def declare_project_card(card: ProjectCard) -> None:
    """Add a card below the others; declared again it stands there once."""
    if card not in _DECLARED:
        _DECLARED.append(card)


def cards_of(folder: Folder) -> list[Shown]:
    """Every declared card for this project."""
    return [Shown(card.template, card.of(folder)) for card in _DECLARED]
