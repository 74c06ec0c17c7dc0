"""Does the register say what an independent list of regions says?

The other list is dated 2023-06, ours ends in 2019-04: what was reorganised in between differs, and the
numbers say how much. QINGSHAN_TEST_DATA holds it; without it the same body runs on a small twin alone.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from qingshan.office.regions.register import Listed, listed_codes, package_lists
from qingshan.office.regions.tests.lists import small_lists

AT_LEAST = 0.95


def agreement(listed: list[Listed], tree: list[dict]) -> tuple[int, int, int, int]:
    """Codes of the other list, those that we hold, those of the same name, and ours that it lacks."""
    theirs = {code: name for code, name in _flat(tree) if len(code) == 6}
    in_force = [each for each in listed if each.names[-1].valid_to is None and not each.is_heading]
    ours = {each.code.text: each.names[-1].name for each in in_force}
    shared = ours.keys() & theirs.keys()
    same = sum(ours[code] == theirs[code] for code in shared)
    return len(theirs), len(shared), same, len(ours.keys() - theirs.keys())


def _flat(branches: list[dict]):
    for branch in branches:
        if branch["name"] not in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}:
            yield branch["code"].ljust(6, "0"), branch["name"]
        yield from _flat(branch.get("children", []))


def check(listed: list[Listed], tree: list[dict]) -> None:
    codes, shared, same, only_ours = agreement(listed, tree)
    print(f"regions: other list {codes}, shared {shared}, same name {same}, only ours {only_ours}")
    assert shared / codes >= AT_LEAST
    assert same / shared >= AT_LEAST


def test_a_small_twin_agrees():
    county = [{"code": "410402", "name": "新华新区"}, {"code": "410422", "name": "叶县"}]
    headings = [
        {"code": "4190", "name": "省直辖县级行政区划", "children": [{"code": "419001", "name": "济源市"}]}
    ]
    city = {"code": "4104", "name": "平顶山市", "children": county}
    check(listed_codes(small_lists()), [{"code": "41", "name": "河南省", "children": [city, *headings]}])


@pytest.mark.outside_data
def test_the_whole_register_agrees():
    folder = os.environ.get("QINGSHAN_TEST_DATA")
    file = Path(folder or ".") / "regions_pca.json"
    if not folder or not file.exists():
        pytest.skip("QINGSHAN_TEST_DATA does not hold regions_pca.json: 1 comparison not made")
    check(listed_codes(package_lists()), json.loads(file.read_text(encoding="utf-8")))
