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
    "geo.shape_empty": Sentence(
        zh="图形是空的，没有坐标。请补充图形，或删去这一行。",
        en="The shape is empty and has no coordinates. Give a shape, or leave the row out.",
    ),
    "geo.shape_curved": Sentence(
        zh="图形含有圆弧等曲线。请在制图软件中打散为折线后再导入。",
        en="The shape has arcs or other curves. Turn them into straight segments, then import it.",
    ),
    "geo.shape_unreadable": Sentence(
        zh="图形数据已损坏，无法读取。请从原软件重新导出。",
        en="The data of the shape is damaged. Export it again from where it was made.",
    ),
    "geo.shape_too_many_vertices": Sentence(
        zh="图形有 {vertices} 个顶点，超过上限 {most} 个。请简化边界，或拆分为多个图形。",
        en="The shape has {vertices} vertices, above the limit of {most}. Simplify it or divide it.",
    ),
    "geo.shape_mixed": Sentence(
        zh="一个图形里混有点、线或面。请按类型拆分为不同的图形。",
        en="One shape mixes points, lines or polygons. Divide it by kind.",
    ),
    "geo.shape_of_other_type": Sentence(
        zh="这里需要{wanted}，读到的是{found}。请改用{wanted}图层。",
        en="A {wanted_en} is needed here, but a {found_en} was read. Use a layer of {wanted_en}s.",
    ),
    "geo.shape_without_area": Sentence(
        zh="图形在经度 {lon}°、纬度 {lat}° 处，面积为 0。请检查边界是否重叠成一条线。",
        en="The shape at longitude {lon}°, latitude {lat}° has no area. Check whether its sides coincide.",
    ),
    "geo.wrong_shape": Sentence(
        zh="图形边界在经度 {lon}°、纬度 {lat}° 附近有错误。请在制图软件中检查拓扑并改正。",
        en="The boundary is wrong near longitude {lon}°, latitude {lat}°. Check its topology and correct it.",
    ),
    "geo.wrong_crossing": Sentence(
        zh="图形边界在经度 {lon}°、纬度 {lat}° 处自相交。请改正该处的顶点顺序。",
        en="The boundary crosses itself at longitude {lon}°, latitude {lat}°. Correct the vertices there.",
    ),
    "geo.wrong_hole_outside": Sentence(
        zh="图形的内环在经度 {lon}°、纬度 {lat}° 处，落在外环之外。请改正内环或拆成两个图形。",
        en="A hole at longitude {lon}°, latitude {lat}° lies outside its shape. Correct it, or make two shapes.",
    ),
    "geo.wrong_holes_nested": Sentence(
        zh="图形的内环在经度 {lon}°、纬度 {lat}° 处相互嵌套。请合并或删去其中一个。",
        en="Holes lie inside one another at longitude {lon}°, latitude {lat}°. Merge them or remove one.",
    ),
    "geo.wrong_shells_nested": Sentence(
        zh="多个外环在经度 {lon}°、纬度 {lat}° 处相互重叠。请合并重叠部分。",
        en="Parts of the shape overlap at longitude {lon}°, latitude {lat}°. Merge what overlaps.",
    ),
    "geo.wrong_cut_apart": Sentence(
        zh="图形在经度 {lon}°、纬度 {lat}° 处被内环截断成几块。请拆分为多个图形。",
        en="Holes cut the shape apart at longitude {lon}°, latitude {lat}°. Divide it.",
    ),
    "geo.wrong_few_points": Sentence(
        zh="图形在经度 {lon}°、纬度 {lat}° 处的顶点太少，围不成面。请补全顶点。",
        en="Too few vertices at longitude {lon}°, latitude {lat}° to enclose anything. Add the missing ones.",
    ),
    "geo.note_mended": Sentence(
        zh="图形边界在经度 {lon}°、纬度 {lat}° 处略有瑕疵，已自动修正，面积不变。",
        en="A small flaw of the boundary at longitude {lon}°, latitude {lat}° was mended; the area is the same.",
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
