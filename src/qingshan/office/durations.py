"""How long will work still take, in words?"""

from __future__ import annotations

from django.utils.translation import ngettext

SECONDS_OF_MINUTE = 60
MINUTES_OF_HOUR = 60
SAID_IN_HOURS_FROM = 100
"""Up to here minutes are easier to grasp."""


def time_left(seconds: int | None) -> str:
    """约余 12 秒, 约余 3 分钟; empty where nothing can be said yet."""
    if seconds is None:
        return ""
    if seconds < SECONDS_OF_MINUTE:
        return ngettext("约余 %(n)s 秒", "约余 %(n)s 秒", seconds) % {"n": seconds}
    minutes = -(-seconds // SECONDS_OF_MINUTE)
    if minutes < SAID_IN_HOURS_FROM:
        return ngettext("约余 %(n)s 分钟", "约余 %(n)s 分钟", minutes) % {"n": minutes}
    hours = -(-minutes // MINUTES_OF_HOUR)
    return ngettext("约余 %(n)s 小时", "约余 %(n)s 小时", hours) % {"n": hours}
