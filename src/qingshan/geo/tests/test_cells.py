"""Does every row carry the cell that its shape lies in, whoever wrote it?"""

from __future__ import annotations

import pytest
import shapely
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from qingshan.geo.cells import DEPTH, SIDE, cell_number, cell_of_box, columns_and_rows, tile_range
from qingshan.geo.index import install_indexes
from qingshan.geo.tests.parcels import Plot

HERE, THERE = shapely.Point(122, 33), shapely.Point(100, 20)


def cell_of(shape):
    return cell_of_box(shape.bounds)


@given(column=st.integers(0, SIDE - 1), row=st.integers(0, SIDE - 1))
def test_column_and_row_can_be_read_back_from_the_number(column, row):
    columns, rows = columns_and_rows([cell_number(column, row)])
    assert (columns[0], rows[0]) == (column, row)


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90), z=st.integers(0, DEPTH))
def test_a_point_lies_in_exactly_one_tile_of_each_zoom(lon, lat, z):
    cell = cell_of_box((lon, lat, lon, lat))
    columns, rows = columns_and_rows([cell >> 2 * (DEPTH - z)])
    first, last = tile_range(z, int(columns[0]), int(rows[0]))
    assert first <= cell <= last


def test_the_corner_of_the_world_is_the_first_cell():
    assert cell_of_box((-180, 90, -180, 90)) == 0
    assert cell_of_box((180, -90, 180, -90)) == SIDE * SIDE - 1
    assert cell_of_box(None) is None


@pytest.mark.django_db
class TestRows:
    def cells(self):
        return list(Plot.objects.order_by("pk").values_list("cell", flat=True))

    def test_saving_and_bulk_creating_write_the_cell(self):
        plot = Plot.objects.create(geom=HERE)
        assert plot.cell == cell_of(HERE)
        Plot.objects.bulk_create([Plot(geom=THERE), Plot(geom=None), Plot(geom=shapely.Polygon())])
        assert self.cells() == [cell_of(HERE), cell_of(THERE), None, None]

    def test_updating_the_shape_moves_the_cell(self):
        Plot.objects.create(geom=HERE)
        Plot.objects.update(geom=THERE)
        assert self.cells() == [cell_of(THERE)]
        Plot.objects.update(geom=None)
        assert self.cells() == [None]

    def test_a_cell_written_by_hand_is_put_right(self):
        Plot.objects.create(geom=HERE)
        Plot.objects.update(cell=5)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO geo_test_plot (name, region, area_m2, geom, cell)"
                " SELECT name, region, area_m2, geom, 7 FROM geo_test_plot"
            )
        assert self.cells() == [cell_of(HERE)] * 2

    def test_cells_of_rows_that_came_before_the_trigger_are_filled(self):
        Plot.objects.create(geom=HERE)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER geo_test_plot_cell_qscell_update")
            else:
                cursor.execute("DROP TRIGGER geo_test_plot_cell_qscell ON geo_test_plot")
        Plot.objects.update(cell=None)
        assert self.cells() == [None]
        install_indexes(connection)
        assert self.cells() == [cell_of(HERE)]


def test_many_rows_get_their_cells_at_once():
    plots = [Plot(geom=shape) for shape in (HERE, None, shapely.Polygon(), THERE.buffer(0.01))]
    cells = Plot._meta.get_field("cell").pre_save_many(plots)
    assert cells == [cell_of(HERE), None, None, cell_of(THERE.buffer(0.01))]
    assert [plot.cell for plot in plots] == cells
