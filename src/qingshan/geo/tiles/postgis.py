"""How does PostGIS draw a tile? ST_AsMVT over the same rows, generalised as in `tiles.drawing`."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Func, TextField

from qingshan.geo.mvt import EXTENT
from qingshan.geo.tiles.drawing import SIMPLE, Detail
from qingshan.geo.tiles.place import BUFFER, Place
from qingshan.geo.tiles.rows import Rows, apart

# CGCS2000 and WGS 84 agree within centimetres, so the label is changed and no datum step is taken
_ON_THE_GRID = """ST_AsMVTGeom(ST_Transform(ST_SetSRID({{shape}}, 4326), 3857),
 ST_TileEnvelope({z}, {x}, {y}), {extent}, {buffer}, true)"""
_MIDDLE = """ST_MakePoint((ST_XMin({g}) + ST_XMax({g})) / 2, (ST_YMin({g}) + ST_YMax({g})) / 2)"""
_GENERALISED = """CASE
 WHEN ST_XMax({g}) - ST_XMin({g}) < {small} AND ST_YMax({g}) - ST_YMin({g}) < {small} THEN {middle}
 WHEN ST_NPoints({g}) > {simple} THEN ST_SimplifyPreserveTopology({g}, {fine}) ELSE {g} END"""


def encode_on_postgis(
    parts: Sequence[Rows], place: Place, *, layer: str, geom: str, properties: Sequence[str]
) -> bytes:
    """The bytes of the tile, made by the database in one statement; it may be larger than wanted."""
    connection = connections[parts[0].db]
    selects, values = [], []
    for part in apart(parts):
        inside = part.filter(**{f"{geom}__bbox": place.lonlat_box()})
        drawn = inside.values_list("pk", *map(F, properties), _drawn(place, geom))
        try:
            sql, params = drawn.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # whoever may see nothing
            continue
        selects.append(sql)
        values.extend(params)
    if not selects:
        return b""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in ("qs_id", *properties, "qs_drawn"))
    rows = " UNION ALL ".join(selects)
    sql = (
        f"SELECT ST_AsMVT(tile.*, %s, {EXTENT}, 'qs_drawn', 'qs_id')"
        f" FROM (SELECT * FROM ({rows}) AS rows({names}) ORDER BY qs_id) AS tile"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [layer, *values])
        return bytes(cursor.fetchone()[0] or b"")


def _drawn(place: Place, geom: str) -> Func:
    """A strip thinner than the grid would vanish there: its middle is drawn in its place."""
    detail, degree = Detail(), place.degrees_per_unit()
    g = "%(expressions)s"
    middle = _MIDDLE.format(g=g)
    generalised = _GENERALISED.format(
        g=g,
        middle=middle,
        small=detail.smallest * degree,
        fine=detail.tolerance * degree,
        simple=SIMPLE,
    )
    on_the_grid = _ON_THE_GRID.format(z=place.z, x=place.x, y=place.y, extent=EXTENT, buffer=BUFFER)
    either = ", ".join(on_the_grid.format(shape=shape) for shape in (generalised, middle))
    return Func(geom, template=f"COALESCE({either})", output_field=TextField())
