"""The package convinces somebody who has only Python, comes in again unchanged, and holds nothing of others."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from django.utils import timezone

from qingshan.exchange.models import Outcome
from qingshan.jobs.models import Job
from qingshan.jobs.work import Progress
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.dossier.package import contents, file_name, write_package
from qingshan.office.mines.jobs.packing import pack
from qingshan.office.mines.models import Mine, Site
from qingshan.office.mines.tests.dossiers import PDF, a_document, a_full_dossier, a_mine, a_photograph, today
from qingshan.office.mines.tests.factories import staged
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return nine_people()


def package(people: People, mine: Mine, who: str = "county_clerk") -> bytes:
    stream = io.BytesIO()
    dossier = Dossier(mine, actor=people.actor(who, on=today()), on=today())
    write_package(dossier, stream, now=timezone.now())
    return stream.getvalue()


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        bundle.extractall(folder)
    return folder


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-X", "utf8", "核验全部.py"]
    return subprocess.run(
        command,
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(people: People, tmp_path: Path) -> Path:
    return unpacked(package(people, a_full_dossier(people)), tmp_path / "档案")


def test_everything_stands_in_the_package(folder: Path) -> None:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {"概况.pdf", "台账.xlsx", "图形/档案.gpkg", "图形/点位.geojson", "全过程.csv", "说明.txt", "文件清单.tsv",
            "核验全部.py", "文件/001_采矿许可证.pdf", "文件/002_采坑现状.jpg"} <= found  # fmt: skip
    assert (
        sum(name.startswith("留痕证明/第") for name in found)
        == Entry.objects.exclude(act="trail.sign_checkpoint").exclude(act="trail.start_key").count()
    )
    assert (folder / "文件/001_采矿许可证.pdf").read_bytes() == PDF
    assert (folder / "文件/002_采坑现状.jpg").read_bytes() == a_photograph()
    assert "老虎沟铁矿（M-1）" in (folder / "说明.txt").read_text(encoding="utf-8")
    assert "@" not in (folder / "说明.txt").read_text(encoding="utf-8")


def test_a_program_that_knows_nothing_of_us_finds_all_of_it_true(folder: Path) -> None:
    done = checked(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：成立" in done.stdout
    assert "留痕证明 4 条成立" in done.stdout


@pytest.mark.parametrize(
    "name", ["文件/001_采矿许可证.pdf", "台账.xlsx", "概况.pdf", "全过程.csv", "说明.txt", "图形/档案.gpkg"]
)
def test_a_changed_file_is_found(folder: Path, name: str) -> None:
    place = folder / name
    place.write_bytes(place.read_bytes() + b" ")
    done = checked(folder)
    assert done.returncode == 1
    assert name in done.stdout


def test_a_document_that_was_changed_in_the_listing_too_is_found_by_its_act(folder: Path) -> None:
    from qingshan.vault.digests import sm3_hex

    place, listing = folder / "文件/001_采矿许可证.pdf", folder / "文件清单.tsv"
    place.write_bytes(b"%PDF-1.4 another")
    text = listing.read_text(encoding="utf-8").replace(sm3_hex(PDF), sm3_hex(place.read_bytes()))
    listing.write_text(text.replace(f"\t{len(PDF)}\t", f"\t{place.stat().st_size}\t"), encoding="utf-8")
    done = checked(folder)
    assert done.returncode == 1
    assert "与归入时的留痕不符" in done.stdout


def test_a_proof_that_was_changed_a_file_too_many_or_too_few_is_found(folder: Path) -> None:
    (folder / "多余.txt").write_text("x", encoding="utf-8")
    assert "多余的文件：多余.txt" in checked(folder).stdout
    (folder / "多余.txt").unlink()
    proof = next((folder / "留痕证明").glob("*.zip"))
    proof.unlink()
    done = checked(folder)
    assert done.returncode == 1
    assert "缺少的文件" in done.stdout


@pytest.mark.parametrize("kind", ["mines", "sites", "patches", "rights", "land-uses", "facilities"])
def test_the_workbook_comes_in_again_and_changes_nothing(people: People, folder: Path, kind: str) -> None:
    import_ = staged(folder / "台账.xlsx", people.actor("county_clerk", on=today()), kind=kind)
    counts = {outcome.value: getattr(import_, outcome.value) for outcome in Outcome}
    assert counts["unchanged"] > 0
    assert {name for name, n in counts.items() if n} == {"unchanged"}


def test_the_shapes_lie_in_layers_by_kind(folder: Path) -> None:
    layers = {name for name, _geometry in pyogrio.list_layers(folder / "图形/档案.gpkg")}
    assert layers == {"矿山", "点位", "图斑", "采矿权", "临时用地", "矿山设施"}
    assert pyogrio.read_info(folder / "图形/档案.gpkg", layer="图斑")["features"] == 6


def test_the_acts_are_rows_that_no_spreadsheet_takes_for_formulas(people: People, tmp_path: Path) -> None:
    mine = a_mine(people)
    a_document(people, mine, title="=HYPERLINK(1)")
    where = unpacked(package(people, mine), tmp_path)
    rows = list(csv.reader(io.StringIO((where / "全过程.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_file_names_are_safe_whatever_a_title_says(people: People, tmp_path: Path) -> None:
    mine = a_mine(people, name="../../etc/矿:*?")
    for title in ("../../../x", "a/b\\c:d", "\u202egnp.exe", "." * 50, "长" * 190):
        a_document(people, mine, title=title)
    content = package(people, mine)
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = bundle.namelist()
    assert len(names) == len(set(names))
    assert not [name for name in names if ".." in name or "\\" in name or "\u202e" in name or ":" in name]
    dossier = Dossier(mine, actor=people.actor("county_clerk"), on=today())
    assert "/" not in file_name(dossier)
    assert checked(unpacked(content, tmp_path)).returncode == 0


def test_a_missing_file_is_named_and_the_rest_still_leaves(
    people: People, tmp_path: Path, settings: Any
) -> None:
    from qingshan.vault import Vault

    mine = a_mine(people)
    document = a_document(people, mine)
    Vault(settings.VAULT_ROOT).path(document.file_digest).unlink()
    where = unpacked(package(people, mine), tmp_path)
    assert document.file_digest in (where / "说明.txt").read_text(encoding="utf-8")
    assert checked(where).returncode == 0


def test_what_the_reader_may_not_see_is_not_in_it(people: People, tmp_path: Path) -> None:
    mine = a_mine(people)
    Site.objects.create(key="S-other", name="邻县采坑", region_id=990102000000, mine=mine)
    where = unpacked(package(people, mine), tmp_path)
    assert "邻县采坑" not in (where / "图形/点位.geojson").read_text(encoding="utf-8")


def test_the_same_dossier_is_the_same_package(people: People) -> None:
    mine = a_full_dossier(people)
    package(people, mine)  # signs the checkpoint that the others need
    first, second = (zipfile.ZipFile(io.BytesIO(package(people, mine))) for _ in range(2))
    same = {"概况.pdf", "全过程.csv", "文件/001_采矿许可证.pdf", "图形/点位.geojson"}
    assert all(first.read(name) == second.read(name) for name in same)


def test_a_light_dossier_leaves_at_once_and_a_heavy_one_in_the_background(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = a_full_dossier(people)
    path = f"/mines/{mine.pk}/dossier.zip"
    client = people.enter("county_clerk")
    at_once = client.get(path)
    assert at_once.headers["Content-Type"] == "application/zip"
    assert b"".join(at_once.streaming_content).startswith(b"PK")
    monkeypatch.setattr(contents.Weight, "is_heavy", True)
    assert "在后台打包档案" in client.get(path).content.decode()
    answer = client.post(path)
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    # not by a worker: its heartbeat could not see a row of this test's transaction
    job.result, job.state = pack(job.payload, Progress(job)), "done"
    job.save()
    again = client.get(job.result["url"])
    with zipfile.ZipFile(io.BytesIO(b"".join(again.streaming_content))) as bundle:
        assert "概况.pdf" in bundle.namelist()
    for other in ("registry_officer", "other_county_clerk", "enterprise_manager"):
        assert people.enter(other).get(job.result["url"]).status_code == 404
