"""Does the code of the guide run as it stands there?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "howto" / "satellite-engine.md"


def test_every_piece_of_code_in_the_guide_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    pieces = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(pieces) >= 6
    room: dict[str, object] = {"__name__": "guide"}
    for at, piece in enumerate(pieces):
        exec(compile(piece, f"{GUIDE.name}, piece {at}", "exec"), room)
    said = capsys.readouterr().out
    assert "restored supported" in said
    assert "待核" in said
    assert Path("QS-1.pdf").read_bytes().startswith(b"%PDF")
