.DEFAULT_GOAL := help

UV_COMPILE = uv pip compile --quiet --no-header --no-emit-index-url --no-annotate --python-version 3.11 --universal

.PHONY: lock
lock: ## Compile requirements.in and requirements-dev.in into exact versions
	$(UV_COMPILE) requirements.in -o requirements.txt
	$(UV_COMPILE) requirements-dev.in -o requirements-dev.txt
