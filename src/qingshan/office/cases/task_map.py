"""How is the task map (任务图) of a plan drawn? As SVG on the server: no script, no inline style, the same on paper.

Each row has the baseline as a hollow bar, the forecast below it, and inside that what was reported. What is late,
critical or finished is said by shape and word too, so that it survives black-and-white print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.places.picture.svg import (
    FONTS,
    INK,
    PAPER,
    RED,
    SOFT,
    element,
    haloed,
    text,
    width_of,
    words,
)
from qingshan.rules.bars import Band, Bar, BarRow, Bars, Tick
from qingshan.rules.reasons import CHINESE
from qingshan.rules.seasons import SeasonEffect

ROW_PX, HEAD_PX, NAMES_PX = 38, 50, 226
PAPER_PX = 1017
"""The width of a sheet of A4 lying on its side, without its margins."""
ROWS_ON_PAPER = 12
SCREEN_PX, NARROWEST_DAY_PX, WIDEST_DAY_PX = 760, 1.6, 14.0
WORDS_PX, SMALL_PX = 11.5, 11.0
WEEKS_FROM_PX = 2.2
"""Weeks are marked where a day is at least so wide."""
PINE, BLUE, LINE, SEASON, STOP = "#0b5d50", "#1559b7", "#dfe6e4", "#e3f1df", "#e9e6e1"


@dataclass(frozen=True)
class _Sheet:
    """Where a day and a row lie."""

    bars: Bars
    rows: Sequence[BarRow]
    left_px: float
    day_px: float
    prefix: str
    """tells the patterns of several pictures on one page apart"""

    @property
    def right_px(self) -> float:
        return self.left_px + self.bars.span.days * self.day_px

    @property
    def height_px(self) -> int:
        return HEAD_PX + len(self.rows) * ROW_PX

    def x(self, offset_days: int) -> float:
        return self.left_px + offset_days * self.day_px


def on_screen(bars: Bars, *, label: str) -> SafeString:
    """One picture without names, in a scale at which days can be told apart; the page puts the names beside it."""
    day_px = min(max(SCREEN_PX / bars.span.days, NARROWEST_DAY_PX), WIDEST_DAY_PX)
    return _drawn(_Sheet(bars, bars.rows, 0, day_px, "s"), label)


def on_paper(bars: Bars, *, label: str) -> list[SafeString]:
    """Pictures with names, each as wide as a sheet lying on its side and with as many rows as fit."""
    day_px = (PAPER_PX - NAMES_PX) / bars.span.days
    parts = [bars.rows[at : at + ROWS_ON_PAPER] for at in range(0, len(bars.rows), ROWS_ON_PAPER)]
    return [
        _drawn(_Sheet(bars, rows, NAMES_PX, day_px, f"p{number}"), label) for number, rows in enumerate(parts)
    ]


def legend() -> list[tuple[SafeString, str]]:
    """What the bars mean: a small picture and its words."""
    baseline = element("rect", x=1, y=3, width=24, height=7, fill=PAPER, stroke=SOFT)
    forecast = element("rect", x=1, y=1, width=24, height=12, fill=PINE)
    late = f"{_hatch('k')}{element('rect', x=1, y=1, width=24, height=12, fill='url(#k-late)', stroke=RED)}"
    actual = f"{forecast}{element('rect', x=1, y=4, width=14, height=6, fill=INK, stroke=PAPER)}"
    season = element("rect", x=1, y=0, width=24, height=14, fill=SEASON)
    stop = f"{_stopped('k')}{element('rect', x=1, y=0, width=24, height=14, fill='url(#k-stop)')}"
    return [
        (_swatch(baseline), _("基线（批准时的计划）")),
        (_swatch(forecast), _("预测")),
        (_swatch(late), _("预测推迟")),
        (_swatch(actual), _("实际")),
        (_swatch(text("◆", 6, 12, size_px=12)), _("关键")),
        (_swatch(text("✓", 6, 12, size_px=13)), _("已完成")),
        (_swatch(season), _("适宜时段")),
        (_swatch(stop), _("停工时段")),
    ]


def _swatch(content: str) -> SafeString:
    return _safe(element("svg", content, viewBox="0 0 26 14", width=26, height=14, aria_hidden="true"))


def _drawn(sheet: _Sheet, label: str) -> SafeString:
    content = "".join(
        (
            _hatch(sheet.prefix),
            _stopped(sheet.prefix),
            *_bands(sheet),
            *_ruler(sheet),
            *(_row(sheet, row, HEAD_PX + place * ROW_PX) for place, row in enumerate(sheet.rows)),
            *_marks(sheet),
        )
    )
    width = round(sheet.right_px + 1)
    return _safe(
        element(
            "svg", content, viewBox=f"0 0 {width} {sheet.height_px}", width=width, height=sheet.height_px,
            role="img", aria_label=label, font_family=FONTS, class_="task-map",
        )
    )  # fmt: skip


def _safe(svg: str) -> SafeString:
    """Every text and value in it was escaped by `picture.svg`."""
    return mark_safe(svg)


def _hatch(prefix: str) -> str:
    """What is late is hatched, so that it is told apart without colour."""
    ground = element("rect", width=6, height=6, fill="#fdecea")
    lines = element("path", d="M0 6L6 0", stroke=RED, stroke_width=1.6)
    return element("pattern", ground + lines, id=f"{prefix}-late", width=6, height=6,
                   patternUnits="userSpaceOnUse")  # fmt: skip


def _stopped(prefix: str) -> str:
    ground = element("rect", width=8, height=8, fill="#f1efec")
    lines = element("path", d="M0 0L8 8", stroke="#c9c3ba", stroke_width=1)
    return element("pattern", ground + lines, id=f"{prefix}-stop", width=8, height=8,
                   patternUnits="userSpaceOnUse")  # fmt: skip


def _bands(sheet: _Sheet) -> Iterator[str]:
    """Seasons behind the rows, each with its name where there is room for it."""
    for band in sheet.bars.bands:
        x, width = sheet.x(band.bar.offset_days), band.bar.length_days * sheet.day_px
        stops = band.season.effect is SeasonEffect.STOP
        fill = f"url(#{sheet.prefix}-stop)" if stops else SEASON
        height = sheet.height_px - 18
        yield element("rect", element("title", words(_name_of(band))), x=x, y=18, width=width,
                      height=height, fill=fill)  # fmt: skip
        name = _name_of(band)
        if width_of(name, SMALL_PX) <= width - 4:
            yield text(name, x + 3, 30, size_px=SMALL_PX, fill=SOFT)


def _name_of(band: Band) -> str:
    return band.season.title.say({}, get_language() or CHINESE)


def _ruler(sheet: _Sheet) -> Iterator[str]:
    """Months in words, weeks as thin lines, a line below each row."""
    if sheet.day_px >= WEEKS_FROM_PX:
        for tick in sheet.bars.weeks:
            yield _line(sheet.x(tick.offset_days), HEAD_PX - 6, sheet.height_px, stroke="#edf2f0")
    free_from = sheet.left_px
    for tick in (Tick(sheet.bars.span.from_on, 0), *sheet.bars.months):
        x, said = sheet.x(tick.offset_days), f"{tick.on:%Y-%m}"
        if tick.on.day == 1:
            yield _line(x, 0, sheet.height_px, stroke="#c6d1ce")
        elif _first_month_px(sheet) < width_of(said, SMALL_PX) + 10:
            continue  # the month that has begun before has no room
        if x >= free_from and x + width_of(said, SMALL_PX) + 3 <= sheet.right_px:
            yield text(said, x + 3, 12, size_px=SMALL_PX, fill=SOFT)
            free_from = x + width_of(said, SMALL_PX) + 10
    for place in range(len(sheet.rows) + 1):
        y = HEAD_PX + place * ROW_PX
        yield element("path", d=f"M0 {y}H{sheet.right_px:.1f}", stroke=LINE)


def _first_month_px(sheet: _Sheet) -> float:
    """How wide the month is in which the ruler begins."""
    months = sheet.bars.months
    return months[0].offset_days * sheet.day_px if months else sheet.right_px - sheet.left_px


def _line(x: float, top: float, foot: float, **attributes: object) -> str:
    return element("path", d=f"M{x:.1f} {top}V{foot}", **attributes)


def _row(sheet: _Sheet, row: BarRow, y: int) -> str:
    parts = [element("title", words(told(row)))]
    if sheet.left_px:
        parts += _name(row, y)
    if row.baseline:
        parts.append(_bar(sheet, row.baseline, y + 5, 7, fill=PAPER, stroke=SOFT))
    if row.forecast:
        parts.append(_forecast(sheet, row, row.forecast, y))
    if row.actual:
        parts.append(_bar(sheet, row.actual, y + 18, 6, fill=INK, stroke=PAPER, stroke_width=0.8))
    parts += _words(sheet, row, y)
    return element("g", "".join(parts))


def _forecast(sheet: _Sheet, row: BarRow, bar: Bar, y: int) -> str:
    if (row.slip_days or 0) > 0:
        return _bar(sheet, bar, y + 15, 12, fill=f"url(#{sheet.prefix}-late)", stroke=RED)
    return _bar(sheet, bar, y + 15, 12, fill=PINE)


def _bar(sheet: _Sheet, bar: Bar, y: int, height: int, **attributes: object) -> str:
    width = max(bar.length_days * sheet.day_px, 2.0)
    return element("rect", x=sheet.x(bar.offset_days), y=y, width=width, height=height, rx=1.5, **attributes)


def _words(sheet: _Sheet, row: BarRow, y: int) -> Iterator[str]:
    """Beside the bar: whether it is critical, finished, late or early. To its left where there is no room."""
    said = short(row)
    bars = [bar for bar in (row.forecast, row.baseline, row.actual) if bar]
    if not said or not bars:
        return
    right = max(sheet.x(bar.offset_days + bar.length_days) for bar in bars)
    fill = RED if (row.slip_days or 0) > 0 and not row.is_finished else INK
    width = width_of(said, WORDS_PX)
    if right + 4 + width <= sheet.right_px:
        yield haloed(said, right + 4, y + 25, size_px=WORDS_PX, fill=fill)
    else:
        left = min(sheet.x(bar.offset_days) for bar in bars)
        at = max(left - 4, sheet.left_px + width)
        yield haloed(said, at, y + 25, size_px=WORDS_PX, fill=fill, text_anchor="end")


def short(row: BarRow) -> str:
    """What stands beside a bar, in a few words."""
    parts = ["◆"] if row.is_critical and not row.is_finished else []
    if row.is_finished:
        parts.append(_("✓ 完成"))
    days = row.slip_days or 0
    if days > 0:
        parts.append(_("推迟 %(n)s 天") % {"n": days})
    if days < 0:
        parts.append(_("提前 %(n)s 天") % {"n": -days})
    return " ".join(parts)


def told(row: BarRow) -> str:
    """A row in words: what a pointer shows, and a reader hears."""
    parts = [row.work.name]
    for name, bar in ((_("基线"), row.baseline), (_("预测"), row.forecast), (_("实际"), row.actual)):
        if bar:
            parts.append(f"{name} {bar.span.from_on} – {bar.span.to_on}")
    return "；".join([*parts, *filter(None, [short(row)])])


def _name(row: BarRow, y: int) -> Iterator[str]:
    """The name of a row in one or two lines beside the bars, on paper."""
    for number, line in enumerate(_lines(f"{row.work.id}. {row.work.name}", NAMES_PX - 10)):
        yield text(line, 2, y + 16 + number * 14, size_px=WORDS_PX)


def _lines(said: str, width_px: float) -> list[str]:
    lines, line = [], ""
    for character in said:
        if width_of(line + character, WORDS_PX) > width_px:
            lines.append(line)
            line = ""
        line += character
    lines.append(line)
    return lines if len(lines) <= 2 else [lines[0], f"{lines[1][:-1]}…"]


def _marks(sheet: _Sheet) -> Iterator[str]:
    """Today and the deadline as lines with their words."""
    today, deadline = sheet.bars.today, sheet.bars.deadline
    if today:
        yield _line(sheet.x(today.offset_days), 32, sheet.height_px, stroke=BLUE, stroke_width=1.4)
        yield _label(sheet, today, _("今天"), fill=BLUE, after=deadline)
    if deadline:
        at = sheet.x(deadline.offset_days + 1)  # the last day still belongs to it
        yield _line(at, 32, sheet.height_px, stroke=RED, stroke_width=1.6, stroke_dasharray="5 3")
        said = _("时限 %(day)s") % {"day": deadline.on.isoformat()}
        yield _label(sheet, Tick(deadline.on, deadline.offset_days + 1), said, fill=RED, after=today)


def _label(sheet: _Sheet, tick: Tick, said: str, *, fill: str, after: Tick | None) -> str:
    """Words at the head of a line, away from the other one and inside the picture."""
    x, width = sheet.x(tick.offset_days), width_of(said, SMALL_PX)
    leftward = after is not None and after.on >= tick.on
    if x + 3 + width > sheet.right_px:
        leftward = True
    if x - 3 - width < sheet.left_px:
        leftward = False
    if leftward:
        return text(said, x - 3, 44, size_px=SMALL_PX, fill=fill, text_anchor="end")
    return text(said, x + 3, 44, size_px=SMALL_PX, fill=fill)
