"""How does the eye say what is wrong with images, their description, grids and cubes?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.scene_doubled": Sentence(
        zh="影像编号“{scene}”出现两次。同一天可以有多景，但编号要各不相同。",
        en="The id of scene “{scene}” stands twice. A day may have several scenes, each with an id of its own.",
    ),
    "earth.description_missing": Sentence(
        zh="影像文件夹“{folder}”里没有 {name}。请放一个，写明每景影像的日期、传感器和波段，或给出 STAC 条目集合。",
        en="The folder of images “{folder}” holds no {name}. Put one there that tells day, sensor and bands of each"
        " scene, or give a STAC item collection.",
    ),
    "earth.description_unreadable": Sentence(
        zh="读不懂影像说明“{file}”：{fault}。请在影像文件夹里放一个 scenes.toml，或给出 STAC 条目集合。",
        en="The description of scenes “{file}” cannot be read: {fault}. Put a scenes.toml beside the images or give a"
        " STAC item collection.",
    ),
    "earth.no_scenes": Sentence(
        zh="影像说明“{file}”没有列出任何影像，文件名规则也没有匹配到文件。请检查 [[scene]] 和 [[pattern]]。",
        en="The description “{file}” names no scene and its patterns match no file. Check [[scene]] and [[pattern]].",
    ),
    "earth.pattern_incomplete": Sentence(
        zh="文件名规则“{pattern}”里至少要有 {{id}} 或 {{day}}。",
        en="The pattern “{pattern}” needs at least {{id}} or {{day}}.",
    ),
    "earth.scene_incomplete": Sentence(
        zh="影像“{scene}”的说明缺少：{names}。请在 scenes.toml 里补上。",
        en="The description of scene “{scene}” lacks: {names}. Add it to scenes.toml.",
    ),
    "earth.sensor_incomplete": Sentence(
        zh="传感器“{sensor}”的说明缺少或多出：{names}。",
        en="The description of sensor “{sensor}” lacks or has too many entries: {names}.",
    ),
    "earth.sensor_unknown": Sentence(
        zh="影像“{scene}”的传感器“{sensor}”不认识。已知：{names}；其他请在 [sensors] 里说明。",
        en="Sensor “{sensor}” of scene “{scene}” is not known. Known are {names}; describe others below [sensors].",
    ),
    "earth.sensor_not_told": Sentence(
        zh="影像“{scene}”没有说明传感器，未使用。请用 sensors 参数指明。",
        en="Scene “{scene}” does not tell its sensor and was left out. Name it by the option sensors.",
    ),
    "earth.band_unknown": Sentence(
        zh="影像“{scene}”有不认识的波段名：{bands}。可用：{names}。",
        en="Scene “{scene}” has unknown names of bands: {bands}. Known are {names}.",
    ),
    "earth.band_missing": Sentence(
        zh="影像“{scene}”缺少波段：{bands}。没有红光和近红外就无法判断植被，这一景未使用。",
        en="Scene “{scene}” lacks bands: {bands}. Nothing can be said without red and near infrared; it was left out.",
    ),
    "earth.band_not_in_file": Sentence(
        zh="影像“{scene}”的文件“{file}”只有 {count} 个波段，没有第 {number} 个。请检查波段序号。",
        en="The file “{file}” of scene “{scene}” has {count} bands, not a number {number}. Check the numbers of bands.",
    ),
    "earth.mask_unknown": Sentence(
        zh="影像“{scene}”的掩膜方案“{scheme}”不认识。可用：{names}。",
        en="The mask scheme “{scheme}” of scene “{scene}” is not known. Known are {names}.",
    ),
    "earth.scene_day": Sentence(
        zh="影像“{scene}”的日期“{day}”看不懂。请写成 2024-05-01，或在文件名规则里用 {{day}} 标出。",
        en="The day “{day}” of scene “{scene}” cannot be read. Write 2024-05-01, or mark it by {{day}} in the pattern.",
    ),
    "earth.scene_file_missing": Sentence(
        zh="影像“{scene}”的文件“{file}”不存在，这一景未使用。",
        en="The file “{file}” of scene “{scene}” does not exist; the scene was left out.",
    ),
    "earth.scene_file_unreadable": Sentence(
        zh="影像“{scene}”的文件“{file}”损坏或不完整，这一景未使用。请重新下载。（{fault}）",
        en="The file “{file}” of scene “{scene}” is damaged or cut short; the scene was left out. Fetch it again."
        " ({fault})",
    ),
    "earth.scene_not_on_disk": Sentence(
        zh="影像“{scene}”的文件“{file}”不在本机。请先下载，再用下载后的条目集合。",
        en="The file “{file}” of scene “{scene}” is not on this machine. Download it and use the downloaded items.",
    ),
    "earth.scene_without_crs": Sentence(
        zh="影像“{scene}”的文件“{file}”没有坐标系，这一景未使用。请补上坐标系。",
        en="The file “{file}” of scene “{scene}” has no reference system; the scene was left out. Add it.",
    ),
    "earth.bands_in_two_crs": Sentence(
        zh="影像“{scene}”的波段坐标系不一致：“{file}”是 {crs}，其他是 {other}。这一景未使用。",
        en="The bands of scene “{scene}” lie in two reference systems: “{file}” in {crs}, others in {other}. It was"
        " left out.",
    ),
    "earth.bands_do_not_fit": Sentence(
        zh="影像“{scene}”的文件“{file}”与其他波段的像元对不上（大小、左上角或分辨率倍数）。这一景未使用，请先重采样。",
        en="The pixels of “{file}” do not fit those of the other bands of scene “{scene}” (size, corner or multiple of"
        " pixels). It was left out; resample it first.",
    ),
    "earth.scene_size": Sentence(
        zh="影像“{scene}”的文件“{file}”大小是 {size}，应为 {wanted}。文件可能被换过，这一景未使用。",
        en="The file “{file}” of scene “{scene}” measures {size} instead of {wanted}; it may have been replaced. The"
        " scene was left out.",
    ),
    "earth.band_of_zeros": Sentence(
        zh="影像“{scene}”的波段“{band}”（文件“{file}”）全是 0，这一景未使用。请重新下载。",
        en="Band “{band}” of scene “{scene}” (file “{file}”) holds nothing but zeros; the scene was left out. Fetch it"
        " again.",
    ),
    "earth.scene_odd": Sentence(
        zh="影像“{scene}”有 {share} 的像元红光远高于近红外，或反射率超出可能范围：波段可能写反，或比例系数有误。"
        "请核对；结果没有自动更正。",
        en="In scene “{scene}” {share} of the pixels have far more red than near infrared, or impossible reflectances:"
        " bands may be swapped or the scale wrong. Check it; nothing was corrected.",
    ),
    "earth.cube_of_other_sites": Sentence(
        zh="影像缓存“{folder}”是为另一组点位、边界或参数建立的。请换一个文件夹，或删除后重建。",
        en="The site cube “{folder}” was made for other sites, outlines or parameters. Use another folder, or delete"
        " it and build anew.",
    ),
    "earth.cube_of_other_numbers": Sentence(
        zh="影像缓存“{folder}”是按另一版像元参数（cube、cover、surfaces、images 各节）建立的。请换一个文件夹重建。",
        en="The site cube “{folder}” was made by other numbers for pixels (sections cube, cover, surfaces, images)."
        " Build it anew in another folder.",
    ),
    "earth.cancelled": Sentence(
        zh="已按要求停止。已完成的部分都保留着，再次运行会接着做。",
        en="Stopped as asked. What is done is kept; run again to go on.",
    ),
    "earth.dataset_without_grid": Sentence(
        zh="这个数据集没有坐标系，或 x、y 坐标不是正北向上的等距栅格。",
        en="The dataset has no reference system, or its x and y are no even grid with north up.",
    ),
    "earth.scene_off_cube": Sentence(
        zh="影像“{scene}”的栅格不在这个影像缓存里，未使用。请用点位文件重新运行建立步骤。",
        en="The grid of scene “{scene}” is none of this site cube's; it was left out. Build the cube again with its"
        " sites.",
    ),
    "earth.scene_on_other_grid": Sentence(
        zh="影像“{scene}”与点位权重不在同一栅格上。请分栅格处理，或改用影像缓存。",
        en="Scene “{scene}” lies on another grid than the weights. Go grid by grid, or build a site cube.",
    ),
    "earth.cube_missing": Sentence(
        zh="文件夹“{folder}”里没有影像缓存。请先运行建立步骤。",
        en="There is no site cube in “{folder}”. Build it first.",
    ),
    "earth.cube_damaged": Sentence(
        zh="影像缓存的文件“{file}”已损坏。再运行一次会重新生成它。",
        en="The file “{file}” of the site cube is damaged. Run again: it will be made anew.",
    ),
    "earth.cube_lacks": Sentence(
        zh="影像缓存里没有点位“{site}”在影像“{scene}”上的像元。",
        en="The site cube holds no pixels of site “{site}” in scene “{scene}”.",
    ),
    "earth.grid_rotated": Sentence(
        zh="影像“{scene}”是旋转或倾斜的栅格，本引擎只用正北向上的栅格。请先重采样（如 gdalwarp）。",
        en="The image “{scene}” has a rotated or sheared grid; only grids with north up are used. Resample it"
        " first, for instance with gdalwarp.",
    ),
}
