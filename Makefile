# Every target is a word for make.py, so a machine without make runs the same: python3 make.py demo
PYTHON ?= python3

.PHONY: setup demo test lint types bench fuzz
setup demo test lint types bench fuzz:
	@$(PYTHON) make.py $@
