"""What is kept of every site from every scene, unit by unit, so that a new date costs only that date."""
