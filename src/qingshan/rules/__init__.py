"""The law book: flows, deadlines, rates, identifiers. Standard library only, no clock, no database."""

from qingshan.rules import sentences as sentences  # declares the wordings before anybody needs one
