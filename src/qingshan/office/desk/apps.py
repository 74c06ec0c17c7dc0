"""工作台: the shell, the workbench, the one map; puts the other apps together on pages."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qingshan.rules.rulebook import also_from


class DeskConfig(AppConfig):
    name = "qingshan.office.desk"
    label = "desk"
    verbose_name = _("工作台")

    def ready(self) -> None:
        also_from(settings.RULEBOOKS_ROOT)
