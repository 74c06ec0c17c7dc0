"""How do projects lie on the one map? All their sites, coloured and shaped by how far the project is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.office.matters.on_map import ByState, layer_of
from qingshan.office.places.layers import declare_layer
from qingshan.office.restoration.ledgers import PROJECTS
from qingshan.rules.flows.restoration import ProjectState
from qingshan.rules.reasons import Sentence

BY_STATE = ByState(
    terms=ProjectState,
    looks={
        ProjectState.WORKING: "due",
        ProjectState.SELF_CHECKED: "due",
        ProjectState.APPLIED: "due",
        ProjectState.AFTERCARE: "good",
        ProjectState.RELEASED: "good",
        ProjectState.DISMISSED: "none",
        ProjectState.WITHDRAWN: "none",
    },
    legend=(
        ("note", Sentence(zh="未开工", en="not begun")),
        ("due", Sentence(zh="施工至待验收", en="works to acceptance")),
        ("good", Sentence(zh="已验收或移交", en="accepted or handed over")),
        ("none", Sentence(zh="不予立项或撤销", en="not approved or withdrawn")),
    ),
)
declare_layer(
    layer_of(PROJECTS, _("修复项目"), "#8a5a00", panel="restoration/panel_project.html", by=BY_STATE)
)
