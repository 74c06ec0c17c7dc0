"""Is this workbook safe to open, and what of it would not survive being filled in?

Only .xlsx is taken: of no other format can the layout be kept.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation

from qingshan.exchange.readers import sheet_xml
from qingshan.exchange.readers.hygiene import MEGABYTE, Format, Upload, open_package, recognised

MAX_BYTES = 20 * MEGABYTE
MAX_CELLS = 3_000_000
XLSX = ".xlsx"
_OLDER = frozenset(
    {".xls", ".et", ".ods", ".csv", ".txt", ".tsv", ".ett", ".xlt", ".xltx", ".wps", ".doc", ".docx"}
)
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_EXTENDED_LIST = b"x14:dataValidation"
# what openpyxl leaves out when it writes the file again
_DRAWN = re.compile(rb"<xdr:(?:sp|cxnSp|grpSp)\b")
_CONTROLS = re.compile(r"^xl/(?:ctrlProps|activeX|embeddings|slicers|timelines|diagrams)/")
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, ElementTree.ParseError,
    OSError, LookupError, ValueError, TypeError, AttributeError,
)  # fmt: skip


def opened(path: Path, file_name: str) -> Workbook:
    """The workbook, to be written again; anything but a sound .xlsx raises FileRefused."""
    upload = Upload(path, file_name)
    checked(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # the content, not the path: files in the vault have no ending
            workbook = load_workbook(io.BytesIO(path.read_bytes()), rich_text=True)
            _bring_back_lists(workbook, upload)
    except _BROKEN as error:
        raise upload.refused("exchange.damaged") from error
    return workbook


def _bring_back_lists(workbook: Workbook, upload: Upload) -> None:
    """Drop-down lists whose words stand in another sheet are kept in an extension that openpyxl leaves out."""
    with open_package(upload) as package:
        for name, part in sheet_xml.sheets_of(upload, package).items():
            content = package.read(part)
            if _EXTENDED_LIST not in content or name not in workbook.sheetnames:
                continue
            for element in ElementTree.fromstring(content).iter(f"{_X14}dataValidation"):
                if rule := _list_of(element):
                    workbook[name].add_data_validation(rule)


def _list_of(element: ElementTree.Element) -> DataValidation | None:
    source = element.findtext(f"{_X14}formula1/{_XM}f")
    where = element.findtext(f"{_XM}sqref")
    if element.get("type") != "list" or not source or not where:
        return None
    return DataValidation(
        type="list",
        formula1=source,
        sqref=MultiCellRange(where),
        allow_blank=element.get("allowBlank") == "1",
        showErrorMessage=element.get("showErrorMessage") == "1",
        showInputMessage=element.get("showInputMessage") == "1",
        errorTitle=element.get("errorTitle"),
        error=element.get("error"),
        promptTitle=element.get("promptTitle"),
        prompt=element.get("prompt"),
    )


def checked(upload: Upload) -> None:
    """Hygiene of an upload, and the limits of what is held in memory as a whole."""
    if upload.extension in _OLDER:
        raise upload.refused("exchange.filling_only_xlsx")
    if recognised(upload) is not Format.XLSX:
        raise upload.refused("exchange.filling_only_xlsx")
    size = upload.path.stat().st_size
    if size > MAX_BYTES:
        size_mb, limit_mb = -(-size // MEGABYTE), MAX_BYTES // MEGABYTE
        raise upload.refused("exchange.too_big", size_mb=size_mb, limit_mb=limit_mb)
    facts = sheet_xml.examined(upload)
    if sum(sheet.rows * sheet.columns for sheet in facts.values()) > MAX_CELLS:
        raise upload.refused("exchange.too_many_cells", limit=MAX_CELLS)


def lost(path: Path, file_name: str) -> bool:
    """Does the workbook hold drawn shapes or controls? They are not in the filled one."""
    with open_package(Upload(path, file_name)) as package:
        names = package.namelist()
        if any(_CONTROLS.match(name) for name in names):
            return True
        drawings = [name for name in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        return any(_DRAWN.search(package.read(name)) for name in drawings)
