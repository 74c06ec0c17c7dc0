"""Which pages have problems and petitions? A file for each topic."""
