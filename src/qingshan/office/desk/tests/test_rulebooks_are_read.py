"""Can anybody read which numbers the program goes by, and does an office's own rule go before the nation's?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import region_code
from qingshan.rules.rulebook import SHIPPED, also_from, consulted, in_force, release

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
OWN = SHIPPED / "nation" / "public-notice" / "1.toml"


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of rules of this installation's own."""
    also_from(tmp_path)
    yield tmp_path
    also_from(None)


def written(
    folder: Path, *, layer: str = "province", region: str = "990000", days: int = 10, without: str = ""
) -> None:
    """The nation's book of notices as a province would enter it."""
    text = OWN.read_text(encoding="utf-8").replace(
        'layer = "nation"', f'layer = "{layer}"\nregion = "{region}"'
    )
    text = text.replace("value = 5\n", f"value = {days}\n")
    if layer == "nation":
        text = text.replace(f'region = "{region}"\n', "")
    if without:
        before, _, after = text.partition(f"[values.{without}]")
        text = before + "[values." + after.partition("[values.")[2]
    place = folder / layer / "public-notice" / "青山1.toml"
    place.parent.mkdir(parents=True)
    place.write_text(text.replace('version = "1"', 'version = "青山1"'), encoding="utf-8")


def days(code: str) -> int:
    return in_force("public-notice", on=ON, region=region_code(code)).whole("rectification_closing_days")


def test_a_rule_of_the_province_goes_before_the_nations_inside_of_it(folder: Path) -> None:
    written(folder)
    release(folder)
    also_from(folder)
    assert (days("990101"), days("110101")) == (10, 5)


def test_a_rule_that_nobody_released_is_not_gone_by_and_said_so(folder: Path) -> None:
    written(folder)
    with pytest.raises(RuleError) as refused:
        days("990101")
    assert refused.value.reasons[0].code == "rules.rulebook.not_released"


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        ({"layer": "nation"}, "rules.rulebook.own_nation"),
        ({"without": "green_mine_listing_days"}, "rules.rulebook.own_lacks"),
    ],
)
def test_a_rule_that_could_not_take_the_nations_place_is_refused(
    folder: Path, faulty: dict[str, str], code: str
) -> None:
    written(folder, **faulty)
    release(folder)
    with pytest.raises(RuleError) as refused:
        consulted()
    assert code in {reason.code for reason in refused.value.reasons}


def test_everybody_reads_value_article_source_and_whether_it_was_read(people: People, folder: Path) -> None:
    written(folder, days=12)
    release(folder)
    client = people.enter("enterprise_manager")
    listed = client.get("/rulebooks/").content.decode()
    assert "土地复垦期限" in listed
    assert "青山省" in listed
    page = client.get("/rulebooks/nation/land-reclamation/2011/").content.decode()
    for told in ("60 个工作日", "第二十九条", "国务院令第592号", "已核实"):
        assert told in page
    own = client.get("/rulebooks/province/public-notice/青山1/").content.decode()
    assert "12 个工作日" in own
    assert "没有规定，须由地方规则填写" in own
    assert "待核" in own
