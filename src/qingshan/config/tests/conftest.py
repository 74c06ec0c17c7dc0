"""What the tests of the command line share."""

from __future__ import annotations

import pytest

from qingshan.config.tests.commands import Qingshan


@pytest.fixture
def qingshan(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Qingshan:
    monkeypatch.delenv("QINGSHAN_LANGUAGE", raising=False)
    return Qingshan(capsys)


@pytest.fixture
def regions(db: None) -> None:
    """The one region that every import abroad needs."""
    from qingshan.office.regions.models import Region

    Region.objects.get_or_create(
        id=0, defaults={"code": "境外", "name": "境外", "level": "abroad", "valid_from": "1949-10-01"}
    )
