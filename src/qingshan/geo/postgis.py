"""What does PostgreSQL have to be taught? PostGIS, before the first table with a geometry is made."""

from __future__ import annotations

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper

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
