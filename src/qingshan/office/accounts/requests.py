"""What does a view know of who is asking? The middleware has added it; this only says so to the type checker."""

from __future__ import annotations

from django.http import HttpRequest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Holding, Person


class Request(HttpRequest):
    """A request that has passed `ActorMiddleware`; behind a door for the signed-in, `user` is a person."""

    actor: Actor
    holdings: list[Holding]
    user: Person
