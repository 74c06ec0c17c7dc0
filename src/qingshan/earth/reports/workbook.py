"""What do people get who work in Excel? Answers, counts with their denominators, scenes; no cell computes anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from qingshan.earth.findings import Finding
from qingshan.earth.reports.counting import Count, counted
from qingshan.earth.reports.results import Results
from qingshan.earth.sheets.numbers import M2_IN_A_HECTARE, days_words, quantity_words, value_words
from qingshan.earth.sheets.words import QUANTITIES, QUESTIONS, TARGETS, VERDICTS, sensor_name, word
from qingshan.earth.sites import Site
from qingshan.earth.writing import beside
from qingshan.rules.reasons import say, say_all

Cell = str | int | float | date | None
NO_DAY = date(2000, 1, 1)
LONGEST_CELL = 32_000
"""characters; Excel takes 32,767"""
SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "default_date_format": "yyyy-mm-dd",
}
"""what people wrote is text and nothing else"""

ANSWER_COLUMNS: Mapping[str, int] = {
    "number": 16, "site-name": 22, "question": 12, "verdict": 22, "sentence": 70, "target": 10, "claimed-on": 12,
    "since": 12, "provisional-row": 8, "k": 8, "n": 8, "site-hectares": 12, "share-column": 10,
    "concerned-hectares": 14, "outside-hectares": 14, "inside-hectares": 14, "effect-of": 18, "effect-value": 10,
    "in-ring": 12, "decided-on": 30,
    "before": 28, "after": 28, "signs": 40, "settle": 40, "parameters": 30, "sheet": 26,
}  # fmt: skip
COUNT_COLUMNS: Mapping[str, int] = {
    "question": 16, "verdict": 24, "sites": 8, "of-sites": 10, "share-of-sites": 10, "hectares-column": 14,
    "of-hectares-column": 14, "share-of-hectares": 12,
}  # fmt: skip
SCENE_COLUMNS: Mapping[str, int] = {"day": 12, "sensor": 16, "scene": 44, "use-column": 10, "reason": 70}


def write_workbook(
    results: Results, path: Path, *, areas_m2: Mapping[str, float], sheets: Mapping[str, str], language: str
) -> None:
    """Three sheets; the same results give the same bytes."""
    newest = max((one.day for one in results.used), default=NO_DAY)
    with beside(path) as part:
        book = xlsxwriter.Workbook(str(part), SAFE)
        book.set_properties(
            {"title": word("report", language), "created": datetime.combine(newest, time(), tzinfo=UTC)}
        )
        table = Tables(book, language)
        answers = (
            [*_answer(site, finding, areas_m2[site.id], language), sheets[site.id]]
            for site, finding in results.answered()
        )
        table.add("answers-tab", ANSWER_COLUMNS, answers)
        counts = counted(results.answered(), areas_m2)
        table.add("counts-tab", COUNT_COLUMNS, (_count(one, language) for one in counts))
        table.add("scenes-tab", SCENE_COLUMNS, _scenes(results, language))
        book.close()


def _answer(site: Site, finding: Finding, area_m2: float, language: str) -> list[Cell]:
    share = finding.share
    return [
        site.id,
        site.name,
        QUESTIONS[finding.question].say({}, language),
        VERDICTS[finding.verdict].say({}, language),
        finding.sentence(language),
        TARGETS[finding.target].say({}, language) if finding.target else None,
        finding.claimed_on,
        finding.since,
        word("yes", language) if finding.is_provisional else None,
        finding.agreeing,
        finding.considered,
        _hectares(area_m2),
        share,
        _hectares(None if share is None else share * area_m2),
        _hectares(finding.outside_m2),
        _hectares(finding.inside_m2),
        quantity_words(finding.effect_of, language) if finding.effect_of in QUANTITIES else None,
        _value(finding, finding.effect),
        _value(finding, finding.ring),
        days_words(finding.dates, language) if finding.dates else None,
        finding.before or None,
        finding.after or None,
        say_all(finding.signs, language),
        say_all(finding.settle, language),
        finding.parameters,
    ]


def _value(finding: Finding, value: float | None) -> str | None:
    is_told = value is not None and finding.effect_of in QUANTITIES
    return value_words(finding.effect_of, value) if is_told else None


def _hectares(area_m2: float | None) -> float | None:
    return None if area_m2 is None else round(area_m2 / M2_IN_A_HECTARE, 4)


def _count(one: Count, language: str) -> list[Cell]:
    return [
        QUESTIONS[one.question].say({}, language),
        VERDICTS[one.verdict].say({}, language),
        one.sites,
        one.of_sites,
        one.sites / one.of_sites if one.of_sites else None,
        _hectares(one.area_m2),
        _hectares(one.of_area_m2),
        one.area_m2 / one.of_area_m2 if one.of_area_m2 else None,
    ]


def _scenes(results: Results, language: str) -> Iterable[list[Cell]]:
    for used in results.used:
        yield [used.day, sensor_name(used.sensor, language), used.scene, word("use-used", language), None]
    for out in results.left_out:
        yield [None, None, out.scene, word("use-not", language), say(out.because, language)]


class Tables:
    """Sheets of a workbook, all laid out alike."""

    def __init__(self, book: xlsxwriter.Workbook, language: str) -> None:
        self.book = book
        self.language = language
        self.head = book.add_format({"bold": True, "bg_color": "#E6F2EF", "bottom": 1, "text_wrap": True})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.formats = {
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
            "hectares": book.add_format({"num_format": "#,##0.00##", "valign": "top"}),
        }

    def add(self, title: str, columns: Mapping[str, int], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet with frozen headings and a filter."""
        sheet = self.book.add_worksheet(word(title, self.language))
        for at, (name, width) in enumerate(columns.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, word(name, self.language), self.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, (name, cell) in enumerate(zip(columns, row, strict=True)):
                self._write(sheet, last, at, cell, name)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def _write(self, sheet: Worksheet, row: int, at: int, cell: Cell, name: str) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, at, cell[:LONGEST_CELL], self.text)
        elif isinstance(cell, date):
            sheet.write_datetime(row, at, datetime.combine(cell, time()), self.formats["day"])
        elif cell is not None:
            sheet.write_number(row, at, cell, self._format(name))

    def _format(self, name: str) -> Any:
        return self.formats.get(
            "share" if "share" in name else "hectares" if "hectares" in name else "", self.text
        )
