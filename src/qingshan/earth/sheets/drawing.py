"""How is a picture of lines and words written as SVG, so that nothing in it can be read as markup?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup, escape

FONTS = "Noto Sans SC, Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"
INK, SOFT, FAINT, LINE, PAPER = "#1d2b2a", "#5b6b69", "#8a9896", "#c6d1ce", "#ffffff"
PINE, OCHRE, SKY, WASH = "#0b5d50", "#a86200", "#1559b7", "#e2efe6"


def tag(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """One element. `font_size` becomes `font-size`; what is None is left out; plain text is escaped."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(escape(child) for child in children)
    return Markup(f"<{name}{said}>{inside}</{name}>" if children else f"<{name}{said}/>")


def words(said: str, *, x: float, y: float, size: float, **attributes: str | float | None) -> Markup:
    """A line of text whose baseline starts at x, y."""
    return tag("text", said, x=x, y=y, font_size=size, **attributes)


def picture(
    parts: Iterable[str], *, width: float, height: float, label: str, namespaces: bool = True
) -> Markup:
    """The whole picture; `label` tells what it shows to whoever cannot see it."""
    return tag(
        "svg",
        tag("title", label),
        *parts,
        xmlns="http://www.w3.org/2000/svg" if namespaces else None,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FONTS,
    )


def number(value: float) -> str:
    """A coordinate as short as it can be: two digits after the point at most."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def path_of(points: Iterable[tuple[float, float]], *, is_closed: bool = False) -> str:
    """The `d` of a line through points."""
    steps = [f"{'L' if at else 'M'}{number(x)} {number(y)}" for at, (x, y) in enumerate(points)]
    return "".join(steps) + ("Z" if is_closed and steps else "")


def width_of(said: str, size: float) -> float:
    """About how wide a line of text is: Chinese characters one square, others a little more than half of one."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in said)
    return size * (wide + 0.56 * (len(said) - wide))


def _written(value: str | float | None) -> str:
    return number(value) if isinstance(value, int | float) else str(value)
