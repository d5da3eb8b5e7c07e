# Trailwatch: see README.md. Every target says what it does: make help.

STACK = trailwatch
ARTIFACT_BUCKET =
ALERT_EMAIL =
OPERATIONS_EMAIL =
LOGS =

SHELL = /bin/sh
PYTHON = python3
NODE = node_modules/.installed
TOOLS = .venv/.installed

# The packaged function and where it lies in the artifact bucket: the same for the same sources.
ZIP = $(or $(shell npm run -s build),$(error the build failed))
KEY = $(patsubst dist/trailwatch-%,trailwatch/%,$(ZIP))
NEEDS_BUCKET = $(if $(ARTIFACT_BUCKET),,$(error say which bucket: make $@ ARTIFACT_BUCKET=my-artifacts))
# A table's physical name, by its name in template.yaml.
TABLE = $(or $(shell aws cloudformation describe-stack-resource --stack-name $(STACK) \
  --logical-resource-id $(1) --query StackResourceDetail.PhysicalResourceId --output text),\
  $(error stack $(STACK) has no table $(1): is it deployed, in this account and region?))

SOAK_RUNS = 1000000

.PHONY: help demo test check bench soak package deploy seed clean

help: ## Show this text
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

demo: $(NODE) ## See it work here, without an AWS account; your own log files: LOGS=folder
	@npm run -s demo -- $(if $(LOGS),'$(LOGS)')

test: export PATH := $(CURDIR)/.venv/bin:$(PATH)
test: $(NODE) $(TOOLS) ## Everything needed to trust it; installs what it needs (Python tools in .venv)
	npm run -s check:format
	npm run -s check:lint
	npm run -s check:types
	npm run -s test:coverage
	npm run -s test:template
	npm run -s test:pipeline
	npm run -s test:deploy

check: $(NODE) ## Format, lint, types and unit tests, in half a minute
	npm run -s check:format
	npm run -s check:lint
	npm run -s check:types
	npm run -s test:unit

bench: $(NODE) ## Measure reading and the whole line; results go to docs/performance.md
	npm run -s bench

soak: export SOAK_RUNS := $(SOAK_RUNS)
soak: $(NODE) ## Compare patterns and counts with naive readings, for an hour: [SOAK_RUNS=]
	npm run -s test:oracles

package: $(NODE) ## Build the function and upload it: ARTIFACT_BUCKET=...
	$(NEEDS_BUCKET)aws s3 cp $(ZIP) s3://$(ARTIFACT_BUCKET)/$(KEY)

deploy: $(NODE) ## Create or update the stack: ARTIFACT_BUCKET=... [STACK=] [ALERT_EMAIL=] [OPERATIONS_EMAIL=]
	$(NEEDS_BUCKET)aws cloudformation deploy --template-file template.yaml --stack-name $(STACK) \
	  --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --parameter-overrides \
	  ArtifactBucket=$(ARTIFACT_BUCKET) HandlerKey=$(KEY) \
	  $(if $(ALERT_EMAIL),AlertEmail=$(ALERT_EMAIL)) \
	  $(if $(OPERATIONS_EMAIL),OperationsEmail=$(OPERATIONS_EMAIL))

seed: $(NODE) ## Load seed-data/ into the tables of the deployed stack: [STACK=]
	npm run -s seed -- --table $(call TABLE,AccountAlias) --kind aliases seed-data/aliases.json
	npm run -s seed -- --table $(call TABLE,Watchlist) --kind lists seed-data/lists.json
	npm run -s seed -- --table $(call TABLE,Watchlist) --kind watchlist seed-data/watchlist.json
	npm run -s seed -- --table $(call TABLE,Suppression) --kind suppressions seed-data/suppressions.json

clean: ## Remove what was installed and built
	rm -rf node_modules .venv dist coverage

# The npm package `node` brings Node 24 by its install script, the only one that is run.
$(NODE): package.json package-lock.json .npmrc
	@echo 'Installing Node 24 and the npm packages (about half a minute, once)'
	@npm ci --loglevel=error
	@npm rebuild node --ignore-scripts=false --loglevel=error >/dev/null
	@case "$$(npm run -s node-version)" in v24.*) ;; \
	  *) echo 'Node 24 did not install; is the npm registry in reach? Try: make clean' >&2; exit 1;; esac
	@touch $@

$(TOOLS): test/requirements.txt
	@echo 'Installing the Python tools of the tests into .venv (once)'
	@$(PYTHON) -m venv .venv || { echo 'The tests need Python 3.9 or later with its venv module' \
	  '(Debian and Ubuntu: apt-get install python3-venv); or name another: make test PYTHON=...' >&2; exit 1; }
	@.venv/bin/pip install --quiet --disable-pip-version-check -r test/requirements.txt
	@touch $@
