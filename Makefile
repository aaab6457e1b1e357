# The same targets run here and in CI. Each works when run first; second runs are quick.
PYTHON ?= python3
BIN := .venv/bin
LIBRARY ?= library

.PHONY: install chat test torture check eval bench lock clean

install: .venv/installed

.venv/installed: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@touch $@

chat: install
	$(BIN)/python -m index --library $(LIBRARY) add seeds
	$(BIN)/python -m ui --library $(LIBRARY)

test: install
	$(BIN)/python -m pytest

torture: install
	$(BIN)/python -m pytest -m slow

check: install
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: install
	$(BIN)/python -m eval --cases seeds/cases.jsonl --articles seeds

# DATA names the folder of the public sets; without it, only speed is measured
bench: install
	$(BIN)/python -m eval.speed
ifdef DATA
	$(BIN)/python -m eval --bench clapnq --data $(DATA)/clapnq
endif

lock:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.in
	$(BIN)/python -m pip list --format=freeze | grep -Ev '^(pip|setuptools|wheel)==' | sed 's/+cpu//' > requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
