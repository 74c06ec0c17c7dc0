"""In whose name does a command act: the operator of this machine, or the person given with --as?"""

from __future__ import annotations

import argparse
from datetime import datetime

from qingshan.config.errors import CommandError
from qingshan.office.accounts.actors import Actor, actor_of, operator_of_this_machine
from qingshan.office.accounts.models import Person
from qingshan.rules.dates import shanghai_date


def add_as(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as",
        dest="person",
        metavar="PERSON",
        help="以该账号的名义办理，默认为本机操作员 · act as this account, not as the operator of this machine",
    )


def actor_for(person: str | None, *, now: datetime) -> Actor:
    """The actor of a command; an unknown account, or one without a post today: CommandError."""
    if person is None:
        return operator_of_this_machine()
    found = Person.objects.filter(login_name=person, locked_at=None).first()
    actor = actor_of(found, on=shanghai_date(now)) if found is not None else None
    if actor is None or actor.holding_id is None:
        raise CommandError.because("command.no_person", name=person)
    return actor
