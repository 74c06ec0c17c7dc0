"""How does the eye say that plants are there, are missing, or were lost?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.judged.green": Sentence(
        zh="从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次有植被，覆盖度约 {cover}%。该地自 "
        "{since} 起持续有植被。同期周边未扰动地为 {ring}%。",
        en="From {first} to {last} the site was clearly seen {n} times in growing seasons, and {k} times it "
        "was covered with plants, about {cover}%. It has been green since {since}. Undisturbed land around "
        "showed {ring}% at the same time.",
    ),
    "earth.judged.green_alone": Sentence(
        zh="从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次有植被，覆盖度约 {cover}%。该地自 "
        "{since} 起持续有植被。（周边没有可对照的未扰动地。）",
        en="From {first} to {last} the site was clearly seen {n} times in growing seasons, and {k} times it "
        "was covered with plants, about {cover}%. It has been green since {since}. (There is no "
        "undisturbed land around to compare with.)",
    ),
    "earth.judged.bare": Sentence(
        zh="从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次没有看到应有的植被，覆盖度只有约 {cover}"
        "%。同期周边未扰动地为 {ring}%。",
        en="From {first} to {last} the site was clearly seen {n} times in growing seasons, and {k} times the "
        "plants that were to be there were not seen: cover was about {cover}%. Undisturbed land around "
        "showed {ring}% at the same time.",
    ),
    "earth.judged.bare_alone": Sentence(
        zh="从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次没有看到应有的植被，覆盖度只有约 {cover}"
        "%。（周边没有可对照的未扰动地。）",
        en="From {first} to {last} the site was clearly seen {n} times in growing seasons, and {k} times the "
        "plants that were to be there were not seen: cover was about {cover}%. (There is no undisturbed "
        "land around to compare with.)",
    ),
    "earth.judged.green_late": Sentence(
        zh="申报修复之后的生长季里没有看到应有的植被，自 {since} 起才有：此后 {n} 次看清，{k} 次有植被，覆盖度"
        "约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="In growing seasons after the claimed day the plants that were to be there were not seen; they "
        "have been there since {since} only: seen clearly {n} times from then on, {k} times covered, about "
        "{cover}%. Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.green_late_alone": Sentence(
        zh="申报修复之后的生长季里没有看到应有的植被，自 {since} 起才有：此后 {n} 次看清，{k} 次有植被，覆盖度"
        "约 {cover}%。（周边没有可对照的未扰动地。）",
        en="In growing seasons after the claimed day the plants that were to be there were not seen; they "
        "have been there since {since} only: seen clearly {n} times from then on, {k} times covered, about "
        "{cover}%. (There is no undisturbed land around to compare with.)",
    ),
    "earth.judged.vanished": Sentence(
        zh="{year} 年曾看到植被，此后消失：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次没有应有"
        "的植被，覆盖度只有约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="Plants were seen in {year} and then vanished: from {first} to {last} the site was clearly seen {n}"
        " times in growing seasons, and {k} times the plants were missing: cover was about {cover}%. "
        "Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.vanished_alone": Sentence(
        zh="{year} 年曾看到植被，此后消失：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次没有应有"
        "的植被，覆盖度只有约 {cover}%。（周边没有可对照的未扰动地。）",
        en="Plants were seen in {year} and then vanished: from {first} to {last} the site was clearly seen {n}"
        " times in growing seasons, and {k} times the plants were missing: cover was about {cover}%. "
        "(There is no undisturbed land around to compare with.)",
    ),
    "earth.judged.kept": Sentence(
        zh="验收以后，从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次植被仍在，覆盖度约 {cover}%。"
        "同期周边未扰动地为 {ring}%。",
        en="Since acceptance, from {first} to {last}, the site was clearly seen {n} times in growing seasons, "
        "and {k} times the plants were still there: cover was about {cover}%. Undisturbed land around "
        "showed {ring}% at the same time.",
    ),
    "earth.judged.kept_alone": Sentence(
        zh="验收以后，从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次植被仍在，覆盖度约 {cover}%。"
        "（周边没有可对照的未扰动地。）",
        en="Since acceptance, from {first} to {last}, the site was clearly seen {n} times in growing seasons, "
        "and {k} times the plants were still there: cover was about {cover}%. (There is no undisturbed "
        "land around to compare with.)",
    ),
    "earth.judged.lost": Sentence(
        zh="验收以后植被减少：自 {since} 起，到 {last}，生长季内 {n} 次看清该地，其中 {k} 次植被明显少于验收时"
        "，覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="Plants were lost after acceptance: from {since} to {last} the site was clearly seen {n} times in "
        "growing seasons, and {k} times there were clearly fewer plants than at acceptance: cover was "
        "about {cover}%. Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.lost_alone": Sentence(
        zh="验收以后植被减少：自 {since} 起，到 {last}，生长季内 {n} 次看清该地，其中 {k} 次植被明显少于验收时"
        "，覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="Plants were lost after acceptance: from {since} to {last} the site was clearly seen {n} times in "
        "growing seasons, and {k} times there were clearly fewer plants than at acceptance: cover was "
        "about {cover}%. (There is no undisturbed land around to compare with.)",
    ),
    "earth.judged.lost_for_a_time": Sentence(
        zh="验收以后植被曾经消失至少一个生长季，自 {since} 起又有植被：{n} 次看清，{k} 次有植被，覆盖度约 "
        "{cover}%。同期周边未扰动地为 {ring}%。",
        en="After acceptance the plants were gone for at least one growing season; since {since} they are "
        "there again: seen clearly {n} times, {k} times covered, about {cover}%. Undisturbed land around "
        "showed {ring}% at the same time.",
    ),
    "earth.judged.lost_for_a_time_alone": Sentence(
        zh="验收以后植被曾经消失至少一个生长季，自 {since} 起又有植被：{n} 次看清，{k} 次有植被，覆盖度约 "
        "{cover}%。（周边没有可对照的未扰动地。）",
        en="After acceptance the plants were gone for at least one growing season; since {since} they are "
        "there again: seen clearly {n} times, {k} times covered, about {cover}%. (There is no undisturbed "
        "land around to compare with.)",
    ),
    "earth.judged.not_kept": Sentence(
        zh="验收以后没有看到应有的植被，验收前也没有清楚看到：从 {first} 到 {last}，生长季内 {n} 次看清该地，"
        "其中 {k} 次裸露，覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="After acceptance the plants that were accepted were not seen, nor clearly before it: from {first} "
        "to {last} the site was clearly seen {n} times in growing seasons, {k} times bare, cover about "
        "{cover}%. Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.not_kept_alone": Sentence(
        zh="验收以后没有看到应有的植被，验收前也没有清楚看到：从 {first} 到 {last}，生长季内 {n} 次看清该地，"
        "其中 {k} 次裸露，覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="After acceptance the plants that were accepted were not seen, nor clearly before it: from {first} "
        "to {last} the site was clearly seen {n} times in growing seasons, {k} times bare, cover about "
        "{cover}%. (There is no undisturbed land around to compare with.)",
    ),
    "earth.judged.partly": Sentence(
        zh="只有一部分地块有植被：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次有大片裸露，全地平"
        "均覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="Only a part of the site is green: from {first} to {last} it was clearly seen {n} times in growing "
        "seasons, and {k} times large parts lay bare; cover of the whole was about {cover}%. Undisturbed "
        "land around showed {ring}% at the same time.",
    ),
    "earth.judged.partly_alone": Sentence(
        zh="只有一部分地块有植被：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次有大片裸露，全地平"
        "均覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="Only a part of the site is green: from {first} to {last} it was clearly seen {n} times in growing "
        "seasons, and {k} times large parts lay bare; cover of the whole was about {cover}%. (There is no "
        "undisturbed land around to compare with.)",
    ),
    "earth.judged.no_season": Sentence(
        zh="从 {first} 到 {last}，生长季内 {n} 次看清该地，影像读出约 {cover}% 的绿色，但它夏天和冬天几乎一样，短"
        "波红外也不像含水的叶片：不是成片生长的植被（可能只有零星植物，或者是防尘网、人造草皮、岩土本身的颜色）。同"
        "期周边未扰动地为 {ring}%，有明显的季节变化。",
        en="From {first} to {last} the site was clearly seen {n} times in growing seasons. The images read about "
        "{cover}% green off it, but it is nearly the same in summer and in winter, and the short-wave infrared "
        "does not show wet leaves: no plants grow all over it (perhaps a few do, or it is netting, artificial "
        "turf, or the colour of rock and soil). Undisturbed land around showed {ring}% at the same time, with "
        "clear seasons.",
    ),
    "earth.judged.no_season_by": Sentence(
        zh="植被指数（NDVI）夏季比冬季高：该地 0.01×{site}，周边 0.01×{ring}。",
        en="NDVI in summer exceeds that in winter by {site} hundredths on the site and by {ring} around it.",
    ),
    "earth.judged.bare_before": Sentence(
        zh="申报以前该地裸露时，影像读出的覆盖度约为 {bare}%（裸土和岩石也会读出少量覆盖度）。",
        en="When the site lay bare before the claim, the images read about {bare}% off it (they read some "
        "cover off bare soil and rock as well).",
    ),
    "earth.judged.disturbed": Sentence(
        zh="该地原有植被，最后一次看到是 {covered}，以后没有：从 {first} 到 {last} 看清 {n} 次，其中 {k} 次裸"
        "露，覆盖度约 {cover}%。最早见到裸露是 {since}，与申报日（{claimed}）相符。同期周边未扰动地为 "
        "{ring}%。",
        en="The site was covered with plants, last seen on {covered}, and they are gone since: from {first} "
        "to {last} it was clearly seen {n} times, {k} times bare, cover about {cover}%. It was first seen "
        "bare on {since}, which agrees with the claimed day ({claimed}). Undisturbed land around showed "
        "{ring}% at the same time.",
    ),
    "earth.judged.disturbed_alone": Sentence(
        zh="该地原有植被，最后一次看到是 {covered}，以后没有：从 {first} 到 {last} 看清 {n} 次，其中 {k} 次裸"
        "露，覆盖度约 {cover}%。最早见到裸露是 {since}，与申报日（{claimed}）相符。（周边没有可对照的未扰动"
        "地。）",
        en="The site was covered with plants, last seen on {covered}, and they are gone since: from {first} "
        "to {last} it was clearly seen {n} times, {k} times bare, cover about {cover}%. It was first seen "
        "bare on {since}, which agrees with the claimed day ({claimed}). (There is no undisturbed land "
        "around to compare with.)",
    ),
    "earth.judged.disturbed_earlier": Sentence(
        zh="申报日（{claimed}）以前就已裸露：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次裸露，"
        "覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="The site was bare before the claimed day ({claimed}) already: from {first} to {last} it was "
        "clearly seen {n} times in growing seasons, {k} times bare, cover about {cover}%. Undisturbed land "
        "around showed {ring}% at the same time.",
    ),
    "earth.judged.disturbed_earlier_alone": Sentence(
        zh="申报日（{claimed}）以前就已裸露：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次裸露，"
        "覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="The site was bare before the claimed day ({claimed}) already: from {first} to {last} it was "
        "clearly seen {n} times in growing seasons, {k} times bare, cover about {cover}%. (There is no "
        "undisturbed land around to compare with.)",
    ),
    "earth.judged.not_disturbed": Sentence(
        zh="申报日（{claimed}）以后没有看到损毁：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次植"
        "被完好，覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="No disturbance was seen after the claimed day ({claimed}): from {first} to {last} the site was "
        "clearly seen {n} times in growing seasons, {k} times with its plants, cover about {cover}%. "
        "Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.not_disturbed_alone": Sentence(
        zh="申报日（{claimed}）以后没有看到损毁：从 {first} 到 {last}，生长季内 {n} 次看清该地，其中 {k} 次植"
        "被完好，覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="No disturbance was seen after the claimed day ({claimed}): from {first} to {last} the site was "
        "clearly seen {n} times in growing seasons, {k} times with its plants, cover about {cover}%. "
        "(There is no undisturbed land around to compare with.)",
    ),
}
