# Two commands are enough: `make demo` shows what the program does, `make test`
# proves it. Everything else is listed by `make`.

FUZZTIME ?= 20s
SEED     ?= 1
FILES    ?= 400
OUT      ?= tonghop-demo

.DEFAULT_GOAL := help
.PHONY: help build demo test check lint bench fuzz generate verify clean

help: ## list what can be made
	@echo "make TARGET"
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/tonghop (needs Go; no C compiler)
	@echo "building bin/tonghop" >&2
	@CGO_ENABLED=0 go build -trimpath -buildvcs=false -o bin/tonghop ./cmd/tonghop

demo: build ## nine district workbooks in, the province's workbook out, in OUT=tonghop-demo
	@bin/tonghop demo --out $(OUT)

test: ## install what tests need (apt), then gofmt, vet, staticcheck, all tests
	@scripts/test

check: verify test ## everything that must hold before a commit: verify, then test

lint: ## only gofmt, go vet and staticcheck
	@scripts/lint

bench: ## our reader, excelize, and inflating alone; reading here and in children (three minutes)
	@go test ./ingest/format/xlsx -run '^$$' -bench '^BenchmarkRatios$$' -benchtime 1x -timeout 30m
	@go test ./internal/pipeline -run '^$$' -bench '^BenchmarkJail$$' -benchtime 1x -timeout 30m

exam: build ## examine the reader with unseen workbooks: SEED=1 FILES=400, in tonghop-exam
	@PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 cmd/tonghop/testdata/exam/make_exam.py --seed $(SEED) --files $(FILES) --out tonghop-exam/$(SEED)
	@PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 cmd/tonghop/testdata/exam/score.py bin/tonghop tonghop-exam/$(SEED) --strict --json tonghop-exam/$(SEED).json

fuzz: ## every fuzz test for FUZZTIME=20s
	@FUZZTIME=$(FUZZTIME) scripts/fuzz

generate: ## make generated files again
	@scripts/generate

verify: ## go.mod tidy, modules unchanged, generated files up to date, gofmt
	@scripts/verify

clean: ## remove bin and the demo's folder
	rm -rf bin $(OUT)
