"""By which states can a list of experts, draws or opinions be looked at?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.rules.reasons import CHINESE
from qingshan.rules.words import Named


def views(
    terms: type[Named], current: str, kept: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """全部 and each state, with the other filters kept."""
    language = get_language() or CHINESE
    for value, title in [("", _("全部")), *((each.value, each.say(language)) for each in terms)]:
        url = "?" + urlencode({**(kept or {}), **({"state": value} if value else {})})
        yield {"title": title, "url": url, "current": current == value, "count": None}
