"""A tiny map server on loopback: WMTS, WMS, XYZ and OGC API Features, and everything that may go wrong with one."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from PIL import Image

FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "云岭红线"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[122.1, 33.1], [122.4, 33.1], [122.4, 33.4], [122.1, 33.4], [122.1, 33.1]]],
            },
        },
        {"type": "Feature", "properties": None, "geometry": None},
    ],
}


def png(colour: tuple[int, int, int] = (200, 220, 200), size: int = 256) -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(written, "PNG")
    return written.getvalue()


def lines(row: int) -> bytes:
    """A picture whose lines tell their number: red is the row of tiles, green the line in it."""
    image = Image.new("RGB", (256, 256))
    image.putdata([(row % 256, line, 0) for line in range(256) for _ in range(256)])
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@dataclass
class MapServer:
    """What was asked of it, and how it behaves."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    behaviour: str = "good"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def query(self) -> dict[str, str]:
        """The parameters of the last request."""
        return dict(parse_qsl(urlsplit(self.asked[-1]).query, keep_blank_values=True))


def _answer(server: MapServer, path: str) -> tuple[int, str, bytes]:
    if server.behaviour == "html":
        return 200, "text/html", b"<html>sorry</html>"
    if server.behaviour == "html as png":
        return 200, "image/png", b"<html>sorry</html>"
    if server.behaviour == "huge":
        return 200, "image/png", png() + bytes(3 * 2**20)
    if server.behaviour in {"404", "500"}:
        return int(server.behaviour), "text/plain", b"no"
    if "/items" in path:
        body = b'{"features": 7}' if server.behaviour == "not geojson" else json.dumps(FEATURES).encode()
        return 200, "application/geo+json", body
    asked = dict(parse_qsl(urlsplit(path).query))
    return 200, "image/png", lines(int(asked["TILEROW"])) if asked.get("TILEMATRIXSET") == "c" else png()


@contextmanager
def map_server() -> Iterator[MapServer]:
    """Running until the end of the block."""
    state = MapServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            state.headers.append(dict(self.headers))
            if state.behaviour == "slow":
                time.sleep(1.0)
            if state.behaviour == "elsewhere":
                self.send_response(302)
                self.send_header("Location", f"{state.url}/secret")
                self.end_headers()
                return
            status, content_type, body = _answer(state, self.path)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.end_headers()
            with suppress(BrokenPipeError):  # who asked hung up: it was too much
                self.wfile.write(body)

        def log_message(self, *_given: Any) -> None:
            """Quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    state.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
