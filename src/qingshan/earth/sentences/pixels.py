"""How does the eye say what is wrong with pixels, weights and end-members?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.array_off_grid": Sentence(
        zh="数组大小为 {array}，与栅格 {grid} 不符。请换用同一栅格上的数组，或按该栅格重新计算权重。",
        en="The array has {array} pixels and the grid {grid}. Use an array on the same grid, or make the weights"
        " anew for the array's grid.",
    ),
    "earth.bands_differ": Sentence(
        zh="各波段与掩膜的大小或类型不一致（掩膜 {mask}；波段 {bands}）。请先把它们重采样到同一栅格、同一整数类型。",
        en="Bands and mask differ in size or type (mask {mask}; bands {bands}). Bring them to one grid and one type of"
        " whole numbers first.",
    ),
    "earth.pixels_outside": Sentence(
        zh="权重涉及第 {rows} 行像元，而读入的影像块只有第 {block} 行。请用同一栅格的影像，并先截取对应行的权重。",
        en="The weights concern pixels of rows {rows}, but the block that was read has rows {block} only. Use an image"
        " of the same grid, and cut the weights to the block's rows first.",
    ),
    "earth.no_land_outside_sites": Sentence(
        zh="影像中没有点位以外的晴空像元，无法估计植被覆盖度的端元。请换一景影像，或使用参数集中的端元。",
        en="The image has no clear pixel outside of the sites, so end-members of cover cannot be estimated. Take"
        " another image, or the end-members of the parameter set.",
    ),
}
