# Tidelog. `make help` lists what can be done.
SHELL := /bin/bash
PORT ?= 8000
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help demo test check bench breakages build clean screenshots

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

build: .make/built ## browser files and translations

.make/venv: requirements.txt
	@mkdir -p .make
	@bash tools/venv
	.venv/bin/pip install -q -r requirements.txt
	@touch $@

.make/node: package.json package-lock.json .make/venv
	npm ci --ignore-scripts --silent
	@touch $@

.make/built: .make/node build.mjs $(shell find pwa/static/js pwa/static/css pwa/static/icons pwa/translations -type f -not -name '*.mo' 2>/dev/null)
	node build.mjs
	pybabel -q compile -d pwa/translations
	@touch $@
