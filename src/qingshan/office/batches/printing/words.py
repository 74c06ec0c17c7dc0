"""How do papers call the site of a batch: its works, its area, how it ended?"""

from __future__ import annotations

from qingshan.office.batches.models import BatchSite
from qingshan.rules.areas import area_text
from qingshan.rules.batches import Stage, Standing
from qingshan.rules.reasons import CHINESE


def site_of(row: BatchSite) -> str:
    """Name and number, apart, so that a narrow column breaks between them."""
    return " ".join(filter(None, (row.site.name, row.site.key)))


def works(row: BatchSite) -> str:
    """The way of restoring and what for."""
    use = row.use_named
    return f"{row.mode_named.zh}，利用：{use.zh}" if use else row.mode_named.zh


def area_of(row: BatchSite) -> str:
    """The most certain area that is known, and which one it is."""
    for name, area in (("验收", row.done_m2), ("申报", row.claimed_m2), ("图形", row.area_m2)):
        if area is not None:
            return f"{name} {area_text(area, CHINESE)}"
    return "未知"


def outcome(row: BatchSite) -> str:
    """How a site ends, and on what that rests."""
    standing, check = row.standing_named, row.check_named
    if standing is Standing.ACCEPTED:
        return (Stage.ACCEPTED_UNSEEN if check is None else Stage.ACCEPTED_SEEN).zh
    if standing is Standing.WAITING and check is not None:
        return check.zh
    return standing.zh
