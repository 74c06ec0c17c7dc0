# Every target is a word for make.py, so a machine without make runs the same: python3 make.py demo
PYTHON ?= python3

.PHONY: setup demo test lint types bench fuzz lock
setup demo test lint types bench fuzz lock:
	@$(PYTHON) make.py $@
