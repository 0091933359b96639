# Tidelog. `make help` lists what can be done.
SHELL := /bin/bash
PORT ?= 8000
DATA ?= demo-data
MINUTES ?= 10
REQUESTS ?= 10000
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export PYTHONPYCACHEPREFIX := $(CURDIR)/.make/pycache
# servers and commands are begun by the hundred, and compile nothing twice
unexport PYTHONDONTWRITEBYTECODE
SOURCES := $(shell find pwa/static/js pwa/static/css pwa/static/icons pwa/translations -type f -not -name '*.mo' 2>/dev/null)

.PHONY: help demo test read store check audit bench soak fuzz scan breakages build screenshots format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: .make/built ## serve a believable demo clinic on http://localhost:8000 (PORT=…)
	@tools/demo "$(DATA)" "$(PORT)"

# browsers come while linters work; in memory, and nobody waits for the disk: no test cuts the machine's power
test: ## every test, in three browsers too
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target .make/browser check store read
	TMPDIR=$$(tools/machine scratch) eatmydata python -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder -m 'not alone'
	TMPDIR=$$(tools/machine scratch) eatmydata python -m pytest -m alone tests/engines

# compiled once, instead of by three workers at once; what is wrong with a test, its run says
read: .make/built .make/dev
	@python -m pytest --collect-only -qq >/dev/null || true

store: .make/built ## the phone's store by itself, on a fake IndexedDB
	node --test 'tests/store/*.test.mjs'

check: .make/built .make/dev ## linters, formatters, type checks, and once a day known holes
	ruff check .
	ruff format --check .
	mypy
	djlint --lint --quiet pwa/templates
	tsc -p tsconfig.json
	tsc -p pwa/static/js/worker/tsconfig.json
	prettier --check --log-level warn .
	pip check
	python -m tools.holes --once-a-day

audit: .make/venv ## known holes in what we depend on; like check, but fails if nobody can be asked
	python -m tools.holes

bench: .make/built .make/dev ## how fast, as ratios (docs/performance.md)
	python -m tests.bench

soak: .make/built .make/dev .make/browser ## phones under every fault for MINUTES=10, SEED=… to repeat one
	python -m tests.soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

fuzz: .make/built .make/dev ## REQUESTS=10000 that nobody makes by hand, by everyone, to every route; SEED=… to repeat them
	REQUESTS=$(REQUESTS) python -m pytest tests/attacks/test_fuzz.py -s

scan: .make/built ## look for anyone's words, as they are, in the demo's database and logs
	@SECRET_KEY=$$(cat "$(DATA)/secret") DATA_KEYS=$$(cat "$(DATA)/keys") SECURE_COOKIES=no \
	DATABASE_URL="sqlite:///$(abspath $(DATA))/tidelog.db" flask --app wsgi scan "$(DATA)/log"

breakages: .make/built .make/dev .make/browser ## break each rule in turn and see that its test fails
	python -m tools.breakages

screenshots: .make/built .make/dev .make/browser ## pictures of every page, in screenshots/, and those of the README
	python -m tools.screenshots

build: .make/built ## scripts, styles and translations

format: .make/dev ## put all code into its form
	ruff check --fix --quiet .
	ruff format .
	prettier --write --log-level warn .

clean: ## remove what was built, the demo's data and the environment
	rm -rf .make .venv node_modules pwa/static/dist "$(DATA)" screenshots
	find pwa/translations -name '*.mo' -delete

.make/venv: requirements.txt tools/machine
	@mkdir -p .make
	@tools/machine python
	.venv/bin/pip install --quiet -r requirements.txt
	@touch $@

.make/dev: requirements-dev.txt .make/venv
	.venv/bin/pip install --quiet -r requirements-dev.txt
	@touch $@

# after the venv, which may need apt-get too
.make/browser: tools/machine .make/venv
	@tools/machine browser
	@touch $@

.make/node: package.json package-lock.json .make/venv
	npm ci --ignore-scripts --silent
	@touch $@

.make/built: .make/node build.mjs $(SOURCES)
	node build.mjs
	pybabel -q compile -d pwa/translations
	@touch $@
