"""`python -m qingshan.earth`: the eye without the rest of the house."""

from __future__ import annotations

from qingshan.earth.command import main

if __name__ == "__main__":
    raise SystemExit(main())
