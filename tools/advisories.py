"""Are there known weaknesses in what we install? A weakness in the product fails; in a tool it is only told.

Only one thing is tolerated: that the advisory service cannot be reached. Then this says so plainly.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    status = 0
    for lock, must_be_clean in (("base", True), ("dev", False)):
        rows = ask(ROOT / "requirements" / f"{lock}.txt")
        found = [row for row in rows if row.get("vulns")]
        for row in found:
            print(f"{row['name']} {row['version']}: {', '.join(one['id'] for one in row['vulns'])}")
        print(f"advisories, {lock}: {told(rows, len(found))}")
        status = max(status, int(must_be_clean and bool(found)))
    return status


def told(rows: list[dict[str, Any]], found: int) -> str:
    asked = [row for row in rows if "skip_reason" not in row]
    if not asked:
        return "NOT CHECKED, the advisory service could not be reached"
    left_out = f", {len(rows) - len(asked)} unknown to the service" if len(asked) < len(rows) else ""
    return f"{len(asked)} packages checked, {found} with known weaknesses{left_out}"


def ask(lock: Path) -> list[dict[str, Any]]:
    """One row for each package; none at all where nobody answered."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format=json"]
    quiet = ["--progress-spinner=off", "--timeout=15", "--requirement", str(lock)]
    done = subprocess.run([*command, *quiet], check=False, capture_output=True, text=True)
    try:
        rows: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        if (
            "ConnectionError" in done.stderr
            or "ServiceError" in done.stderr
            or "connect" in done.stderr.lower()
        ):
            return []
        raise SystemExit(f"pip-audit failed:\n{done.stderr}") from None
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
