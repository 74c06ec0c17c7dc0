"""Does everything that is installed with the product have a licence that we can live with?

No GPL, no AGPL; LGPL and MPL only where NOTICE names the package. Packages for development are left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "requirements" / "base.txt"
NEVER = re.compile(r"(?<!L)(?<!Lesser )(AGPL|GPL|General Public License)", re.IGNORECASE)
ONLY_IF_NAMED = re.compile(r"LGPL|Lesser General Public|MPL|Mozilla", re.IGNORECASE)
NO_LICENCE = re.compile(r"^\s*(UNKNOWN)?\s*$")


def plain(name: str) -> str:
    """A package's name as packages are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    wanted = {plain(name) for name in re.findall(r"^([\w.-]+)==", PRODUCT.read_text("utf-8"), re.MULTILINE)}
    listed = subprocess.run(
        [sys.executable, "-m", "piplicenses", "--format=json"], check=True, capture_output=True, text=True
    )
    rows = [row for row in json.loads(listed.stdout) if plain(row["Name"]) in wanted]
    named = {plain(word) for word in re.findall(r"[\w.-]+", (ROOT / "NOTICE").read_text("utf-8"))}
    faults = [fault for row in rows if (fault := fault_of(plain(row["Name"]), row["License"], named))]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"licences: {len(rows)} packages of the product, {len(faults)} that cannot stay")
    return 1 if faults else 0


def fault_of(name: str, licence: str, named: set[str]) -> str:
    if NO_LICENCE.match(licence):
        return f"{name}: says nothing about its licence"
    if ONLY_IF_NAMED.search(licence):
        return "" if name in named else f"{name}: {licence}, but NOTICE does not name it"
    return f"{name}: {licence}" if NEVER.search(licence) else ""


if __name__ == "__main__":
    raise SystemExit(main())
