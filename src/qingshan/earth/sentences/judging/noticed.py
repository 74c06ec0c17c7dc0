"""How does the eye say what else it noticed, and what would settle a question?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.judged.sign_netting": Sentence(
        zh="{n} 次中有 {k} 次看到约 {share}% 的地面像是绿网、人造草皮或喷涂，不算植被。",
        en="On {k} of {n} looks about {share}% of the ground looks like green netting, turf or paint, which "
        "is not counted as plants.",
    ),
    "earth.judged.sign_coal": Sentence(
        zh="{n} 次中有 {k} 次看到约 {share}% 的地面是煤或其他深色表面，不算植被。",
        en="On {k} of {n} looks about {share}% of the ground is coal or another dark surface, which is not "
        "counted as plants.",
    ),
    "earth.judged.sign_water": Sentence(
        zh="{n} 次中有 {k} 次看到约 {share}% 的地面是水面。",
        en="On {k} of {n} looks about {share}% of the site is open water.",
    ),
    "earth.judged.sign_drought": Sentence(
        zh="{year} 年周边未扰动地也偏干（覆盖度约 {ring}%，常年约 {usual}%），已按周边对照扣除。",
        en="In {year} undisturbed land around was dry as well (cover about {ring}%, usually about {usual}%); "
        "the comparison allows for that.",
    ),
    "earth.judged.sign_no_tillage": Sentence(
        zh="周边正绿时没有看到翻耕或收割，不能排除是草地或撂荒地。",
        en="Neither tillage nor harvest was seen while the surroundings were green: it may also be grass or "
        "fallow land.",
    ),
    "earth.judged.sign_provisional": Sentence(
        zh="结论只依据最近的观测，属暂定，后续影像可能改变它。",
        en="This rests on the newest observations alone and is provisional: the next ones may change it.",
    ),
    "earth.judged.settle_season": Sentence(
        zh="等 {year} 年 {last_month} 月生长季结束后再看。",
        en="Look again when the growing season of {year} is over (after month {last_month}).",
    ),
    "earth.judged.settle_next_season": Sentence(
        zh="再看一个生长季。",
        en="Look at one more growing season.",
    ),
    "earth.judged.settle_more_images": Sentence(
        zh="补充生长季（晴天）的影像，或换用雷达、无人机影像。",
        en="Add clear images of the growing season, or use radar or a drone.",
    ),
    "earth.judged.settle_sharper": Sentence(
        zh="用亚米级卫星或无人机影像核对。",
        en="Check with images of less than a metre or from a drone.",
    ),
    "earth.judged.settle_visit": Sentence(
        zh="到现场核实。",
        en="Visit the site.",
    ),
    "earth.judged.settle_boundary": Sentence(
        zh="用界桩或实测坐标复核边界。",
        en="Survey the boundary on the ground.",
    ),
}
