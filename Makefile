# The two commands are `make run` and `make test`; each first installs what is missing. See README.md.
SHELL := /bin/bash
.PHONY: run test bench bench-large set-up set-up-bench release format clean

# A demo world on a daemon with its own PostgreSQL.
run: release
	.build/release/ksbd serve --demo

# Every test against a real PostgreSQL. Warnings stop it, and `swift test` is ended if it never does. What failed is
# said once more at the end, for the tests run in parallel and their lines lie far apart.
test: export KSBD_STRICT := 1
test: set-up
	swift format lint --strict --recursive Sources Tests Package.swift
	swift build --build-tests
	Tests/Interop/run
	timeout --kill-after=10 1200 swift test --skip-build --disable-xctest > >(tee .build/test.log) 2>&1 || { \
		status=$$?; sleep 1; grep -A2 'recorded an issue' .build/test.log | cut -c1-400 | tail -n 16; exit $$status; }

# What the architecture promises, measured beside pgbench and redis-benchmark.
bench: set-up-bench release
	.build/release/ksbd-bench

# The same for a large world: growth and search. Takes long, and much disk.
bench-large: set-up-bench release
	.build/release/ksbd-bench grow

set-up:
	@deploy/set-up

set-up-bench:
	@deploy/set-up bench

release: set-up
	swift build --configuration release

format:
	swift format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf .build
