"""What does the map say when it refuses?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class MapRefused(OfficeError):
    """A place or a line that cannot be measured or looked at as asked."""


SENTENCES = {
    "desk.point_unreadable": Sentence(
        zh="坐标“{text}”不能读取。请按“经度,纬度”填写度数，如 122.1,33.1；多个点用分号或换行隔开。",
        en="The place “{text}” cannot be read. Write longitude,latitude in degrees, such as 122.1,33.1; put"
        " semicolons or line breaks between several.",
    ),
    "desk.measure_needs_points": Sentence(
        zh="点数不够。量距离至少 2 个点，量面积至少 3 个点；现在需要至少 {least} 个。",
        en="There are too few points. A distance needs 2, an area 3; here at least {least}.",
    ),
    "desk.measure_too_many": Sentence(
        zh="点数超过 {most} 个。请分段测量。", en="There are more than {most} points. Measure in parts."
    ),
    "desk.measure_crosses": Sentence(
        zh="边线相交，面积不能计算。请按顺序沿边界取点。",
        en="The sides cross, so there is no area. Take the points in order along the boundary.",
    ),
}
declare(SENTENCES)
