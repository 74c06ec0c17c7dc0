"""In which words does the exchange say what is wrong with a file, a row or a cell, and what to do?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence


def _cell(zh: str, en: str) -> Sentence:
    """A sentence about one cell: where, then why, then what to do."""
    return Sentence(zh=f"第 {{row}} 行“{{column}}”：{zh}", en=f"Row {{row}}, “{{column}}”: {en}")


def _row(zh: str, en: str) -> Sentence:
    return Sentence(zh=f"第 {{row}} 行：{zh}", en=f"Row {{row}}: {en}")


CELLS = {
    "exchange.not_a_number": _cell(
        "读到“{value}”，不是数字。请只写数字。", "read “{value}”, which is not a number. Write a number only."
    ),
    "exchange.not_a_number_but": _cell(
        "读到“{value}”，不是数字。请改为 {suggestion}，或在备注中说明。",
        "read “{value}”, which is not a number. Write {suggestion}, or explain it in the note.",
    ),
    "exchange.number_too_large_to_read": _cell(
        "数字“{value}”超出可读范围。请核对。", "the number “{value}” is out of range. Check it."
    ),
    "exchange.not_whole": _cell(
        "读到“{value}”，应为整数。请去掉小数部分。",
        "read “{value}”, where a whole number belongs. Drop the decimals.",
    ),
    "exchange.too_small": _cell(
        "读到“{value}”，小于允许的最小值 {limit}。请核对数值和单位。",
        "read “{value}”, which is below the least value allowed, {limit}. Check the number and its unit.",
    ),
    "exchange.too_large": _cell(
        "读到“{value}”，大于允许的最大值 {limit}。请核对数值和单位。",
        "read “{value}”, which is above the greatest value allowed, {limit}. Check the number and its unit.",
    ),
    "exchange.not_a_date": _cell(
        "读到“{value}”，不是日期。请按 2026-03-01 的样式填写。",
        "read “{value}”, which is not a date. Write it like 2026-03-01.",
    ),
    "exchange.date_incomplete": _cell(
        "读到“{value}”，缺少{missing}。请按 2026-03-01 的样式填写完整日期。",
        "read “{value}”, which lacks the {missing_en}. Write the whole date like 2026-03-01.",
    ),
    "exchange.date_ambiguous": _cell(
        "读到“{value}”，分不清年、月、日的次序。请按 2026-03-01 的样式填写。",
        "read “{value}”, where year, month and day cannot be told apart. Write it like 2026-03-01.",
    ),
    "exchange.not_yes_no": _cell(
        "读到“{value}”，应填“是”或“否”。", "read “{value}”, where yes or no belongs."
    ),
    "exchange.not_a_choice": _cell(
        "读到“{value}”，不在可选项内。请改为其中之一：{choices}。",
        "read “{value}”, which is not one of the choices. Write one of: {choices_en}.",
    ),
    "exchange.too_long": _cell(
        "文字有 {length} 个字，超过 {limit} 个字的上限。请缩短，其余写入备注或附件。",
        "the text has {length} characters, more than the {limit} that fit. Shorten it.",
    ),
    "exchange.markup": _cell(
        "读到“{value}”，含有网页代码。请只写文字。",
        "read “{value}”, which holds web page code. Write plain text only.",
    ),
    "exchange.formula_as_text": _cell(
        "读到“{value}”，以“=”开头，是公式而不是内容。请改为公式的结果。",
        "read “{value}”, which starts with “=”: a formula, not its result. Write the result.",
    ),
    "exchange.control_characters": _cell(
        "含有不可见的控制字符。请删除该单元格内容后重新录入。",
        "holds invisible control characters. Clear the cell and type it again.",
    ),
    "exchange.formula_without_result": _cell(
        "是公式，但文件中没有保存它的结果。请用表格软件打开后保存，或改为数值。",
        "is a formula whose result was not saved in the file. Open and save it in a spreadsheet program,"
        " or write the value.",
    ),
    "exchange.error_value": _cell(
        "公式的结果是错误值“{value}”。请改正公式或改为数值。",
        "the formula gives the error “{value}”. Correct it, or write the value.",
    ),
    "exchange.digits_lost": _cell(
        "读到“{value}”，表格软件把它当作数字，末尾几位已经丢失。请将单元格设为文本格式后重新录入。",
        "read “{value}”: kept as a number, its last digits are lost. Format the cell as text and type it"
        " again.",
    ),
    "exchange.not_an_identifier": _cell("读到“{value}”。{why}", "read “{value}”. {why_en}"),
    "exchange.missing": _cell("没有填写，这一项必填。请补充。", "is empty, but required. Fill it in."),
    "exchange.column_missing": _cell(
        "文件中没有这一列，新增时必填。请增加这一列。",
        "this column is not in the file, but needed for a new entry. Add it.",
    ),
    "exchange.not_a_shape": _cell(
        "读到“{value}”，不是坐标。请填写 WKT，或按“经度,纬度;经度,纬度;…”依次填写拐点。",
        "read “{value}”, which are no coordinates. Write WKT, or the corners as “lon,lat;lon,lat;…”.",
    ),
}
CORNERS = {
    "exchange.not_a_coordinate": _cell(
        "读到“{value}”，不是坐标。请填写米数、十进制度（112.5824）或度分秒（112°34′56.7″）。",
        "read “{value}”, which is no coordinate. Write metres, decimal degrees (112.5824), or degrees, minutes and"
        " seconds (112°34′56.7″).",
    ),
    "exchange.corner_incomplete": _cell(
        "这个拐点缺少“{column}”。请把两个坐标都填上，或删除该行。",
        "this corner lacks it. Fill in both coordinates, or drop the row.",
    ),
    "exchange.corners_differ": _cell(
        "读到“{value}”，同一对象的前面几行写的是“{other}”。请核对，只保留一种写法。",
        "read “{value}”, where earlier rows of the same object say “{other}”. Keep one of them.",
    ),
    "exchange.corners_few": _row(
        "从这里开始的一圈（第 {rows} 行）只有 {count} 个不同的拐点，围不成面。请补全拐点。",
        "the ring that begins here (rows {rows}) has only {count} corners, which enclose nothing. Add the others.",
    ),
    "exchange.corners_crossing": _row(
        "拐点 {a}（第 {a_row} 行）至 {b}（第 {b_row} 行）的边与拐点 {c}（第 {c_row} 行）至 {d}（第 {d_row} 行）的边"
        "相交，面积无法确定。请核对这几个拐点的坐标和次序。",
        "the side from corner {a} (row {a_row}) to {b} (row {b_row}) crosses the side from {c} (row {c_row}) to {d}"
        " (row {d_row}), so that the area is not certain. Check these corners and their order.",
    ),
    "exchange.corners_not_certain": _row(
        "从这里开始的一圈（第 {rows} 行）与自身重复，面积无法确定。请核对拐点。",
        "the ring that begins here (rows {rows}) repeats itself, so that its area is not certain. Check its corners.",
    ),
    "exchange.corners_overlap": _row(
        "这一圈（第 {rows} 行）与第 {others} 行的一圈部分重叠，面积无法确定。请核对拐点，或写明哪一圈应扣除。",
        "the ring of rows {rows} overlaps the one of rows {others} in part, so that the area is not certain. Check the"
        " corners, or say which ring is to be taken out.",
    ),
    "exchange.corners_outside": _row(
        "写明扣除的一圈（第 {rows} 行）不在其他圈之内。请核对拐点。",
        "the ring of rows {rows} is to be taken out, but lies inside no other ring. Check its corners.",
    ),
    "exchange.corners_inside": _row(
        "从这里开始的一圈（第 {rows} 行）在另一圈之内，按扣除处理。",
        "the ring that begins here (rows {rows}) lies inside another one and was taken out of it.",
    ),
    "exchange.corners_order": _row(
        "并排的两组拐点没有可以判断先后的编号。请填写拐点编号，或改为一列。",
        "nothing tells which of the corners side by side come first. Number the corners, or put them into one list.",
    ),
    "exchange.corners_gap": _row(
        "拐点 {before} 之后是 {point}，编号不连续。请核对有无漏行。",
        "corner {point} follows corner {before}: the numbers do not go on. Check whether a row is missing.",
    ),
    "exchange.corners_counted": _row(
        "表中写明 {said} 个拐点，读到 {count} 个。请核对有无漏行或多行。",
        "the sheet says {said} corners; {count} were read. Check whether rows are missing or too many.",
    ),
    "exchange.corners_old_datum": _row(
        "表中写明坐标系为“{value}”，换算到 CGCS2000 的参数不公开，不能直接导入。请改用 2000 国家大地坐标系的坐标。",
        "the sheet says “{value}”: the step from there to CGCS2000 needs parameters that are not public. Bring the"
        " coordinates in CGCS2000.",
    ),
}
ROWS = {
    "exchange.twin": _row(
        "与第 {other} 行是同一对象（{key}）。请只保留一行。",
        "is the same object as row {other} ({key}). Keep one of them.",
    ),
    "exchange.twin_elsewhere": _row(
        "与“{other_sheet}”第 {other} 行是同一对象（{key}）。请只保留一行。",
        "is the same object as row {other} of “{other_sheet}” ({key}). Keep one of them.",
    ),
    "exchange.key_missing": _row(
        "缺少“{columns}”，无法辨认是哪一个对象。请补充。",
        "lacks “{columns}”, so that nobody can tell which object is meant. Fill it in.",
    ),
    "exchange.point_incomplete": _row(
        "缺少“{column}”，不能确定位置。请把经度和纬度都填上。",
        "lacks the other half of its coordinates. Fill in both longitude and latitude.",
    ),
    "exchange.shape_missing": _row(
        "没有图形。请在文件中补绘，或删除该行。", "has no shape. Draw it, or drop the row."
    ),
    "exchange.shape_empty": _row(
        "图形是空的。请补绘，或删除该行。", "has an empty shape. Draw it, or drop the row."
    ),
    "exchange.shape_of_other_type": _row(
        "图形是{found}，这里需要{wanted}。请改绘。",
        "has a {found_en} where a {wanted_en} belongs. Redraw it.",
    ),
    "exchange.shape_invalid": _row(
        "边界在（{x}，{y}）附近自相交或重复，不能计算面积。请在绘图软件中修正该图形。",
        "the boundary crosses or repeats itself near ({x}, {y}), so that it has no area."
        " Repair the shape in a drawing program.",
    ),
    "exchange.shape_without_area": _row(
        "图形没有面积。请检查拐点是否重复或在一条直线上。",
        "the shape has no area. Check whether its corners repeat or lie on one line.",
    ),
    "exchange.shape_not_finite": _row(
        "图形含有无效的坐标值。请检查坐标。", "the shape holds coordinates that are not numbers. Check them."
    ),
    "exchange.outside_china": _row(
        "位于中国范围之外（经度 {lon}，纬度 {lat}）。请核对坐标；确为境外点位的，请在导入时勾选“允许境外”。",
        "lies outside China (longitude {lon}, latitude {lat}). Check the coordinates; if it is really abroad,"
        " choose “allow abroad” on import.",
    ),
    "exchange.outside_earth": _row(
        "坐标（{lon}，{lat}）不是经度和纬度。请核对坐标。",
        "the coordinates ({lon}, {lat}) are no longitude and latitude. Check them.",
    ),
    "exchange.shape_mended": _row(
        "边界在（{x}，{y}）附近与自身相接，已在该处拆分，面积不变。",
        "the boundary touches itself near ({x}, {y}) and was divided there; the area is the same.",
    ),
    "exchange.shape_refused": _row("{why}", "{why_en}"),
    "exchange.row_unreadable": _row(
        "这个要素不完整，无法读取。请用绘图软件打开并另存后再导入。",
        "this feature is incomplete and cannot be read. Open and save it in a drawing program, then try"
        " again.",
    ),
}
FILES = {
    "exchange.undeclared": Sentence(
        zh="没有“{kind}”这一导入类型。", en="There is no kind of import “{kind}”."
    ),
    "exchange.empty_file": Sentence(
        zh="文件“{file}”是空的。请重新导出后再上传。",
        en="The file “{file}” is empty. Export it again, then upload.",
    ),
    "exchange.too_big": Sentence(
        zh="文件“{file}”有 {size_mb} MB，超过 {limit_mb} MB 的上限。请分成几个文件上传。",
        en="The file “{file}” has {size_mb} MB, more than the {limit_mb} MB allowed. Split it into"
        " several files.",
    ),
    "exchange.unknown_format": Sentence(
        zh="不认识文件“{file}”的格式。可以导入：xlsx、xls、ods、csv、geojson、gpkg、kml、kmz、fgb，"
        "以及打包成 zip 的 Shapefile。",
        en="The format of “{file}” is not known. These can be imported: xlsx, xls, ods, csv, geojson,"
        " gpkg, kml,"
        " kmz, fgb, and a Shapefile packed as zip.",
    ),
    "exchange.no_wording": Sentence(
        zh="“{file}”中读不出文字。请上传 PDF、Word（.docx）或文本文件，或直接粘贴正文。",
        en="No text can be read from “{file}”. Bring a PDF, a Word file (.docx) or a text file, or paste the text.",
    ),
    "exchange.picture_of_text": Sentence(
        zh="“{file}”是扫描件，里面没有文字。请粘贴正文，文件可以同时上传留存。",
        en="“{file}” is a scan without text. Paste the text; the file may be kept beside it.",
    ),
    "exchange.unreadable_document": Sentence(
        zh="“{file}”打不开：文件损坏或设有密码。请换一份文件，或直接粘贴正文。",
        en="“{file}” cannot be opened: it is damaged or has a password. Bring another file, or paste the text.",
    ),
    "exchange.paper_unknown": Sentence(
        zh="不认识文件“{file}”的格式。可以归入：pdf、ofd、jpg、png、tif、heic、docx、xlsx、pptx、doc、xls、wps、et、"
        "zip。其他格式请打包成 zip。",
        en="The format of “{file}” is not known. These can be filed: pdf, ofd, jpg, png, tif, heic, docx, xlsx, pptx,"
        " doc, xls, wps, et and zip. Pack anything else as zip.",
    ),
    "exchange.paper_macros": Sentence(
        zh="文件“{file}”可能含有宏，已拒绝。请另存为不含宏的格式或 PDF 后再归入。",
        en="“{file}” may contain macros and is refused. Save it without macros or as PDF, then file it.",
    ),
    "exchange.not_what_it_says": Sentence(
        zh="文件“{file}”的扩展名是 {extension}，内容却不是这种格式。请用原来的软件另存后再上传。",
        en="“{file}” is named {extension}, but its content is something else. Save it again with its own"
        " program.",
    ),
    "exchange.damaged_zip": Sentence(
        zh="文件“{file}”已损坏，无法完整解开。请重新打包或重新下载后再上传。",
        en="“{file}” is damaged and cannot be unpacked completely. Pack or download it again.",
    ),
    "exchange.damaged": Sentence(
        zh="文件“{file}”已损坏，无法读取。请用原来的软件打开并另存后再上传。",
        en="“{file}” is damaged and cannot be read. Open and save it with its own program, then upload it"
        " again.",
    ),
    "exchange.zip_climbs": Sentence(
        zh="压缩包“{file}”中的“{entry}”指向压缩包之外的位置，已拒绝。请重新打包，只放数据文件。",
        en="“{entry}” in “{file}” points outside the package and is refused. Pack the data files alone.",
    ),
    "exchange.zip_bomb": Sentence(
        zh="压缩包“{file}”解开后超过 {limit_mb} MB，或压缩比异常，已拒绝。请分成几个文件上传。",
        en="“{file}” unpacks to more than {limit_mb} MB or is packed abnormally tight, and is refused."
        " Split it.",
    ),
    "exchange.zip_too_many": Sentence(
        zh="压缩包“{file}”里有 {count} 个文件，超过 {limit} 个的上限。请只放需要导入的数据文件。",
        en="“{file}” holds {count} files, more than the {limit} allowed. Pack only the files to be imported.",
    ),
    "exchange.encrypted": Sentence(
        zh="文件“{file}”设有密码。请去掉密码后再上传。",
        en="“{file}” has a password. Remove it, then upload again.",
    ),
    "exchange.macros": Sentence(
        zh="文件“{file}”含有宏，已拒绝。请另存为不含宏的 .xlsx 后再上传。",
        en="“{file}” contains macros and is refused. Save it as .xlsx without macros, then upload it.",
    ),
    "exchange.dtd": Sentence(
        zh="文件“{file}”含有文档类型声明（DTD），可能夹带外部内容，已拒绝。请用绘图软件重新导出。",
        en="“{file}” holds a document type declaration, which may smuggle content in, and is refused."
        " Export it again.",
    ),
    "exchange.spread_too_wide": Sentence(
        zh="文件“{file}”的工作表范围过大（{rows} 行 × {columns} 列），多半是远处留有多余的内容。"
        "请删除空白区域后另存。",
        en="A sheet of “{file}” spans {rows} rows × {columns} columns, most likely because of stray"
        " content far away."
        " Delete it and save again.",
    ),
    "exchange.no_data_in_zip": Sentence(
        zh="压缩包“{file}”里没有可以导入的数据（Shapefile、geojson、gpkg、kml 或 fgb）。",
        en="“{file}” holds nothing that can be imported (Shapefile, geojson, gpkg, kml or fgb).",
    ),
    "exchange.shapefile_parts": Sentence(
        zh="“{file}”只是 Shapefile 的一部分。请把同名的 .shp、.shx、.dbf、.prj 打包成一个 zip 再上传。",
        en="“{file}” is only one part of a Shapefile. Pack .shp, .shx, .dbf and .prj together as one zip.",
    ),
    "exchange.formulas_without_results": Sentence(
        zh="文件“{file}”中有公式没有保存结果。请用表格软件打开后保存，再上传。",
        en="“{file}” has formulas whose results were not saved. Open and save it in a spreadsheet program"
        " first.",
    ),
    "exchange.shapefile_incomplete": Sentence(
        zh="压缩包“{file}”里的“{layer}”缺少 {missing} 文件。请把同名的 .shp、.shx、.dbf、.prj 一起打包。",
        en="“{layer}” in “{file}” lacks its {missing} file. Pack .shp, .shx, .dbf and .prj together.",
    ),
    "exchange.not_utf8": Sentence(
        zh="文件“{file}”的文字编码无法识别。请另存为 UTF-8 后再上传。",
        en="The text encoding of “{file}” cannot be told. Save it as UTF-8, then upload it again.",
    ),
    "exchange.no_known_headers": Sentence(
        zh="在文件“{file}”中没有找到表头。需要的列有：{columns}。请使用导入模板，或把列名改成模板中的名称。",
        en="No header row was found in “{file}”. These columns are expected: {columns_en}. Use the template,"
        " or rename the columns.",
    ),
    "exchange.no_rows": Sentence(
        zh="文件“{file}”只有表头，没有数据。", en="“{file}” has headers, but no rows."
    ),
    "exchange.header_twice": Sentence(
        zh="工作表“{sheet}”中“{first}”和“{second}”都表示“{column}”。请只保留一列。",
        en="In “{sheet}”, “{first}” and “{second}” both mean “{column_en}”. Keep one of them.",
    ),
    "exchange.unit_unknown": Sentence(
        zh="工作表“{sheet}”的表头“{header}”：不认识单位“{unit}”。可用的单位：{units}。",
        en="Sheet “{sheet}”, header “{header}”: the unit “{unit}” is not known. Usable units: {units_en}.",
    ),
    "exchange.key_column_missing": Sentence(
        zh="文件“{file}”中没有“{columns}”列，无法辨认每一行是哪一个对象。请增加这一列。",
        en="“{file}” lacks the column “{columns_en}”, so that nobody can tell which object a row means."
        " Add it.",
    ),
    "exchange.shapes_not_wanted": Sentence(
        zh="“{kind}”不含图形，不能从空间数据文件导入。请使用表格。",
        en="“{kind_en}” has no shapes and cannot be imported from a spatial file. Use a table.",
    ),
    "exchange.tables_only": Sentence(
        zh="体检只看表格（xlsx、xls、ods、csv）。空间数据文件“{file}”请在“导入表格”中预览。",
        en="A check-up looks at tables only (xlsx, xls, ods, csv). Preview the spatial file “{file}” as an import.",
    ),
    "exchange.no_kind_fits": Sentence(
        zh="在文件“{file}”中没有找到认识的表头。请选择类型，或使用空表中的列名。",
        en="No known headers were found in “{file}”. Choose a kind, or use the column names of its template.",
    ),
    "exchange.kinds_fit": Sentence(
        zh="文件“{file}”的列名同样符合：{kinds}。请选择类型。",
        en="The columns of “{file}” fit equally well: {kinds_en}. Choose the kind.",
    ),
    "exchange.feature_too_big": Sentence(
        zh="文件“{file}”中有一个要素超过 {limit_mb} MB。请在绘图软件中拆分该要素，或简化边界后再上传。",
        en="One feature of “{file}” is larger than {limit_mb} MB. Split it or simplify its boundary first.",
    ),
    "exchange.too_many_cells": Sentence(
        zh="文件“{file}”的单元格超过 {limit} 个。请分成几个文件上传。",
        en="“{file}” has more than {limit} cells. Split it into several files.",
    ),
    "exchange.too_many_rows": Sentence(
        zh="文件“{file}”超过 {limit} 行。请分成几个文件上传。",
        en="“{file}” has more than {limit} rows. Split it into several files.",
    ),
}
READ = {
    "exchange.hidden_read": Sentence(
        zh="工作表“{sheet}”中有隐藏的内容，也已读入。隐藏的行：{rows}；隐藏的列：{columns}。",
        en="Hidden parts of “{sheet}” were read too. Hidden rows: {rows}; hidden columns: {columns}.",
    ),
    "exchange.unit_said": Sentence(
        zh="工作表“{sheet}”上方写明单位为{unit}，“{column}”的表头没有单位，按{unit}读取。",
        en="A line above the table of “{sheet}” names the unit {unit_en}; “{column_en}” names none in its header and"
        " was read in {unit_en}.",
    ),
}
QUESTIONS = {
    "exchange.which_rows": Sentence(
        zh="工作表“{sheet}”只有序号和坐标。请选择这些行是什么。",
        en="Sheet “{sheet}” holds numbers and coordinates alone. Choose what its rows are.",
    ),
    "exchange.which_coordinates": Sentence(
        zh="工作表“{sheet}”中每个拐点有两组坐标。请选择用哪一组。",
        en="In sheet “{sheet}” each corner has its coordinates twice. Choose which to use.",
    ),
    "exchange.which_layer": Sentence(
        zh="文件“{file}”里有几个图层。请选择要导入的图层。",
        en="“{file}” holds several layers. Choose the one to import.",
    ),
    "exchange.which_crs": Sentence(
        zh="“{layer}”没有说明坐标系（例如缺少 .prj 文件）。请核对位置，选择坐标系；"
        "都不对的，请补上坐标系说明后重新上传。",
        en="“{layer}” does not say in which coordinate system it is (a .prj file is missing, for example). Check the"
        " place and choose one; if none is right, add the description and upload again.",
    ),
}
STATES = {
    "exchange.expired": Sentence(
        zh="预览已超过保留期限，暂存内容已清除。请重新读取文件。",
        en="The preview was kept for its time and then cleared. Have the file read again.",
    ),
    "exchange.moved": Sentence(
        zh="预览之后，第 {row} 行对应的对象已被他人登记或修改（共 {count} 行）。导入没有进行，请重新预览。",
        en="Since the preview, somebody registered or changed the object of row {row} ({count} rows in all)."
        " Nothing was imported; make the preview again.",
    ),
    "exchange.gone": Sentence(
        zh="导入“{file}”已被处理过（{state}），不能再次办理。请刷新页面。",
        en="The import “{file}” was dealt with meanwhile ({state_en}). Reload the page.",
    ),
    "exchange.refused_rows": Sentence(
        zh="“{file}”中有 {refused} 行被退回，因此一行也没有导入。请改正后重新导入，或选择“只导入无误的行”。",
        en="{refused} rows of “{file}” are refused, so that none was imported. Correct them, or choose"
        " “import the good rows only”.",
    ),
}
FILLING = {
    "exchange.filling_only_xlsx": Sentence(
        zh="“{file}”不是 .xlsx 表格，填写后不能保证保持原来的版式。请用表格软件打开，另存为 .xlsx 后再上传。",
        en="“{file}” is no .xlsx workbook; its layout could not be kept. Open it in a spreadsheet program, save it as"
        " .xlsx, then upload it.",
    ),
    "exchange.filling_no_headers": Sentence(
        zh="在“{file}”的前 30 行中没有找到表头。请确认上传的是上级下发的空表，表头至少有两列是本系统认识的名称。",
        en="No headers were found in the first 30 rows of “{file}”. Check that it is the superior's empty table;"
        " at least two of its headers must be names that are known here.",
    ),
    "exchange.filling_too_many": Sentence(
        zh="所选内容超过 {limit} 行，不能填入一张表。请按县区或类型缩小范围，分几次填写。",
        en="More than {limit} rows were chosen, too many for one table. Narrow the choice by region or category.",
    ),
    "exchange.filling_nothing": Sentence(
        zh="所选范围内没有可以填写的内容。请放宽县区、类型或名称的限制。",
        en="Nothing lies within the choice. Widen the region, the category or the words.",
    ),
    "exchange.filling_not_saved": Sentence(
        zh="“{file}”中有不能重新保存的内容。请用表格软件打开，另存为新的 .xlsx 后再上传。",
        en="“{file}” holds something that cannot be saved again. Open it, save it as a new .xlsx, then upload it.",
    ),
}
SENTENCES = {**FILLING, **CELLS, **CORNERS, **ROWS, **FILES, **READ, **QUESTIONS, **STATES}
