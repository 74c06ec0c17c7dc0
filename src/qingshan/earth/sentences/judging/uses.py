"""How does the eye say what fields, water and buildings show?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.judged.tilled": Sentence(
        zh="自 {since} 起有耕种：{seasons} 个生长季里 {k} 次看到作物（共 {n} 次看清），同年又看到播种前或收割"
        "后的空地，有作物时覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="The land has been tilled since {since}: in {seasons} growing season(s) crops were seen {k} times "
        "(of {n} clear looks), and in the same year open ground before sowing or after harvest. Cover "
        "under crop was about {cover}%. Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.tilled_alone": Sentence(
        zh="自 {since} 起有耕种：{seasons} 个生长季里 {k} 次看到作物（共 {n} 次看清），同年又看到播种前或收割"
        "后的空地，有作物时覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="The land has been tilled since {since}: in {seasons} growing season(s) crops were seen {k} times "
        "(of {n} clear looks), and in the same year open ground before sowing or after harvest. Cover "
        "under crop was about {cover}%. (There is no undisturbed land around to compare with.)",
    ),
    "earth.judged.never_tilled": Sentence(
        zh="从 {first} 到 {last} 看清该地 {n} 次，没有一次看到作物；其中 {k} 次植被达不到庄稼的程度，"
        "覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="From {first} to {last} the site was clearly seen {n} times and never with a crop; {k} times with "
        "less cover than a crop has, cover about {cover}%. Undisturbed land around showed {ring}% at the same time.",
    ),
    "earth.judged.never_tilled_alone": Sentence(
        zh="从 {first} 到 {last} 看清该地 {n} 次，没有一次看到作物；其中 {k} 次植被达不到庄稼的程度，"
        "覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="From {first} to {last} the site was clearly seen {n} times and never with a crop; {k} times with "
        "less cover than a crop has, cover about {cover}%. (There is no undisturbed land around to compare with.)",
    ),
    "earth.judged.tilled_late": Sentence(
        zh="申报之后的生长季里没有看到作物，自 {since} 起才有：{n} 次看清，{k} 次有作物，覆盖度约 {cover}%。同"
        "期周边未扰动地为 {ring}%。",
        en="No crop was seen in growing seasons after the claimed day; since {since} there has been one: seen "
        "clearly {n} times, {k} times with a crop, cover about {cover}%. Undisturbed land around showed "
        "{ring}% at the same time.",
    ),
    "earth.judged.tilled_late_alone": Sentence(
        zh="申报之后的生长季里没有看到作物，自 {since} 起才有：{n} 次看清，{k} 次有作物，覆盖度约 {cover}%。（"
        "周边没有可对照的未扰动地。）",
        en="No crop was seen in growing seasons after the claimed day; since {since} there has been one: seen "
        "clearly {n} times, {k} times with a crop, cover about {cover}%. (There is no undisturbed land "
        "around to compare with.)",
    ),
    "earth.judged.fallow": Sentence(
        zh="{year} 年曾看到作物，此后没有：自 {since} 起到 {last}，{k} 次看到的植被都达不到庄稼的程度"
        "（共 {n} 次看清），覆盖度约 {cover}%。同期周边未扰动地为 {ring}%。",
        en="A crop was seen in {year} and none since: from {since} to {last} less cover than a crop has was "
        "seen {k} times (of {n} clear looks), cover about {cover}%. Undisturbed land around showed {ring}% at the same "
        "time.",
    ),
    "earth.judged.fallow_alone": Sentence(
        zh="{year} 年曾看到作物，此后没有：自 {since} 起到 {last}，{k} 次看到的植被都达不到庄稼的程度"
        "（共 {n} 次看清），覆盖度约 {cover}%。（周边没有可对照的未扰动地。）",
        en="A crop was seen in {year} and none since: from {since} to {last} less cover than a crop has was "
        "seen {k} times (of {n} clear looks), cover about {cover}%. (There is no undisturbed land around to "
        "compare with.)",
    ),
    "earth.judged.water": Sentence(
        zh="自 {since} 起，{n} 次看清该地，其中 {k} 次大部分是水面。",
        en="Since {since} the site was clearly seen {n} times, and {k} times most of it was open water.",
    ),
    "earth.judged.dry": Sentence(
        zh="从 {first} 到 {last}，{n} 次看清该地，其中 {k} 次几乎没有水面。",
        en="From {first} to {last} the site was clearly seen {n} times, and {k} times there was hardly any "
        "open water.",
    ),
    "earth.judged.water_late": Sentence(
        zh="申报之后有一段时间几乎没有水面，自 {since} 起才有：{n} 次看清，{k} 次大部分是水面。",
        en="For a time after the claimed day there was hardly any open water; there has been since {since} "
        "only: seen clearly {n} times, {k} times mostly water.",
    ),
    "earth.judged.dried_up": Sentence(
        zh="曾经有水面，此后消失：从 {first} 到 {last}，{n} 次看清该地，其中 {k} 次几乎没有水面。",
        en="There was open water, which then vanished: from {first} to {last} the site was clearly seen {n} "
        "times, and {k} times there was hardly any.",
    ),
    "earth.judged.built": Sentence(
        zh="自 {since} 起，{n} 次看清该地，其中 {k} 次大部分是此前没有的屋面或硬化地面。",
        en="Since {since} the site was clearly seen {n} times, and {k} times most of it was roofs or sealed "
        "ground that was not there before.",
    ),
    "earth.judged.not_built": Sentence(
        zh="从 {first} 到 {last}，{n} 次看清该地，其中 {k} 次没有看到建成的样子：整片是植被或水面，或与申报以"
        "前一样。",
        en="From {first} to {last} the site was clearly seen {n} times, and {k} times it did not look built "
        "on: plants or water all over, or just as it was before the claim.",
    ),
    "earth.judged.built_late": Sentence(
        zh="申报之后有一段时间没有看到建成的样子，自 {since} 起才有：{n} 次看清，{k} 次大部分是屋面或硬化地面"
        "。",
        en="For a time after the claimed day it did not look built on; it has since {since} only: seen "
        "clearly {n} times, {k} times mostly roofs or sealed ground.",
    ),
    "earth.judged.no_panels": Sentence(
        zh="从 {first} 到 {last}，{n} 次看清该地，其中 {k} 次地面颜色与申报以前一样，没有看到架设光伏板带来的"
        "变化。",
        en="From {first} to {last} the site was clearly seen {n} times, and {k} times the ground had the "
        "colour it had before the claim: no change was seen as panels would bring.",
    ),
}
