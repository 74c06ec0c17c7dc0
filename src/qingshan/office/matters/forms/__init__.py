"""What is filled in to act on a matter, whatever kind it is."""
