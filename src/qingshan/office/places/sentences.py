"""What do days and places say when they refuse?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class PlaceRefused(OfficeError):
    """A day or a place that cannot be changed as asked."""


SENTENCES: dict[str, Sentence] = {
    "places.source_missing": Sentence(
        zh="没有填写依据。请写明国务院办公厅通知的名称和文号。",
        en="The basis is missing. Give the title and number of the State Council's notice.",
    ),
    "places.works_anyway": Sentence(
        zh="{day} 是工作日，不需要定为调休上班。只有周末才会调休上班。",
        en="{day} is a weekday and worked anyway: only weekend days are worked in exchange.",
    ),
    "places.day_not_set": Sentence(zh="{day} 没有节假日安排。", en="There is no arrangement for {day}."),
}
declare(SENTENCES)
