"""Are WMTS, WMS, XYZ and OGC API Features read from declared hosts only, in bounds, without giving the key away?"""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pytest
from PIL import Image

from qingshan.geo.tiles.place import Place
from qingshan.office.places import services
from qingshan.office.places.services import fetching, keeping
from qingshan.office.places.services.declared import declared, service_for
from qingshan.office.places.tests.map_servers import MapServer, map_server
from qingshan.rules.reasons import say

pytestmark = pytest.mark.django_db
TILE = {"z": 8, "x": 214, "y": 102}


@pytest.fixture
def server():
    with map_server() as running:
        yield running


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    fetching.forget_failures()
    return tmp_path


def declare(home: Path, server: MapServer | None = None, **more: object) -> None:
    """A maps.toml with one service."""
    url = server.url if server else "http://127.0.0.1:9"
    given = {"code": "dt", "title": "底图", "type": "wmts", "url": f"{url}/wmts", "layer": "vec", **more}
    given.setdefault("openness", "internal")
    given.setdefault("matrix_set", "w")
    text = "\n".join(f"{name} = {_toml(value)}" for name, value in given.items())
    path = home / "maps.toml"
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(f"[[service]]\n{text}\n", encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def read(actor, code="dt", **at):
    return services.read_tile(code, actor=actor, **(at or TILE))


def refusal(actor, **at):
    with pytest.raises(services.ServiceFailed) as refused:
        read(actor, **at)
    return refused.value


# ---- nothing leaves where nothing is declared ----


def test_no_request_leaves_a_default_installation(people, monkeypatch):
    def no_network(*_given, **_named):
        raise AssertionError("a request left")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    browser = people.enter("county_clerk")
    assert browser.get("/map/").status_code == 200
    assert browser.get("/map/print/").status_code == 200
    assert browser.get("/services/dt/8/214/102").status_code == 404
    assert services.services_for(people.actor("county_clerk")) == []


# ---- the four kinds ----


def test_a_wmts_is_asked_for_the_tile_of_our_grid(home, server, clerk):
    declare(home, server, style="default", format="tiles")
    answer = read(clerk)
    assert answer.content_type == "image/png"
    asked = server.query()
    assert (asked["REQUEST"], asked["LAYER"], asked["TILEMATRIXSET"], asked["FORMAT"]) == (
        "GetTile",
        "vec",
        "w",
        "tiles",
    )
    assert (asked["TILEMATRIX"], asked["TILECOL"], asked["TILEROW"]) == ("8", "214", "102")


def test_a_wms_is_asked_for_the_ground_of_the_tile(home, server, clerk):
    declare(home, server, type="wms", url=f"{server.url}/wms?map=/a.map")
    read(clerk)
    asked = server.query()
    west, south, east, north = map(float, asked["BBOX"].split(","))
    box = Place(**TILE).lonlat_box(buffer=0)
    degrees = [value / 6378137.0 * 180 / np.pi for value in (west, east)]
    assert degrees == pytest.approx([box[0], box[2]], abs=1e-6)
    assert north - south == pytest.approx(east - west)
    assert (asked["CRS"], asked["map"], asked["TRANSPARENT"]) == ("EPSG:3857", "/a.map", "TRUE")


def test_an_xyz_address_is_filled_in(home, server, clerk):
    declare(home, server, type="xyz", url=server.url + "/t/{z}/{x}/{y}.png", layer="")
    read(clerk)
    assert server.asked == ["/t/8/214/102.png"]


def test_features_of_an_ogc_api_come_as_a_vector_tile(home, server, clerk):
    declare(home, server, type="ogc_features", url=f"{server.url}/ogc", layer="redline")
    answer = read(clerk)
    assert answer.content_type == "application/vnd.mapbox-vector-tile"
    (feature,) = mapbox_vector_tile.decode(answer.body)["dt"]["features"]
    assert feature["properties"] == {"name": "云岭红线"}
    assert server.asked[0].startswith("/ogc/collections/redline/items?bbox=")


def test_a_grid_of_degrees_is_bent_to_ours(home, server, clerk):
    declare(home, server, matrix_set="c", grid="degrees")
    tile = np.asarray(Image.open(io.BytesIO(read(clerk).body)))
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (102 + (np.arange(256) + 0.5) / 256) / 256))))
    down = (90 - lat) / (360 / 256)
    assert tile[:, 0, 0].tolist() == np.floor(down).astype(int).tolist()
    assert np.abs(tile[:, 0, 1] - (down % 1) * 256).max() < 1.01


# ---- the key stays here ----


def test_the_key_goes_to_the_service_and_nowhere_else(home, server, people, monkeypatch):
    monkeypatch.setenv("QS_TEST_KEY", "geheim-7")
    declare(home, server, key_env="QS_TEST_KEY", key_name="tk", role="base")
    browser = people.enter("county_clerk")
    page = browser.get("/map/")
    tile = browser.get("/services/dt/8/214/102")
    assert server.query()["tk"] == "geheim-7"
    assert "Cookie" not in server.headers[-1]
    for answer in (page, tile):
        assert b"geheim" not in answer.content
        assert server.url.encode() not in answer.content
        assert "geheim" not in str(answer.headers)
    server.behaviour = "500"
    refused = browser.get("/services/dt/8/214/103")
    assert refused.status_code == 502
    assert "geheim" not in refused.content.decode()


def test_a_service_whose_key_is_not_set_is_not_shown(home, server, clerk):
    declare(home, server, key_env="QS_NO_SUCH_KEY", key_name="tk")
    assert services.services_for(clerk) == []
    assert "QS_NO_SUCH_KEY" in say(declared().faults[0])


# ---- who sees which ----


@pytest.mark.parametrize(("openness", "who", "status"), [
    ("internal", "county_clerk", 200), ("internal", "enterprise_manager", 404), ("internal", "expert", 404),
    ("public", "enterprise_manager", 200), ("public", "anonymous", 302),
])  # fmt: skip
def test_internal_services_are_for_authorities(home, server, people, openness, who, status):
    declare(home, server, openness=openness)
    assert people.enter(who).get("/services/dt/8/214/102").status_code == status


# ---- what may go wrong ----


@pytest.mark.parametrize("behaviour", ["html", "html as png", "huge", "500", "elsewhere"])
def test_an_answer_that_is_no_tile_is_refused_in_words(home, server, clerk, behaviour):
    declare(home, server)
    server.behaviour = behaviour
    assert refusal(clerk).code == "places.service_answered_badly"
    assert len(server.asked) == 1  # a redirect was not followed
    assert list((home / "cache").rglob("*-*")) == [] if (home / "cache").exists() else True


def test_features_that_are_no_geojson_are_refused(home, server, clerk):
    declare(home, server, type="ogc_features")
    server.behaviour = "not geojson"
    assert refusal(clerk).code == "places.service_answered_badly"


def test_beyond_the_edge_of_a_map_there_is_nothing(home, server, people):
    declare(home, server)
    server.behaviour = "404"
    assert people.enter("county_clerk").get("/services/dt/8/214/102").status_code == 204


def test_a_silent_service_is_left_alone_for_a_while(home, server, clerk, monkeypatch):
    declare(home, server, timeout_s=0.2)
    server.behaviour = "slow"
    assert refusal(clerk).code == "places.service_silent"
    assert refusal(clerk).code == "places.service_silent"
    assert len(server.asked) == 1
    server.behaviour = "good"
    monkeypatch.setattr(fetching, "LEFT_ALONE_S", 0.0)
    declare(home, server)  # with time enough again
    assert read(clerk).body


def test_only_the_declared_host_is_ever_asked(home, server, clerk):
    declare(home, server)
    service = service_for("dt", clerk)
    for address in ("http://127.0.0.1:1/x", "file:///etc/passwd", server.url.replace("http", "https")):
        with pytest.raises(ValueError, match="declared host"):
            fetching.fetch(service, address, accept="*/*")
    assert server.asked == []


@pytest.mark.parametrize(
    "at", [{"z": 19, "x": 0, "y": 0}, {"z": 3, "x": 8, "y": 0}, {"z": 0, "x": 0, "y": 1}]
)
def test_tiles_that_do_not_exist_are_not_asked_for(home, server, clerk, at):
    declare(home, server)
    with pytest.raises(Exception, match=r"office\.not_found|没有找到"):
        read(clerk, **at)
    assert server.asked == []


# ---- kept for a while ----


def test_a_tile_is_asked_for_once(home, server, clerk):
    declare(home, server)
    assert read(clerk).body == read(clerk).body
    assert len(server.asked) == 1
    declare(home, server, style="other")
    read(clerk)
    assert len(server.asked) == 2


def test_old_tiles_and_those_beyond_the_limit_are_swept(home, server, clerk, monkeypatch):
    declare(home, server)
    read(clerk)
    read(clerk, z=8, x=214, y=103)
    assert keeping.sweep() == 0
    monkeypatch.setattr(keeping, "MOST_KEPT_BYTES", 1000)
    assert keeping.sweep() >= 1


def test_a_service_that_may_not_be_kept_is_asked_each_time(home, server, clerk):
    declare(home, server, keep_days=0)
    read(clerk)
    read(clerk)
    assert len(server.asked) == 2


# ---- what is declared wrongly is said ----


@pytest.mark.parametrize(("more", "code"), [
    ({"type": "wfs"}, "places.service_word_unknown"),
    ({"url": "ftp://127.0.0.1/x"}, "places.service_address_bad"),
    ({"url": "http://user:word@127.0.0.1/x"}, "places.service_address_bad"),
    ({"type": "xyz"}, "places.service_address_bad"),
    ({"code": "../x"}, "places.service_code_bad"),
    ({"timeout_s": 60}, "places.service_limits_bad"),
    ({"role": "base", "openness": "public"}, "places.service_without_approval"),
    ({"secret": "x"}, "places.services_unreadable"),
])  # fmt: skip
def test_a_declaration_at_fault_is_not_used_and_says_why(home, clerk, more, code):
    declare(home, **more)
    assert services.services_for(clerk) == []
    assert code in {fault.code for fault in declared().faults}
    assert all(say(fault) and say(fault, "en") for fault in declared().faults)


def test_a_file_that_is_no_toml_keeps_nobody_from_the_map(home, people):
    (home / "maps.toml").write_text("[[service]\n", encoding="utf-8")
    assert people.enter("county_clerk").get("/map/").status_code == 200
    assert [fault.code for fault in declared().faults] == ["places.services_unreadable"]
