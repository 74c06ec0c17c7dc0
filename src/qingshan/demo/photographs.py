"""Which photographs show the work of the demonstration, and what do they look like? Drawn, stamped 模拟, tiny."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from qingshan.demo.chance import Chance
from qingshan.rules.matters import Phase

WIDTH_PX, HEIGHT_PX = 480, 320
_SKY, _FAR, _ROCK, _GREEN = (186, 203, 219), (137, 150, 158), (168, 149, 122), (104, 134, 78)
_MACHINE = (214, 160, 38)


@dataclass(frozen=True)
class PhotoFacts:
    """One photograph of a fixed point. The same `scene` and phase are the very same file."""

    point: str
    phase: Phase
    scene: str
    day: int
    """before the one on which the province is loaded"""
    lon: float
    lat: float

    @property
    def title(self) -> str:
        return f"{self.point}{self.phase.zh}照片（模拟）"

    @property
    def file_name(self) -> str:
        return f"{self.point}_{self.phase.zh}_模拟.jpg"


def taken_at(photo: PhotoFacts, *, today: date) -> datetime:
    """On the camera's clock: in the light of the late morning."""
    minute = Chance("minute", photo.scene, photo.phase.value).whole(0, 150)
    day = today + timedelta(days=photo.day)
    return datetime(day.year, day.month, day.day, 9, 30) + timedelta(minutes=minute)  # noqa: DTZ001


def drawn(photo: PhotoFacts, *, today: date) -> bytes:
    """The JPEG with its place and time, as a camera hands it over."""
    out = io.BytesIO()
    _picture(photo).save(out, "JPEG", quality=78, exif=_exif(photo, today))
    return out.getvalue()


def _picture(photo: PhotoFacts) -> Image.Image:
    chance = Chance("scene", photo.scene)
    light = Chance("light", photo.scene, photo.phase.value).between(0.9, 1.08)
    picture = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), _lit(_SKY, light))
    draw = ImageDraw.Draw(picture)
    draw.polygon(_ridge(chance, 70, 34), fill=_lit(_FAR, light))
    share = {Phase.BEFORE: 0.0, Phase.DURING: 0.45, Phase.AFTER: 1.0}[photo.phase]
    benches = chance.whole(4, 6)
    for bench in range(benches):
        ridge = _ridge(chance, 105 + bench * 200 // benches, 16)
        green = bench < benches * share
        draw.polygon(ridge, fill=_lit(_GREEN if green else _ROCK, light * (1.12 - bench * 0.07)))
        _dots(draw, chance, ridge, trees=green, light=light)
    if photo.phase is Phase.DURING:
        draw.rectangle((300, 215, 352, 240), fill=_lit(_MACHINE, light))
        draw.line((348, 218, 392, 188), fill=_lit(_MACHINE, light), width=6)
    _stamp(draw)
    return picture


def _ridge(chance: Chance, top: int, rough: int) -> list[tuple[int, int]]:
    """A line of the hill across the picture, closed below."""
    line = [(x, top + chance.whole(-rough, rough)) for x in range(0, WIDTH_PX + 1, 40)]
    return [*line, (WIDTH_PX, HEIGHT_PX), (0, HEIGHT_PX)]


def _dots(
    draw: ImageDraw.ImageDraw, chance: Chance, ridge: list[tuple[int, int]], *, trees: bool, light: float
) -> None:
    """Shrubs where it is green, boulders where it is bare; as many lots either way."""
    for _ in range(46):
        x, down, size = chance.whole(0, WIDTH_PX), chance.whole(6, 60), chance.whole(2, 6)
        y = ridge[min(len(ridge) - 3, x // 40)][1] + down
        fill = _lit((72, 104, 54) if trees else (118, 104, 88), light)
        draw.ellipse((x - size, y - size, x + size, y + (size if trees else size // 2)), fill=fill)


def _lit(colour: tuple[int, int, int], light: float) -> tuple[int, int, int]:
    red, green, blue = (max(0, min(255, round(part * light))) for part in colour)
    return red, green, blue


_STROKES = {
    "模": ((1, 0, 1, 9), (0, 3, 3, 3), (4, 1, 9, 1), (5, 0, 5, 2), (8, 0, 8, 2), (4, 3, 9, 3), (4, 5, 9, 5),
           (4, 3, 4, 5), (9, 3, 9, 5), (4, 7, 9, 7), (6, 5, 4, 9), (7, 7, 9, 9)),
    "拟": ((1, 0, 1, 9), (0, 3, 3, 3), (0, 6, 3, 5), (4, 1, 4, 8), (4, 8, 6, 6), (6, 2, 7, 4), (9, 0, 8, 6),
           (8, 6, 5, 9), (8, 6, 9, 9)),
}  # fmt: skip


def _stamp(draw: ImageDraw.ImageDraw) -> None:
    """模拟 in the corner, drawn by hand: no font stands on every machine."""
    draw.rectangle((372, 272, 472, 314), fill=(255, 255, 255), outline=(178, 34, 34), width=2)
    for place, strokes in enumerate(_STROKES.values()):
        left = 382 + place * 44
        for x, y, to_x, to_y in strokes:
            line = (left + x * 4, 276 + y * 3.7, left + to_x * 4, 276 + to_y * 3.7)
            draw.line(line, fill=(178, 34, 34), width=2)


def _exif(photo: PhotoFacts, today: date) -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "Qingshan", "Simulated"
    taken = taken_at(photo, today=today).strftime("%Y:%m:%d %H:%M:%S")
    exif.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: taken, Base.OffsetTimeOriginal: "+08:00"})
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: _degrees(photo.lat),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: _degrees(photo.lon),
            GPS.GPSMapDatum: "WGS-84",
        }
    )
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(round(value * 3600, 3), 60)
    degrees, minutes = divmod(minutes, 60)
    return degrees, minutes, round(seconds, 3)
