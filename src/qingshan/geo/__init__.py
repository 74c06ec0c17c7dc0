"""Where things are: the geometry field, its index, tiles (Django); crs and area import no Django."""
