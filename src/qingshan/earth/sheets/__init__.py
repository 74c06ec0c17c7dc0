"""What does a person get to see of a site: the answer, pictures before and after, the curve, the scenes?"""

from __future__ import annotations

from qingshan.earth.sheets.content import Answer, Sheet, scenes_wanted, sheet
from qingshan.earth.sheets.views import View

__all__ = ["Answer", "Sheet", "View", "scenes_wanted", "sheet"]
