"""Is everything still as the acts left it?"""

from qingshan.office.trail.verify.report import Report
from qingshan.office.trail.verify.run import verify_trail

__all__ = ["Report", "verify_trail"]
