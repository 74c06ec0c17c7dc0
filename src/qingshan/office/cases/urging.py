"""Which words urge whoever is asked (催办)? A text for a chat group: what, until when, who, where to find it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from qingshan.office.matters.models import Matter
from qingshan.office.matters.showing import standing_of, whose_turn


def text_to_urge(matter: Matter, *, on: date) -> str:
    """【催办】…, in the language of whoever urges; the readers of the group need no login."""
    _look, clock = standing_of(matter, on=on)
    due = matter.due_on.isoformat() if matter.due_on else _("未定时限")
    told = {
        "title": matter.title,
        "number": matter.number,
        "due": due,
        "clock": clock,
        "state": matter.state.name,
        "turn": whose_turn(matter) or _("各有关单位"),
    }
    return (
        _(
            "【催办】%(title)s（%(number)s），现状：%(state)s，时限：%(due)s（%(clock)s）。请%(turn)s抓紧办理。"
        )
        % told
    )
