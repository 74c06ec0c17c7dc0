"""留痕: the append-only, chained record of acts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    """Declares the trail's own acts, subjects and triggers."""

    name = "qingshan.office.trail"
    label = "trail"
    verbose_name = _("留痕")

    def ready(self) -> None:
        from qingshan.office.trail.access import ACTS
        from qingshan.office.trail.acts import declare_acts
        from qingshan.office.trail.models import Checkpoint, Erasure
        from qingshan.office.trail.subjects import declare_subject
        from qingshan.office.trail.triggers import declare_trail_triggers

        declare_acts(*ACTS)
        declare_trail_triggers()
        declare_subject("trail.checkpoint", Checkpoint)
        declare_subject("trail.erasure", Erasure)
