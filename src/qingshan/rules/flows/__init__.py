"""Which flows are there? One file per kind, each holding one table named FLOW."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from qingshan.rules.flow import Flow


def all_flows() -> tuple[Flow, ...]:
    """Every flow of this folder, by file name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    flows = (import_module(f"{__name__}.{name}").FLOW for name in names)
    return tuple(flow for flow in flows if isinstance(flow, Flow))
