"""Does an error reach a person as a sentence, a page fragment as a note, and a program as JSON?"""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from qingshan.exchange.errors import ExchangeError
from qingshan.geo.errors import GeoError
from qingshan.jobs.errors import JobError
from qingshan.office.desk import errors
from qingshan.office.desk.middleware import ErrorsInWords
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound, OfficeError
from qingshan.rules.errors import QingshanError, RuleBroken, RuleError
from qingshan.vault.errors import VaultError

LOST = NotFound.because("office.not_found", what="点位")
EVERY_ERROR = [
    (OfficeError, 400),
    (QingshanError, 400),
    (NotAllowed, 403),
    (NotFound, 404),
    (ChangedMeanwhile, 409),
    (JobError, 409),
    (RuleBroken, 422),
    (RuleError, 422),
    (GeoError, 422),
    (ExchangeError, 422),
    (VaultError, 422),
]


def asked(path: str = "/sites/7/", **headers: str) -> HttpRequest:
    request = RequestFactory(SERVER_NAME="localhost").get(path, headers=headers or {"Accept": "text/html"})
    request.user = AnonymousUser()
    return request


def answered(error: Exception, request: HttpRequest) -> HttpResponse:
    answer = ErrorsInWords(lambda _request: HttpResponse()).process_exception(request, error)
    assert answer is not None
    return answer


@pytest.mark.parametrize(("kind", "status"), EVERY_ERROR)
def test_every_error_has_its_status(kind: type[QingshanError], status: int) -> None:
    assert errors.status_of(kind.because("office.not_found", what="点位")) == status


def test_a_person_gets_a_page_with_the_sentence() -> None:
    answer = answered(LOST, asked())
    assert answer.status_code == 404
    assert "没有找到“点位”，或您无权查看。" in answer.content.decode()


def test_the_sentence_is_in_the_readers_language() -> None:
    with translation.override("en"):
        page = answered(LOST, asked()).content.decode()
    assert "“点位” was not found, or you may not see it." in page
    assert "没有找到" not in page


def test_a_fragment_goes_to_the_place_for_messages_whatever_was_aimed_at() -> None:
    answer = answered(LOST, asked(**{"HX-Request": "true", "Accept": "*/*"}))
    assert answer.status_code == 404
    assert answer.headers["HX-Retarget"] == "#said"
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    "request_", [asked(Accept="application/json"), asked("/api/sites/7")], ids=["prefers JSON", "below /api/"]
)
def test_a_program_gets_code_and_sentences(request_: HttpRequest) -> None:
    answer = answered(LOST, request_)
    told = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (404, "office.not_found")
    assert told["sentences"] == ["没有找到“点位”，或您无权查看。"]


def test_what_an_error_says_cannot_become_markup() -> None:
    answer = answered(NotFound.because("office.not_found", what="<script>x</script>"), asked())
    assert "<script>x" not in answer.content.decode()


def test_errors_of_the_program_are_left_to_django() -> None:
    assert ErrorsInWords(lambda _request: HttpResponse()).process_exception(asked(), ValueError("x")) is None


def test_django_s_refusals_carry_our_sentence() -> None:
    answer = errors.not_allowed(asked(), PermissionDenied(LOST))
    assert "没有找到“点位”" in answer.content.decode()
    plain = errors.not_allowed(asked(), PermissionDenied())
    assert (plain.status_code, "没有打开此页的职责" in plain.content.decode()) == (403, True)
    assert errors.not_found(asked(), Http404()).status_code == 404


def test_too_much_and_unreadable_are_told_apart() -> None:
    assert errors.bad_request(asked(), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(asked(), ValueError()).status_code == 400


def test_a_fault_gives_a_number_that_the_log_knows(caplog: pytest.LogCaptureFixture) -> None:
    answer = errors.failed(asked())
    mark = caplog.records[-1].getMessage().split()[1]
    assert answer.status_code == 500
    assert f"故障编号 {mark}" in answer.content.decode()


def test_a_form_that_is_too_old_is_refused_with_what_to_do() -> None:
    answer = errors.forgery_refused(asked(), reason="CSRF cookie not set.")
    assert answer.status_code == 403
    assert "返回上一页刷新后再试" in answer.content.decode()
