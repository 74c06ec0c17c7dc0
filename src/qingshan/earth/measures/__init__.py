"""What is measured of a site: which pixels make it up, what each is covered by, averages in one pass."""
