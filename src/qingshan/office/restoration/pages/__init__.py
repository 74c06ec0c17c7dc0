"""Pages of restoration: projects, listed sites, land, figures."""
