"""How does the eye say what is wrong with the days and values in which it looks for changes?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.days_and_values_differ": Sentence(
        zh="有 {days} 个日期（或年份），而数值有 {values} 行。每个日期须有一行数值，没有观测到的填 NaN。",
        en="There are {days} days (or years) but {values} rows of values. Give one row for each day, with NaN where"
        " nothing was observed.",
    ),
    "earth.days_fall": Sentence(
        zh="第 {position} 个日期早于它前面的日期。请先按日期排序；增量更新只能接在已有日期之后。",
        en="Day number {position} lies before the one in front of it. Sort by date first; an update can only add days"
        " after those that were already seen.",
    ),
    "earth.years_do_not_rise": Sentence(
        zh="年份须逐年递增且不重复，第 {position} 个年份不是。请先合成为每年一值。",
        en="Years must rise without repetition, but year number {position} does not. Make one composite a year first.",
    ),
    "earth.series_differ": Sentence(
        zh="监测状态有 {state} 条序列，新数值有 {values} 条。请用同一批点位或像元更新。",
        en="The monitor holds {state} series but the new values have {values}. Update it with the same sites or"
        " pixels.",
    ),
}
