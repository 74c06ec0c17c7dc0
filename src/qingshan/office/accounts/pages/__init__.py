"""Which pages do organisations, people and one's own login have?"""

from qingshan.office.accounts.pages.login import locked_out, log_in, log_out

__all__ = ["locked_out", "log_in", "log_out"]
