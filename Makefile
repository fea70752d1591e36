# What can be done here; `make help` lists it. Needs python3 with venv, and make: the rest is fetched.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Rasa's hundreds of modules are compiled once and kept: half of a start otherwise.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# What `make run` waits for: it ends with make, whoever stops that and how.
STOPPABLE := $(if $(shell command -v python3),python3 scripts/stoppable.py)
MODEL := models/tandem.tar.gz
# What the model is made from. The answers' facts and numbers are not part of it: they are loaded at each start.
MODEL_SOURCES := config.yml domain.yml $(wildcard data/wording/*.yml) data/rules.yml data/knowledge/treatments.yml requirements/run.txt \
	data/language/spelling.yml data/language/words.txt bot/consult/reading/treatments.py $(wildcard bot/consult/text/*.py) \
	$(wildcard data/nlu/*.yml) $(shell find bot/nlu -name '*.py') $(shell grep -o '[a-z/_]*\.tsv' config.yml)
WIDGET := widget/dist/embed.js
WIDGET_SOURCES := $(wildcard widget/*.json widget/*.ts widget/.npmrc widget/index.html) \
	$(shell find widget/src widget/tools -type f)

.PHONY: help run shell train test setup setup-dev debian-packages lint types imports complexity validate conversations \
	pytest check bench format clean widget widget-tests screenshots

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-15s %s\n", $$1, $$2 }'

run: $(MODEL) $(WIDGET) ## set everything up and serve the bot, with a demo clinic page (TANDEM_PORT, 8000)
	@$(STOPPABLE) $(BIN)/tandem serve

shell: $(MODEL) ## talk to the bot in this terminal (rasa shell), for staff
	@$(BIN)/python -m bot.server.prepare
	@echo "Loading the bot, which takes about ten seconds; Ctrl-D leaves it ..."
	@$(BIN)/rasa shell --quiet --model $(MODEL) --port $$($(BIN)/python -m scripts.free_port)

train: $(MODEL) ## train the model, if what it is made from has changed

test: debian-packages setup-dev ## set everything up and run every check and test
	@$(MAKE) lint types imports complexity
	@$(MAKE) validate $(MODEL) conversations
	@$(MAKE) widget-tests pytest

lint: setup-dev ## check the style
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .

types: setup-dev ## check the types
	@$(BIN)/mypy --no-error-summary bot actions

imports: setup-dev ## check who may import whom
	@scripts/quietly.sh imports $(BIN)/lint-imports --no-logo

complexity: setup-dev ## check how complex the functions are, booleans counted, and how long
	@$(BIN)/python -m scripts.complexity

validate: setup-dev ## check the domain, the examples and the rules against each other
	@scripts/validate.sh

conversations: setup-dev $(MODEL) ## replay the test conversations
	@scripts/quietly.sh conversations $(BIN)/rasa test core --quiet --e2e --no-plot --fail-on-prediction-errors \
		--model $(MODEL) --stories tests/conversations --out results

pytest: setup-dev $(MODEL) $(WIDGET) ## run the unit, integration and end-to-end tests
	@scripts/widget.sh packages
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov=bot --cov=actions --cov-report=term:skip-covered

widget: $(WIDGET) ## build the chat widget, if its sources have changed

widget-tests: setup-dev ## check the widget's types and run its unit tests
	@scripts/widget.sh test

screenshots: debian-packages setup-dev $(MODEL) $(WIDGET) ## take the pictures of docs/images/ anew
	@$(BIN)/python -m scripts.screenshots

check: setup ## check the clinic's facts and rules
	@$(BIN)/tandem knowledge check

.PHONY: score
score: setup-dev $(MODEL) ## score the understanding on tests/tables, or on FILE=..., with a heat map (results/)
	@$(BIN)/tandem score $(FILE)

bench: debian-packages setup-dev $(MODEL) $(WIDGET) ## measure Tandem beside a stock Rasa, and as it grows; charts in results/ (FULL=1: all of stock's epochs; QUICK=1: only try it)
	@$(BIN)/python -m bench $(if $(QUICK),--quick,$(if $(FULL),--full)); compared=$$?; \
	echo "Users during a flood:"; $(BIN)/python -m bench.flood $(if $(QUICK),3); flood=$$?; \
	echo "Users while Twilio is slow:"; $(BIN)/python -m bench.texts $(if $(QUICK),8); texts=$$?; \
	echo "As it grows:"; $(BIN)/python -m bench.growth $(if $(QUICK),--quick); growth=$$?; \
	$(BIN)/python -m bench.page; exit $$((compared | flood | texts | growth))

.PHONY: way
way: setup-dev $(MODEL) ## count the files that a question touches on its way from the channel to the reply
	@$(BIN)/python -m bench.way

.PHONY: typos
typos: setup-dev $(MODEL) ## show how many questions stay right with one, two and three slips of the finger
	@$(BIN)/python -m bench.typos

.PHONY: ablation
ablation: setup-dev $(MODEL) ## show what each row of the decision table and each correction is worth, on all labelled messages
	@$(BIN)/python -m bench.ablation

.PHONY: faults
faults: debian-packages setup-dev $(MODEL) ## kill the worker and the server, then try replicas, PostgreSQL and SQLite under fault; print the counts (ONLY="pair sqlite": some)
	@if [ -n "$(ONLY)" ]; then $(BIN)/python -m tests.faults.table $(ONLY); else \
	$(BIN)/python -m tests.faults; killed=$$?; $(BIN)/python -m tests.faults.table; table=$$?; exit $$((killed | table)); fi

.PHONY: cluster
cluster: debian-packages setup $(MODEL) $(WIDGET) ## run two replicas and a worker behind nginx, on a PostgreSQL of their own (TANDEM_PORT, 8000)
	@$(BIN)/python -m cluster

format: setup-dev ## put the code into its form
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

clean: ## remove what was installed, trained and measured; conversations and keys (var/) stay
	@rm -rf widget/dist widget/node_modules .venv .tools .rasa models results htmlcov .coverage .bench build *.egg-info \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

setup:
	@$(STOPPABLE) scripts/setup.sh run

setup-dev:
	@scripts/setup.sh dev

debian-packages:
	@scripts/debian-packages.sh

# Order-only: the environment must be there, but its check alone is no reason to train.
$(MODEL): $(MODEL_SOURCES) | setup
	@$(STOPPABLE) scripts/train.sh

$(WIDGET): $(WIDGET_SOURCES) | setup
	@$(STOPPABLE) scripts/widget.sh build
