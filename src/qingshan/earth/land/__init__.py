"""What comes in about land: sites and what is claimed of them, from files as offices have them."""
