# make demo: set up, then build the bundled memo, deck and three packets
# make test: set up, then check the code and run the tests
.DEFAULT_GOAL := help
.PHONY: help setup tools demo test stress attack lint bench rules schema reference pictures clean

help:
	@echo "make demo       set up, then build the bundled memo, deck and three packets into build/"
	@echo "make test       set up, then check the code and run the tests"
	@echo "make lint       run ruff, mypy and import-linter"
	@echo "make stress     draw 300 generated briefs on four themes with LibreOffice (an hour or more)"
	@echo "make attack     run every attack on templates, files, briefs and letters in full (half an hour or more)"
	@echo "make bench      time reportgen and its peers, write benchmarks/RESULTS.md; CASES=\"deck growth\" runs some"
	@echo "make rules      write docs/rules.md from the rules"
	@echo "make schema     write assets/brief.schema.json from the models and assets/brief.examples.yaml"
	@echo "make reference  write docs/reference.md from the same, docs/api.md from the docstrings"
	@echo "make pictures   draw the exhibits of docs/exhibits.md with LibreOffice, as memo and deck show them"
	@echo "make clean      remove .venv and build/"

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

attack: tools
	@.venv/bin/python -m tests.attack

lint: tools
	@.venv/bin/ruff check reportgen tests tools
	@.venv/bin/ruff format --check --quiet reportgen tests tools || { echo 'run: .venv/bin/ruff format reportgen tests tools'; exit 1; }
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: setup
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@if command -v npm > /dev/null; then npm install --silent --no-save --prefix build/peers pptxgenjs@4; fi
	@NODE_MODULES=build/peers/node_modules .venv/bin/python -m benchmarks $(CASES)

rules: setup
	@.venv/bin/python -m tools.rules_page > docs/rules.md.new
	@mv docs/rules.md.new docs/rules.md

schema: setup
	@.venv/bin/python -m tools.schema > assets/brief.schema.json.new
	@mv assets/brief.schema.json.new assets/brief.schema.json

reference: setup
	@.venv/bin/python -m tools.reference > docs/reference.md.new
	@mv docs/reference.md.new docs/reference.md
	@.venv/bin/python -m tools.api_page > docs/api.md.new
	@mv docs/api.md.new docs/api.md

pictures: tools
	@.venv/bin/python -m tools.exhibit_pictures

clean:
	rm -rf .venv build
