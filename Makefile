.DEFAULT_GOAL := verify
.PHONY: verify help format package bench

verify: ## what CI runs: build, test, check
	./mvnw verify

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

format: ## lay out Java, Kotlin and poms
	./mvnw -q spotless:apply

package: ## build the distribution without tests: distribution/target/vertx-micro
	./mvnw -DskipTests package

BENCH ?=
bench: package ## run benchmarks; BENCH=name for one
	bin/bench $(BENCH)
