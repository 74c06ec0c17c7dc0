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
    "geo.no_postgis": Sentence(
        zh="PostgreSQL 数据库没有 PostGIS 扩展，也不能创建（{database}）。请数据库管理员安装 PostGIS 3，"
        "并以超级用户执行 CREATE EXTENSION postgis。",
        en="The PostgreSQL database has no PostGIS and it could not be created ({database}). Have the database"
        " administrator install PostGIS 3 and run CREATE EXTENSION postgis as a superuser.",
    ),
}
declare(SENTENCES)
