"""How is an office's own template (.docx) filled in, which is foreign code?

In a process apart (`typesetting.apart`), by a sandboxed Jinja: no attribute of the program can be reached, what
people wrote is escaped, a name that the data do not hold is named, and a loop that never ends is stopped.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from qingshan.typesetting.apart import done_apart
from qingshan.typesetting.errors import TypesettingError
from qingshan.typesetting.official import repacked

LIMIT_S = 15.0
LONGEST_FAULT = 300


def filled(template: Path, data: Mapping[str, Any], *, made_at: datetime, limit_s: float = LIMIT_S) -> bytes:
    """The template with the data in its places. Raises TypesettingError: what is wrong, or that it took too long."""
    answer = done_apart("fill", {"place": str(template), "data": data}, limit_s=limit_s)
    return repacked(base64.b64decode(answer), made_at=made_at)


def apart(asked: Mapping[str, Any]) -> str:
    """The task, in the process apart."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    sandbox = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(asked["place"])
        document.render(dict(asked["data"]), jinja_env=sandbox, autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except Exception as error:  # whatever a foreign template does, it is the template's fault
        said = f"{type(error).__name__}: {error}"[:LONGEST_FAULT]
        raise TypesettingError.because("typesetting.template_fault", error=said) from error
    return base64.b64encode(out.getvalue()).decode()
