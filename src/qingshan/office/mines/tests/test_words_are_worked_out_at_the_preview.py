"""Is what came through a preview found like everything else, whatever was worked out there?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from qingshan.exchange.models import StagedRow
from qingshan.finding import fields, words
from qingshan.finding.index import index_of
from qingshan.office.mines import actions, search
from qingshan.office.mines.models import Site
from qingshan.office.mines.tests.factories import NOW, WEST, clerk, geojson, regions, site_row, staged
from qingshan.office.mines.tests.factories import imported as brought

pytestmark = pytest.mark.django_db
NAMES = ("老虎沟采石场", "Ｂ矿 '一号'", "", "重庆重矿")


@pytest.fixture(autouse=True)
def _regions() -> None:
    regions()


def file_of_sites(folder: Path, names: tuple[str, ...] = NAMES) -> Path:
    return geojson(
        folder, *(site_row(f"点位-{n}", 122.1 + n / 100, 点位名称=name) for n, name in enumerate(names))
    )


def apply_all(path: Path, before: Callable[[], object]) -> None:
    import_ = staged(path, clerk(WEST))
    before()
    actions.import_sites(import_, actor=clerk(WEST), now=NOW)


def found(text: str) -> list[str]:
    return [
        "".join(part for part, _marked in hit.name)
        for g in search.find(text, actor=clerk(WEST))
        for hit in g.hits
    ]


def all_is_right() -> bool:
    index = index_of(Site)
    with connection.cursor() as cursor:
        return not index.wrong(connection) and not index.strayed(cursor, connection)


def nobody_works_words_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*asked: object) -> str:
        raise AssertionError(f"worked out once more: {asked}")

    monkeypatch.setattr(words, "_words_of", refuse)
    monkeypatch.setattr(words, "_tokens_of", refuse)


def test_the_act_works_out_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        apply_all(file_of_sites(tmp_path, NAMES[:1]), lambda: nobody_works_words_out(patched))
    assert all_is_right()
    assert found("lhg") == ["老虎沟采石场"]


def test_every_name_is_found(tmp_path: Path) -> None:
    apply_all(file_of_sites(tmp_path), lambda: None)
    assert Site.objects.count() == len(NAMES)
    assert all_is_right()
    assert found("zhongqing") == found("chongqing") == ["重庆重矿"]


@pytest.mark.parametrize("kept", ["", "0\n\t=别的\n\t别的", "nonsense"])
def test_words_of_another_edition_are_worked_out_anew(tmp_path: Path, kept: str) -> None:
    apply_all(file_of_sites(tmp_path), lambda: StagedRow.objects.update(words=kept))
    assert all_is_right()


def test_a_renamed_site_is_found_by_its_new_name(tmp_path: Path) -> None:
    brought(file_of_sites(tmp_path, ("老虎沟采石场",)), clerk(WEST))
    brought(file_of_sites(tmp_path, ("青石采石场",)), clerk(WEST))
    assert all_is_right()
    assert (found("老虎"), found("qscsc")) == ([], ["青石采石场"])


def test_nothing_stays_in_memory_afterwards(tmp_path: Path) -> None:
    apply_all(file_of_sites(tmp_path), lambda: None)
    assert not words._ready_words
    assert not words._ready_pieces
    assert fields.words_field_of(Site) is not None
