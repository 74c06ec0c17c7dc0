"""How does a printed page look in a photograph? Turned by any angle, seen aslant, in uneven light, noisy, blurred."""

from __future__ import annotations

import io
import math
import random
import tempfile
from pathlib import Path

import numpy as np
import typst
from PIL import Image, ImageFilter

from qingshan.typesetting.codes import drawn

Point = tuple[float, float]
PAGE = '#set page(paper: "a4")\n#align(right, image("code.svg", width: 22mm))\n#lorem(300)'
TABLE_TOP = (120, 90, 60)
TILT = 0.25


def printed_page(code: str, *, dpi: int = 200) -> Image.Image:
    """A4 with a code in its corner and much text."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "code.svg").write_bytes(drawn(code))
        Path(folder, "page.typ").write_text(PAGE, encoding="utf-8")
        made = typst.compile(str(Path(folder, "page.typ")), format="png", ppi=dpi)
    return Image.open(io.BytesIO(made)).convert("RGB")


def photographed(page: Image.Image, *, chance: random.Random, longest_px: int, blur_px: float) -> Image.Image:
    """The page on a table, as a camera sees it."""
    corners = _seen(page.size, chance)
    left, top = (min(point[axis] for point in corners) for axis in (0, 1))
    wide, high = (max(point[axis] for point in corners) - low for axis, low in ((0, left), (1, top)))
    border = 0.05 * max(wide, high)
    scale = longest_px / (max(wide, high) + 2 * border)
    size = (round((wide + 2 * border) * scale), round((high + 2 * border) * scale))
    placed = [((x - left + border) * scale, (y - top + border) * scale) for x, y in corners]
    fitting = page.resize(
        (round(page.width * scale * 1.3), round(page.height * scale * 1.3)), Image.Resampling.LANCZOS
    )
    seen = fitting.transform(
        size, Image.Transform.PERSPECTIVE, _coefficients(placed, _corners(fitting.size)),
        Image.Resampling.BICUBIC, fillcolor=TABLE_TOP,
    )  # fmt: skip
    return _in_bad_light(seen, chance).filter(ImageFilter.GaussianBlur(blur_px))


def _corners(size: tuple[int, int]) -> list[Point]:
    return [(0, 0), (size[0], 0), size, (0, size[1])]


def _seen(size: tuple[int, int], chance: random.Random) -> list[Point]:
    """Where the corners come to lie: turned by any angle on a plane that is tilted to any side."""
    angle, side = chance.uniform(0, 2 * math.pi), chance.uniform(0, 2 * math.pi)
    found = []
    for corner in _corners(size):
        x, y = corner[0] - size[0] / 2, corner[1] - size[1] / 2
        turned = (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle))
        depth = 1 + TILT * (turned[0] * math.cos(side) + turned[1] * math.sin(side)) / size[1]
        found.append((turned[0] / depth, turned[1] / depth))
    return found


def _coefficients(seen: list[Point], page: list[Point]) -> tuple[float, ...]:
    """Which projection takes a point of the photograph to its point of the page."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, page, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return tuple(np.linalg.solve(np.array(rows), np.array(page, dtype=float).reshape(8)))


def _in_bad_light(picture: Image.Image, chance: random.Random) -> Image.Image:
    across = np.linspace(chance.uniform(0.5, 0.8), 1, picture.width)
    down = np.linspace(1, chance.uniform(0.5, 0.9), picture.height)
    light = down[:, None] * across[None, :]
    noise = np.random.default_rng(chance.randrange(2**30)).normal(0, 8, (picture.height, picture.width))
    lit = np.asarray(picture, dtype=float) * light[..., None] + noise[..., None]
    return Image.fromarray(lit.clip(0, 255).astype("uint8"))
