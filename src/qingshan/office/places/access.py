"""Who may see layers, features and opinions; which acts concern places and days, and whose are they?"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingshan.office.accounts.access import scoped
from qingshan.office.places.models import MapFeature, MapLayer, OverlapOpinion
from qingshan.office.regions.ranges import ids_above, region_range
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.layers import Openness
from qingshan.rules.reasons import Sentence

LOAD_HOLIDAYS = Act(
    code="places.load_holidays",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="载入节假日安排", en="Load the holidays"),
    sentence=Sentence(
        zh="载入节假日安排 {first_year}—{last_year} 年：新增 {created} 天",
        en="Loaded the holidays of {first_year} to {last_year}: {created} days created",
    ),
)
EDIT_DAY = Act(
    code="places.edit_day",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="修改节假日安排", en="Edit a holiday"),
    sentence=Sentence(
        zh="将 {day} 定为{word}（{name}），依据：{source}",
        en="Set {day} ({name}) to: {word_en}. Basis: {source}",
    ),
)
FORGET_DAY = Act(
    code="places.forget_day",
    duty=Duty.SYSTEM_ADMIN,
    title=Sentence(zh="取消节假日安排", en="Remove a holiday"),
    sentence=Sentence(zh="取消 {old_day} 的节假日安排", en="Removed the arrangement of {old_day}"),
)
REGISTER_LAYER = Act(
    code="places.register_layer",
    duty=Duty.REGISTRY,
    title=Sentence(zh="登记图层", en="Register a map layer"),
    sentence=Sentence(
        zh="登记图层“{title}”（{code}），来源：{source}，数据时点 {data_on}",
        en="Registered the layer “{title}” ({code}), source: {source}, data of {data_on}",
    ),
)
REPLACE_LAYER = Act(
    code="places.replace_layer",
    duty=Duty.REGISTRY,
    title=Sentence(zh="替换图层", en="Replace a map layer"),
    sentence=Sentence(
        zh="以图层“{title}”（{code}）替换“{old_title}”（{old_code}）",
        en="Replaced the layer “{old_title}” ({old_code}) with “{title}” ({code})",
    ),
)
WITHDRAW_LAYER = Act(
    code="places.withdraw_layer",
    duty=Duty.REGISTRY,
    title=Sentence(zh="撤下图层", en="Withdraw a map layer"),
    sentence=Sentence(
        zh="撤下图层“{title}”（{code}），理由：{reason}",
        en="Withdrew the layer “{title}” ({code}). Reason: {reason}",
    ),
)
IMPORT_LAYER_FEATURES = Act(
    code="places.import_layer_features",
    duty=Duty.REGISTRY,
    title=Sentence(zh="导入图层要素", en="Import layer features"),
    sentence=Sentence(
        zh="从“{file}”导入图层要素：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        en="Imported layer features from “{file}”: {created} created, {changed} changed,"
        " {unchanged} unchanged, {refused} refused",
    ),
)
RECORD_OVERLAP_OPINION = Act(
    code="places.record_overlap_opinion",
    duty=Duty.REGISTRY,
    title=Sentence(zh="登记套合核查意见", en="Record an overlap opinion"),
    sentence=Sentence(
        zh="登记{issued_by} {issued_on} 出具的套合核查意见 {number}",
        en="Recorded the overlap opinion {number} of {issued_by}, {issued_on}",
    ),
)
ACTS = (
    LOAD_HOLIDAYS,
    EDIT_DAY,
    FORGET_DAY,
    REGISTER_LAYER,
    REPLACE_LAYER,
    WITHDRAW_LAYER,
    IMPORT_LAYER_FEATURES,
    RECORD_OVERLAP_OPINION,
)


def layers_visible_to(actor: ActorLike) -> QuerySet[MapLayer]:
    """Public layers are seen by all signed in; internal ones by authorities whose area they cover or lie in.

    By layer, not by feature: a control line that comes in from the next county must not be missed.
    """
    if actor.person_id is None and not actor.region_ranges:
        return MapLayer.objects.none()
    seen = Q(openness=Openness.PUBLIC.value)
    for low, high in actor.region_ranges:
        covering = [region_id for region_id in ids_above(low) if region_range(region_id)[1] >= high]
        seen |= Q(region_id__gte=low, region_id__lte=high) | Q(region_id__in=covering)
    return MapLayer.objects.filter(seen)


def features_of(layers: QuerySet[MapLayer]) -> QuerySet[MapFeature]:
    """The features of layers that were narrowed to what may be seen."""
    return MapFeature.objects.filter(layer_id__in=layers.order_by().values("pk"))


def features_visible_to(actor: ActorLike) -> QuerySet[MapFeature]:
    """All features that the actor may see."""
    return features_of(layers_visible_to(actor))


def opinions_visible_to(actor: ActorLike) -> QuerySet[OverlapOpinion]:
    """Opinions about objects of the actor's regions. Who sees the object itself reads them on its card."""
    return scoped(OverlapOpinion.objects.all(), actor)
