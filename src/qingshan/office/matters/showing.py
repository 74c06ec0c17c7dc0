"""How does a matter stand in a list: its deadline with shape, word and colour, its title, whose turn it is?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Doubt, Matter
from qingshan.office.matters.queries import SOON_DAYS
from qingshan.rules.dates import days_left, due_words
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE, Reason, say_all
from qingshan.rules.register import RegionLevel


def standing_of(matter: Matter, *, on: date) -> tuple[str, str]:
    """Look and words of the deadline: `late 逾期 2 天`, `due 余 5 天`, `good 余 41 天`; what has ended says so."""
    language = get_language() or CHINESE
    if matter.closed_on is not None:
        return "none", _("已了结")
    if matter.due_on is None:
        return "none", _("未定时限")
    left = days_left(matter.due_on, on=on)
    look = "late" if left < 0 else "due" if left <= SOON_DAYS else "good"
    return look, due_words(matter.due_on, on=on, language=language)


def state_name(matter: Matter) -> str:
    """The state in words, from the flow table, which asks the database nothing."""
    return kind_named(matter.kind).flow.names[matter.state_name].say({}, get_language() or CHINESE)


def state_look(matter: Matter) -> str:
    """The look of a state: what has ended is quiet, the rest is a note."""
    return "none" if matter.state_name in kind_named(matter.kind).flow.final else "note"


def whose_turn(matter: Matter) -> str:
    """轮到谁: the unit, or the duty and the level that are asked for; empty where the matter rests."""
    language = get_language() or CHINESE
    if matter.awaits_organisation is not None:
        return str(matter.awaits_organisation.full_name)
    if not matter.awaits_duty:
        return ""
    duty = Duty(matter.awaits_duty).say(language)
    if not matter.awaits_level:
        return _("“%(duty)s”岗位") % {"duty": duty}
    level = RegionLevel(matter.awaits_level).say(language)
    return _("%(level)s“%(duty)s”岗位") % {"level": level, "duty": duty}


def next_act_of(matter: Matter) -> str:
    """The name of the first step out of the state: what a list of things to do calls it."""
    flow = kind_named(matter.kind).flow
    lines = flow.steps_from(matter.state_name)
    fitting = [line for line in lines if str(line.duty or "") == matter.awaits_duty] or list(lines)
    said = flow.act_names[fitting[0].act].say({}, get_language() or CHINESE) if fitting else matter.state.name
    return said[:1].upper() + said[1:]


def doubt_words(doubt: Doubt) -> str:
    """The grounds of a doubt, in the reader's language."""
    grounds = [Reason(each["code"], each["values"]) for each in doubt.values.get("because", ())]
    return say_all(grounds, get_language() or CHINESE)
