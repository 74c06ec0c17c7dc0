"""What does a person, a page fragment or a program get when something goes wrong?

Always a sentence that says what happened and what to do, with the HTTP status of this table:

400 any other error of ours · 403 NotAllowed · 404 NotFound · 409 ChangedMeanwhile, JobError
413 too large · 422 RuleBroken, RuleError, GeoError, ExchangeError, VaultError
500 a fault of the program · 502 ServiceFailed
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.office.doors import open_to_anybody
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.rules.errors import QingshanError, RuleError
from qingshan.rules.reasons import CHINESE, say

log = logging.getLogger(__name__)

# first match along the error's own ancestry counts, so a child may differ from its parent
STATUS_OF: dict[str, int] = {
    NotAllowed.__name__: 403,
    NotFound.__name__: 404,
    ChangedMeanwhile.__name__: 409,
    RuleError.__name__: 422,
    "GeoError": 422,
    "ExchangeError": 422,
    "VaultError": 422,
    "JobError": 409,
    "ServiceFailed": 502,
    QingshanError.__name__: 400,
}

TITLES: dict[int, Promise] = {
    400: gettext_lazy("这次操作没有办成"),
    403: gettext_lazy("您当前岗位不能办理"),
    404: gettext_lazy("没有找到"),
    409: gettext_lazy("情况已有变化"),
    413: gettext_lazy("内容太大"),
    422: gettext_lazy("这次操作没有办成"),
    500: gettext_lazy("系统出了故障"),
    502: gettext_lazy("外部服务没有应答"),
}

MARK_OF_FAULT_BYTES = 4


@dataclass(frozen=True)
class Trouble:
    """What went wrong, ready to be shown: a stable code for programs, sentences for people."""

    status: int
    code: str
    sentences: tuple[str, ...]

    @property
    def title(self) -> str:
        return str(TITLES[self.status])

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "title": self.title, "sentences": list(self.sentences)}


def status_of(error: QingshanError) -> int:
    """The HTTP status of an error of ours."""
    return next(STATUS_OF[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in STATUS_OF)


def trouble_of(error: QingshanError) -> Trouble:
    """An error of ours in the reader's language."""
    language = get_language() or CHINESE
    return Trouble(status_of(error), error.code, tuple(say(reason, language) for reason in error.reasons))


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The trouble as JSON, as a fragment for htmx, or as a page: whatever the caller can read."""
    if wants_json(request):
        return JsonResponse(
            trouble.as_json(), status=trouble.status, json_dumps_params={"ensure_ascii": False}
        )
    if request.headers.get("HX-Request"):
        return _fragment(request, trouble)
    return render(request, "desk/trouble.html", _page(request, trouble), status=trouble.status)


def _page(request: HttpRequest, trouble: Trouble) -> dict[str, object]:
    """Whoever is signed in keeps the navigation: a dead end should have doors."""
    user = getattr(request, "user", None)
    framed = user is not None and user.is_authenticated and hasattr(request, "actor")
    return {"trouble": trouble, "trouble_frame": "desk/base.html" if framed else "desk/plain.html"}


def wants_json(request: HttpRequest) -> bool:
    """Is the caller a program? It asks below /api/, or prefers JSON to HTML."""
    return request.path.startswith("/api/") or (
        request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def _fragment(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Goes to the page's place for messages, whatever the request aimed at: nothing is overwritten."""
    body = render_to_string(
        "desk/components/said.html", {"title": trouble.title, "sentences": trouble.sentences}, request
    )
    headers = {"HX-Retarget": "#said", "HX-Reswap": "innerHTML show:top"}
    return HttpResponse(body, status=trouble.status, headers=headers)


# ---- Django's own handlers (config.urls) ----


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: an address that leads nowhere, or to what this reader may not see."""
    return answer(
        request,
        _ours(exception)
        or Trouble(
            404, "office.no_such_page", (_("这个地址没有内容，或您无权查看。请检查地址，或从左侧导航进入。"),)
        ),
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: a page that this post does not open."""
    return answer(
        request,
        _ours(exception)
        or Trouble(
            403,
            "office.page_not_open",
            (_("您当前岗位没有打开此页的职责。请换用相应岗位，或请安全管理员授权。"),),
        ),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: a request that cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return answer(
            request,
            Trouble(413, "office.too_large", (_("提交的内容超过上限。请把文件从上传处提交，或拆成几份。"),)),
        )
    return answer(
        request, Trouble(400, "office.unreadable_request", (_("这次请求无法读懂。请返回上一页刷新后再试。"),))
    )


def failed(request: HttpRequest) -> HttpResponse:
    """handler500: a fault of the program. Nothing was written; the mark finds it in the log."""
    mark = secrets.token_hex(MARK_OF_FAULT_BYTES)
    log.error("fault %s at %s %s", mark, request.method, request.path)
    sentence = _("本次操作没有写入任何内容。请稍后再试；若仍如此，请把故障编号 %(mark)s 告诉系统管理员。")
    trouble = Trouble(500, "office.fault", (sentence % {"mark": mark},))
    if wants_json(request):
        return JsonResponse(trouble.as_json(), status=500, json_dumps_params={"ensure_ascii": False})
    if request.headers.get("HX-Request"):
        return _fragment(request, trouble)
    # without the request: the shell would ask the database, which may be what failed
    return HttpResponse(render_to_string("desk/trouble.html", {"trouble": trouble}), status=500)


@open_to_anybody
def forgery_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from another site, or its page is too old: nothing was done."""
    log.warning("form refused at %s: %s", request.path, reason)
    return answer(
        request,
        Trouble(
            403,
            "office.form_refused",
            (_("页面停留过久，或不是从本系统打开，为安全起见没有办理。请返回上一页刷新后再试。"),),
        ),
    )


def _ours(exception: BaseException) -> Trouble | None:
    """Django's Http404 and PermissionDenied may carry an error of ours as argument or cause."""
    for candidate in (*exception.args, exception.__cause__):
        if isinstance(candidate, QingshanError):
            return trouble_of(candidate)
    return None
