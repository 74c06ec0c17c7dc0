"""How does the data of a paper become JSON and come back, the same?

A frozen dataclass of text, whole numbers, days, and tuples of text or of further such dataclasses. What is not known
is None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from qingshan.rules.dates import date_words


def plain(value: Any) -> Any:
    """The data as JSON holds it."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def rebuilt(kind: Any, value: Any) -> Any:
    """The data again. A field that was added since is as the dataclass has it by default."""
    made: Callable[..., Any] = kind
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (each for each in get_args(kind) if each is not type(None))
        return rebuilt(inner, value)
    if get_origin(kind) is tuple:
        return tuple(rebuilt(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = (each.name for each in fields(kind) if each.name in value)
        return made(**{name: rebuilt(hints[name], value[name]) for name in known})
    return date.fromisoformat(value) if kind is date else value


def spoken(value: Any) -> Any:
    """The data for an office's own template: as `plain`, but days in words and nothing unknown."""
    if is_dataclass(value):
        return {each.name: spoken(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [spoken(each) for each in value]
    if value is None:
        return ""
    return date_words(value) if isinstance(value, date) else value
