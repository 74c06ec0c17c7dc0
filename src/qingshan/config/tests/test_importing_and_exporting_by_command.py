"""`qingshan import` says what it would do, does it once, and answers to the rules of the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingshan.config.tests.commands import Qingshan, geojson_of_sites
from qingshan.exchange.models import Import, StagedRow
from qingshan.office.mines.models import Site
from qingshan.office.trail.models import Entry
from qingshan.rules.flows.importing import ImportState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regions")]


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    return geojson_of_sites(tmp_path / "点位.geojson")


def counts(facts: dict) -> list[int]:
    return [facts[name] for name in ("created", "changed", "unchanged", "refused")]


def test_a_dry_run_tells_the_numbers_and_leaves_nothing_behind(qingshan: Qingshan, sites: Path) -> None:
    ran = qingshan("import", "sites", sites, "--allow-abroad", "--dry-run", "--json")
    assert (ran.status, counts(ran.facts), ran.facts["applied"]) == (0, [3, 0, 0, 0], False)
    assert not Site.objects.exists()
    assert not StagedRow.objects.exists()
    assert Import.objects.get().state == ImportState.CANCELLED


def test_an_import_by_command_belongs_to_the_operator_of_this_machine(
    qingshan: Qingshan, sites: Path
) -> None:
    ran = qingshan("import", "sites", sites, "--allow-abroad", "--json")
    assert (ran.status, ran.facts["applied"], Site.objects.count()) == (0, True, 3)
    entry = Entry.objects.get(seq=ran.facts["trail_entry"])
    assert (entry.act, entry.decider_kind) == ("mines.import_sites", "operator")


def test_the_same_file_twice_changes_nothing_and_is_no_failure(qingshan: Qingshan, sites: Path) -> None:
    qingshan("import", "sites", sites, "--allow-abroad")
    again = qingshan("import", "sites", sites, "--allow-abroad", "--json")
    assert (again.status, counts(again.facts), again.facts["applied"]) == (0, [0, 0, 3, 0], False)


def test_refused_rows_stop_the_whole_import_and_each_says_why(qingshan: Qingshan, sites: Path) -> None:
    ran = qingshan("import", "sites", sites, "--json")
    assert (ran.status, counts(ran.facts)) == (1, [0, 0, 0, 3])
    assert ran.facts["refused_rows"][0]["row"] == 1
    assert "位于中国范围之外" in ran.facts["refused_rows"][0]["say"]
    assert not Site.objects.exists()


def test_refused_rows_can_be_had_as_a_workbook(qingshan: Qingshan, sites: Path, tmp_path: Path) -> None:
    out = tmp_path / "退回.xlsx"
    ran = qingshan("import", "sites", sites, "--refused", out, "--json")
    assert (ran.status, ran.facts["refused_file"]) == (1, str(out))
    assert out.read_bytes()[:2] == b"PK"
    again = qingshan("import", "sites", sites, "--refused", out, "--json")
    assert again.facts["error"]["code"] == "command.file_exists"


def test_a_person_reads_the_numbers_and_the_refusals(qingshan: Qingshan, sites: Path) -> None:
    ran = qingshan("import", "sites", sites)
    assert "新增 0，更新 0，不变 0，退回 3。" in ran.out
    assert "没有导入" in ran.out


def test_an_unknown_account_cannot_be_acted_for(qingshan: Qingshan, sites: Path) -> None:
    ran = qingshan("import", "sites", sites, "--as", "nobody", "--json")
    assert (ran.status, ran.facts["error"]["code"]) == (1, "command.no_person")
    assert not Import.objects.exists()


def test_an_unknown_kind_is_refused_before_the_file_is_read(qingshan: Qingshan, sites: Path) -> None:
    assert qingshan("import", "ships", sites, "--json").status == 1
    assert not Import.objects.exists()


def test_a_file_that_is_none_is_refused_in_words(qingshan: Qingshan, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 torn")
    ran = qingshan("import", "sites", broken, "--json")
    assert ran.status == 1
    assert ran.facts["error"]["code"].startswith("exchange.")
    assert Import.objects.get().state == ImportState.FAILED


def test_what_was_imported_can_be_exported_and_imported_again_without_change(
    qingshan: Qingshan, sites: Path, tmp_path: Path
) -> None:
    qingshan("import", "sites", sites, "--allow-abroad")
    out = tmp_path / "again.geojson"
    exported = qingshan("export", "sites", "--out", out, "--json")
    assert (exported.status, exported.facts["rows"]) == (0, 3)
    again = qingshan("import", "sites", out, "--allow-abroad", "--json")
    assert counts(again.facts) == [0, 0, 3, 0]


def test_an_export_overwrites_nothing(qingshan: Qingshan, tmp_path: Path) -> None:
    kept = tmp_path / "kept.xlsx"
    kept.write_text("precious")
    assert qingshan("export", "sites", "--out", kept).status == 1
    assert kept.read_text() == "precious"


def test_an_unknown_form_names_those_that_exist(qingshan: Qingshan, tmp_path: Path) -> None:
    ran = qingshan("export", "sites", "--out", tmp_path / "sites.docx")
    assert ran.status == 1
    assert "xlsx" in ran.err
