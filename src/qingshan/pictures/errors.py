"""What can go wrong with a picture?"""

from __future__ import annotations

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Sentence, declare


class PicturesError(QingshanError):
    """A picture cannot be read, or a stored fingerprint is none."""


declare(
    {
        "pictures.too_many_bytes": Sentence(
            zh="照片文件 {size_mb} MB，超过上限 {limit_mb} MB。请用手机或电脑压缩后重新上传。",
            en="The photograph has {size_mb} MB, more than the {limit_mb} MB allowed. Make it smaller and upload it"
            " again.",
        ),
        "pictures.too_large": Sentence(
            zh="照片为 {width_px}×{height_px} 像素，超过上限 {limit_px} 像素，没有打开。请缩小后重新上传。",
            en="The photograph has {width_px}×{height_px} pixels, more than the {limit_px} allowed, and was not opened."
            " Make it smaller and upload it again.",
        ),
        "pictures.bomb": Sentence(
            zh="照片的像素数超过上限 {limit_px}，没有打开。请缩小后重新上传。",
            en="The photograph has more than {limit_px} pixels and was not opened. Make it smaller and upload it"
            " again.",
        ),
        "pictures.no_picture": Sentence(
            zh="这个文件不是可识别的照片（可用：JPEG、PNG、WebP、TIFF、HEIC）。请上传手机或相机拍摄的原片。",
            en="This file is no photograph that can be read (possible: JPEG, PNG, WebP, TIFF, HEIC). Upload the"
            " original from the phone or camera.",
        ),
        "pictures.damaged": Sentence(
            zh="照片文件不完整或已损坏（{format}）。请从手机或相机重新导出原片后上传。",
            en="The photograph is incomplete or damaged ({format}). Copy the original from the phone or camera again"
            " and upload it.",
        ),
        "pictures.other_fingerprint": Sentence(
            zh="这段照片特征不是本版本生成的，无法比对。请重新上传该照片。",
            en="This stored fingerprint was not made by this version and cannot be compared. Upload the"
            " photograph again.",
        ),
    }
)
