# `make` alone lists the targets. What needs Go, needs 1.26; the warehouse needs Linux x86-64 with glibc, and npm once.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
GO ?= go

# ./... leaves folders named testdata out.
PACKAGES := ./... ./testdata/bench ./testdata/oracle
# Where goroutines share something; the race detector needs cgo and a C compiler.
RACE := ./connectors/... ./pipelines/... ./cmd/jiku
# The linter is pinned here and not in go.mod: its dependencies are none of jiku's.
LINT_VERSION := v2.15.0
LINTER := build/tools/golangci-lint-$(LINT_VERSION)
# Registrations that the demo may show where they are at hand; they are not part of jiku.
REGISTRATIONS ?= $(wildcard ../shared/data/cn-enterprise/part-a.csv.gz)

.PHONY: help build demo test faults race lint gen bench flat oracle cover up down clean

help: ## List the targets.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r t h; do printf '  make %-7s %s\n' "$$t" "$$h"; done

build: ## Build bin/jiku and, beside it, bin/jiku-warehouse.
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/ ./cmd/jiku ./cmd/jiku-warehouse

demo: build ## Make a city up, load it, write its report, ask for what each kind of user needs, judge it.
	@testdata/demo.sh "$(REGISTRATIONS)"

test: ## Vet and test everything; nothing is skipped, the real engine runs.
	$(GO) vet $(PACKAGES)
	$(GO) test -shuffle=on -timeout 30m $(PACKAGES)

faults: ## Kill jiku and its engine 50 times in the middle of runs; break disk, line and memory; cut histories by thousands.
	JIKU_KILLS=50 $(GO) test -v -count=1 -timeout 120m -run 'Killed|Fault|EngineLost' ./pipelines ./cmd/jiku
	JIKU_HISTORIES=24 $(GO) test -v -count=1 -timeout 60m -run 'TestPartition|TestTallies' ./pipelines -rapid.checks=2000

race: ## Test what is concurrent under the race detector.
	CGO_ENABLED=1 $(GO) test -race -shuffle=on -timeout 60m $(RACE)

lint: $(LINTER) ## Run the linters named in .golangci.yml.
	$(LINTER) run $(PACKAGES)

$(LINTER):
	mkdir -p build/tools
	GOBIN=$(CURDIR)/build/tools $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv build/tools/golangci-lint $@

gen: ## Write what is generated: JSON schemas and the lists in READMEs. Tests fail when they are old.
	$(GO) generate ./...
	$(GO) test ./quality -count=1 -run Readme -update
	UPDATE_README=1 $(GO) test ./connectors -count=1 -run TestReadme

# BENCHTIME is how long each small benchmark runs; BENCH are flags of testdata/bench, such as -rows 200000 -only build,sql.
BENCHTIME ?= 0.2s
BENCH ?=

bench: build ## Measure a build of 5 million rows beside SQL, then the small benchmarks.
	$(GO) run ./testdata/bench $(BENCH)
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 30m $(PACKAGES)

flat: build ## Measure what a claim costs at 1, 5 and 20 million claims.
	$(GO) run ./testdata/bench -only flat $(BENCH)

# VALUES is how many values each program is asked about.
VALUES ?= 1000000

oracle: ## Compare identifiers and encodings with other people's programs; needs pip, npm, uconv and iconv.
	[ -x build/oracle/venv/bin/python ] || python3 -m venv build/oracle/venv
	build/oracle/venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
	npm install --silent --no-audit --no-fund --no-save --prefix build/oracle id-validator@1.3.0
	$(GO) run ./testdata/oracle -n $(VALUES) -python build/oracle/venv/bin/python -modules $(CURDIR)/build/oracle/node_modules
	$(GO) test -v -count=1 -timeout 60m ./testdata/oracle/charset

cover: ## Measure what the tests run, over all packages; build/cover.html shows it.
	mkdir -p build
	$(GO) test -timeout 30m -coverpkg=./... -coverprofile=build/cover.out $(PACKAGES)
	$(GO) tool cover -html=build/cover.out -o build/cover.html
	$(GO) tool cover -func=build/cover.out | tail -n 1

up: build ## Start the demo's warehouse.
	@env -u JIKU_WAREHOUSE bin/jiku up --home build/demo/home

down: ## Stop the demo's warehouse.
	@if [ -d build/demo/home ]; then [ -x bin/jiku ] || $(MAKE) --no-print-directory build; env -u JIKU_WAREHOUSE bin/jiku down --home build/demo/home; fi

clean: down ## Stop the demo's warehouse and remove what was built and loaded.
	rm -rf bin build
