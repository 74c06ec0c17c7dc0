"""At which addresses below that of a matter do the pages stand that every kind has?"""

from __future__ import annotations

from django.urls import URLPattern, path

from qingshan.office.matters.pages import doubting, evidence


def routes(prefix: str) -> list[URLPattern]:
    """Evidence and doubts of the matters of an app whose pages stand at `<prefix>/<pk>/`; above that of its acts."""
    return [
        path(f"{prefix}/<int:pk>/evidence/<int:evidence>/file", evidence.evidence_file, name="evidence_file"),
        path(f"{prefix}/<int:pk>/evidence/<int:evidence>/small", evidence.thumbnail, name="thumbnail"),
        path(f"{prefix}/<int:pk>/doubts/<int:doubt>/", doubting.answer, name="answer_doubt"),
    ]
