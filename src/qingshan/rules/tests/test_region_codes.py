from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import RegionCode, region_code, region_of_id
from qingshan.rules.register import RegionLevel

P, C, X, T, V = list(RegionLevel)[:5]


@pytest.mark.parametrize(
    ("text", "level", "written", "parent"),
    [
        ("430000", P, "430000", None),
        ("430000000000", P, "430000", None),
        ("990000", P, "990000", None),
        ("150600", C, "150600", "150000"),
        ("150622", X, "150622", "150600"),
        ("230112", X, "230112", "230100"),
        ("140924000000", X, "140924", "140900"),
        ("410400", C, "410400", "410000"),
        ("431021", X, "431021", "431000"),
        ("990101001", T, "990101001", "990101"),
        ("990101001000", T, "990101001", "990101"),
        ("990101001002", V, "990101001002", "990101001"),
        # counties directly under a province: CC = 90
        ("419001", X, "419001", "410000"),
        ("429004", X, "429004", "420000"),
        ("469001", X, "469001", "460000"),
        ("659001", X, "659001", "650000"),
        ("429004001", T, "429004001", "429004"),
        ("429000", C, "429000", "420000"),
        # townships directly under a prefecture: 东莞
        ("441900003", T, "441900003", "441900"),
        ("441900003001", V, "441900003001", "441900003"),
        (" １５０６２２ ", X, "150622", "150600"),
        ("境外", RegionLevel.ABROAD, "境外", None),
        ("0", RegionLevel.ABROAD, "境外", None),
        ("abroad", RegionLevel.ABROAD, "境外", None),
    ],
)
def test_the_digits_tell_level_and_parent(
    text: str, level: RegionLevel, written: str, parent: str | None
) -> None:
    read = region_code(text)
    assert (read.level, read.text) == (level, written)
    assert (read.parent.text if read.parent else None) == parent


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("990000", 990000000000, 999999999999),
        ("990100", 990100000000, 990199999999),
        ("990101", 990101000000, 990101999999),
        ("990101001", 990101001000, 990101001999),
        ("990101001002", 990101001002, 990101001002),
        ("境外", 0, 0),
    ],
)
def test_a_region_is_a_range_of_ids(text: str, low: int, high: int) -> None:
    assert region_code(text).range == (low, high)
    assert region_code(text).id == low


@pytest.mark.parametrize(
    "text", ["43002", "4300211", "030000", "abc", "", "43002a", "990101001002000", "-430000", "４３０.０００"]
)
def test_a_code_of_another_length_or_with_letters_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        region_code(text)
    assert refused.value.code == "rules.region.digits"


@pytest.mark.parametrize("text", ["430021", "430000001", "990101000002", "430000000001"])
def test_a_code_without_its_upper_part_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        region_code(text)
    assert refused.value.code == "rules.region.gap"


@pytest.mark.parametrize("region_id", [1, 430021000000, 9901010010020, 30000000000])
def test_a_stored_id_that_is_no_region_is_refused(region_id: int) -> None:
    with pytest.raises(RuleError) as refused:
        region_of_id(region_id)
    assert refused.value.code == "rules.region.gap"


def test_the_heading_of_directly_governed_counties_is_no_region_of_its_own() -> None:
    assert region_code("419000").is_placeholder
    assert not region_code("419001").is_placeholder
    assert not region_code("410400").is_placeholder


@st.composite
def regions(draw: st.DrawFn) -> RegionCode:
    """Codes as they are given out: a lower part only below an upper one."""
    parts = [draw(st.integers(10, 99)), draw(st.integers(1, 99)), draw(st.integers(0, 99))]
    parts += [draw(st.integers(1, 999)), draw(st.integers(1, 999))]
    kept = draw(st.integers(1, 5))
    widths = (2, 2, 2, 3, 3)
    digits = "".join(
        f"{part if place < kept else 0:0{width}d}"
        for place, (part, width) in enumerate(zip(parts, widths, strict=True))
    )
    return region_code(digits)


@given(regions())
def test_a_code_survives_being_written_and_read(region: RegionCode) -> None:
    assert region_code(region.text) == region == region_of_id(region.id)
    assert region_code(str(region.id)) == region


@given(regions())
def test_every_region_lies_inside_its_parent_up_to_the_province(region: RegionCode) -> None:
    seen = [region]
    while (parent := seen[-1].parent) is not None:
        assert parent.contains(seen[-1])
        assert not seen[-1].contains(parent)
        seen.append(parent)
    assert region.contains(region)
    assert region.contains(RegionCode(region.range[1], V))
    assert seen[-1].level is P
    assert len(seen) <= 5


@given(regions(), regions())
def test_two_regions_are_nested_or_apart(one: RegionCode, other: RegionCode) -> None:
    overlap = one.range[0] <= other.range[1] and other.range[0] <= one.range[1]
    assert overlap == (one.contains(other) or other.contains(one))
