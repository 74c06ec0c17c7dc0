"""What can be done to papers?"""

from qingshan.office.papers.actions.drafting import draft, issuer_of, revise
from qingshan.office.papers.actions.issuing import issue, withdraw
from qingshan.office.papers.actions.returning import NewCopy, return_signed_copy
from qingshan.office.papers.actions.templates import adopt_template, retire_template

__all__ = [
    "NewCopy",
    "adopt_template",
    "draft",
    "issue",
    "issuer_of",
    "retire_template",
    "return_signed_copy",
    "revise",
    "withdraw",
]
