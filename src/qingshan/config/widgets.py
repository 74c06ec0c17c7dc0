"""How do form fields become HTML quickly? Django's own templates for one take as long as a query.

What most fields are, inputs of one line and choices without groups, is joined here; the HTML is the same as
Django's, which a test holds it to. All others go on to Django's templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class QuickWidgets(DjangoTemplates):
    """Django's renderer of forms, with a short way for the usual widgets."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        short = _SHORT.get(template_name)
        if short is None or any(group for group, *_rest in context["widget"].get("optgroups", ())):
            return super().render(template_name, context, request)
        return SafeString(short(context["widget"]))


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{escape(str(value))}"'
    return (
        f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{said}{_attributes(widget)}>'
    )


def _select(widget: Widget) -> str:
    options = "".join(_option(one) for _group, some, _index in widget["optgroups"] for one in some)
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{options}</select>'


def _option(option: Widget) -> str:
    return f'<option value="{escape(str(option["value"]))}"{_attributes(option)}>{escape(option["label"])}</option>'


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


_SHORT: dict[str, Callable[[Widget], str]] = {
    **{
        f"django/forms/widgets/{name}.html": _input
        for name in ("text", "number", "email", "hidden", "date", "datetime", "password", "search")
    },
    "django/forms/widgets/select.html": _select,
}
