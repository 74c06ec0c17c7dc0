"""How does the geo room say what is wrong with coordinates and shapes?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

SENTENCES = {
    "geo.not_a_geometry": Sentence(
        zh="这里需要图形，读到的是“{read}”。请提供点、线或面。",
        en="A shape is needed here, but “{read}” was read. Give a point, a line or a polygon.",
    ),
    "geo.not_finite": Sentence(
        zh="图形含有无效坐标（无穷大或非数）。请检查并改正该图形的顶点坐标。",
        en="The shape has coordinates that are infinite or not numbers. Correct its vertices.",
    ),
    "geo.box_inside_out": Sentence(
        zh="范围“{box}”的最小值大于最大值。请按“最小经度、最小纬度、最大经度、最大纬度”填写。",
        en="In the box “{box}” a minimum is above its maximum. Give minimum longitude, minimum latitude,"
        " maximum longitude, maximum latitude.",
    ),
    "geo.crs_unreadable": Sentence(
        zh="读不懂坐标系“{read}”。请用 CGCS2000（EPSG:4490 或其高斯投影带）或 WGS 84 重新导出。",
        en="The reference system “{read}” cannot be read. Export again in CGCS2000 (EPSG:4490 or one of its"
        " Gauss-Krüger zones) or WGS 84.",
    ),
    "geo.datum_unknown": Sentence(
        zh="坐标系“{crs}”（{datum}）换算到 CGCS2000 需要当地转换参数，本系统不作近似换算。"
        "请由测绘单位转换为 CGCS2000 后再导入。",
        en="To bring “{crs}” ({datum}) to CGCS2000 takes local parameters, and no approximation is made here."
        " Have a survey unit convert it to CGCS2000, then import it.",
    ),
    "geo.not_of_this_crs": Sentence(
        zh="有坐标不可能属于“{crs}”。请核对坐标值和坐标系。",
        en="Some coordinates cannot belong to “{crs}”. Check the numbers and the reference system.",
    ),
    "geo.outside_china": Sentence(
        zh="图形位于经度 {lon}°、纬度 {lat}°，在中国范围以外。请核对坐标系和坐标顺序；"
        "确属境外的，请选择“允许境外”。",
        en="The shape lies at longitude {lon}°, latitude {lat}°, outside China. Check the reference system"
        " and the"
        " order of the coordinates, or allow places abroad.",
    ),
    "geo.outside_earth": Sentence(
        zh="坐标 {lon}、{lat} 不是经纬度。请核对坐标系和坐标顺序。",
        en="The coordinates {lon}, {lat} are no longitude and latitude. Check the reference system and the"
        " order.",
    ),
    "geo.no_coordinates": Sentence(
        zh="没有读到任何坐标。请检查坐标列或文件内容。",
        en="No coordinates were read. Check the coordinate columns or the file.",
    ),
    "geo.no_reading": Sentence(
        zh="坐标值（如 {x}、{y}）按经纬度和 CGCS2000 各投影带都落不到中国范围内。"
        "请核对坐标值，或注明坐标系。",
        en="The numbers (such as {x}, {y}) land in China neither as degrees nor in any CGCS2000 zone. Check"
        " them, or"
        " name the reference system.",
    ),
    "geo.reading": Sentence(
        zh="按{crs_zh}读取，位于东经 {lon}°、北纬 {lat}°。",
        en="Read as {crs_en}, it lies at longitude {lon}°, latitude {lat}°.",
    ),
    "geo.reading_swapped": Sentence(
        zh="两列坐标对调后按{crs_zh}读取，位于东经 {lon}°、北纬 {lat}°。",
        en="With the two numbers swapped and read as {crs_en}, it lies at longitude {lon}°, latitude {lat}°.",
    ),
    "geo.note_undeclared": Sentence(
        zh="文件没有注明坐标系，按坐标值读作{crs_zh}。",
        en="The file names no reference system; by its numbers it was read as {crs_en}.",
    ),
    "geo.ask_not_as_declared": Sentence(
        zh="文件注明的坐标系是{crs_zh}，坐标值却不符。请选择正确的读法：",
        en="The file says {crs_en}, but its numbers do not fit. Choose the right reading:",
    ),
    "geo.ask_zone": Sentence(
        zh="横坐标是 6 位数，没有带号，无法确定在哪一带。请选择所在的投影带：",
        en="The easting has six digits and no zone prefix, so the zone is unknown. Choose the zone:",
    ),
    "geo.ask_zone_swapped": Sentence(
        zh="X、Y 似乎写反了，而且横坐标没有带号。请选择正确的读法：",
        en="X and Y seem to be swapped, and the easting has no zone prefix. Choose the right reading:",
    ),
    "geo.ask_swapped": Sentence(
        zh="两列坐标似乎写反了。请确认是否对调：",
        en="The two coordinates seem to be swapped. Confirm the reading:",
    ),
    "geo.ask_which": Sentence(
        zh="坐标值有不止一种读法。请选择正确的一种：",
        en="The numbers can be read in more than one way. Choose the right one:",
    ),
    "geo.no_such_tile": Sentence(
        zh="没有编号为 {z}/{x}/{y} 的地图瓦片。请刷新地图。",
        en="There is no map tile {z}/{x}/{y}. Reload the map.",
    ),
    "geo.no_postgis": Sentence(
        zh="PostgreSQL 数据库没有 PostGIS 扩展，也不能创建（{database}）。请数据库管理员安装 PostGIS 3，"
        "并以超级用户执行 CREATE EXTENSION postgis。",
        en="The PostgreSQL database has no PostGIS and it could not be created ({database}). Have the"
        " database"
        " administrator install PostGIS 3 and run CREATE EXTENSION postgis as a superuser.",
    ),
}
declare(SENTENCES)
