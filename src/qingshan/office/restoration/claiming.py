"""Where does somebody say that a piece of land is restored, and who wants to know?

A claim is a hypothesis: whoever tests it declares a watcher, which is told of every claim inside the act that makes it,
with land, day, area and target use. There is no other place where completion of works on a site is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from shapely.geometry.base import BaseGeometry

from qingshan.office.matters.models import Step
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.afteruse import Afteruse, RestorationMode


@dataclass(frozen=True)
class Claim:
    """One site of a project of which somebody says that the works there are done."""

    step: Step
    """the act that claims it"""
    project_site: ProjectSite
    begun_on: date | None
    """when the works began, as far as the steps say"""
    claimed_on: date
    area_m2: float
    mode: RestorationMode
    target_use: Afteruse | None
    shape: BaseGeometry | None
    """None: the site has no shape, so that nothing can be seen from above"""


Watcher = Callable[[Sequence[Claim]], Sequence[Model]]
"""Told of the claims of one act; what it writes is returned, as further subjects of the entry."""
_WATCHERS: list[Watcher] = []


def declare_watcher(watcher: Watcher) -> None:
    """Be told of claims, once, from `AppConfig.ready`."""
    if watcher not in _WATCHERS:
        _WATCHERS.append(watcher)


def withdraw_watcher(watcher: Watcher) -> None:
    """Take a watcher back: for those that exist only in tests."""
    _WATCHERS.remove(watcher)


def claimed(claims: Sequence[Claim]) -> list[Model]:
    """Tell everybody who wants to know."""
    return [row for watcher in _WATCHERS for row in watcher(claims)]
