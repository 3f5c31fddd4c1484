# What to do with a clone. `make` lists the targets; README.md and CONTRIBUTING.md explain them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

PORT ?= 8000

# One shell line that Maven needs in front: the JDK that bin/find-jdk found or installed.
mvn = JAVA_HOME="$$(bin/find-jdk)"; export JAVA_HOME; mvn -B

# Maven's own libraries use what newer JDKs warn about.
export MAVEN_OPTS ?= --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

# npm writes its hidden lock file last, so that it stands for a complete installation.
demo_modules := relay/server/src/main/demo/node_modules/.package-lock.json
sdk_modules := $(if $(wildcard relay/conformance/package-lock.json),relay/conformance/node_modules/.package-lock.json)

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

.PHONY: demo
demo: product $(if $(DEMO),,console) ## Run three relays with simulated users, and the console; the page is http://127.0.0.1:8000/ (PORT=... to change; DEMO=cluster without users, DEMO=one for a relay alone); Ctrl-C ends it
	@PORT=$(PORT) exec bin/demo $(DEMO)

.PHONY: product
product: tools $(demo_modules) ## Build what users run, and nothing else
	@echo "Building (about a minute the first time)"
	@$(mvn) -q package -Dmaven.test.skip -pl relay/cli -am

.PHONY: console
console: tools ## Build the console; bin/console runs it
	@$(mvn) -q package -Dmaven.test.skip -pl console-app/desktop -am

.PHONY: build
build: tools $(demo_modules) ## Build everything, tests too, without running them
	@$(mvn) -q package -DskipTests

# Builds first: tests of one module start the programs of another. Then two modules at a time, since tests wait a lot;
# all is compiled by then, and the compiler plugin is not to see changes in jars that were made anew.
.PHONY: test
test: build $(sdk_modules) ## Run every test and check
	@bin/require chromium redis haproxy alertmanager prometheus redis-exporter node-exporter display
	@bin/with-display bash -c '$(mvn) --threads 2 -Dmaven.compiler.useIncrementalCompilation=false verify'
	@bin/with-display bin/package image
	@bin/with-display bin/package check
	@bin/dist
	@bin/require lint lab
	@bin/lint-ansible
	@ansible/tests/run --short

.PHONY: bench
bench: dist build ## Measure the relay and the console; figures go to target/results
	@bin/require redis display
	@bin/bench
	@bin/bench-console

.PHONY: compare
compare: dist build $(sdk_modules) ## Measure the relay beside other servers, and write the tables of README.md and docs/performance.md (an hour)
	@bin/require redis node go nats
	@bin/compare --write README.md docs/performance.md

.PHONY: soak
soak: dist build ## Run the release under clients that come, go, break off and lag behind, and see that nothing grows (30 minutes; SOAK_MINUTES=... for less)
	@bin/soak

.PHONY: chaos
chaos: build ## Run a million messages through faults of relays and Redis, and account for each (20 minutes)
	@bin/require redis
	@bin/chaos

.PHONY: journeys
journeys: tools ## Run the user journeys for Gatling, k6 and Artillery against a relay (TOOLS="k6 gatling" for some of them); fetches the tools, of which k6 wants Go
	@bin/journeys $(TOOLS)

.PHONY: drills
drills: product ## Break a local cluster in all the ways of runbooks/drills, and see alerts and runbooks mend it (15 minutes)
	@bin/require redis haproxy alertmanager prometheus redis-exporter node-exporter
	@bin/heliograph drill run --all

# The release first: hosts get what users get.
.PHONY: ansible-test
ansible-test: dist ## Boot eight hosts, and do all that playbooks do under the load of 2,000 clients (20 minutes)
	@bin/require lint lab haproxy redis prometheus alertmanager
	@bin/lint-ansible
	@ansible/tests/run

.PHONY: ansible-test-all
ansible-test-all: dist ## The same, and what operators do on an ordinary day (25 minutes)
	@bin/require lint lab haproxy redis prometheus alertmanager
	@bin/lint-ansible
	@ansible/tests/run --all

.PHONY: ansible-test-short
ansible-test-short: dist ## Two bare hosts become a cluster, by the page of ansible/README.md; part of make test (3 minutes)
	@bin/require lint lab haproxy redis prometheus alertmanager
	@bin/lint-ansible
	@ansible/tests/run --short

.PHONY: lab-up
lab-up: ## Boot the hosts of ansible/lab, for playbooks with -i ansible/inventories/lab
	@bin/require lab
	@ansible/lab/lab up

.PHONY: lab-down
lab-down: ## Remove them
	@ansible/lab/lab down

.PHONY: dist
dist: product ## Make the release archive in target/dist, with its own Java runtime
	@bin/dist

.PHONY: package
package: console ## Make the console's application image and .deb in target/package, with a Java runtime of their own
	@bin/require display
	@bin/with-display bin/package

.PHONY: format
format: tools ## Format the sources
	@$(mvn) -q spotless:apply
	@$(mvn) -q -f relay/journeys/gatling/pom.xml spotless:apply

.PHONY: clean
clean: tools ## Remove what was built
	@$(mvn) -q clean
	@rm -rf target $(dir $(demo_modules)) relay/conformance/node_modules

.PHONY: tools
tools:
	@bin/require maven node

%/node_modules/.package-lock.json: %/package-lock.json %/package.json
	@npm ci --ignore-scripts --prefix $* --no-audit --no-fund --loglevel=error --no-progress
