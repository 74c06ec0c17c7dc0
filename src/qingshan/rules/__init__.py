"""The law book: flows, deadlines, rates, identifiers. Standard library only, no clock, no database."""
