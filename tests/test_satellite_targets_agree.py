"""Do the law book and the eye, which cannot import each other's words, name the same target uses?"""

from __future__ import annotations

from qingshan.earth.sites import TargetUse
from qingshan.rules.verification import TargetUse as Told


def test_every_target_use_of_the_eye_is_one_of_the_law_book_and_the_other_way_round() -> None:
    assert {one.value for one in TargetUse} == set(Told.values())
