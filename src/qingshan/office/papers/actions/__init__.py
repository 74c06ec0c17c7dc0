"""What can be done to papers?"""

from qingshan.office.papers.actions.drafting import draft, issuer_of, revise
from qingshan.office.papers.actions.issuing import issue, withdraw
from qingshan.office.papers.actions.returning import NewCopy, return_signed_copy

__all__ = ["NewCopy", "draft", "issue", "issuer_of", "return_signed_copy", "revise", "withdraw"]
