"""Who gets what at the addresses of organisations, people and logins?"""

from __future__ import annotations

from datetime import timedelta

from qingshan.office.accounts.models import TemporaryBody
from qingshan.office.accounts.tests.access import ANYBODY, SIGNED_IN, Row, World, only
from qingshan.office.accounts.tests.people import SINCE, a_holding, a_person, a_post
from qingshan.rules.duties import Duty

SECURITY, SYSTEM = only("security_admin"), only("system_admin")


def prepare(world: World) -> None:
    """A security and a system administrator of another county, and somebody here for them to meddle with."""
    people = world.people
    bureau = people.organisations["county_bureau"]
    person = a_person(bureau, "沈一般", login_name="shen")
    world.things["person"] = person
    world.things["holding"] = a_holding(person, a_post(bureau, "登记岗", Duty.REGISTRY))
    world.things["body"] = TemporaryBody.objects.create(
        kind="task_force",
        name="尾矿整治专班",
        organisation=bureau,
        region_id=bureau.region_id,
        document="青府〔2026〕1号",
        from_on=SINCE,
    )
    world.things["vacant"] = a_post(bureau, "空岗", Duty.REVIEW)


def _person(tail: str = ""):
    return lambda world: f"/people/{world.things['person'].pk}/{tail}"


def _holding(tail: str):
    return lambda world: f"/people/holdings/{world.things['holding'].pk}/{tail}"


def _organisation(tail: str = ""):
    return lambda world: f"/organisations/{world.people.organisations['county_bureau'].pk}/{tail}"


def _region(tail: str = ""):
    return lambda world: f"/regions/{world.people.regions['990101'].pk}/{tail}"


def _vacant(world: World) -> str:
    return f"/people/posts/{world.things['vacant'].pk}/close/"


SOON = (SINCE + timedelta(days=5000)).isoformat()
DONE = only("security_admin", status=302)


def _body(tail: str = ""):
    return lambda world: f"/bodies/{world.things['body'].pk}/{tail}"


READ_BODIES = ("county_clerk", "county_leader", "city_reviewer", "registry_officer", "provincial_dispatcher")
DISPATCHER = only("provincial_dispatcher")

ROWS = [
    Row("GET", "/bodies/", only(*READ_BODIES, "other_county_clerk")),
    Row("GET", "/bodies/new/", DISPATCHER),
    Row("POST", "/bodies/new/", only("provincial_dispatcher", status=422), data={}),
    Row("GET", _body(), only(*READ_BODIES) | {"other_county_clerk": 404}),
    Row("GET", _body("dissolve/"), DISPATCHER),
    Row("GET", "/login/", ANYBODY | {"*": 302, "anonymous": 200}),
    Row("POST", "/login/", {"*": 302, "anonymous": 403}, data={"login_name": "nobody", "password": "x"}),
    Row("POST", "/logout/", {"*": 302}),
    Row("GET", "/logout/", {"*": 405}),
    Row("GET", "/account/", SIGNED_IN),
    Row("GET", "/account/post/", SIGNED_IN),
    Row("POST", "/account/post/", {"*": 404, "anonymous": 302}, data={"holding": "0"}),
    Row("GET", "/account/password/", SIGNED_IN),
    Row("POST", "/account/password/", {"*": 422, "anonymous": 302}, data={}),
    Row("GET", "/account/code/", SIGNED_IN),
    Row("POST", "/account/code/", {"*": 422, "anonymous": 302}, data={"code": "000000"}),
    Row("GET", "/account/code/remove/", SIGNED_IN),
    Row("POST", "/lists/sites/columns/", {"*": 302}, data={"column": ["kind"]}),
    Row("GET", "/lists/sites/columns/", {"*": 405, "anonymous": 302}),
    Row("POST", "/lists/sites/saved/", {"*": 302}, data={"name": "石", "query": "q=石"}),
    Row("POST", "/lists/saved/999999999/forget/", {"*": 404, "anonymous": 302}, data={}),
    Row("GET", "/people/", SECURITY),
    Row(
        "GET", "/people/", {"*": 403, "anonymous": 401, "security_admin": 200}, headers={"HX-Request": "true"}
    ),
    Row("GET", "/people/new/", SECURITY),
    Row("GET", "/people/posts/", SECURITY),
    Row("GET", "/people/posts/new/", SECURITY),
    Row("GET", _vacant, SECURITY),
    Row("POST", _vacant, DONE, data={"last_day": SOON}),
    Row("GET", _person(), SECURITY),
    Row("GET", "/people/999999999/", only("security_admin", status=404)),
    Row("GET", _person("login/"), SECURITY),
    Row("GET", _person("password/"), SECURITY),
    Row("POST", _person("password/"), SECURITY, data={}),
    Row("GET", _person("lock/"), SECURITY),
    Row("POST", _person("lock/"), DONE, data={"reason": "离职"}),
    Row("GET", _person("unlock/"), SECURITY),
    Row("POST", _person("unlock/"), DONE, data={}),
    Row("GET", _person("code/"), SECURITY),
    Row("GET", _person("post/"), SECURITY),
    Row("GET", _holding("end/"), SECURITY),
    Row("POST", _holding("end/"), DONE, data={"last_day": SOON}),
    Row("GET", _holding("delegate/"), SECURITY),
    Row("GET", "/organisations/", SYSTEM),
    Row("GET", "/organisations/new/", SYSTEM),
    Row("GET", _organisation(), SYSTEM),
    Row("GET", "/organisations/999999999/", only("system_admin", status=404)),
    Row("GET", _organisation("rename/"), SYSTEM),
    Row(
        "POST",
        _organisation("rename/"),
        only("system_admin", status=302),
        data={"name": "新名", "document": "文"},
    ),
    Row("GET", _organisation("close/"), SYSTEM),
    Row("GET", "/regions/", SYSTEM),
    Row("GET", "/regions/?local=1&q=99", SYSTEM),
    Row("GET", "/regions/new/", SYSTEM),
    Row("POST", "/regions/new/", only("system_admin", status=302), data={"code": "990191", "name": "开发区"}),
    Row("POST", "/regions/new/", {"*": 403, "anonymous": 302}, data={"code": "500191", "name": "开发区"}),
    Row("GET", _region(), SYSTEM),
    Row("GET", "/regions/500101000000/", only("system_admin", status=404)),
    Row("GET", _region("close/"), SYSTEM),
    Row("POST", _region("close/"), only("system_admin", status=302), data={"last_day": SOON}),
]
