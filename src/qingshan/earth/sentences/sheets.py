"""How does the eye say what stands in the way of a survey, how far it is, and what it leaves behind?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    "earth.out_not_empty": Sentence(
        zh="输出文件夹“{folder}”里已有内容，没有改动。要接着上次继续，请加 --resume；要重新开始，请换一个空文件夹。",
        en="The output folder “{folder}” is not empty; nothing was changed. To go on where it stopped, add --resume;"
        " to begin anew, name an empty folder.",
    ),
    "earth.out_is_file": Sentence(
        zh="“{folder}”是文件，不是文件夹。请为 --out 换一个文件夹。",
        en="“{folder}” is a file. Name a folder for --out.",
    ),
    "earth.out_not_ours": Sentence(
        zh="文件夹“{folder}”不是核查的输出，不能用 --resume 继续，没有改动。请检查 --out，或换一个空文件夹。",
        en="The folder “{folder}” holds no survey that could be resumed; nothing was changed. Check --out, or name an"
        " empty folder.",
    ),
    "earth.scenes_path_missing": Sentence(
        zh="没有找到影像“{path}”。--scenes 应为有 scenes.toml 的文件夹，或 STAC 条目集合的 JSON 文件。",
        en="There are no images at “{path}”. --scenes is a folder with scenes.toml, or the JSON file of a STAC item"
        " collection.",
    ),
    "earth.threads_wrong": Sentence(
        zh="--threads 应为不小于 1 的整数，读到的是 {threads}。",
        en="--threads is a whole number from 1; it was {threads}.",
    ),
    "earth.cluster_missing": Sentence(
        zh='使用 --cluster 需要安装 dask 和 distributed（pip install "qingshan[cluster]"）。'
        "不加 --cluster 可在本机运行。",
        en='--cluster needs dask and distributed (pip install "qingshan[cluster]"). Without --cluster it runs on this'
        " machine.",
    ),
    "earth.cluster_unreachable": Sentence(
        zh="连不上计算集群“{address}”：{fault}。请检查地址和调度器是否在运行，或去掉 --cluster 在本机运行。",
        en="The cluster at “{address}” cannot be reached: {fault}. Check the address and whether its scheduler runs, or"
        " leave --cluster out to run on this machine.",
    ),
    "earth.file_system": Sentence(
        zh="文件“{file}”不能读写：{fault}。请检查磁盘空间和权限，然后加 --resume 继续。",
        en="The file “{file}” cannot be read or written: {fault}. Check disk space and permissions, then go on with"
        " --resume.",
    ),
    "earth.fault": Sentence(
        zh="程序出错：{error}。已完成的部分已保存；请将以上信息转告系统管理员，处理后加 --resume 继续。",
        en="The program failed: {error}. What was done is kept; pass this on to the system administrator and go on with"
        " --resume afterwards.",
    ),
    "earth.stopped": Sentence(
        zh="已停止，已完成的部分已保存。用同样的命令加 --resume 继续，不重复、不丢失。",
        en="Stopped; what was done is kept. The same command with --resume goes on, repeating and losing nothing.",
    ),
    "earth.progress_images": Sentence(
        zh="读取影像 {done} / {total}（{share}），约余 {left}",
        en="Reading images {done} / {total} ({share}), about {left} left",
    ),
    "earth.progress_sheets": Sentence(
        zh="生成核查单 {done} / {total}（{share}），约余 {left}",
        en="Making sheets {done} / {total} ({share}), about {left} left",
    ),
    "earth.progress_judging": Sentence(
        zh="逐处核查 {done} / {total}（{share}），约余 {left}",
        en="Judging sites {done} / {total} ({share}), about {left} left",
    ),
    "earth.surveyed": Sentence(
        zh="完成：{sites} 处点位，{scenes} 期影像，{answers} 条结论，"
        "其中影像不支持（待核实）{unsupported} 条。报告：{report}",
        en="Done: {sites} sites, {scenes} images, {answers} answers, {unsupported} of them not supported by images"
        " (to be verified). Report: {report}",
    ),
    "earth.scenes_left_out": Sentence(
        zh="有 {count} 期影像未采用，原因见报告。",
        en="{count} images were left out; the report says why.",
    ),
    "earth.warnings": Sentence(
        zh="有 {count} 处需要注意（点位、申报或影像），见报告。",
        en="{count} things about sites, claims or images need attention; see the report.",
    ),
    "earth.warmed": Sentence(
        zh="已编译 {count} 个计算内核，缓存在程序旁。",
        en="{count} kernels were compiled and are kept beside the program.",
    ),
    "earth.simulated": Sentence(
        zh="已在“{folder}”生成模拟影像 {scenes} 期、点位 {sites} 处；真值另存，核查不读取。",
        en="{scenes} simulated images with {sites} sites stand in “{folder}”; the truth lies beside and is never read"
        " by a survey.",
    ),
    "earth.simulated_not_empty": Sentence(
        zh="文件夹“{folder}”里已有内容，没有改动。请为 --out 换一个空文件夹。",
        en="The folder “{folder}” is not empty; nothing was changed. Name an empty one for --out.",
    ),
    "earth.simulated_next": Sentence(
        zh="接着可运行：survey --sites {sites} --scenes {scenes} --claims {claims} --out 结果文件夹",
        en="Next: survey --sites {sites} --scenes {scenes} --claims {claims} --out FOLDER",
    ),
}
