"""Does setting up compile what a survey needs?"""

from __future__ import annotations

import json

import pytest

from qingshan.earth import command, warming


def test_warming_compiles_the_kernels_of_a_survey(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "KINDS", warming.KINDS[:1])  # set-up compiles for all
    assert command.main(["warm", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    assert told["kernels"] > 10
