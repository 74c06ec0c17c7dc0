"""How does the earth room say what is wrong, what it saw, and what would settle it? One file for each topic."""

from __future__ import annotations

from qingshan.earth.sentences import changes, images, judging, pixels, screening, sheets, sites
from qingshan.rules.reasons import declare

for topic in (changes, images, judging, pixels, screening, sheets, sites):
    declare(topic.SENTENCES)
