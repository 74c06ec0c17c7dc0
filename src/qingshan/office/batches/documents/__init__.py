"""The papers of batches and single sites: each in a file, with its data, its .docx and its PDF."""

from qingshan.office.batches.documents import opinion, result
from qingshan.office.batches.documents.opinion import AcceptanceOpinion, Asked, Looked, Signature
from qingshan.office.batches.documents.result import Figure, ResultNotice, SiteResult
from qingshan.office.papers.kinds import declare_kind

__all__ = ["AcceptanceOpinion", "Asked", "Figure", "Looked", "ResultNotice", "Signature", "SiteResult"]

for _each in (result.KIND, opinion.KIND):
    declare_kind(_each)
