"""Does the file of a batch hold its sites, sample, panel and notice, and say what is still missing?"""

from __future__ import annotations

from qingshan.office.batches.closing_file import BatchFile
from qingshan.office.batches.folder import Folder
from qingshan.office.batches.tests.factories import a_batch, a_single, led_to
from qingshan.office.matters.models import Matter
from qingshan.office.papers.tests.bound import text_of
from qingshan.office.restoration.tests.factories import World


def told(world: World, matter: Matter) -> str:
    return text_of(BatchFile(world.fresh(matter), actor=world.actor("county_clerk"), made_at=world.now))


def test_the_file_of_a_batch_holds_its_numbers_its_panel_and_its_notice(world: World) -> None:
    matter = led_to(world, a_batch(world), "done")
    text = told(world, matter)
    parts = (
        "点位",
        "完工和验收申请",
        "影像核验",
        "抽查名单和号码",
        "验收意见",
        "验收组",
        "公示证明",
        "办结和倒查",
        "留痕",
    )
    places = [text.index(f"、{part}") for part in parts]
    assert places == sorted(places)
    for words in ("名单摘要", "封签", "相符", "公示期间没有登记异议"):
        assert words in text
    assert "尚缺" not in text
    [link] = Folder(world.fresh(matter), actor=world.actor("county_clerk"), now=world.now).downloads
    assert link.path == f"/batches/{matter.pk}/closing-file.pdf"


def test_the_file_of_a_single_site_says_what_is_not_done_yet(world: World) -> None:
    matter = led_to(world, a_single(world), "applied")
    text = told(world, matter)
    assert "尚缺" in text
    assert "还没有办理" in text
    assert "抽查名单和号码" not in text
