"""How does the eye say what a screening needs, how far it is and what it found?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.screened_other_areas": Sentence(
        zh="文件夹 {folder} 是为另一片区域筛查用的。请用原来的区域文件，或换一个输出文件夹。",
        en="The folder {folder} was made for a screening of other areas. Give the same areas as before, or another"
        " folder for the outputs.",
    ),
    "earth.screening_needs_bands": Sentence(
        zh="影像 {scene} 没有筛查所需的波段：{bands}。该景未采用。",
        en="Scene {scene} lacks bands that a screening needs: {bands}. It was not used.",
    ),
    "earth.progress_squares": Sentence(
        zh="逐格筛查 {done} / {total}（{share}），约余 {left}",
        en="Screening squares {done} / {total} ({share}), about {left} left",
    ),
    "earth.day_wrong": Sentence(
        zh="“{day}”不是日期。请写成 2026-03-01 的样子。",
        en="“{day}” is no date. Write it like 2026-03-01.",
    ),
    "earth.screened_days_wrong": Sentence(
        zh="截止日期 {until} 早于起始日期 {since}。",
        en="The last day {until} lies before the first day {since}.",
    ),
    "earth.screened": Sentence(
        zh="筛查 {hectares} 公顷，采用影像 {scenes} 景，发现疑似新增扰动 {count} 处，其中持续 {persistent} 处；"
        "是否属实待核。清单：{file}",
        en="Screened {hectares} ha with {scenes} scenes: {count} places of possible new disturbance, {persistent} of"
        " them persistent; all still to be verified. List: {file}",
    ),
    "earth.screened_blind": Sentence(
        zh="另有 {hectares} 公顷无从判断：看得太少，或本来就没有植被。",
        en="Nothing can be said of {hectares} ha: seen too seldom, or without plants in the first place.",
    ),
}
