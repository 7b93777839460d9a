"""The checked-in description is that of the code: clients are generated from it (F33)."""

from pathlib import Path

import yaml
from django.core.management import call_command
from openapi_spec_validator import OpenAPIV31SpecValidator

FILE = Path(__file__).parents[2] / "docs" / "openapi.yaml"


def test_checked_in_description_is_current(tmp_path):
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), fail_on_warn=True)
    assert fresh.read_text() == FILE.read_text(), "run `make openapi` and commit docs/openapi.yaml"


def test_description_is_valid_openapi_3_1():
    document = yaml.safe_load(FILE.read_text())
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_description_is_served_in_both_places(client):
    shown = client.get("/api/schema/?format=json")
    assert (shown.status_code, client.get("/api/v1/openapi.json").json()) == (200, shown.json())
