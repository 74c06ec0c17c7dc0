"""How does the eye say what is wrong with images, their description, grids and cubes?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.grid_rotated": Sentence(
        zh="影像“{scene}”是旋转或倾斜的栅格，本引擎只用正北向上的栅格。请先重采样（如 gdalwarp）。",
        en="The image “{scene}” has a rotated or sheared grid; only grids with north up are used. Resample it"
        " first, for instance with gdalwarp.",
    ),
}
