# The everyday commands; each installs what is missing first.

CONFIGURATION = -c release
PROGRAM = .build/release/wattbuddy
DAEMON = .build/release/wattbuddyd
# Tests at once: many of them start servers, devices and browsers of their own.
WIDTH = 8

.PHONY: demo site serve test check format bench prepare prepare-tests build build-daemon

demo site: build
	@$(PROGRAM) demo

serve: build-daemon
	@$(PROGRAM) demo
	@$(PROGRAM) demo --account
	@echo "Open http://127.0.0.1:8090/ (stop with Control-C)"
	@$(DAEMON)

# What failed is said once more at the end: a log is often read from there.
test: SHELL = /bin/bash -o pipefail
test: prepare-tests
	@swift build $(CONFIGURATION) --build-tests
	@width=--experimental-maximum-parallelization-width; \
	case "$$(swift test --help-hidden)" in *$$width*) width="$$width $(WIDTH)";; *) width=;; esac; \
	mkdir -p .wattbuddy; \
	PYSAM_PYTHON=$(CURDIR)/.wattbuddy/pysam/bin/python swift test $(CONFIGURATION) --skip-build $$width \
	    $(if $(FILTER),--filter $(FILTER)) 2>&1 | tee .wattbuddy/test.log || \
	    { printf '\nWhat failed:\n'; grep -A 6 'recorded an issue\|error: \|Fatal' .wattbuddy/test.log | head -n 80; exit 1; }

check: prepare-tests
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests
	@$(MAKE) --no-print-directory test

format:
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

bench: build-daemon
	@/usr/bin/python3 Tests/Benchmarks/night.py
	@echo
	@/usr/bin/python3 Tests/Benchmarks/rollup.py
	@echo
	@/usr/bin/python3 Tests/Benchmarks/ingest.py
	@echo
	@/usr/bin/python3 Tests/Benchmarks/anomalies.py
	@echo
	@/usr/bin/python3 Tests/Benchmarks/forecast.py

build-daemon: build
	@swift build $(CONFIGURATION) --product wattbuddyd

build: prepare
	@swift build $(CONFIGURATION) --product wattbuddy

prepare:
	@.ci/prepare

prepare-tests:
	@.ci/prepare tests
