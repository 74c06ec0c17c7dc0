"""How is something fetched from a declared service, and from nowhere else, in bounded time and size?

No redirect is followed, no other scheme than http and https is known, no proxy is used that was not declared,
nothing of the reader's request goes along. A service that fails is left alone for half a minute, because every
request that waits for it keeps one of our few workers from other readers.
"""

from __future__ import annotations

import http.client
import time
import urllib.request
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from qingshan.office.places.services.declared import Service
from qingshan.office.places.services.sentences import NothingThere, ServiceFailed

MOST_BYTES = 2 * 2**20
PIECE_BYTES = 64 * 1024
LEFT_ALONE_S = 30.0
AGENT = "Qingshan map"
NOT_FOUND = 404

_failed_at: dict[str, float] = {}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could lead anywhere."""

    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        return None


def fetch(service: Service, address: str, *, accept: str, most_bytes: int = MOST_BYTES) -> tuple[bytes, str]:
    """Body and content type of the answer; ServiceFailed where there is none that can be used."""
    if urlsplit(address)[:2] != urlsplit(service.url)[:2]:
        raise ValueError(f"{service.code}: the address does not lie at the declared host")
    if time.monotonic() - _failed_at.get(service.code, float("-inf")) < LEFT_ALONE_S:
        raise ServiceFailed.because("places.service_silent", service=service.code)
    try:
        return _fetched(service, address, accept, most_bytes)
    except HTTPError as error:
        error.close()
        kind = NothingThere if error.code == NOT_FOUND else ServiceFailed
        raise kind.because(
            "places.service_answered_badly", service=service.code, what=f"HTTP {error.code}"
        ) from None
    except (URLError, OSError, http.client.HTTPException):
        # the reason may name the address, and the address holds the key
        _failed_at[service.code] = time.monotonic()
        raise ServiceFailed.because("places.service_silent", service=service.code) from None


def forget_failures() -> None:
    """Try every service again at once."""
    _failed_at.clear()


def _fetched(service: Service, address: str, accept: str, most_bytes: int) -> tuple[bytes, str]:
    ends_at = time.monotonic() + service.timeout_s
    asked = urllib.request.Request(address, headers={"Accept": accept, "User-Agent": AGENT})
    with _opener(service).open(asked, timeout=service.timeout_s) as answer:
        body = bytearray()
        while piece := answer.read1(PIECE_BYTES):
            body += piece
            if len(body) > most_bytes:
                raise ServiceFailed.because(
                    "places.service_answered_badly", service=service.code, what=f"> {most_bytes} B"
                )
            if time.monotonic() > ends_at:
                raise TimeoutError
        return bytes(body), answer.headers.get_content_type()


def _opener(service: Service) -> urllib.request.OpenerDirector:
    """Only what is needed: no file, no ftp, no redirect, no proxy of the environment."""
    opener = urllib.request.OpenerDirector()
    proxies = {"http": service.proxy, "https": service.proxy} if service.proxy else {}
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NoRedirect(),
    ):
        opener.add_handler(handler)
    return opener
