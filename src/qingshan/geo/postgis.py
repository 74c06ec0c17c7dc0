"""What does PostgreSQL have to be taught? PostGIS, before the first table with a geometry is made;
`qs_cell`.
"""

from __future__ import annotations

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.geo.cells import LAST_LATITUDE, SIDE
from qingshan.geo.errors import GeoError


def bring_postgis(connection: BaseDatabaseWrapper) -> None:
    """Create the extension where it is missing; GeoError says what the administrator has to do."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
        if cursor.fetchone():
            return
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        except Error as error:
            raise GeoError.because("geo.no_postgis", database=str(error).strip().splitlines()[0]) from error


# the same arithmetic as geo.cells; masks in decimal, since PostgreSQL 15 knows no hexadecimal numbers;
# its operators | and << bind equally, hence the brackets
CELL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION qs_spread(n bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ BEGIN
  n := (n | (n << 16)) & {0x0000FFFF0000FFFF};
  n := (n | (n << 8)) & {0x00FF00FF00FF00FF};
  n := (n | (n << 4)) & {0x0F0F0F0F0F0F0F0F};
  n := (n | (n << 2)) & {0x3333333333333333};
  RETURN (n | (n << 1)) & {0x5555555555555555};
END $$;
CREATE OR REPLACE FUNCTION qs_cell(shape geometry) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$ DECLARE
  lon float8 := (ST_XMin(shape) + ST_XMax(shape)) / 2;
  lat float8 := (ST_YMin(shape) + ST_YMax(shape)) / 2;
  sine float8 := sin(radians(greatest(-{LAST_LATITUDE}, least({LAST_LATITUDE}, lat))));
BEGIN
  IF lon IS NULL THEN RETURN NULL; END IF;
  RETURN qs_spread(greatest(0, least({SIDE - 1}, floor((lon + 180.0) / 360.0 * {SIDE})))::bigint)
    | (qs_spread(greatest(0, least({SIDE - 1},
        floor((0.5 - ln((1 + sine) / (1 - sine)) / (4 * pi())) * {SIDE})))::bigint) << 1);
END $$;
"""
