"""The papers of the house: each in a file, with its data, its .docx and its PDF."""

from qingshan.office.papers.documents import acceptance, decision, notice
from qingshan.office.papers.documents.acceptance import AcceptanceSheet, Attendant, Item
from qingshan.office.papers.documents.decision import DecisionSheet, Fact
from qingshan.office.papers.documents.notice import NoticeOfCompletion, TaskRow
from qingshan.office.papers.kinds import declare_kind

__all__ = ["AcceptanceSheet", "Attendant", "DecisionSheet", "Fact", "Item", "NoticeOfCompletion", "TaskRow"]

for _each in (notice.KIND, acceptance.KIND, *decision.KINDS):
    declare_kind(_each)
