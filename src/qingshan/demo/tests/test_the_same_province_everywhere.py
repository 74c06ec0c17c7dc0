"""Is the demonstration drawn the same each time, on every machine?"""

from __future__ import annotations

import os
import subprocess
import sys

from qingshan.demo.chance import Chance
from qingshan.demo.province import digest_of, province

# changes only when the province is meant to change
DIGEST = "88e19fd4884b58daf85278c151b735ef607e2e3258f91a3d03ece53f5030dc21"


def test_the_province_has_the_digest_written_here() -> None:
    assert digest_of(province()) == DIGEST


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    asked = "from qingshan.demo.province import digest_of, province; print(digest_of(province()))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == DIGEST


def test_lots_of_one_name_do_not_depend_on_lots_of_another() -> None:
    alone = Chance("mine", "K1").whole(1, 10**9)
    Chance("mine", "K2").whole(1, 10**9)
    assert Chance("mine", "K1").whole(1, 10**9) == alone


def test_a_deck_is_shuffled_without_loss() -> None:
    assert sorted(Chance("deck").shuffled(range(50))) == list(range(50))
