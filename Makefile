# The everyday commands; each installs what is missing first.

CONFIGURATION = -c release
PROGRAM = .build/release/wattbuddy

.PHONY: demo site serve test check format bench prepare prepare-tests build

demo site: build
	@$(PROGRAM) demo

serve: build
	@$(PROGRAM) demo
	@echo "Open http://127.0.0.1:8090/ (stop with Control-C)"
	@/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory Output 8090

test: prepare-tests
	@swift build $(CONFIGURATION) --build-tests
	@PYSAM_PYTHON=$(CURDIR)/.wattbuddy/pysam/bin/python swift test $(CONFIGURATION) --skip-build $(if $(FILTER),--filter $(FILTER))

check: prepare-tests
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests
	@$(MAKE) --no-print-directory test

format:
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

bench: build
	@/usr/bin/python3 Tests/Benchmarks/night.py
	@echo
	@/usr/bin/python3 Tests/Benchmarks/rollup.py
	@echo
	@/usr/bin/python3 Tests/Benchmarks/forecast.py

build: prepare
	@swift build $(CONFIGURATION) --product wattbuddy

prepare:
	@.ci/prepare

prepare-tests:
	@.ci/prepare tests
