"""Does a sheet say what was found, to people, in both languages, the same each time, and never as markup?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from qingshan.earth.findings import Verdict
from qingshan.earth.sheets import Sheet, scenes_wanted, sheet
from qingshan.earth.sheets.words import QUESTIONS, VERDICTS, WORDS
from qingshan.earth.tests.seen import (
    made_claims,
    made_findings,
    made_ring,
    made_series,
    made_site,
    made_view,
    made_views,
)
from qingshan.rules.reasons import Reason

HAN = re.compile(r"[一-鿿]")


def made_sheet(language: str = "zh-hans", **changed: object) -> Sheet:
    series = made_series()
    findings = made_findings(series)
    site = made_site(**changed)
    return sheet(
        site, series, findings, made_claims(), made_views(findings), language=language, ring=made_ring()
    )


class Elements(HTMLParser):
    """Names of elements and of attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_the_answer_comes_first_and_says_that_a_person_decides() -> None:
    page = made_sheet().as_html()
    at = [
        page.index(said)
        for said in ("存疑待核", "影像不支持（待核实）", "申报 <span", "前后对照", "逐期变化")
    ]
    assert at == sorted(at)
    assert "造假" not in page
    assert "违规" not in page


def test_figures_stand_with_what_they_are_a_share_of() -> None:
    told = dict(made_sheet().answers[0].figures)
    assert told["涉及面积占比"].startswith("56% = 3.83 / 6.83 公顷")
    assert told["一致的观测"] == "13 / 14 期"
    assert told["所见：植被覆盖度"] == "17%"


def test_an_english_sheet_holds_no_chinese_but_names() -> None:
    page = made_sheet("en", name="Heap 3").as_html()
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert not HAN.search(body)


def test_what_people_wrote_is_never_markup() -> None:
    hostile = "<script>alert(1)</script>\"'&{{ 7*7 }}"
    made = made_sheet(name=hostile, id="</title><img src=x onerror=1>")
    page = Elements(made.as_html())
    assert not {"script", "iframe", "object"} & set(page.names)
    assert page.names.count("img") == 0
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert "7*7" in made.as_html()


def test_a_page_needs_no_other_file_and_runs_nothing() -> None:
    page = Elements(made_sheet().as_html())
    addresses = [value for name, value in page.attributes if name in ("src", "href", "action")]
    assert addresses
    assert all(address.startswith("data:image/png;base64,") for address in addresses)
    policy = next(value for name, value in page.attributes if name == "content" and "default-src" in value)
    assert policy.startswith("default-src 'none'")


def test_ids_in_a_page_are_unique() -> None:
    ids = [value for name, value in Elements(made_sheet().as_html()).attributes if name == "id"]
    assert len(ids) == len(set(ids)) > 0


def test_pictures_are_sound_xml() -> None:
    made = made_sheet()
    for svg in (made.curve, made.narrow_curve, *(shot.svg for row in made.pairs[0].rows for shot in row)):
        ElementTree.fromstring(svg)


def test_the_same_sheet_has_the_same_bytes() -> None:
    assert made_sheet().as_html() == made_sheet().as_html()
    assert made_sheet("en").as_pdf() == made_sheet("en").as_pdf()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_paper_takes_two_pages_at_most(language: str) -> None:
    from qingshan.typesetting import pages_of

    assert pages_of(made_sheet(language).as_pdf()) <= 2


def test_before_and_after_are_looked_for_once() -> None:
    findings = made_findings(made_series())
    assert scenes_wanted((*findings, findings[0])) == (findings[0].before, findings[0].after)


def test_two_answers_from_the_same_pictures_show_them_once() -> None:
    series = made_series()
    first, second = made_findings(series)
    same = replace(second, before=first.before, after=first.after)
    made = sheet(made_site(), series, (first, same), made_claims(), made_views((first,)))
    assert [pair.how[:15] for pair in made.pairs] == ["用于“已修复、验收后保持”。前"]


def test_a_site_that_nobody_saw_still_has_a_sheet() -> None:
    series = made_series(count=0)
    finding = replace(made_findings(made_series())[1], settle=())
    made = sheet(made_site(), series, (finding,), made_claims(), ())
    assert "没有可用的观测。" in made.as_html()
    assert "没有可供对照的影像图。" in made.as_html()
    assert made.as_pdf().startswith(b"%PDF")


def test_one_observation_and_no_ring_are_enough_for_a_curve() -> None:
    series = replace(made_series(count=1), ring=None)
    made = sheet(made_site(), series, (), made_claims(disturbed_since=None, accepted_on=None), ())
    assert "周边参照带" not in made.curve
    assert "没有可核查的申报。" in made.as_html()


def test_a_picture_without_one_clear_pixel_is_hatched_all_over() -> None:
    series = made_series()
    findings = made_findings(series)[:1]
    dark = made_view(scene=findings[0].after, day=date(2024, 8, 25), cover=0.1)
    nothing = replace(dark, clear=np.zeros_like(dark.clear), bands={"red": np.full(dark.clear.shape, np.nan)})
    made = sheet(made_site(), series, findings, made_claims(), (nothing,))
    assert made.pairs[0].has_unclear
    assert [shot.colours for row in made.pairs[0].rows for shot in row] == ["单波段"]


def test_every_verdict_and_question_has_its_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert all(one.zh and one.en and not HAN.search(one.en) for one in (*WORDS.values(), *QUESTIONS.values()))


def test_a_finding_that_rests_on_a_share_of_water_shows_water() -> None:
    series = made_series()
    finding = replace(made_findings(series)[0], effect_of="water", because=(Reason("made.undecidable"),))
    assert "水面占比" in sheet(made_site(), series, (finding,), made_claims(), ()).curve
