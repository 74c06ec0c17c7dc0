"""How is the text of a document on its way in cut into items, until a person is content with them?

Nothing is stored before that: what was brought travels signed with the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import QueryDict

from qingshan.rules.numbered import Depth, split
from qingshan.vault import StoredFile

MOST_ITEMS = 400
_SALT = "cases.documents.brought"
_DAY_S = 24 * 60 * 60
_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n+")


@dataclass(frozen=True)
class Brought:
    """The file and the text that came with the first step."""

    text: str
    file_name: str = ""
    file_digest: str = ""
    file_size_bytes: int | None = None

    @classmethod
    def of(cls, text: str, stored: StoredFile | None, file_name: str = "") -> Brought:
        if stored is None:
            return cls(text)
        return cls(text, file_name, stored.digest, stored.size_bytes)

    def signed(self) -> str:
        """As it travels: nobody can put another file of the vault in its place."""
        return signing.dumps(self.__dict__, salt=_SALT, compress=True)

    @classmethod
    def unsigned(cls, text: str) -> Brought | None:
        """What travelled; None where it was changed, or is older than a day."""
        try:
            return cls(**signing.loads(text, salt=_SALT, max_age=_DAY_S))
        except (signing.BadSignature, TypeError):
            return None


@dataclass(frozen=True)
class Cutting:
    """The items as they stand on the screen, and the text that stands in none."""

    items: tuple[str, ...]
    left_over: tuple[str, ...]

    @classmethod
    def first(cls, text: str, depth: Depth | None = None) -> Cutting:
        """As the numbers of the text say."""
        found = split(text, depth)
        return cls(found.items[:MOST_ITEMS], (*found.left_over, *found.items[MOST_ITEMS:]))

    @classmethod
    def sent(cls, data: QueryDict) -> Cutting:
        """As the screen sends it."""
        items, left_over = (
            tuple(each.replace("\r\n", "\n").strip() for each in data.getlist(name))
            for name in ("item", "left")
        )
        rest = (*left_over, *items[MOST_ITEMS:])
        return cls(items[:MOST_ITEMS], tuple(each for each in rest if each))

    def after(self, do: str, text: str) -> Cutting:
        """What a button does: `merge-3`, `split-3`, `drop-3`, `take-0`, `add`, `depth-section`."""
        what, _dash, where = do.partition("-")
        if what == "depth":
            return Cutting.first(text, Depth(where) if where in Depth.values() else None)
        if what == "add":
            return Cutting((*self.items, ""), self.left_over)
        place = int(where) if where.isdecimal() and len(where) < 4 else -1
        doing: Mapping[str, Any] = {
            "merge": self._merged,
            "split": self._split,
            "drop": self._dropped,
            "take": self._taken,
        }
        return doing[what](place) if what in doing else self

    def _merged(self, place: int) -> Cutting:
        """With the one before it."""
        if not 0 < place < len(self.items):
            return self
        joined = f"{self.items[place - 1]}\n{self.items[place]}".strip()
        return Cutting((*self.items[: place - 1], joined, *self.items[place + 1 :]), self.left_over)

    def _split(self, place: int) -> Cutting:
        """At its blank lines; without one, at the ends of its lines."""
        if not 0 <= place < len(self.items):
            return self
        text = self.items[place]
        parts = [part.strip() for part in _BLANK_LINE.split(text) if part.strip()]
        if len(parts) < 2:
            parts = [part.strip() for part in text.split("\n") if part.strip()]
        return Cutting((*self.items[:place], *parts, *self.items[place + 1 :]), self.left_over)

    def _dropped(self, place: int) -> Cutting:
        """Out of the items, but not out of sight."""
        if not 0 <= place < len(self.items):
            return self
        rest, gone = (*self.items[:place], *self.items[place + 1 :]), self.items[place]
        return Cutting(rest, (*self.left_over, gone) if gone else self.left_over)

    def _taken(self, place: int) -> Cutting:
        """A text that stood in no item becomes one."""
        if not 0 <= place < len(self.left_over):
            return self
        rest = (*self.left_over[:place], *self.left_over[place + 1 :])
        return Cutting((*self.items, self.left_over[place]), rest)

    @property
    def written(self) -> Sequence[str]:
        """The items that say something."""
        return [item for item in self.items if item]
