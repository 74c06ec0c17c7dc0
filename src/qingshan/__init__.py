"""青山: find what is wrong at mines, get it put right, prove it, and keep it right."""

__version__ = "0.1.0"
