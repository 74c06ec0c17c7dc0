"""The pages that matters of every kind have in common; each app puts them at its own addresses (`routes`)."""
