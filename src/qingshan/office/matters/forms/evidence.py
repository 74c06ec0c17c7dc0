"""What is filled in to hand in evidence (佐证): files, what they show, when and where?"""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED, paper_named
from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.matters.doubting import Examined, examine
from qingshan.office.matters.forms.acting import ActForm, choose
from qingshan.office.matters.kinds import kind_named
from qingshan.office.mines import receiving
from qingshan.office.mines.forms.papers import in_words
from qingshan.rules.matters import EvidenceKind, Phase
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.vault import Vault

PICTURES = frozenset({"jpg", "png", "tif", "heic"})
MOST_FILES = 20


class Files(forms.FileInput):
    """Several files at once; a phone offers its camera."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []


class SeveralFiles(forms.FileField):
    """At least one file where it is required, each of a known kind and safe."""

    widget = Files

    def __init__(self, *, most: int = MOST_FILES, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one = [None] if self.required else []
        files = [super(SeveralFiles, self).clean(each, initial) for each in value or one]
        if len(files) > self.most:
            raise forms.ValidationError(
                _("一次最多上传 %(n)s 个文件。请分几次上传。"), params={"n": self.most}
            )
        for each in files:
            in_words(partial(receiving.examined, each))
        return files


class EvidenceForm(ActForm):
    """上传佐证."""

    uploads = SeveralFiles(label=_("照片或文件"), max_length=255)
    phase = forms.ChoiceField(
        label=_("拍摄时段"), required=False, help_text=_("照片请选：整改前、整改中、整改后。")
    )
    photo_point = forms.CharField(
        label=_("拍摄点"),
        max_length=60,
        required=False,
        help_text=_("同一机位用同一名称，如“3 号点”，前、中、后照片自动成组。"),
    )
    site = forms.ChoiceField(
        label=_("点位"), required=False, help_text=_("只拍到或只涉及一处点位的，请选这一处。")
    )
    title = forms.CharField(
        label=_("内容说明"), max_length=160, required=False, help_text=_("不填则用文件名。")
    )
    quantity = forms.DecimalField(
        label=_("测量数量"), required=False, min_value=0, max_digits=14, decimal_places=4,
        help_text=_("测量成果填写，如清运方量、复垦面积。"),
    )  # fmt: skip
    quantity_unit = forms.CharField(label=_("数量单位"), max_length=20, required=False)
    measured_on = Day(label=_("测量日期"), required=False)
    nothing_secret_in_files = forms.BooleanField(
        label=_("我已核对：文件不含涉密内容"),
        help_text=_("涉密文件请按保密规定在涉密网络办理。"),
    )

    def prepare(self) -> None:
        self.fields["uploads"].widget.attrs |= {"accept": f"image/*,{ACCEPTED}", "multiple": True}
        said = say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)
        self.fields["nothing_secret_in_files"].error_messages["required"] = said
        choose(self, "phase", [("", _now("不分时段")), *named_choices(Phase)])
        self._ask_for_the_site()

    def _ask_for_the_site(self) -> None:
        """Only where there are several to choose from."""
        matter = self.about.matter
        self.sites = {str(site.pk): site for site in kind_named(matter.kind).sites(matter)}
        if len(self.sites) > 1:
            named = [(key, str(site)) for key, site in self.sites.items()]
            choose(self, "site", [("", _now("不分点位")), *named])
        else:
            del self.fields["site"]

    @property
    def evidence(self) -> list[NewEvidence]:
        """Each file, put into the vault."""
        return [self._one(each) for each in self.cleaned_data["uploads"]]

    def _one(self, brought: UploadedFile[Any]) -> NewEvidence:
        given, stored = self.cleaned_data, receiving.stored(brought)
        name = brought.name or ""
        kind = self._kind(name)
        examined = _examined(brought) if kind is EvidenceKind.PHOTOGRAPH else None
        facts = examined.facts if examined else None
        return NewEvidence(
            examined=examined,
            thumbnail_digest=_kept(examined.thumbnail) if examined else "",
            taken_at=examined.taken_at if examined else None,
            longitude_deg=facts.longitude_deg if facts else None,
            latitude_deg=facts.latitude_deg if facts else None,
            site=self.sites.get(given.get("site", "")),
            kind=kind,
            title=given["title"] or name.rpartition(".")[0] or name,
            file_name=name,
            file_digest=stored.digest,
            file_size_bytes=stored.size_bytes,
            phase=Phase(given["phase"]) if given["phase"] else None,
            photo_point=given["photo_point"],
            quantity=given["quantity"],
            quantity_unit=given["quantity_unit"],
            measured_on=given["measured_on"],
        )

    def _kind(self, name: str) -> EvidenceKind:
        if self.cleaned_data["quantity"] is not None:
            return EvidenceKind.MEASUREMENT
        paper = paper_named(name)
        return EvidenceKind.PHOTOGRAPH if paper and paper.value in PICTURES else EvidenceKind.DOCUMENT


def _examined(brought: UploadedFile[Any]) -> Examined | None:
    """What the photograph says by itself; looked at before the act, so that the act stays short."""
    brought.seek(0)
    return examine(brought.read())


def _kept(thumbnail: bytes) -> str:
    return Vault(settings.VAULT_ROOT).put(thumbnail).digest
