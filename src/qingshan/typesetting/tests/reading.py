"""What does a test want to know of a PDF?"""

from __future__ import annotations

import re


def pages(pdf: bytes) -> int:
    """How many pages it has, by the root of its page tree."""
    return max(int(count) for count in re.findall(rb"/Type\s*/Pages\s*/Count (\d+)", pdf))
