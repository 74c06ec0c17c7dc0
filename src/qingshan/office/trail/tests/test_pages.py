"""The pages of the trail, as people at their posts meet them in a browser."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.models import Checkpoint, Entry, Erasure, PersonalValue
from qingshan.office.trail.prove.bundle import script
from qingshan.office.trail.queries import timeline
from qingshan.office.trail.tests.factories import create, note, rename
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.reasons import Reason, Sentence, declare

CONFIRM = 'command="show-modal" commandfor="confirm-erasure"'
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
declare({"test.because": Sentence(zh="面积 {area} 公顷", en="area {area} ha")})


@pytest.fixture
def people(db):
    return import_module("qingshan.office.accounts.tests.people").nine_people()


@pytest.fixture
def clerk(people) -> Client:
    return people.enter("county_clerk")


def _read(client: Client, path: str, **data: str) -> str:
    response = client.get(path, data)
    assert response.status_code == 200, path
    return response.content.decode()


def _in_english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def test_the_list_tells_each_act_as_a_sentence(people, clerk):
    thing = create("东沟采坑", actor=people.actor("county_clerk"))
    rename(thing, "西沟采坑", actor=people.actor("county_clerk"))
    page = _read(clerk, "/trail/")
    assert "陈登将东沟采坑改名为西沟采坑" in page
    assert page.index("改名为") < page.index("登记东沟采坑")
    assert "陈登 renamed 东沟采坑 to 西沟采坑" in _read(_in_english(clerk), "/trail/")


def test_a_filter_that_cannot_be_read_is_said_and_left_out(people, clerk):
    note(actor=people.actor("county_clerk"))
    page = _read(clerk, "/trail/", from_on="gestern", object_id="zwölf")
    assert "陈登记录" in page
    assert 'class="note"' in page


def test_nothing_found_says_what_to_do(clerk):
    assert "没有符合条件的留痕" in _read(clerk, "/trail/", person="没有此人")


def test_an_entry_shows_old_and_new_reasons_objects_and_hash(people, clerk):
    actor = people.actor("county_clerk")
    thing = create("东沟采坑", actor=actor)
    rename(thing, "西沟采坑", actor=actor)
    entry = note(actor=actor, because=(Reason("test.because", {"area": 1.5}),), subjects=(thing,))
    page = _read(clerk, f"/trail/{entry.seq}/")
    assert "面积 1.5 公顷" in page
    assert f"物件 {thing.pk}" in page
    assert entry.hash[:16] in page
    page = _read(clerk, "/trail/2/")
    for said in ("<h1>陈登将东沟采坑改名为西沟采坑</h1>", "<td>东沟采坑</td><td>西沟采坑</td>"):
        assert said in page


def test_a_name_with_markup_is_shown_as_text(people, clerk):
    create("<script>alert(1)</script>", actor=people.actor("county_clerk"))
    for path in ("/trail/", "/trail/1/"):
        page = _read(clerk, path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_proof_of_an_entry_holds_on_another_machine(people, clerk):
    entry = note(actor=people.actor("county_clerk"))
    response = clerk.get(f"/trail/{entry.seq}/proof.zip")
    assert response.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    program = ModuleType("bundled")
    exec(compile(script(), "verify.py", "exec"), vars(program))
    assert program.check_all(files, None, None, lambda line: None)["decider_name"] == "陈登"
    response.close()


def test_checkpoints_can_be_kept_and_held_against_the_trail(people, clerk, tmp_path):
    note(actor=people.actor("county_clerk"))
    checkpoint = sign_checkpoint(now=NOW)
    assert checkpoint.root in _read(clerk, "/trail/checkpoints/")
    saved = clerk.get(f"/trail/checkpoints/{checkpoint.size}.json").content.decode()
    assert json.loads(saved)["root"] == checkpoint.root
    note(actor=people.actor("county_clerk"))
    kept = tmp_path / "checkpoint.json"
    kept.write_text(saved, "utf-8")
    assert verify_trail(against=kept).ok
    assert checkpoints.read(saved).is_signed


def test_the_auditor_signs_a_checkpoint_and_it_is_the_auditors_act(people):
    auditor = people.enter("auditor")
    assert "签署检查点" in _read(auditor, "/trail/checkpoints/")
    page = auditor.post("/trail/checkpoints/sign/", follow=True).content.decode()
    assert "已签署检查点" in page
    assert Checkpoint.objects.count() == 1
    assert Entry.objects.get(act="trail.sign_checkpoint").decider_name == "郑审"


def test_a_checkpoint_of_an_unknown_key_has_no_file(people, clerk):
    Checkpoint.objects.create(size=1, root="0" * 64, made_at=NOW, algorithm="x", key="0" * 64, signature="00")
    assert clerk.get("/trail/checkpoints/1.json").status_code == 404


def test_two_administrators_erase_a_personal_value_together(people, clerk):
    entry = note(actor=people.actor("county_clerk"), personal={"电话": "13800001234"})
    security, auditor = people.enter("security_admin"), people.enter("auditor")
    form = _read(security, f"/trail/{entry.seq}/erase/")
    assert "电话" in form
    assert "13800001234" not in form
    security.post(f"/trail/{entry.seq}/erase/", {"fields_": ["电话"], "reason": "涉密误传"})
    erasure = Erasure.objects.get()
    path = f"/trail/erasures/{erasure.pk}/"
    assert "待确认" in _read(security, "/trail/erasures/")
    assert CONFIRM not in _read(security, path)
    assert CONFIRM in _read(auditor, path)
    assert "13800001234" in _read(clerk, f"/trail/{entry.seq}/")
    assert "已依规删除" in auditor.post(path, follow=True).content.decode()
    assert PersonalValue.objects.get().value == ""
    page = _read(clerk, f"/trail/{entry.seq}/")
    assert "已依规删除" in page
    assert "13800001234" not in page
    assert verify_trail().ok


def test_an_erasure_without_reason_is_asked_again(people):
    entry = note(actor=people.actor("county_clerk"), personal={"电话": "138"})
    response = people.enter("security_admin").post(f"/trail/{entry.seq}/erase/", {"fields_": ["电话"]})
    assert response.status_code == 200
    assert not Erasure.objects.exists()


def test_who_proposed_cannot_confirm_by_a_request_of_their_own(people):
    entry = note(actor=people.actor("county_clerk"), personal={"电话": "138"})
    security = people.enter("security_admin")
    security.post(f"/trail/{entry.seq}/erase/", {"fields_": ["电话"], "reason": "x"})
    assert security.post(f"/trail/erasures/{Erasure.objects.get().pk}/").status_code == 403
    assert PersonalValue.objects.get().value == "138"


def test_a_timeline_on_an_objects_page_links_to_its_entries(people):
    thing = create("东沟采坑", actor=people.actor("county_clerk"))
    shown = render_to_string("trail/timeline.html", {"entries": timeline("test.thing", thing.pk)})
    assert "陈登登记东沟采坑" in shown
    assert 'href="/trail/1/"' in shown
    assert "还没有留痕" in render_to_string("trail/timeline.html", {"entries": timeline("test.thing", 0)})


def test_the_list_costs_the_same_questions_for_one_entry_and_for_fifty(people, clerk):
    actor, counts = people.actor("county_clerk"), []
    _read(clerk, "/trail/")
    for entries in (1, 49):
        for _ in range(entries):
            note(actor=actor)
        with CaptureQueriesContext(connection) as asked:
            _read(clerk, "/trail/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20
    with CaptureQueriesContext(connection) as asked:
        _read(clerk, "/trail/")
    assert len(asked) <= 8  # nobody acted in between
