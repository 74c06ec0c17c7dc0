"""How does a matter stand in a list: its deadline with shape, word and colour, its title, whose turn it is?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Doubt, Matter, MatterParty, Measure
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.matters.queries import SOON_DAYS
from qingshan.office.mines.showing import html, unknown
from qingshan.rules.dates import days_left, due_words
from qingshan.rules.duties import Duty
from qingshan.rules.matters import Severity, SourceKind
from qingshan.rules.reasons import CHINESE, Reason, say_all
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import Role

MARKS = {"late": ("r", "●"), "due": ("a", "▲"), "good": ("g", "✓"), "none": ("n", "○"), "note": ("b", "◆")}


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


def table_of(rows: Sequence[Matter], *, on: date) -> SafeString:
    """The rows as HTML: joined here, because a template takes as long for a cell as the database for a row."""
    units, progress = _answering(rows), _progress(rows)
    return SafeString("\n".join(_row(row, on, units.get(row.pk, ""), progress.get(row.pk)) for row in rows))


def _row(row: Matter, on: date, unit: str, progress: tuple[int, int] | None) -> str:
    return html(
        "<tr><td class='nowrap'>{}</td><td>{}</td><td>{}</td><td class='nowrap'>{}</td><td>{}</td><td>{}</td>"
        "<td class='num'>{}</td></tr>",
        mark(*standing_of(row, on=on)),
        _title(row),
        row.state.name,
        row.due_on.isoformat() if row.due_on else unknown(_("还没有交办，未定时限")),
        unit or unknown(_("还没有交办")),
        whose_turn(row) or unknown(_("已了结，不轮到谁")),
        _("%(done)s / %(all)s 项") % {"done": progress[1], "all": progress[0]}
        if progress
        else unknown(_("还没有批准的方案")),
    )


def mark(look: str, words: str) -> str:
    """A status with shape, word and colour."""
    colour, shape = MARKS[look]
    return html('<span class="st {}"><span aria-hidden="true">{}</span>{}</span>', colour, shape, words)


def _title(row: Matter) -> str:
    linked = html('<a data-open href="/cases/{}/">{}</a>', row.pk, row.title)
    return html(
        '{}<div class="two"><span translate="no">{}</span> · {}</div>', linked, row.number, _more(row)
    )


def _more(row: Matter) -> str:
    language = get_language() or CHINESE
    severity = Severity(row.severity)
    return " · ".join(
        filter(
            None,
            (
                row.region.name,
                row.mine.name if row.mine else "",
                SourceKind(row.source).say(language),
                "" if severity is Severity.ORDINARY else severity.say(language),
                _("补录") if row.late_entry else "",
            ),
        )
    )


def _answering(rows: Iterable[Matter]) -> dict[int, str]:
    """Which unit answers for each, in one query."""
    held = MatterParty.objects.filter(
        matter_id__in=[row.pk for row in rows], role=Role.ANSWERING.value, to_on=None
    )
    return dict(held.order_by("-id").values_list("matter_id", "unit_name"))


def _progress(rows: Iterable[Matter]) -> dict[int, tuple[int, int]]:
    """How many measures of the approved plan there are and how many are done, in one query."""
    measures = Measure.objects.filter(
        plan__matter_id__in=[row.pk for row in rows], plan__state=PlanState.APPROVED.value
    )
    counted = measures.values_list("plan__matter_id").annotate(all=Count("pk"), done=Count("done_on"))
    return {matter_id: (whole, done) for matter_id, whole, done in counted.order_by()}


def doubt_words(doubt: Doubt) -> str:
    """The grounds of a doubt, in the reader's language."""
    grounds = [Reason(each["code"], each["values"]) for each in doubt.values.get("because", ())]
    return say_all(grounds, get_language() or CHINESE)
