.DEFAULT_GOAL := verify
.PHONY: api fuzz verify help format package bench reference

verify: ## what CI runs: build, test, check
	./mvnw verify

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

format: ## lay out Java, Kotlin and poms
	./mvnw -q spotless:apply

reference: ## make the JSON Schema and the tables of keys in docs anew, from the options
	./mvnw -q -pl distribution/test -am test-compile surefire:test@as-users-do -Dtest=ReferenceTest -Dreference.write=true -Dsurefire.failIfNoSpecifiedTests=false

api: ## write down what each module offers now: docs/api, which the build compares
	./mvnw -q -pl distribution/test -am -Dtest=ApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true test

package: ## build the distribution without tests: distribution/target/vertx-micro
	./mvnw -DskipTests package

BENCH ?=
bench: package ## run benchmarks; BENCH=name for one
	bin/bench $(BENCH)

SECONDS ?= 600
fuzz: ## fuzz every decoder and the server for 10 minutes; SECONDS=60 for less
	FUZZ_SECONDS=$(SECONDS) ./mvnw -q -pl toolkit-cli,toolkit-plugins/registry-dns-sd -am -Dtest=*FuzzTest -Dsurefire.failIfNoSpecifiedTests=false test
