"""How is an act on a matter done from a page, whatever kind of matter it is? Each kind has a table of these."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from qingshan.office.matters.models import Matter
from qingshan.office.trail.parties import ActorLike

Do = Callable[[Matter, Any, ActorLike, datetime], object]
"""do(matter, form, actor, now)"""


@dataclass(frozen=True)
class Doing:
    """How one act is done from a page."""

    form: Any
    """the class of its form"""
    do: Do
    means: Promise
    """what the act means, told above the form"""
    template: str = ""
    """of its page, where the usual one of its kind does not do"""


def given(action: Callable[..., object], *names: str) -> Do:
    """An act that takes these fields of its form as they are, beside what every act takes."""
    return lambda matter, form, actor, now: action(
        matter,
        form.brought(),
        **{name: form.cleaned_data[name] for name in names},
        actor=actor,
        now=now,
    )


def as_read(matter: Matter, version: int) -> Matter:
    """The matter as it was on the screen: whoever acted meanwhile makes the act refuse itself."""
    read = copy(matter)
    read.version = version
    return read
