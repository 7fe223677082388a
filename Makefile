# make serve and make test need nothing before them. Everything they make lies in this folder: .venv, the store, caches.

# To be changed on the command line only (`make serve PORT=9000`): shells and other tools set a HOST of their own.
HOST  = 127.0.0.1
PORT  = 8080
STORE = store
CASES = 100000
KILLS = 200
REQUESTS = 20000
EXAMPLES = 20
SEED  = 1
VENV  = .venv

# Pages work without scripts as well: `make serve SCRIPTS=no` does not ask for the packages they are bundled from.
SCRIPTS = yes

BIN   := $(VENV)/bin
READY := $(VENV)/.ready
FRONTEND := server/frontend
MODULES  := $(FRONTEND)/node_modules/.ready
BUILT    := $(if $(filter no,$(SCRIPTS)),,server/static/built/manifest.json)
NODE     := PATH="$(abspath $(BIN)):$$PATH"
SCRIPTED := $(shell find server/frontend/src -type f)
SEEDS := $(shell find seeds -type f)
PIP   := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

MAPPED := $(BIN)/podium ingest seeds --store
JUDGED := $(BIN)/podium evaluate seeds/expected --articles seeds --keep

.DEFAULT_GOAL := help
.PHONY: help setup serve test check bench fuzz fuzzservice examples crash servicecrash screenshots floors clean

help: ## lists the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1  \2/p' $(firstword $(MAKEFILE_LIST)) | sort

setup: $(READY) $(BUILT) ## makes .venv with everything installed, in the versions of constraints.txt, and bundles the scripts

# The build backend is installed first and build isolation is off, so that constraints.txt pins it as well.
$(READY): pyproject.toml constraints.txt
	@python=$$(sh .ci/python) && { test -x $(BIN)/python || "$$python" -m venv $(VENV); }
	$(PIP) hatchling editables
	$(PIP) --no-build-isolation --editable '.[dev]'
	@touch $@

$(MODULES): $(FRONTEND)/package.json $(FRONTEND)/package-lock.json | $(READY)
	@if cd $(FRONTEND) && $(NODE) npm ci --silent; then touch node_modules/.ready; else echo "npm could not install what the" \
	"scripts are bundled from (server/frontend/package.json), so pages go without scripts; it is tried again next time" >&2; fi

server/static/built/manifest.json: $(MODULES) $(FRONTEND)/build.mjs $(SCRIPTED)
	@if test -e $(MODULES); then cd $(FRONTEND) && $(NODE) node build.mjs; fi

serve: setup $(STORE)/.seeds ## serves pages and SPARQL of the samples at http://HOST:PORT/
	$(BIN)/podium serve --store $(STORE) --host $(HOST) --port $(PORT)

# A new store appears whole or not at all; a store that was made without the samples is served as it is.
$(STORE)/.seeds: $(SEEDS) | setup
	@if test -e $@; then $(MAPPED) $(STORE) && $(JUDGED) $(STORE) >/dev/null && touch $@; \
	elif ! test -e $(STORE); then rm -rf $(STORE).new && $(MAPPED) $(STORE).new && $(JUDGED) $(STORE).new >/dev/null && \
	touch $(STORE).new/.seeds && mv $(STORE).new $(STORE); fi

# Bytecode is kept whatever the shell says: without it each of the hundreds of processes would compile all it imports.
test: setup ## runs all tests
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal

check: setup ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(BUILT),cd $(FRONTEND) && $(NODE) npm run --silent check)

bench: setup ## measures extraction and ingestion
	$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/ingestion.py
	$(BIN)/python benchmarks/limits.py

fuzz: setup ## reads CASES mangled articles and reports each broken promise; SEED makes others
	$(BIN)/python tests/fuzz/fuzz.py --cases $(CASES) --seed $(SEED)

fuzzservice: setup ## asks a running service REQUESTS wrong things and reports each fault; SEED makes others
	$(BIN)/python tests/fuzz/service.py --requests $(REQUESTS) --seed $(SEED)

examples: setup ## tells EXAMPLES times the suite's stories of articles that come and go, and asks as many requests
	EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n auto --timeout 0 \
	tests/graph/pipeline/test_orders.py tests/server/api/test_api_conformance.py

crash: setup ## kills podium KILLS times while it writes and reports each store that is not whole; SEED makes others
	PYTHONPATH=tests $(BIN)/python tests/crash/crash.py --kills $(KILLS) --seed $(SEED)

servicecrash: setup ## kills a whole service KILLS times while clients write and reports each lost write; SEED makes others
	$(BIN)/python tests/crash/servicecrash.py --kills $(KILLS) --seed $(SEED)

screenshots: setup ## takes the pictures of docs/screenshots, with Chromium
	$(BIN)/python tests/browser/screenshots.py

floors: setup ## raises the floors of the extraction's quality to the present figures
	$(BIN)/podium evaluate seeds/expected --articles seeds --floors tests/evaluation/floors-seeds.json --update-floors
	@if test -d ../shared/gold/dev; then $(BIN)/podium evaluate ../shared/gold/dev --articles ../shared/corpus/dev \
	--floors tests/evaluation/floors-dev.json --update-floors; fi

clean: ## removes all that make and the tools made in this folder, ./store included
	rm -rf .venv $(FRONTEND)/node_modules server/static/built server/static/built.new store store.new .cache build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
