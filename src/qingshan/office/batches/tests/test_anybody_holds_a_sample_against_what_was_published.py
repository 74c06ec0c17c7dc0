"""Does whoever has no account see seals before the list closes, compute the sample again, and learn nothing else?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.test import Client

from qingshan.office.batches import actions
from qingshan.office.batches.facts import batch_of, numbers_of, rows_of
from qingshan.office.batches.tests.factories import SECRETS, World, a_batch, led_to, seal
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.rules import recompute_sample


def page(matter: Matter, below: str = "") -> tuple[int, str]:
    answer = Client().get(f"/public/batches/{matter.pk}/{below}")
    return answer.status_code, answer.content.decode()


def test_seals_are_public_before_the_list_closes_and_numbers_after(world: World) -> None:
    matter = led_to(world, a_batch(world), "applied")
    assert page(matter)[0] == 404
    for who in SECRETS:
        seal(world, world.fresh(matter), who)
    status, told = page(matter)
    assert status == 200
    assert all(each.seal in told for each in numbers_of(batch_of(matter)))
    assert "名单还没有封存" in told
    assert page(matter, "sample.json")[0] == 404
    actions.close_list(world.fresh(matter), Brought(), **world.by("city_reviewer"))
    matter = world.fresh(matter)
    status, told = page(matter)
    assert batch_of(matter).list_digest in told
    assert not any(secret in told for secret in SECRETS.values())
    assert page(matter, "sample.json")[0] == 404


def test_a_stranger_computes_the_sample_again_with_the_two_files(world: World, tmp_path: Path) -> None:
    matter = led_to(world, a_batch(world), "checking")
    status, told = page(matter)
    rows = rows_of(batch_of(matter))
    assert all(row.site.key in told for row in rows if row.drawn_in)
    assert not any(row.site.name in told for row in rows if row.site.name), "sites by number only"
    status, record = page(matter, "sample.json")
    assert status == 200
    assert {each["name"] for each in json.loads(record)["items"]} == {""}
    (tmp_path / "sample.json").write_text(record, encoding="utf-8")
    program = Client().get("/batches/recompute_sample.py").content
    (tmp_path / "recompute_sample.py").write_bytes(program)
    assert program == Path(recompute_sample.__file__).read_bytes()
    done = subprocess.run(
        [sys.executable, "-I", "recompute_sample.py", "sample.json"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
