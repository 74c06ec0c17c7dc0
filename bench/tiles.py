"""How long does one tile of a map of a million sites take, and how many bytes has it?

Distinct tiles that were never asked for before, chosen by lot among those that hold sites (a place with more
sites comes earlier), at each zoom as many as the list says or as there are; for a reader of the province, who
sees all rows, and one of a county. The peer is the library mapbox-vector-tile on the same rows, read by the
same bounding box: on a sample of tiles, because it takes long, and only from zoom 13 on, because it neither
counts nor generalises. Tiles are wanted below 500 kB.
"""

from __future__ import annotations

import ground
import listing
import mapbox_vector_tile
import numpy as np
import shapely
from mapbox_vector_tile.encoder import on_invalid_geometry_make_valid
from measuring import SMALL, Findings, agree, hold, p50, p95, timed_call
from shapely.geometry import Polygon, shape

from qingshan.geo.cells import DEPTH, cell_number, columns_and_rows
from qingshan.geo.mvt import EXTENT
from qingshan.geo.tiles import MAX_BYTES
from qingshan.geo.tiles.making import MOST_SHAPES
from qingshan.geo.tiles.place import Place
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Person
from qingshan.office.desk.one_map import tile_of
from qingshan.office.mines.models import Site

prepare = listing.prepare
MIX = {4: 2, 5: 4, 6: 8, 7: 12, 8: 20, 9: 30, 10: 40, 11: 40, 12: 40, 13: 40, 14: 40, 15: 40}
"""At most so many tiles of each zoom."""
SAMPLE = {13: 6, 14: 6, 15: 6}
if SMALL:
    MIX, SAMPLE = dict.fromkeys(MIX, 3), dict.fromkeys(SAMPLE, 2)

Tile = tuple[int, int, int]


def measure(findings: Findings) -> None:
    cells = np.fromiter(Site.objects.order_by("id").values_list("cell", flat=True).iterator(), dtype=np.int64)
    biggest = max(
        _tiles(findings, "省 province", _reader("bench-2"), cells),
        _tiles(findings, "县 county", _reader("bench-0"), _of_county(cells), zooms=(8, 10, 12, 14)),
    )
    findings.add("biggest tile of all", "kB", biggest / 1000)
    hold("no tile is larger than it may be", biggest <= MAX_BYTES)
    _beside_library(findings, _reader("bench-2"), cells)
    findings.notes.append(
        "tiles asked for: " + ", ".join(f"z{z} {count}" for z, count in _counts(cells).items())
    )


def _reader(login_name: str) -> Actor:
    """Those whom the list was measured for; made here where only tiles are measured."""
    if not Person.objects.filter(login_name=login_name).exists():
        ground.readers(listing.ROWS)
    return ground.Reader(login_name, Person.objects.get(login_name=login_name)).actor()


def _of_county(cells: np.ndarray) -> np.ndarray:
    ((low, high),) = _reader("bench-0").region_ranges
    ids = Site.objects.filter(region_id__gte=low, region_id__lte=high).values_list("cell", flat=True)
    return np.fromiter(ids.iterator(), dtype=np.int64)


def _tiles(findings: Findings, name: str, actor: Actor, cells: np.ndarray, zooms=tuple(MIX)) -> int:
    """Times of each zoom; the largest tile in bytes."""
    largest = 0
    for z in zooms:
        times, sizes = [], []
        for tile in chosen(cells, z, MIX[z]):
            body, seconds = timed_call(lambda tile=tile: _drawn(actor, tile))
            times.append(1000 * seconds)
            sizes.append(len(body))
            if SMALL:
                _agrees(body, tile, cells)
        findings.add(f"tile, {name}, z{z}, p50", "ms", p50(times))
        findings.add(f"tile, {name}, z{z}, p95", "ms", p95(times))
        largest = max(largest, *sizes)
    return largest


def _drawn(actor: Actor, tile: Tile) -> bytes:
    z, x, y = tile
    return tile_of("sites", actor=actor, query={}, z=z, x=x, y=y)


def chosen(cells: np.ndarray, z: int, most: int) -> list[Tile]:
    """Distinct tiles of a zoom that hold sites, by the lot of their sites."""
    lots = np.random.default_rng(z).permutation(cells >> (2 * (DEPTH - z)))
    _, first = np.unique(lots, return_index=True)
    numbers = lots[np.sort(first)[:most]]
    columns, rows = columns_and_rows(numbers)
    return [(z, int(x), int(y)) for x, y in zip(columns, rows, strict=True)]


def _counts(cells: np.ndarray) -> dict[int, int]:
    return {z: len(chosen(cells, z, most)) for z, most in MIX.items()}


def _on_tile(cells: np.ndarray, tile: Tile) -> int:
    """How many sites have the middle of their box on the tile."""
    z, x, y = tile
    return int(np.count_nonzero(cells >> (2 * (DEPTH - z)) == cell_number(x, y)))


def _agrees(body: bytes, tile: Tile, cells: np.ndarray) -> None:
    """Read by the peer's decoder: every site of the tile is drawn or counted."""
    features = mapbox_vector_tile.decode(body)["sites"]["features"]
    counts = [one["properties"].get("count") for one in features]
    expected = _on_tile(cells, tile)
    if None not in counts:
        agree(f"sites counted on {tile}", sum(counts), expected)
    else:
        hold(f"the sites of {tile} are drawn", len(features) >= expected)


# --- beside the library -----------------------------------------------------------------------------------


def _beside_library(findings: Findings, actor: Actor, cells: np.ndarray) -> None:
    for z, most in SAMPLE.items():
        ours, theirs, sizes = [], [], []
        few = [tile for tile in chosen(cells, z, 10 * most) if _on_tile(cells, tile) <= MOST_SHAPES][:most]
        for tile in few:
            body, seconds = timed_call(lambda tile=tile: _drawn(actor, tile))
            other, other_s = timed_call(lambda tile=tile: _by_library(tile))
            ours.append(1000 * seconds)
            theirs.append(1000 * other_s)
            sizes.append((len(body), len(other)))
            _same_sites(tile, body, other)
        findings.add(f"one tile, z{z}, p50", "ms", p50(ours), p50(theirs), beside="mapbox-vector-tile")
        kilobytes = [sum(pair) / len(pair) / 1000 for pair in zip(*sizes, strict=True)]
        findings.add(f"one tile, z{z}, size", "kB", *kilobytes, beside="mapbox-vector-tile")


def _same_sites(tile: Tile, ours: bytes, theirs: bytes) -> None:
    """The library leaves out what is smaller than its grid; ours draws a point there. What only reaches into
    the frame around the tile is not asked about: the neighbouring tile draws it.
    """
    square = shapely.box(0, 0, EXTENT, EXTENT)
    drawn, peers = _ids(ours, on=square), _ids(theirs, on=square)
    agree(f"sites of the peer's tile {tile} that ours lacks", sorted(peers - _ids(ours)), [])
    hold(f"the peer draws nearly all of tile {tile}", len(peers) >= 0.9 * len(drawn))


def _by_library(tile: Tile) -> bytes:
    place = Place(*tile)
    found = Site.objects.filter(geom__bbox=place.lonlat_box()).order_by("id")
    rows = list(found.values_list("id", "geom", "name", "kind"))
    drawn = place.drawn(np.array([row[1] for row in rows], dtype=object))
    window = shapely.box(-64, -64, 4160, 4160)
    features = [
        {"geometry": cut, "id": pk, "properties": {"name": name, "kind": kind}}
        for (pk, _, name, kind), cut in zip(rows, shapely.intersection(drawn, window), strict=True)
        if not cut.is_empty
    ]
    layer = {"name": "sites", "features": features}
    options = {"y_coord_down": True, "extents": 4096, "on_invalid_geometry": on_invalid_geometry_make_valid}
    return mapbox_vector_tile.encode([layer], default_options=options)


def _ids(body: bytes, *, on: Polygon | None = None) -> set[int]:
    features = mapbox_vector_tile.decode(body)["sites"]["features"]
    return {one["id"] for one in features if on is None or shapely.intersects(shape(one["geometry"]), on)}
