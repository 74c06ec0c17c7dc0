"""One of two clerks who merge the same two mines at the same moment. Used by test_merging_races.

Reads the number of a pair and of the mine to be kept from each line, merges, and answers `won` or the code of
the refusal.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from qingshan.office.accounts.actors import operator_of_this_machine
    from qingshan.office.mines.actions import Merger, merge_mines
    from qingshan.office.mines.models import Likeness
    from qingshan.rules.errors import QingshanError

    actor = operator_of_this_machine()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        pair_id, kept_id, versions = (int(word) for word in line.split())
        pair = Likeness.objects.select_related("first", "second").get(pk=pair_id)
        seen = {pair.first_id: versions, pair.second_id: versions}
        merger = Merger(kept_id, frozenset(), "同一许可证", version=versions, mine_versions=seen)
        try:
            merge_mines(pair, merger, actor=actor, now=timezone.now())
            said = "won"
        except QingshanError as error:
            said = error.code
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


main()
