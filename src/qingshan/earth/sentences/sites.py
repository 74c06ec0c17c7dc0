"""How does the eye say what is wrong with sites, claims and parameter sets?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.file_missing": Sentence(
        zh="找不到文件“{file}”。请检查路径和文件名。",
        en="There is no file “{file}”. Check path and name.",
    ),
    "earth.file_unreadable": Sentence(
        zh="读不懂文件“{file}”：{fault}。可用 GeoJSON、GeoPackage、Shapefile（.zip）、FlatGeobuf、CSV、Excel。",
        en="The file “{file}” cannot be read: {fault}. Known are GeoJSON, GeoPackage, zipped Shapefile, FlatGeobuf,"
        " CSV and Excel.",
    ),
    "earth.column_missing": Sentence(
        zh="文件“{file}”没有“{column}”这一列。现有的列：{columns}。请改列名，或指明哪一列是它。",
        en="The file “{file}” has no column “{column}”. Its columns: {columns}. Rename one or say which it is.",
    ),
    "earth.id_missing": Sentence(
        zh="文件“{file}”第 {row} 行的“{column}”是空的。请给每个点位一个编号。",
        en="In “{file}”, row {row}, “{column}” is empty. Give every site an id.",
    ),
    "earth.id_doubled": Sentence(
        zh="文件“{file}”里编号“{id}”出现两次：第 {first} 行和第 {row} 行。请合并，或改其中一个编号。",
        en="In “{file}” the id “{id}” stands twice: rows {first} and {row}. Join them or change one of them.",
    ),
    "earth.no_shapes": Sentence(
        zh="文件“{file}”里没有图形。请给出带面状边界的文件。",
        en="The file “{file}” holds no shapes. Give a file with outlines of areas.",
    ),
    "earth.no_polygon": Sentence(
        zh="文件“{file}”中点位“{site}”的图形是 {kind}，不是面。请画成面。",
        en="In “{file}” the shape of site “{site}” is a {kind}, not an area. Draw it as a polygon.",
    ),
    "earth.shape_broken": Sentence(
        zh="文件“{file}”中点位“{site}”的边界修补后没有面积。请重新绘制。",
        en="In “{file}” nothing remains of the outline of site “{site}” when it is mended. Draw it again.",
    ),
    "earth.site_without_shape": Sentence(
        zh="点位“{site}”没有图形，未纳入核查。请补上边界。",
        en="Site “{site}” has no shape and was left out. Add its outline.",
    ),
    "earth.crs_missing": Sentence(
        zh="文件“{file}”没有说明坐标系，坐标又不像经纬度。请补上坐标系（如 .prj）。",
        en="The file “{file}” tells no reference system and its numbers are no degrees. Add it, for instance a .prj.",
    ),
    "earth.crs_unknown": Sentence(
        zh="不认识文件“{file}”的坐标系“{crs}”。请换成 CGCS2000（EPSG:4490）等有编号的坐标系。",
        en="The reference system “{crs}” of “{file}” is not known. Use one with a code, such as EPSG:4490.",
    ),
    "earth.coordinates_outside": Sentence(
        zh="文件“{file}”有坐标落在“{crs}”的范围之外。请检查坐标系是否写对、经纬度是否颠倒。",
        en="Coordinates of “{file}” lie outside of “{crs}”. Check the reference system, and whether longitude and"
        " latitude are swapped.",
    ),
    "earth.zone_unknown": Sentence(
        zh="文件“{file}”中点位“{site}”的气候区“{word}”不认识。可用：干旱、半干旱、半湿润、湿润，或留空。",
        en="In “{file}” the climate zone “{word}” of site “{site}” is not known. Use arid, semi_arid, semi_humid or"
        " humid, or leave it empty.",
    ),
    "earth.day_unreadable": Sentence(
        zh="文件“{file}”中点位“{site}”的“{column}”写着“{cell}”，看不出是哪一天。请写成 2024-05-01 或 2024年5月1日。",
        en="In “{file}”, site “{site}”, “{column}” says “{cell}”, which is no day. Write 2024-05-01.",
    ),
    "earth.use_unknown": Sentence(
        zh="文件“{file}”中点位“{site}”的治理去向“{word}”不认识。可用：{words}，或留空。",
        en="In “{file}” the target use “{word}” of site “{site}” is not known. Use vegetation, cropland, building,"
        " water, solar or natural, or leave it empty.",
    ),
    "earth.boundary_unreadable": Sentence(
        zh="文件“{file}”中点位“{site}”的许可边界不是有效的 WKT。请检查，或改用边界文件。",
        en="In “{file}” the permitted boundary of site “{site}” is no WKT. Check it or give a file of boundaries.",
    ),
    "earth.claim_without_site": Sentence(
        zh="申报对应的点位“{site}”不在点位文件里，未核查。请检查编号。",
        en="There is no site “{site}” for a claim; it was not looked at. Check the id.",
    ),
    "earth.parameters_unreadable": Sentence(
        zh="读不懂参数集“{file}”：{fault}。请换用随软件发布的参数集，或改正该文件。",
        en="The parameter set “{file}” cannot be read: {fault}. Use a released one or correct the file.",
    ),
    "earth.parameters_incomplete": Sentence(
        zh="参数集“{set}”的“{section}”一节缺少或多出参数：{names}。请对照发布的参数集补齐。",
        en="In the parameter set “{set}”, section “{section}” lacks or has too many parameters: {names}."
        " Compare it with a released one.",
    ),
}
