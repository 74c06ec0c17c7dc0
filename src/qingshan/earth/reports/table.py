"""Which values were seen, date by date? All series as one Parquet table.

Long: one row for each site, observation and quantity, in the order of sites, of `series.QUANTITIES` and of days. A new
index adds rows, never columns, and one quantity of all sites is read with one filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from qingshan.earth.reports.results import Results
from qingshan.earth.series import QUANTITIES, SiteSeries
from qingshan.earth.writing import beside

ROWS_A_GROUP = 200_000
SCHEMA = pa.schema(
    [
        pa.field("site", pa.string(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("sensor", pa.string(), nullable=False),
        pa.field("scene", pa.string(), nullable=False),
        pa.field("quantity", pa.string(), nullable=False),
        pa.field("mean", pa.float64()),
        pa.field("variance", pa.float64()),
        pa.field("clear_px", pa.float64()),
        pa.field("total_px", pa.float64()),
        pa.field("ring_mean", pa.float64()),
        pa.field("ring_variance", pa.float64()),
        pa.field("ring_clear_px", pa.float64()),
        pa.field("ring_total_px", pa.float64()),
    ]
)


def write_table(results: Results, path: Path) -> None:
    """The table of all series. Null: nothing was clear, or there is no ring."""
    with beside(path) as part, pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
        for group in _groups(results.series_of(site) for site in results.sites):
            writer.write_table(group)


def table_of(series: SiteSeries) -> pa.Table:
    """The rows of one site."""
    names = [name for name in QUANTITIES if name in series.inside.mean]
    times = len(names)
    inside, ring = series.inside, series.ring
    nothing = np.full(len(series), np.nan)
    columns = {
        "site": [series.site_id] * (len(series) * times),
        "day": np.tile(series.days, times),
        "sensor": list(series.sensors) * times,
        "scene": list(series.scenes) * times,
        "quantity": np.repeat(names, len(series)),
        "mean": _joined([inside.mean[name] for name in names]),
        "variance": _joined([inside.variance[name] for name in names]),
        "clear_px": np.tile(inside.clear_px, times),
        "total_px": np.full(len(series) * times, inside.total_px),
        "ring_mean": _joined([ring.mean[name] if ring else nothing for name in names]),
        "ring_variance": _joined([ring.variance[name] if ring else nothing for name in names]),
        "ring_clear_px": np.tile(ring.clear_px if ring else nothing, times),
        "ring_total_px": np.full(len(series) * times, ring.total_px if ring else np.nan),
    }
    arrays = [_array(columns[field.name], field.type) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _joined(values: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(values) if values else np.empty(0)


def _array(values: object, kind: pa.DataType) -> pa.Array:
    if kind == pa.date32():
        return pa.array(np.asarray(values, dtype=np.int32)).cast(pa.date32())
    return pa.array(values, type=kind, from_pandas=kind == pa.float64())


def _groups(every: Iterable[SiteSeries]) -> Iterator[pa.Table]:
    """Tables of about so many rows: few groups, and never all of it in memory."""
    held: list[pa.Table] = []
    for series in every:
        held.append(table_of(series))
        if sum(table.num_rows for table in held) >= ROWS_A_GROUP:
            yield pa.concat_tables(held).combine_chunks()
            held = []
    if held:
        yield pa.concat_tables(held).combine_chunks()
