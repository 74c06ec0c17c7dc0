"""How does the eye say that it cannot tell, or not yet?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.judged.no_rule_solar": Sentence(
        zh="影像的像元比光伏板之间的空隙还大，光伏板、阴影和板间的草混在一起，不能凭影像认定已建光伏；只有地面与申报以前一样时才另作说明。",
        en="The images' pixels are larger than the gaps between panels: panels, shade and grass mix in them, "
        "and solar fields cannot be confirmed by them; only ground that is as it was before is spoken of.",
    ),
    "earth.judged.no_target": Sentence(
        zh="没有写明治理去向（林草、耕地、建设、水面、光伏、自然恢复），不知道该看什么。",
        en="It is not told what the land was to become (plants, fields, buildings, water, solar, natural "
        "recovery), so it is not known what to look for.",
    ),
    "earth.judged.too_early": Sentence(
        zh="还没有经过一个完整的生长季（{year} 年 {first_month} 月至 {last_month} 月），现在下结论太早。",
        en="No full growing season has passed yet (months {first_month} to {last_month} of {year}); it is too "
        "early to say.",
    ),
    "earth.judged.no_images": Sentence(
        zh="没有该地的影像。",
        en="There are no images of this site.",
    ),
    "earth.judged.never_clear": Sentence(
        zh="该地有 {offered} 期影像，但没有一期看得清（云、阴影、雪，或者地块小于影像能分辨的大小）。",
        en="There are {offered} images of this site, but it is clear on none (clouds, shadow, snow, or the "
        "site is smaller than the images can tell).",
    ),
    "earth.judged.too_few": Sentence(
        zh="该地有 {offered} 期影像，其中 {clear} 期看得清，但相关生长季内可用于判断的只有 {weighed} 次，至少"
        "要 {least} 次。没看到的不作为任何不利依据。",
        en="Of {offered} images of this site {clear} are clear, but in the growing seasons in question only "
        "{weighed} looks can be used; at least {least} are needed. What was not seen counts against nobody.",
    ),
    "earth.judged.mixed": Sentence(
        zh="自 {year} 年生长季起 {n} 次看清该地，其中 {k} 次有应有的植被，其余不够清楚：介于有和没有之间。",
        en="Since the growing season of {year} the site was clearly seen {n} times, {k} times with the plants "
        "that were to be there; the rest lies between covered and bare.",
    ),
    "earth.judged.no_season_open": Sentence(
        zh="自 {year} 年生长季起 {n} 次看清该地，其中 {k} 次读出绿色，但它夏天和冬天几乎一样；影像没有短波红外波段，分"
        "不清是常绿植物，还是防尘网或人造草皮。",
        en="Since the growing season of {year} the site was clearly seen {n} times, {k} times green, but nearly "
        "the same in summer and in winter; without short-wave infrared evergreen plants cannot be told from "
        "netting or artificial turf.",
    ),
    "earth.judged.scattered": Sentence(
        zh="自 {year} 年生长季起 {n} 次看清该地，每次都与申报相符，但没有一个生长季看清过 {least} 次，分散在各年，"
        "还不足以下结论。",
        en="Since the growing season of {year} the site was clearly seen {n} times, each time as claimed; but in "
        "no growing season as often as {least} times, which is too scattered to tell.",
    ),
    "earth.judged.seen_until": Sentence(
        zh="从 {first} 到 {last} 有 {k} 次看到应有的植被；但最近一个完整生长季（{year} 年）看清该地不足 "
        "{least} 次，此后是否保持无法判定。",
        en="The plants that were to be there were seen {k} times, from {first} to {last}; but in the newest full "
        "growing season ({year}) the site was not clearly seen {least} times, so whether they were kept since "
        "cannot be told.",
    ),
    "earth.judged.mixed_kept": Sentence(
        zh="自 {year} 年生长季起 {n} 次看清该地，其中 {k} 次植被与验收时相当，其余介于保持和减少之间。",
        en="Since the growing season of {year} the site was clearly seen {n} times, {k} times as green as at "
        "acceptance; the rest lies between kept and lost.",
    ),
    "earth.judged.mixed_field": Sentence(
        zh="自 {year} 年起 {n} 次看清该地，其中 {k} 次是绿的，但没有看到播种前或收割后的空地，分不清是庄稼还是"
        "草木。",
        en="Since {year} the site was clearly seen {n} times, {k} times green, but never open before sowing "
        "or after harvest: crops cannot be told from other plants.",
    ),
    "earth.judged.mixed_water": Sentence(
        zh="{n} 次看清该地，其中 {k} 次大部分是水面，其余水面时多时少。",
        en="The site was clearly seen {n} times, {k} times mostly water; otherwise there was more of it or "
        "less.",
    ),
    "earth.judged.mixed_built": Sentence(
        zh="{n} 次看清该地，其中 {k} 次像是建成的样子；屋面、硬化地面和裸岩在影像上相近，不能断定。",
        en="The site was clearly seen {n} times, {k} times as if built on; roofs, sealed ground and bare rock "
        "look alike on these images.",
    ),
    "earth.judged.no_before": Sentence(
        zh="申报损毁日以前，生长季内看清该地的只有 {n} 次，至少要 {least} 次，不知道原来是什么样子。",
        en="Before the claimed day the site was clearly seen {n} times only in growing seasons; at least "
        "{least} are needed to know what was there.",
    ),
    "earth.judged.no_after": Sentence(
        zh="申报损毁日以后，生长季内看清该地的只有 {n} 次，至少要 {least} 次。",
        en="After the claimed day the site was clearly seen {n} times only in growing seasons; at least "
        "{least} are needed.",
    ),
    "earth.judged.mixed_disturbed": Sentence(
        zh="申报损毁日以后 {n} 次看清该地，其中 {k} 次裸露；前后的差别不够清楚。",
        en="After the claimed day the site was clearly seen {n} times, {k} times bare; the difference to "
        "before is not clear enough.",
    ),
}
