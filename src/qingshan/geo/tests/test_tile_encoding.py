"""Is what we encode what another program decodes?"""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from mapbox_vector_tile import decode
from shapely.geometry import shape

from qingshan.geo.mvt import EXTENT, Layer, encode

SCREEN = {"y_coord_down": True}

whole = st.integers(-100, EXTENT + 100)
point = st.tuples(whole, whole)
points = st.lists(point, min_size=1, max_size=6, unique=True)
lines = st.lists(point, min_size=2, max_size=30, unique=True).map(shapely.LineString)
texts = st.text(max_size=20)
values = st.one_of(
    st.none(), texts, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, width=64)
)


@st.composite
def polygons(draw):
    """A star around a middle, with or without a hole, of whole numbers."""
    cx, cy = draw(point)
    spokes = draw(st.lists(st.integers(20, 400), min_size=3, max_size=24))
    turns = np.linspace(0, 2 * np.pi, len(spokes), endpoint=False)
    ring = np.rint(np.column_stack([np.cos(turns), np.sin(turns)]) * np.array(spokes)[:, None] + [cx, cy])
    inner = draw(st.sampled_from([0.0, 0.4]))
    holes = [np.rint((ring - [cx, cy]) * inner + [cx, cy])] if inner else []
    star = shapely.Polygon(ring, holes)
    assume(star.is_valid and star.area > 0)
    return star


def apart(parts):
    return not parts or shapely.MultiPolygon(parts).is_valid


shapes = st.one_of(
    point.map(shapely.Point),
    points.map(shapely.MultiPoint),
    lines,
    st.lists(lines, min_size=2, max_size=3).map(shapely.MultiLineString),
    polygons(),
    st.lists(polygons(), min_size=2, max_size=3).filter(apart).map(shapely.MultiPolygon),
)


def decoded(layer):
    return decode(encode([layer]), default_options=SCREEN)[layer.name]


def same(drawn, expected):
    if expected.geom_type.endswith("LineString"):
        # repeated vertices are left out, the path is the same
        return shapely.equals(shapely.union_all([drawn]), shapely.union_all([expected]))
    return shapely.equals(drawn, expected)


@given(st.lists(shapes, min_size=1, max_size=8))
def test_shapes_of_whole_numbers_come_back_equal(drawn):
    features = decoded(Layer("点位", np.array(drawn, dtype=object), {}, list(range(len(drawn)))))["features"]
    assert [feature["id"] for feature in features] == list(range(len(drawn)))
    for feature, expected in zip(features, drawn, strict=True):
        assert same(shape(feature["geometry"]), expected)


@given(st.lists(polygons(), min_size=1, max_size=5))
def test_shells_turn_clockwise_on_the_screen_and_holes_the_other_way(drawn):
    turned = [shapely.reverse(one) if i % 2 else one for i, one in enumerate(drawn)]
    for feature in decoded(Layer("a", np.array(turned, dtype=object), {}))["features"]:
        shell, *holes = feature["geometry"]["coordinates"]
        # y grows downwards, so what is counter-clockwise on paper turns clockwise on the screen
        assert shapely.is_ccw(shapely.LinearRing(shell))
        assert not any(shapely.is_ccw(shapely.LinearRing(hole)) for hole in holes)


@given(st.lists(st.fixed_dictionaries({"a": values, "名称": values}), min_size=1, max_size=8))
def test_properties_come_back_equal_and_unknown_ones_are_left_out(rows):
    columns = {key: [row[key] for row in rows] for key in ("a", "名称")}
    features = decoded(Layer("layer", shapely.points(np.zeros((len(rows), 2))), columns))["features"]
    for feature, row in zip(features, rows, strict=True):
        known = {key: value for key, value in row.items() if value is not None}
        assert feature["properties"] == known
        assert {k: type(v) for k, v in feature["properties"].items()} == {
            k: type(v) for k, v in known.items()
        }


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), min_size=3, max_size=40))
def test_fractions_are_rounded_and_never_break_the_tile(corners):
    ring = shapely.make_valid(shapely.Polygon(corners))
    box = shapely.bounds(ring)
    rounded = points_of(shapely.transform(ring, np.rint))
    middle = tuple(np.rint((box[:2] + box[2:]) / 2).tolist())
    for feature in decode(encode([Layer("a", np.array([ring]), {})]), default_options=SCREEN).get(
        "a", {"features": []}
    )["features"]:
        drawn = shape(feature["geometry"])
        # what rounding left without an area is drawn as the middle of its box
        assert points_of(drawn) <= ({middle} if drawn.geom_type == "Point" else rounded)


def points_of(shaped):
    return {tuple(point) for point in shapely.get_coordinates(shaped).tolist()}


def test_nothing_encodes_to_nothing():
    assert encode([]) == encode([Layer("a", np.array([], dtype=object), {})]) == b""


def test_what_rounds_to_nothing_is_drawn_as_a_point():
    speck = shapely.Polygon([(1.1, 1.1), (1.2, 1.1), (1.2, 1.2)])
    sliver = shapely.Polygon([(0, 0), (50, 0.3), (100, 0)])
    shapes = [speck, shapely.box(0, 0, 9, 9), sliver, shapely.Polygon()]
    layer = Layer("a", np.array(shapes), {}, ids=[1, 2, 3, 4])
    drawn = decode(encode([layer]), default_options={"y_coord_down": True})["a"]["features"]
    assert {f["id"]: f["geometry"]["type"] for f in drawn} == {1: "Point", 2: "Polygon", 3: "Point"}
    assert [f["geometry"]["coordinates"] for f in drawn if f["id"] == 3] == [[50, 0]]


def test_a_hole_that_lost_its_shell_and_a_lost_hole_leave_the_rest_alone():
    big = shapely.box(0, 0, 100, 100)
    pricked = big.difference(shapely.box(10.1, 10.1, 10.2, 10.2))
    speck = shapely.Polygon([(0, 0), (0.4, 0), (0.4, 0.4), (0, 0.4)], [[(0.1, 0.1), (0.2, 0.1), (0.2, 0.2)]])
    both = shapely.MultiPolygon([speck, shapely.box(200, 200, 300, 300)])
    first, second = decoded(Layer("a", np.array([pricked, both]), {}))["features"]
    assert shapely.equals(shape(first["geometry"]), big)
    assert shapely.equals(shape(second["geometry"]), shapely.box(200, 200, 300, 300))


def test_two_layers_of_one_name_are_joined_to_one():
    one = Layer("a", shapely.points([[1, 1]]), {"name": ["x"]}, [7])
    other = Layer("a", shapely.points([[2, 2]]), {"count": [3]})
    first, second = decoded(one.joined(other))["features"]
    assert (first["id"], first["properties"]) == (7, {"name": "x"})
    assert second["properties"] == {"count": 3}
