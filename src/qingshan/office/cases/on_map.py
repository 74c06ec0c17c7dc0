"""Problems and petitions on the one map: scoped and narrowed as their ledgers are (`matters.on_map`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.matters.on_map import layer_of
from qingshan.office.places.layers import declare_layer

for _each in (
    layer_of(PETITIONS, _("信访"), "#7a4b7a", page="/cases/{id}/"),
    layer_of(CASES, _("整改问题"), "#3d5a80"),
):
    declare_layer(_each)
