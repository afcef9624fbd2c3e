# The only commands. Each sets up what it needs, and reuses what an earlier one set up.
#
#   make serve    the guide in three languages, with working calculators, on http://127.0.0.1:8000
#   make test     every test, the site's against the built wheel, in three browsers
#   make test-embed the same of embedding alone, in a real WordPress, Hugo and Pelican where they can be had
#   make matrix   the versions, themes and sites that make test has two or three of (three minutes)
#   make check    formatting, lint, types, spelling, and the guide's links, numbers and form
#   make fix      what `check` can put right by itself
#   make site     the guide's files, in build/site; SITE_URL=https://… where it will be published
#   make release  what an index needs, in dist/release: built from the commit twice, checked, installed
#   make bench    what a block, ranges and an embed cost, and how soon a page answers (an hour)
#   make mutation whether a test notices a change of a formula, or of what reads, answers or asks
#                 (300 changes of functions and all of texts: five minutes; --all: half an hour);
#                 MUTANTS='--sample N --seed S' for N others, --help for more
#   make heard    what a screen reader says in the guide's main job, in tests/heard (ten minutes)
#
# Where Pyodide's CDN cannot be reached: make serve PYODIDE=self

PYTHON ?= python3
PORT ?= 8000
PYODIDE ?= cdn
ENGINE ?= mkdocs

VENV := .venv
BIN := $(VENV)/bin
WHEEL_VENV := .venv-wheel
WHEEL_BIN := $(WHEEL_VENV)/bin
LOCK := requirements-dev.txt
RELEASE_VENV := .venv-release
RELEASE_LOCK := requirements-release.txt
LOCKED = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock"

# Node is the system's, or comes from PyPI.
NODE := $(shell command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' && command -v node)
NODE_READY := $(if $(NODE),,$(VENV)/node.stamp)
WITH_NODE := $(if $(NODE),,PATH="$(CURDIR)/$(BIN):$$PATH" )
NPM := $(WITH_NODE)npm
NPX := $(WITH_NODE)node_modules/.bin

PROSE := "*.md" "docs/**/*.md" "{calc,docs}/**/*.po" "mkdocs.*.yml"
CODE := "{bench,calc,docs,plugin,tests,tools}/**/*.{css,html,js,mjs,py,sh,toml}" "*.{py,toml}" mkdocs.yml Makefile
EMBED_TESTS := $(addprefix tests/browser/test_,embed.py embed_dialog.py hosts.py loader.py)
GUIDE_TESTS := tests/guide/test_guide.py tests/guide/test_guide_pages.py tests/guide/test_site_map.py

SOURCES := hatch_build.py $(shell find calc plugin -path 'plugin/mkdocs_roi_calculator/python' -prune -o \( -name '*.py' -o -name '*.po' -o -name '*.json' -o -name '*.mjs' -o -name '*.js' -o -name '*.css' \) -print)

# What builds the guide: make site ENGINE=properdocs
SITE_mkdocs = $(BIN)/mkdocs build
SITE_properdocs = $(BIN)/properdocs build -f mkdocs.yml
SITE_zensical = $(BIN)/python docs/site/zensical_site.py

export NO_MKDOCS_2_WARNING := 1
export ROI_CALCULATOR_PYODIDE := $(PYODIDE)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DELETE_ON_ERROR:
.PHONY: serve test test-embed matrix check fix site release bench bench-build bench-count bench-draws bench-embed bench-engine bench-site heard mutation lock locales social pictures clean browsers

serve: $(VENV)/ready.stamp
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

site: $(VENV)/ready.stamp
	$(SITE_$(ENGINE))

# By name: those of the browsers begin, which are long, and none of them is left for the end.
test: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	$(WHEEL_BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(TESTS)

test-embed: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	tests/embeds/hosts/install.sh
	$(WHEEL_BIN)/python -m pytest tests/embeds tests/link_previews $(EMBED_TESTS)

# With the Pythons that uv finds on the machine: 3.11 to 3.14 where they are.
matrix: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	$(WHEEL_BIN)/python -m pytest -m matrix $(TESTS)

check: $(VENV)/ready.stamp node_modules/ready.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(NPX)/tsc --project tsconfig.json
	$(NPX)/tsc --project tsconfig.worker.json
	$(NPX)/biome check
	$(NPX)/cspell --no-progress $(PROSE)
	$(NPX)/cspell --no-progress --report typos $(CODE)
	$(BIN)/mkdocs build --site-dir build/check
	$(BIN)/python -m pytest --quiet $(GUIDE_TESTS)

release: $(RELEASE_VENV)/ready.stamp
	.ci/release $(RELEASE_VENV)/bin/python $(LOCK)

fix: $(VENV)/ready.stamp node_modules/ready.stamp
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(NPX)/biome check --write

bench: bench-build bench-count bench-draws bench-embed bench-engine bench-site

bench-build: $(WHEEL_VENV)/ready.stamp
	PYTHONPATH=tests $(WHEEL_BIN)/python bench/building.py

bench-count: $(WHEEL_VENV)/ready.stamp browsers
	PYTHONPATH=tests $(WHEEL_BIN)/python bench/counting.py

bench-draws: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	PYTHONPATH=tests $(WHEEL_BIN)/python bench/draws.py

bench-embed: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	PYTHONPATH=tests $(WHEEL_BIN)/python bench/embeds.py

# After a change of the form, of its words, or of how it is announced.
heard: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	tools/heard/install.sh
	PYTHONPATH=tests:tools $(WHEEL_BIN)/python -m heard.run

mutation: $(VENV)/ready.stamp
	PYTHONPATH=tools:tests $(BIN)/python -m mutation.run $(MUTANTS)

bench-engine: $(WHEEL_VENV)/ready.stamp browsers
	PYTHONPATH=tests $(WHEEL_BIN)/python bench/first_answer.py

bench-site: $(WHEEL_VENV)/ready.stamp node_modules/ready.stamp browsers
	PYTHONPATH=tests $(WHEEL_BIN)/python bench/lighthouse.py

# After a change of the dependencies in pyproject.toml, or to move to newer ones.
lock: $(VENV)/ready.stamp
	$(LOCKED) --group dev --output-file $(LOCK)
	$(LOCKED) --group release --output-file $(RELEASE_LOCK)

# After a change of the guide's name or description in a mkdocs*.yml, or of the chart.
social: $(VENV)/ready.stamp browsers
	$(BIN)/python docs/site/social.py

# After a change of the form's looks, or of what a post in another site looks like.
pictures: $(WHEEL_VENV)/ready.stamp browsers
	tests/embeds/hosts/install.sh
	tools/debian_packages.sh "The pictures need" ghostscript=/usr/bin/gs
	PYTHONPATH=tests:docs/site $(WHEEL_BIN)/python tools/pictures.py

# After adding a catalog, or to move to the CLDR of a newer Node.
locales: $(NODE_READY)
	$(WITH_NODE)node calc/generate_number_formats.mjs

clean:
	rm -rf $(VENV) $(WHEEL_VENV) $(RELEASE_VENV) node_modules build dist plugin/mkdocs_roi_calculator/python

browsers:
	tests/browser/install.sh
	tests/handover/install.sh

$(VENV)/dependencies.stamp: $(LOCK)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement $(LOCK)
	touch $@

# hatch_build.py needs Node and what npm brings.
$(VENV)/ready.stamp: $(VENV)/dependencies.stamp node_modules/ready.stamp pyproject.toml hatch_build.py
	$(WITH_NODE)$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# The tests see the package as a user does: installed from the wheel, without the checkout.
$(WHEEL_VENV)/dependencies.stamp: $(LOCK)
	$(PYTHON) -m venv $(WHEEL_VENV)
	$(WHEEL_BIN)/pip install --quiet --require-hashes --requirement $(LOCK)
	touch $@

$(WHEEL_VENV)/ready.stamp: $(WHEEL_VENV)/dependencies.stamp node_modules/ready.stamp $(SOURCES) pyproject.toml README.md
	rm -rf dist
	$(WITH_NODE)$(WHEEL_BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	$(WHEEL_BIN)/pip install --quiet --no-deps --force-reinstall dist/*.whl
	touch $@

$(RELEASE_VENV)/ready.stamp: $(RELEASE_LOCK)
	$(PYTHON) -m venv $(RELEASE_VENV)
	$(RELEASE_VENV)/bin/pip install --quiet --require-hashes --requirement $(RELEASE_LOCK)
	touch $@

$(VENV)/node.stamp: $(VENV)/dependencies.stamp requirements-node.txt
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-node.txt
	touch $@

node_modules/ready.stamp: package-lock.json $(NODE_READY)
	$(NPM) ci --silent
	touch $@
