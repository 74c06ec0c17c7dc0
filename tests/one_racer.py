"""One of two clerks who press the same button at the same moment. Used by test_races.

Reads the number of an import from each line, applies it, and answers `won` or the code of the refusal.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingshan.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from qingshan.exchange.models import Import
    from qingshan.office.accounts.actors import operator_of_this_machine
    from qingshan.office.mines.actions import import_sites
    from qingshan.rules.errors import QingshanError

    actor = operator_of_this_machine()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        import_ = Import.objects.get(pk=int(line))
        try:
            import_sites(import_, actor=actor, now=timezone.now())
            said = "won"
        except QingshanError as error:
            said = error.code
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


main()
