"""Does restored land meet what was asked for, criterion by criterion, and may these people say so?

The numbers come from the rulebook `restoration-acceptance`, by use, zone and water; a number in the site's own approved
plan goes before it, and the answer says whether it is stricter or looser. What nobody has measured is unknown: it is
neither met nor failed. Where the place is not known well enough to know the number, all that may apply are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleError
from qingshan.rules.independence import DoneBy, Judge, Unit, faults, took_part
from qingshan.rules.inspecting import Bound
from qingshan.rules.numbers import plainly
from qingshan.rules.plans import PlanFigure
from qingshan.rules.provisions import Citation, Rulebook
from qingshan.rules.reasons import Reason, Value
from qingshan.rules.words import Named
from qingshan.rules.zones import ANY, Ground, keys_for

RULEBOOK, PANEL_RULEBOOK, PERIOD_RULEBOOK = "restoration-acceptance", "acceptance-panel", "land-reclamation"

Amount = Decimal | bool


class Criterion(Named):
    """验收指标. Its unit stands in its name; the last four are answered by yes or no."""

    COVER_PERCENT = "cover_percent", "植被覆盖度（%）", "vegetation cover (%)"
    CANOPY_PERCENT = "canopy_percent", "郁闭度（%）", "canopy closure (%)"
    SURVIVAL_PERCENT = "survival_percent", "成活率（%）", "survival (%)"
    SLOPE_DEG = "slope_deg", "坡度（度）", "slope (degrees)"
    SOIL_DEPTH_M = "soil_depth_m", "覆土（有效土层）厚度（米）", "soil depth (m)"
    AFTERCARE_YEARS = "aftercare_years", "落实的管护年限（年）", "aftercare secured (years)"
    IS_STABLE = "is_stable", "地质条件稳定", "ground is stable"
    NO_HAZARD = "no_hazard", "无隐患威胁", "no hazard to anybody"
    NO_POLLUTION = "no_pollution", "无污染", "no pollution"
    FUNCTION = "function", "土地功能恢复", "land works again"

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is seen rather than measured."""
        return self in _YES_OR_NO

    @property
    def bound(self) -> Bound:
        """On which side of the number the ground must stay."""
        return Bound.AT_MOST if self is Criterion.SLOPE_DEG else Bound.AT_LEAST


_C = Criterion
_YES_OR_NO = frozenset({_C.IS_STABLE, _C.NO_HAZARD, _C.NO_POLLUTION, _C.FUNCTION})
FIGURE_OF = {
    _C.COVER_PERCENT: PlanFigure.VEGETATION_COVER_PERCENT,
    _C.SLOPE_DEG: PlanFigure.SLOPE_DEG,
    _C.SOIL_DEPTH_M: PlanFigure.SOIL_DEPTH_M,
    _C.AFTERCARE_YEARS: PlanFigure.AFTERCARE_YEARS,
}
"""Which figure of a plan on file is the site's own number."""


class Verdict(Named):
    """验收指标结论."""

    MET = "met", "符合", "met"
    NOT_MET = "not_met", "不符合", "not met"
    UNKNOWN = "unknown", "未知", "not known"


class LimitSource(Named):
    """指标依据."""

    PLAN = "plan", "本点位方案", "the site's own plan"
    BOOK = "book", "规则库", "rulebook"


class Against(Named):
    """方案指标与规则库比较."""

    STRICTER = "stricter", "严于规则库", "stricter than the rulebook"
    LOOSER = "looser", "宽于规则库", "looser than the rulebook"
    SAME = "same", "与规则库一致", "same as the rulebook"
    ALONE = "alone", "规则库无可比指标", "nothing in the rulebook to compare with"
    UNCLEAR = "unclear", "所在类型区不明，无从比较", "zone not known, cannot be compared"


@dataclass(frozen=True)
class PlanLimit:
    """What the site's own approved plan asks for, and where it says so."""

    criterion: Criterion
    limit: Amount
    source: str


@dataclass(frozen=True)
class Measured:
    """What was found. None: not observed. Low and high where the figure was found by sampling."""

    value: Amount | None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Asked:
    """A site as it is held against the criteria."""

    mode: RestorationMode
    afteruse: Afteruse | None
    ground: Ground = field(default_factory=Ground)
    measured: Mapping[Criterion, Measured] = field(default_factory=dict)
    plan: tuple[PlanLimit, ...] = ()


@dataclass(frozen=True)
class Judged:
    """One criterion with its verdict."""

    criterion: Criterion
    verdict: Verdict
    limits: tuple[Amount, ...]
    """the number that is asked for; several where the place does not tell which; none where nobody has entered one"""
    measured: Measured
    source: LimitSource
    against: Against | None
    """only where the plan decides"""
    because: tuple[Reason, ...]
    doubts: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Acceptance:
    """All criteria of a site. Without a single criterion nothing is known."""

    criteria: tuple[Judged, ...]
    citation: Citation

    @property
    def verdict(self) -> Verdict:
        """Not met if one is not met, else unknown if one is unknown, else met."""
        found = {one.verdict for one in self.criteria}
        if Verdict.NOT_MET in found:
            return Verdict.NOT_MET
        return Verdict.MET if found == {Verdict.MET} else Verdict.UNKNOWN


def plan_limits(figures: Mapping[PlanFigure, Decimal | None], *, source: str) -> tuple[PlanLimit, ...]:
    """The figures of a plan on file that are criteria of acceptance."""
    found = ((one, figures.get(figure)) for one, figure in FIGURE_OF.items())
    return tuple(PlanLimit(one, number, source) for one, number in found if number is not None)


def judge(asked: Asked, book: Rulebook) -> Acceptance:
    """Every criterion that the rulebook has for this use, and every one that the plan adds, in the order of the list.

    Two numbers of the plan for one criterion, or a figure that cannot be, raise RuleError.
    """
    own: dict[Criterion, PlanLimit] = {}
    for one in asked.plan:
        if own.setdefault(one.criterion, one) is not one:
            raise RuleError.because("rules.acceptance.plan_twice", **_named(one.criterion))
        _check(one.criterion, one.limit)
    for criterion, measured in asked.measured.items():
        for number in (measured.value, measured.low, measured.high):
            _check(criterion, number)
    groups = _groups(asked)
    by_book = {one: name for one in Criterion if (name := _provision_of(one, groups, book))}
    wanted = [one for one in Criterion if one in own or one in by_book]
    judged = tuple(_judged(one, asked, own.get(one), by_book.get(one), book) for one in wanted)
    return Acceptance(judged, book.citation)


def _groups(asked: Asked) -> tuple[str, ...]:
    """Whose numbers apply, nearest first."""
    if asked.mode is RestorationMode.NATURAL:
        return ("natural", "all")
    return ("all",) if asked.afteruse is None else (asked.afteruse.value, "all")


def _provision_of(criterion: Criterion, groups: Iterable[str], book: Rulebook) -> str | None:
    names = (f"{group}_{criterion.value}" for group in groups)
    return next((name for name in names if name in book.provisions), None)


def _judged(
    criterion: Criterion, asked: Asked, own: PlanLimit | None, name: str | None, book: Rulebook
) -> Judged:
    by_book = _limits(name, asked.ground, book) if name else ()
    limits = by_book if own is None else (own.limit,)
    measured = asked.measured.get(criterion, Measured(None))
    verdict, because = _verdict(criterion, limits, measured)
    reasons = [because, *_near(criterion, limits, measured)]
    doubts = book.doubts(name) if name else ()
    source, against = LimitSource.BOOK, None
    if own is not None:
        source, against = LimitSource.PLAN, _against(criterion, own.limit, by_book)
        compared = {"limit": _text(own.limit), "book": _texts(by_book), "source": own.source}
        reasons.append(Reason(_PLAN_SAYS[against], {**_named(criterion), **compared}))
    if steep := _forbidden(criterion, asked, measured, book):
        verdict = Verdict.NOT_MET
        reasons.insert(0, steep)
    return Judged(criterion, verdict, limits, measured, source, against, tuple(reasons), doubts)


def _forbidden(criterion: Criterion, asked: Asked, measured: Measured, book: Rulebook) -> Reason | None:
    """Cropland as steep as the law forbids, whatever the plan says; 以上 holds the number itself (民法典 art. 1259)."""
    if criterion is not _C.SLOPE_DEG or asked.afteruse is not Afteruse.FARM or measured.value is None:
        return None
    limit = book.number_of("farm_forbidden_slope_deg")
    if measured.value < limit:
        return None
    return Reason("rules.acceptance.too_steep", {"value": _text(measured.value), "limit": plainly(limit)})


_PLAN_SAYS = {
    Against.STRICTER: "rules.acceptance.plan_stricter",
    Against.LOOSER: "rules.acceptance.plan_looser",
    Against.SAME: "rules.acceptance.plan_same",
    Against.ALONE: "rules.acceptance.plan_alone",
    Against.UNCLEAR: "rules.acceptance.plan_unclear",
}


def _limits(name: str, ground: Ground, book: Rulebook) -> tuple[Amount, ...]:
    """The numbers that may apply here. An empty slot, or a zone that the table leaves out, has none."""
    if book.provision(name).content is None:
        return ()
    table = book.table(name)
    may = keys_for(ground, limit_mm=book.number_of("rain_limit_mm"))
    found = [table[key] for key in table if key in may] or [table[key] for key in table if key == ANY]
    if ground.zone is None and ANY in table:
        found.append(table[ANY])
    return tuple(sorted({_amount(one, book, name) for one in found}))


def _amount(number: object, book: Rulebook, name: str) -> Amount:
    if isinstance(number, bool | Decimal):
        return number
    if isinstance(number, int):
        return Decimal(number)
    raise RuleError.because("rules.rulebook.other_type", book=book.title.zh, name=name)


def _verdict(criterion: Criterion, limits: tuple[Amount, ...], measured: Measured) -> tuple[Verdict, Reason]:
    values = {**_named(criterion), "limit": _texts(limits), "value": _text(measured.value)}
    if measured.value is None:
        return Verdict.UNKNOWN, Reason("rules.acceptance.not_measured", values)
    if not limits:
        return Verdict.UNKNOWN, Reason("rules.acceptance.no_limit", values)
    kept = {_keeps(criterion, measured.value, limit) for limit in limits}
    if kept == {True}:
        return Verdict.MET, Reason("rules.acceptance.met", values)
    if kept == {False}:
        return Verdict.NOT_MET, Reason("rules.acceptance.not_met", values)
    return Verdict.UNKNOWN, Reason("rules.acceptance.place_unknown", values)


def _keeps(criterion: Criterion, value: Amount, limit: Amount) -> bool:
    if criterion.is_yes_or_no:
        return value is limit
    return value <= limit if criterion.bound is Bound.AT_MOST else value >= limit


def _near(criterion: Criterion, limits: tuple[Amount, ...], measured: Measured) -> tuple[Reason, ...]:
    """A doubt where the interval of a sampled figure holds the limit: a few more plants could turn the verdict."""
    low, high = measured.low, measured.high
    if low is None or high is None or not any(low < limit <= high for limit in limits):
        return ()
    values = {**_named(criterion), "low": plainly(low), "high": plainly(high), "limit": _texts(limits)}
    return (Reason("rules.acceptance.within_error", values),)


def _against(criterion: Criterion, own: Amount, by_book: tuple[Amount, ...]) -> Against:
    if not by_book:
        return Against.ALONE
    if criterion.is_yes_or_no:
        return Against.SAME if own is by_book[0] else Against.LOOSER
    sign = -1 if criterion.bound is Bound.AT_MOST else 1
    asked, others = sign * own, sorted(sign * one for one in by_book)
    if others[0] == others[-1] == asked:
        return Against.SAME
    if asked >= others[-1]:
        return Against.STRICTER
    return Against.LOOSER if asked < others[0] else Against.UNCLEAR


def _check(criterion: Criterion, value: Amount | None) -> None:
    if value is None:
        return
    if criterion.is_yes_or_no is not isinstance(value, bool) or not isinstance(value, bool | Decimal):
        raise RuleError.because("rules.acceptance.wrong_kind", **_named(criterion), value=str(value))
    if isinstance(value, bool):
        return
    most = {"_percent": 100, "_deg": 90}
    over = any(criterion.value.endswith(end) and value > top for end, top in most.items())
    if not value.is_finite() or value < 0 or over:
        raise RuleError.because("rules.acceptance.out_of_range", **_named(criterion), value=str(value))


def _named(criterion: Criterion) -> dict[str, str]:
    return {"criterion": criterion.zh, "criterion_en": criterion.en}


def _text(value: Amount | None) -> str | None:
    if value is None:
        return None
    return ("✓" if value else "✗") if isinstance(value, bool) else plainly(value)


def _texts(values: tuple[Amount, ...]) -> str | None:
    return " / ".join(str(_text(one)) for one in values) or None


# -- who says so -------------------------------------------------------------------------------------------------


class PanelPart(Named):
    """验收组成员身份."""

    NATURAL_RESOURCES = "natural_resources", "自然资源部门", "natural resources authority"
    ECOLOGY = "ecology", "生态环境部门", "ecology and environment authority"
    AGRICULTURE = "agriculture", "农业农村部门", "agriculture authority"
    FORESTRY = "forestry", "林草部门", "forestry and grassland authority"
    WATER = "water", "水利部门", "water authority"
    EXPERT = "expert", "专家", "expert"
    RESIDENTS = "residents", "居民（村民）代表", "residents' representative"
    COLLECTIVE = "collective", "村（居）委会、农村集体经济组织", "village committee or collective"
    OTHER = "other", "其他", "other"


INVITED = frozenset({PanelPart.EXPERT, PanelPart.RESIDENTS, PanelPart.COLLECTIVE})
"""Who must be invited (Mineral Resources Law 2024, art. 48); whoever does not come leaves the reason on record."""


@dataclass(frozen=True)
class Member:
    """Somebody on the panel, who signs on paper."""

    part: PanelPart
    name: str
    unit: Unit | None = None
    person_id: int | None = None
    signed_on: date | None = None
    paper: str = ""
    """number of the signed copy"""
    absent_because: str = ""
    """only for who was invited"""


@dataclass(frozen=True)
class PanelAnswer:
    """Why this panel may not accept this work; and what leaves a doubt without stopping it."""

    faults: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    citation: Citation


def panel_parts(book: Rulebook) -> tuple[PanelPart, ...]:
    """Who must be on a panel by the book in force."""
    content = book.value("parts")
    return tuple(PanelPart(str(one)) for one in content) if isinstance(content, tuple) else ()


def check_panel(members: Iterable[Member], work: DoneBy, *, on: date, book: Rulebook) -> PanelAnswer:
    """Whether all parts are there, all have signed, and nobody judges what they carried out themselves."""
    panel = tuple(members)
    here = {one.part for one in panel}
    missing = [
        Reason("rules.acceptance.part_missing", {"part": part.zh, "part_en": part.en})
        for part in panel_parts(book)
        if part not in here
    ]
    found = [reason for one in panel for reason in _member_faults(one, work, on=on)]
    doubts = [
        Reason(
            "rules.acceptance.absent",
            {"part": one.part.zh, "part_en": one.part.en, "name": one.name, "why": one.absent_because},
        )
        for one in panel
        if _is_excused(one)
    ]
    return PanelAnswer((*missing, *found), (*doubts, *book.doubts("parts")), book.citation)


def _is_excused(one: Member) -> bool:
    return one.part in INVITED and one.signed_on is None and bool(one.absent_because.strip())


def _member_faults(one: Member, work: DoneBy, *, on: date) -> Iterator[Reason]:
    values = {"part": one.part.zh, "part_en": one.part.en, "name": one.name}
    if not one.name.strip():
        yield Reason("rules.acceptance.nameless", values)
    if _is_excused(one):
        return
    if one.signed_on is None or not one.paper.strip():
        yield Reason("rules.acceptance.not_signed", values)
    elif one.signed_on > on:
        yield Reason("rules.acceptance.signed_later", {**values, "day": one.signed_on.isoformat()})
    judge_of = faults if one.part not in INVITED else took_part
    persons = frozenset() if one.person_id is None else frozenset({one.person_id})
    yield from judge_of(Judge(one.unit, persons), work)


# -- until when --------------------------------------------------------------------------------------------------


class Payer(Named):
    """谁来复垦: whose work is accepted decides which period runs."""

    OBLIGED = "obliged", "土地复垦义务人", "the party obliged to reclaim"
    INVESTOR = "investor", "土地权利人或社会投资", "right holder or investor"
    GOVERNMENT = "government", "政府投资", "government money"


@dataclass(frozen=True)
class AcceptanceClock:
    """The period of an acceptance on a day. It starts when the application comes in, and nothing stops it."""

    applied_on: date
    due_on: date | None
    """last day; None where no article sets a period"""
    days: int | None
    """working days of the whole period"""
    used: int
    """working days gone, the day of the application not counted"""
    left: int | None
    """working days left, 0 on the last one; negative when it is over"""
    because: Reason
    warnings: tuple[Reason, ...]
    citation: Citation

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.left is not None and self.left < 0


def acceptance_clock(
    applied_on: date, *, on: date, payer: Payer | None, calendar: Calendar, book: Rulebook
) -> AcceptanceClock:
    """How the period of art. 29 of the Land Reclamation Regulation stands.

    The authority finishes within 60 working days of receiving the application: it certifies, or it lists in writing
    what is to be mended, and then a new application starts a new period. Art. 30 sets none for projects that the
    government or an investor pays for ("in time"): then the days that have gone are shown all the same, as where
    nobody has said whose works they are (None). Neither a finding nor a written answer stops the clock.
    """
    gone = calendar.working_days_between(applied_on, max(on, applied_on))
    used = gone.days
    if payer is not Payer.OBLIGED:
        because = Reason("rules.acceptance.payer_not_said", {"used": used})
        if payer is not None:
            whose = {"payer": payer.zh, "payer_en": payer.en}
            because = Reason("rules.acceptance.no_period", {**whose, "used": used})
        return AcceptanceClock(applied_on, None, None, used, None, because, gone.warnings, book.citation)
    days = book.whole("acceptance_days")
    due = calendar.add_working_days(applied_on, days)
    warnings = tuple(w for w in due.warnings if w not in gone.warnings)
    values: dict[str, Value] = {"days": days, "from_on": applied_on.isoformat(), "used": used}
    values["due"] = due.day.isoformat()
    return AcceptanceClock(
        applied_on,
        due.day,
        days,
        used,
        days - used,
        Reason("rules.acceptance.period", values),
        (*gone.warnings, *warnings, *book.doubts("acceptance_days")),
        book.citation,
    )
