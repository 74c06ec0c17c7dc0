"""How does the eye say on which side of a boundary land was disturbed?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.judged.outside": Sentence(
        zh="从 {first} 到 {last}，批准范围以外新增损毁约 {outside} 平方米（超出影像定位误差 {margin} 米以外的"
        "部分）；范围内新增约 {inside} 平方米，紧靠边界分不清的约 {uncertain} 平方米。",
        en="From {first} to {last} about {outside} m² were newly disturbed outside the permitted boundary "
        "(beyond the images' location error of {margin} m); about {inside} m² inside, and about {uncertain}"
        " m² too near to the boundary to tell.",
    ),
    "earth.judged.inside_only": Sentence(
        zh="没有看到批准范围以外的新增损毁（影像定位误差 {margin} 米以外，看清了 {seen}%）；范围内新增约 "
        "{inside} 平方米，其边缘约 {uncertain} 平方米紧靠边界。",
        en="No new disturbance was seen outside the permitted boundary (beyond the images' location error of "
        "{margin} m, {seen}% of it was clearly seen); about {inside} m² inside, whose edge of about "
        "{uncertain} m² lies right at the boundary.",
    ),
    "earth.judged.near_boundary": Sentence(
        zh="新增损毁约 {uncertain} 平方米紧靠批准边界，在影像定位误差 {margin} 米以内，分不清在哪一侧。",
        en="About {uncertain} m² were newly disturbed right at the permitted boundary, within the images' "
        "location error of {margin} m: it cannot be told on which side.",
    ),
    "earth.judged.outside_not_seen": Sentence(
        zh="批准范围以外只看清了 {seen}%，不能断定有没有新增损毁。",
        en="Only {seen}% of the land outside the permitted boundary was clearly seen: whether something was "
        "disturbed there cannot be said.",
    ),
    "earth.judged.no_changes_known": Sentence(
        zh="没有逐像元的变化结果，不知道新增损毁落在边界的哪一侧。",
        en="There is no pixel by pixel record of changes, so it is not known on which side of the boundary "
        "new disturbance lies.",
    ),
}
