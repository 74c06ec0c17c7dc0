"""Do counties tile the province, and do sites and patches lie where and how ground lies?"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
import shapely

from qingshan.demo.chance import Chance
from qingshan.demo.control_lines import LAYERS
from qingshan.demo.outlines import JUNCTIONS, RINGS, border, outline
from qingshan.demo.province import Province
from qingshan.demo.regions import CITIES, COUNTIES, PROVINCE, counties_of, regions
from qingshan.demo.shapes import Cut, Place, dump, face_and_floor, halves, hollow, pit, pond, yard
from qingshan.geo.area import area_m2
from qingshan.rules.register import MineState

OUTLINES = {region.code: region.outline for region in regions()}


def test_every_outline_is_one_valid_ring_in_the_yellow_sea() -> None:
    for shape in OUTLINES.values():
        assert shape.is_valid
        assert not shape.interiors
    west, south, east, north = OUTLINES[PROVINCE].bounds
    assert (west, south) > (121.8, 32.8)
    assert (east, north) < (124.2, 34.8)


def test_counties_do_not_overlap() -> None:
    for one, other in combinations(COUNTIES, 2):
        assert OUTLINES[one].intersection(OUTLINES[other]).area == 0


@pytest.mark.parametrize("code", [PROVINCE, *CITIES])
def test_counties_fill_their_city_and_cities_the_province(code: str) -> None:
    together = shapely.union_all([OUTLINES[county] for county in counties_of(code)])
    assert together.symmetric_difference(OUTLINES[code]).area == 0


def test_a_border_is_the_same_line_from_both_sides() -> None:
    for ring in RINGS.values():
        for start, end in zip(ring, (*ring[1:], ring[0]), strict=True):
            there, back = border(start, end), border(end, start)
            assert there[1:] == tuple(reversed(back[1:]))
    assert {name for ring in RINGS.values() for name in ring} == set(JUNCTIONS)


def test_counties_that_do_not_touch_have_no_common_outline() -> None:
    with pytest.raises(ValueError, match="hang together"):
        outline("990101", "990304")


@pytest.mark.parametrize("what", ["mines", "sites", "patches"])
def test_every_shape_is_valid_and_inside_its_county(p: Province, what: str) -> None:
    facts = getattr(p, what)
    shapes = np.array([fact.geometry for fact in facts])
    counties = np.array([OUTLINES[fact.county] for fact in facts])
    assert shapely.is_valid(shapes).all()
    shapely.prepare(counties)
    assert shapely.contains_properly(counties, shapes).all()


def test_no_two_sites_and_no_two_mines_overlap(p: Province) -> None:
    sites = {site.key: site.geometry for site in p.sites}
    for shapes in (list(sites.values()), [mine.geometry for mine in p.mines]):
        first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        assert (first == second).all()


def test_control_lines_lie_in_their_county_and_never_across_each_other(p: Province) -> None:
    shapes = [feature.geometry for feature in p.control_lines]
    assert shapely.is_valid(shapes).all()
    assert all(OUTLINES[feature.county].contains(feature.geometry) for feature in p.control_lines)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    assert (first == second).all()
    assert {(feature.layer.code, feature.county) for feature in p.control_lines} == {
        (layer.code, county) for layer in LAYERS for county in COUNTIES
    }


def test_some_mines_lie_across_a_control_line_and_most_do_not(p: Province) -> None:
    lines = shapely.STRtree([feature.geometry for feature in p.control_lines])
    mines, _ = lines.query([mine.geometry for mine in p.mines], predicate="intersects")
    assert 10 < len(set(mines)) < 80


def test_sites_measure_what_they_say(p: Province) -> None:
    """The drawing plane is a sphere's, the register measures on the ellipsoid: little apart."""
    for site in p.sites[::25]:
        assert area_m2(site.geometry) == pytest.approx(site.area_m2, rel=0.006)
    hectares = [site.area_m2 / 10_000 for site in p.sites]
    assert 0.19 < min(hectares) < max(hectares) < 40.5
    assert 1.5 < np.median(hectares) < 3.5


def test_some_sites_have_several_parts_and_some_a_hill(p: Province) -> None:
    sites = {site.key: site.geometry for site in p.sites}
    parts = [shapely.get_num_geometries(shape) for shape in sites.values()]
    holes = [len(shape.interiors) for shape in sites.values() if shape.geom_type == "Polygon"]
    assert 50 < sum(part > 1 for part in parts) < 300
    assert 40 < sum(hole > 0 for hole in holes) < 300


def test_sites_lie_near_their_mine(p: Province) -> None:
    for site in p.sites:
        if site.mine:
            middle = site.geometry.centroid
            east, north = site.mine.place.metres_from(Place(middle.x, middle.y))
            assert max(abs(east), abs(north)) < 3_000


def test_abandoned_mines_are_points_and_others_have_a_boundary_of_few_corners(p: Province) -> None:
    for mine in p.mines:
        if mine.state is MineState.ABANDONED:
            assert mine.geometry.geom_type == "Point"
        else:
            assert 5 <= len(mine.geometry.exterior.coords) <= 8


def test_patches_that_hold_today_fill_their_site_without_overlap(p: Province) -> None:
    sites = {site.key: site.geometry for site in p.sites}
    today = defaultdict(list)
    for patch in p.patches:
        if patch.to_on is None:
            today[patch.site_key].append(patch.geometry)
    for key, shape in sites.items():
        filled = shapely.union_all(today[key])
        assert filled.symmetric_difference(shape).area <= shape.area * 1e-6
        assert sum(part.area for part in today[key]) == pytest.approx(shape.area, rel=1e-6)


@pytest.mark.parametrize("look", [pit, dump, pond, yard, hollow])
@pytest.mark.parametrize("serial", range(12))
def test_every_look_can_be_cut_into_parts_that_fill_it(look, serial: int) -> None:
    chance = Chance("test", look.__name__, serial)
    blob = look(chance).sized(20_000)
    place = Place(122.5, 33.5)
    cuts = [halves(blob, chance), face_and_floor(blob, chance), halves(blob.with_hill(0.3), chance)]
    wholes = [blob, blob, blob.with_hill(0.3)]
    for parts, whole in zip(cuts, wholes, strict=True):
        drawn, shapes = place.draw(Cut.whole(whole)), [place.draw(part) for part in parts]
        assert all(shape.is_valid for shape in shapes)
        assert sum(shape.area for shape in shapes) == pytest.approx(drawn.area, rel=1e-6)
        assert shapely.union_all(shapes).symmetric_difference(drawn).area <= drawn.area * 1e-6


def test_a_sized_blob_has_the_size() -> None:
    assert pit(Chance("size")).with_hill(0.4).sized(12_345).area_m2 == pytest.approx(12_345, rel=1e-5)
