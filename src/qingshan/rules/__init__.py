"""The law book: flows, deadlines, rates, identifiers. Standard library only, no clock, no database."""

from qingshan.rules import case_sentences as case_sentences  # declares the wordings before anybody needs one
from qingshan.rules import project_sentences as project_sentences
from qingshan.rules import restoration_sentences as restoration_sentences
from qingshan.rules import sentences as sentences
