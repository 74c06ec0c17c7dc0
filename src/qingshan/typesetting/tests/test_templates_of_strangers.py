"""An office's own template is filled in, and whatever else it tries, it only fails."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from qingshan.typesetting import TypesettingError
from qingshan.typesetting.filling import filled

MADE_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DATA = {"title": "老虎沟铁矿 <b>&amp;", "tasks": [{"task": "甲"}, {"task": "乙"}]}


def template(folder: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    place = folder / "template.docx"
    document.save(str(place))
    return place


def text_of(content: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(content)).paragraphs]


def test_data_stand_in_their_places_and_are_never_markup(tmp_path: Path) -> None:
    made = filled(
        template(tmp_path, "{{ title }}", "{%p for one in tasks %}", "· {{ one.task }}", "{%p endfor %}"),
        DATA,
        made_at=MADE_AT,
    )
    assert text_of(made) == ["老虎沟铁矿 <b>&amp;", "· 甲", "· 乙"]


def test_the_same_template_and_data_give_the_same_bytes(tmp_path: Path) -> None:
    place = template(tmp_path, "{{ title }}")
    one, two = (filled(place, DATA, made_at=MADE_AT) for _ in range(2))
    assert one == two


ATTACKS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ title.__init__.__globals__ }}",
    "{{ self.__init__.__globals__.__builtins__.open('/etc/passwd').read() }}",
    "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ tasks.append(1) }}",
    "{{ '%s' | format(title.__class__) }}{{ title.format.__self__.__class__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
    "{% include '/etc/passwd' %}",
    "{{ no_such_name }}",
    "{% for one in tasks %}",
    "{{ 1 / 0 }}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_reaches_for_the_program_is_refused_in_words(tmp_path: Path, attack: str) -> None:
    with pytest.raises(TypesettingError) as refused:
        filled(template(tmp_path, attack), DATA, made_at=MADE_AT)
    assert refused.value.code == "typesetting.template_fault"
    assert "root:" not in refused.value.say()


def test_a_template_that_never_ends_is_stopped(tmp_path: Path) -> None:
    loops = "{% for a in range(90000) %}" * 3 + "x" + "{% endfor %}" * 3
    began = time.monotonic()
    with pytest.raises(TypesettingError, match=r"typesetting\.(too_slow|fell_over|too_large)"):
        filled(template(tmp_path, loops), DATA, made_at=MADE_AT, limit_s=3)
    assert time.monotonic() - began < 20


def test_a_template_cannot_eat_the_memory(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError):
        filled(template(tmp_path, "{{ 'x' * 9000000000 }}"), DATA, made_at=MADE_AT)


def test_what_is_no_template_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "template.docx"
    place.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(TypesettingError, match=r"typesetting\.template_fault"):
        filled(place, DATA, made_at=MADE_AT)


def test_a_process_apart_knows_no_keys_and_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qingshan.typesetting import apart

    monkeypatch.setenv("QINGSHAN_SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://x")
    assert not {"QINGSHAN_SECRET_KEY", "DATABASE_URL", "QINGSHAN_HOME"} & set(apart._environment())
