"""How does a reader ask for pages: with a session, at their own pace, from a server as `qingshan serve` runs it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import ground
from django.test import Client
from measuring import timed_call
from open_loop import Answer, ask

AT_ONCE = 100_000
"""Requests a second that nothing can keep up with: how many are answered is how many there are at most."""


def signed_in(reader: ground.Reader) -> Client:
    """A client of this reader, as after logging in."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(reader.person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cookie_of(reader: ground.Reader) -> str:
    """A session of this reader."""
    return f"sessionid={signed_in(reader).cookies['sessionid'].value}"


def asked_for(port: int, paths: Iterator[str], *, cookie: str, seconds: int, per_second: int) -> list[Answer]:
    """What comes of so many seconds of requests."""
    return ask(port, list(islice(paths, seconds * per_second)), cookie=cookie, per_second=per_second)


def one_after_another(port: int, paths: Iterator[str], *, requests: int) -> list[Answer]:
    """For pages that take so long that any pace would be too much."""
    asked = list(islice(paths, requests))
    return [answer for path in asked for answer in ask(port, [path], cookie="", per_second=1)]


def most_a_second(port: int, paths: Iterator[str], *, cookie: str, requests: int) -> float:
    """Answers a second when the next request is always there."""
    many = list(islice(paths, requests))
    _, took_s = timed_call(lambda: ask(port, many, cookie=cookie, per_second=AT_ONCE))
    return len(many) / took_s


def milliseconds(answers: Sequence[Answer]) -> list[float]:
    return [1000 * answer.seconds for answer in answers]
