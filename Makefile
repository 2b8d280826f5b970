# make demo: install, build the bundled memo, deck and three packets, and print their paths
# make test: install, run the whole suite
.DEFAULT_GOAL := help
.PHONY: help setup tools demo test stress lint bench rules schema clean

help:
	@echo "make demo    install, build the bundled memo, deck and three packets into build/"
	@echo "make test    install, check the code, run the suite"
	@echo "make lint    run ruff, mypy and import-linter"
	@echo "make stress  build 300 generated briefs on four themes, drawn by LibreOffice (an hour or more)"
	@echo "make bench   time our commands and our peers', write benchmarks/RESULTS.md; CASES=\"deck growth\" runs some"
	@echo "make rules   regenerate docs/rules.md from the rules"
	@echo "make schema  regenerate assets/brief.schema.json from the models"
	@echo "make clean   remove .venv and build/"

setup: .venv/ready

.venv/ready: pyproject.toml tools/setup.sh
	@sh tools/setup.sh run
	@touch $@

tools: setup
	@sh tools/setup.sh develop

demo: setup
	@.venv/bin/python -m reportgen build data/us-korea-2020/brief.yaml
	@.venv/bin/python -m reportgen distribute data/us-korea-2020/brief.yaml --to data/us-korea-2020/recipients.csv --output-dir build/packets --new-edition

test: tools lint
	@.venv/bin/python -m pytest -n 2 --dist loadgroup -q

stress: tools
	@.venv/bin/python -m tests.stress --count 300

lint: tools
	@.venv/bin/ruff check reportgen tests
	@.venv/bin/ruff format --check --quiet reportgen tests || { echo 'run: .venv/bin/ruff format reportgen tests'; exit 1; }
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: setup
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@if command -v npm > /dev/null; then npm install --silent --no-save --prefix build/peers pptxgenjs@4; fi
	@NODE_MODULES=build/peers/node_modules .venv/bin/python -m benchmarks $(CASES)

rules: setup
	@.venv/bin/python -m reportgen.audit.manual > docs/rules.md.new
	@mv docs/rules.md.new docs/rules.md

schema: setup
	@.venv/bin/python -m reportgen.brief.schema > assets/brief.schema.json.new
	@mv assets/brief.schema.json.new assets/brief.schema.json

clean:
	rm -rf .venv build
